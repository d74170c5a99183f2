"""The engine's templates around a page, with the words of a language, made a little quicker: what a template asks for
with a fixed sentence is known when it is read.
"""

from __future__ import annotations

from gettext import NullTranslations

from jinja2 import Environment, nodes
from jinja2.compiler import CodeGenerator, Frame

from lcsite.rendering.template_code import fold_sentences

__all__ = ["speak"]


def speak(environment: Environment, translations: NullTranslations) -> None:
    """Put the words of `translations` into the engine's environment."""
    environment.install_gettext_translations(translations, newstyle=True)  # type: ignore[attr-defined]
    environment.extend(translations=translations)
    environment.code_generator_class = _FrameCode


class _FrameCode(CodeGenerator):
    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:  # noqa: N802 - Jinja's name
        if node.find(nodes.ScopedEvalContextModifier) is None:  # else a sentence may have to be escaped, or not
            node = fold_sentences(node, self.environment, made=str)
        super().visit_Template(node, frame)
