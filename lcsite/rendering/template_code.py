"""How templates become Python: Jinja's own code generator, without the detours that our templates never need.

Jinja asks at run time what is known when a template is compiled: whether a function wants the context, what a fixed
sentence is in the reader's language, whether a macro was given what it takes. Here a macro is a function, an attribute
an attribute, a sentence a constant. What a page says stays the same, byte for byte, and all is escaped as before; what
is missing still fails, though with Python's own words. It knows no template.
"""

# ruff: noqa: N802 - Jinja's visitors are named after its nodes

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from keyword import iskeyword
from typing import Any, cast

from jinja2 import Environment, nodes
from jinja2.compiler import CodeGenerator, Frame, MacroRef, find_undeclared
from jinja2.environment import TemplateModule
from jinja2.nodes import EvalContext
from jinja2.visitor import NodeTransformer
from markupsafe import Markup, escape

try:  # what `escape` does to words, without making each of them markup, which takes several times as long
    from markupsafe import _escape_inner as escaped  # type: ignore[attr-defined]
except ImportError:  # in another version of the library

    def escaped(value: str, /) -> str:
        return str.__str__(escape(value))


__all__ = ["Modules", "TemplateCode", "escaped", "fold_sentences", "mark", "out"]

mark = cast(Callable[[str], Markup], partial(str.__new__, Markup))
"""Text that is safe already, said so without a second look."""

_PLACEHOLDERS = re.compile(r"%(?:%|\(\w+\)s)")
_OF_MAPPINGS = frozenset(dir(dict))
_TAKEN = frozenset(
    "Markup concat cond_expr_undefined context dict environment escape getattr isinstance markup_join missing mark out "
    "resolve str type undefined".split()
)
"""What generated code calls by these names, so that no parameter of a macro may."""


def out(value: object) -> str:
    """A value as it stands in HTML: what is marked as safe as it is, everything else escaped."""
    if type(value) is str:
        return escaped(value)
    if type(value) is Markup:
        return value
    return str(value) if type(value) in (int, float) else escape(value)


class Modules(dict[str, TemplateModule]):
    """The macros of templates by the name of their template, each made once: all templates have the same globals."""

    def __init__(self, environment: Environment) -> None:
        self._environment = environment

    def __missing__(self, name: str) -> TemplateModule:
        found = self[name] = self._environment.get_template(name)._get_default_module()
        return found


class _Folding(NodeTransformer):
    """Fixed sentences without blanks become what they are in the reader's language."""

    def __init__(self, environment: Environment, made: type[str]) -> None:
        self._environment = environment
        self._made = made

    def visit_Call(self, node: nodes.Call) -> nodes.Node:
        self.generic_visit(node)
        text = sentence(node, self._environment)
        if text is None or node.kwargs or len(node.args) > 1:
            return node
        return nodes.Const(self._made(text) % {}, lineno=node.lineno)


def fold_sentences(node: nodes.Template, environment: Environment, *, made: type[str]) -> nodes.Template:
    """A template whose fixed sentences are `made` of the reader's language; the environment keeps `translations`."""
    return cast(nodes.Template, _Folding(environment, made).visit(node))


class _Naming(NodeTransformer):
    """Calls that are written out as sentences ask for no function, so that no macro has to look for it."""

    def __init__(self, environment: Environment) -> None:
        self._environment = environment

    def visit_Call(self, node: nodes.Call) -> nodes.Node:
        self.generic_visit(node)
        if isinstance(node.node, nodes.Name) and (_is_counted(node) or sentence(node, self._environment) is not None):
            node.node = nodes.EnvironmentAttribute(node.node.name, lineno=node.lineno)
        return node


def _is_counted(node: nodes.Call) -> bool:
    """Whether a call asks for a sentence that depends on a number, and its words are known."""
    return isinstance(node.node, nodes.Name) and node.node.name == "ngettext" and all(
        isinstance(text, nodes.Const) and _only_known_blanks(text.value) for text in node.args[:2]
    )


def sentence(node: nodes.Call, environment: Environment) -> str | None:
    """The words, in the reader's language, that a call asks for with a fixed sentence; None for any other call."""
    if not isinstance(node.node, nodes.Name) or node.node.name not in ("_", "gettext") or node.dyn_kwargs:
        return None
    if len(node.args) != 1 or not isinstance(node.args[0], nodes.Const):
        return None
    text: str = environment.translations.gettext(node.args[0].value)  # type: ignore[attr-defined]
    return text if _only_known_blanks(text) else None


def _only_known_blanks(text: str) -> bool:
    return "%" not in _PLACEHOLDERS.sub("", text)


