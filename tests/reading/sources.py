"""Short ways to read a text in a test and to say what was found."""

from __future__ import annotations

from collections.abc import Iterable

from lcsite.problems import Problem
from lcsite.reading.strict_yaml import Tree, YamlText, read_yaml


def yaml(text: str) -> dict[str, Tree]:
    """The tree of a YAML text that has no problems."""
    tree, problems = read_yaml(YamlText(text, "a.yml"))
    assert not problems, problems
    assert tree is not None
    return tree


def refusals(text: str) -> list[str]:
    """`line:column code` of each problem of a YAML text."""
    _, problems = read_yaml(YamlText(text, "a.yml"))
    return spots(problems)


def spots(problems: Iterable[Problem]) -> list[str]:
    ordered = sorted(problems, key=lambda p: (p.location, p.code))
    return [f"{p.location.line}:{p.location.column} {p.code}" for p in ordered]
