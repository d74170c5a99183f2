"""Every code that the program can give is explained, and nothing else is."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from lcsite.problem_codes import CODES
from lcsite.publishing.output_check import CODES as OUTPUT_CODES

ROOMS = Path(__file__).parents[1] / "lcsite"
A_CODE = re.compile(r"[a-z]+(?:-[a-z0-9]+)*")


WITH_TUPLES = ("link_targets.py", "validation_words.py")
"""Modules that give (code, message, hint) to others, who make problems of them."""


def codes_in(room: str) -> set[str]:
    """Every code in a call that makes a problem, or in a tuple that becomes one."""
    return {
        code for module in (ROOMS / room).rglob("*.py")
        for code in _codes(ast.parse(module.read_text("utf-8")), tuples=module.name in WITH_TUPLES)
        if A_CODE.fullmatch(code)
    }


def _codes(tree: ast.Module, *, tuples: bool) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and _name(node.func) in ("Problem", "refuse", "_refuse", "_refused"):
            yield from _texts(node.args[:1])
        elif isinstance(node, ast.Tuple) and len(node.elts) == 3 and tuples:
            yield from _texts(node.elts[:1])
        elif isinstance(node, ast.Assign):  # code, message = "yaml-feature", …
            yield from _texts([node.value]) if any(_name(t) == "code" for t in node.targets) else ()
            if isinstance(node.value, ast.Tuple) and isinstance(node.targets[0], ast.Tuple):
                pairs = zip(node.targets[0].elts, node.value.elts, strict=False)
                yield from _texts([value for target, value in pairs if _name(target) == "code"])


def _name(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


def _texts(nodes: list[ast.expr]) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def test_every_code_in_the_source_is_explained_and_every_explained_code_is_used() -> None:
    used = codes_in("reading") | codes_in("checking") | codes_in("gathering") | codes_in("importing")
    assert used == CODES.keys() - OUTPUT_CODES.keys()


def test_the_codes_of_the_finished_site_are_explained_too() -> None:
    assert OUTPUT_CODES.keys() <= CODES.keys()


def test_explanations_are_paragraphs_for_people() -> None:
    for code, (title, explanation) in CODES.items():
        assert A_CODE.fullmatch(code)
        assert 10 < len(title) < 140, code
        assert explanation.endswith((".", "!")), code
        assert len(explanation) > 40, code