class TemplateCode(CodeGenerator):
    """Writes the code of a template.

    The environment has to escape everything, and to keep `translations`, `modules`, and in `from_here` the links of a
    page.
    """

    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:
        self._kept: dict[str, str] = {}
        self._written: list[str] = []
        node = fold_sentences(node, self.environment, made=Markup)  # words of ours or of a catalogue
        node = _Naming(self.environment).visit(node)
        if self.optimizer is not None:  # once for the whole, not once more for each part of each part
            node = self.optimizer.visit(node, EvalContext(self.environment, self.name))
            self.optimizer = None
        super().visit_Template(node, frame)
        self.writeline(f"from {__name__} import mark, out")
        for source, name in self._kept.items():
            self.writeline(f"{name} = {source}")

    def _keep(self, source: str) -> None:
        """Write the name of a constant that is made once."""
        self.write(self._kept.setdefault(source, f"K_{len(self._kept)}"))

    # What is looked up

    def visit_Const(self, node: nodes.Const, frame: Frame) -> None:
        if type(node.value) is Markup:
            self._keep(repr(node.value))
        else:
            super().visit_Const(node, frame)

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:
        if not _is_plain(node):
            super().visit_Getattr(node, frame)
            return
        found = self.temporary_identifier()
        self.write(f"({found}[{node.attr!r}] if type({found} := ")
        self.visit(node.node, frame)
        self.write(f") is dict else {found}.{node.attr})")

    def visit_Getitem(self, node: nodes.Getitem, frame: Frame) -> None:
        if isinstance(node.arg, nodes.Slice):
            super().visit_Getitem(node, frame)
            return
        if isinstance(node.node, nodes.Const) and type(node.node.value) is dict:
            self._keep(repr(node.node.value))
        else:
            self.visit(node.node, frame)
        self.write("[")
        self.visit(node.arg, frame)
        self.write("]")

    def _write_if_there(self, node: nodes.Getattr, frame: Frame, otherwise: Callable[[], None]) -> None:
        """An attribute or entry that may be missing."""
        found = self.temporary_identifier()
        self.write(f"({found}.get({node.attr!r}, ")
        otherwise()
        self.write(f") if type({found} := ")
        self.visit(node.node, frame)
        self.write(f") is dict else getattr({found}, {node.attr!r}, ")
        otherwise()
        self.write("))")

    def visit_And(self, node: nodes.BinExpr, frame: Frame) -> None:
        left = node.left
        if isinstance(left, nodes.And) and _asks_for(left.right, node.right):
            self.write("(")
            self.visit(left.left, frame)
            self.write(" and ")
            self._write_if_there(cast(nodes.Getattr, node.right), frame, lambda: self.write("False"))
            self.write(")")
        elif _asks_for(left, node.right):
            self._write_if_there(cast(nodes.Getattr, node.right), frame, lambda: self.write("False"))
        else:
            super().visit_And(node, frame)

    def visit_Test(self, node: nodes.Test, frame: Frame) -> None:
        if node.name == "none":
            self.write("(")
            self.visit(node.node, frame)
            self.write(" is None)")
        elif node.name == "string":
            self.write("isinstance(")
            self.visit(node.node, frame)
            self.write(", str)")
        elif node.name == "defined" and isinstance(node.node, nodes.Getattr) and _is_plain(node.node):
            found = self.temporary_identifier()
            self.write(f"(({node.node.attr!r} in {found}) if type({found} := ")
            self.visit(node.node.node, frame)
            self.write(f") is dict else hasattr({found}, {node.node.attr!r}))")
        elif node.name == "defined" and isinstance(node.node, nodes.Getattr | nodes.Getitem):
            self.write(f"{self.tests[node.name]}(")
            self._write_forgiving(node.node, frame)
            self.write(")")
        else:
            super().visit_Test(node, frame)

    def _write_forgiving(self, node: nodes.Getattr | nodes.Getitem, frame: Frame) -> None:
        """In the engine's own way, by which what is missing is a value too."""
        (CodeGenerator.visit_Getattr if isinstance(node, nodes.Getattr) else CodeGenerator.visit_Getitem)(
            self, cast(Any, node), frame
        )

    def visit_Filter(self, node: nodes.Filter, frame: Frame) -> None:
        if node.name == "link" and node.node is not None:
            self.write("environment.from_here[")
            self.visit(node.node, frame)
            self.write("]")
        elif node.name != "default" or not isinstance(node.node, nodes.Getattr) or node.kwargs or len(node.args) != 1:
            super().visit_Filter(node, frame)
        elif not _is_plain(node.node):
            raise NotImplementedError("a default for something that mappings call their own")
        else:
            self._write_if_there(node.node, frame, lambda: self.visit(node.args[0], frame))

    # What is called

    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:
        if isinstance(node.node, nodes.EnvironmentAttribute):
            self._write_sentence(node, node.node.name, frame)
            return
        if isinstance(node.node, nodes.Name) and node.node.name in ("_", "gettext", "ngettext"):
            super().visit_Call(node, frame, forward_caller=forward_caller)
            return
        self.visit(node.node, frame)
        self.write("(")
        for stars, given in (("", node.args), ("*", [node.dyn_args]), ("", node.kwargs), ("**", [node.dyn_kwargs])):
            for argument in filter(None, given):
                self.write(stars)
                self.visit(argument, frame)
                self.write(", ")
        self.write("caller=caller)" if forward_caller else ")")

    def _write_sentence(self, node: nodes.Call, name: str, frame: Frame) -> None:
        """A sentence with blanks, or one that depends on a number, which are known in advance."""
        values = {given.key: given.value for given in node.kwargs}
        number = ""
        if name == "ngettext":
            number = self.temporary_identifier()
            self.write("mark(environment.translations.ngettext(")
            for text in node.args[:2]:
                self.visit(text, frame)
                self.write(", ")
            self.write(f"{number} := ")
            self.visit(node.args[2], frame)
            self.write(")")
        else:
            words = cast(nodes.Const, node.args[0]).value
            self.write(f"mark({self.environment.translations.gettext(words)!r}")  # type: ignore[attr-defined]
        self.write(" % {")
        if number and "num" not in values:
            self.write(f"'num': out({number}), ")
        for key, value in values.items():
            self.write(f"{key!r}: out(")
            self.visit(value, frame)
            self.write("), ")
        self.write("})")

    def _import_common(self, node: nodes.Import | nodes.FromImport, frame: Frame) -> None:
        if node.with_context:
            super()._import_common(node, frame)
        else:
            self.write("environment.modules[")
            self.visit(node.template, frame)
            self.write("]")

    # What is written

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> None:
        if isinstance(node, nodes.Call):  # of a macro, nearly always, whose result is marked
            self._written.append(found := self.temporary_identifier())
            self.write(f"({found} if type({found} := ")
        else:
            self.write("out(")

    def _output_child_post(self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> None:
        if isinstance(node, nodes.Call):
            found = self._written.pop()
            self.write(f") is Markup else out({found}))")
        else:
            self.write(")")

    def visit_AssignBlock(self, node: nodes.AssignBlock, frame: Frame) -> None:
        if node.filter is not None:
            super().visit_AssignBlock(node, frame)
            return
        self.push_assign_tracking()
        inner = frame.inner()
        inner.require_output_check = False
        inner.symbols.analyze_node(node)
        self.enter_frame(inner)
        self.buffer(inner)
        self.blockvisit(node.body, inner)
        self.newline(node)
        self.visit(node.target, frame)
        self.write(f" = mark(concat({inner.buffer}))")
        self.pop_assign_tracking(frame)
        self.leave_frame(inner)

    # Macros are functions

    def macro_body(self, node: nodes.Macro | nodes.CallBlock, frame: Frame) -> tuple[Frame, MacroRef]:
        frame = frame.inner()
        frame.symbols.analyze_node(node)
        made = MacroRef(node)
        if unknown := find_undeclared(node.body, ("kwargs", "varargs")):
            self.fail(f"{', '.join(sorted(unknown))} in a macro", node.lineno)
        names = [argument.name for argument in node.args]
        if taken := [name for name in names if name in _TAKEN or iskeyword(name)]:
            self.fail(f"a parameter may not be called {', '.join(taken)}", node.lineno)
        first_default = len(names) - len(node.defaults)
        signature = [name if index < first_default else f"{name}=missing" for index, name in enumerate(names)]
        made.accesses_caller = "caller" in find_undeclared(node.body, ("caller",))
        if made.accesses_caller:
            signature.append("caller=missing")
        own = [(frame.symbols.ref(name), name) for name in names]
        if made.accesses_caller:
            own.append((frame.symbols.declare_parameter("caller"), "caller"))
        frame.require_output_check = False
        frame.symbols.analyze_node(node)
        self.writeline(f"def macro({', '.join(signature)}):", node)
        self.indent()
        self.buffer(frame)
        self.enter_frame(frame)
        self.push_parameter_definitions(frame)
        for index, (ref, name) in enumerate(own):
            self.writeline(f"{ref} = {name}")
            if first_default <= index < len(names):
                self.write(" if ")
                self.write(f"{name} is not missing else ")
                self.visit(node.defaults[index - first_default], frame)
            self.mark_parameter_stored(ref)
        self.pop_parameter_definitions()
        self.blockvisit(node.body, frame)
        self.writeline(f"return mark(concat({frame.buffer}))")
        self.leave_frame(frame, with_python_scope=True)
        self.outdent()
        return frame, made

    def macro_def(self, macro_ref: MacroRef, frame: Frame) -> None:
        self.write("macro")


def _is_plain(node: nodes.Getattr) -> bool:
    """Whether a mapping has nothing of its own by that name."""
    return node.attr not in _OF_MAPPINGS and not iskeyword(node.attr)


def _asks_for(test: nodes.Expr, wanted: nodes.Expr) -> bool:
    """Whether `test` asks if `wanted`, an attribute, is there at all."""
    return (
        isinstance(test, nodes.Test) and test.name == "defined" and test.node == wanted
        and isinstance(wanted, nodes.Getattr) and _is_plain(wanted)
    )  # fmt: skip
