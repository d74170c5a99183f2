"""The engine's templates around a page, with the words of a language, made a little quicker: what a template asks for
with a fixed sentence is known when it is read.
"""

from __future__ import annotations

from pathlib import Path

import mkdocs
from jinja2 import Environment, nodes
from jinja2.compiler import CodeGenerator, Frame

from lcsite.rendering.compiled_templates import CompiledTemplates
from lcsite.rendering.renderer import Renderer
from lcsite.rendering.template_code import fold_sentences

__all__ = ["speak"]


def speak(environment: Environment, renderer: Renderer, *, theme: Path, alone: bool) -> None:
    """Put the words of a language into the engine's environment. `theme`: the folder of our own templates.

    `alone`: nobody else has had a hand in the environment, so that compiled templates can be kept.
    """
    environment.install_gettext_translations(renderer.translations, newstyle=True)  # type: ignore[attr-defined]
    environment.extend(translations=renderer.translations)
    environment.code_generator_class = _FrameCode
    if alone and renderer.speaks_as_shipped:
        made_by = f"{mkdocs.__version__} ".encode() + Path(__file__).read_bytes()
        environment.bytecode_cache = CompiledTemplates(renderer.language, folder=theme, made_by=made_by)


class _FrameCode(CodeGenerator):
    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:  # noqa: N802 - Jinja's name
        if node.find(nodes.ScopedEvalContextModifier) is None:  # else a sentence may have to be escaped, or not
            node = fold_sentences(node, self.environment, made=str)
        super().visit_Template(node, frame)
