"""Two ways of reading the fields of a file: as our reader does, all text, and as an editor does, by YAML 1.2."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode

from lcsite.describing import KINDS, FileKind
from lcsite.reading.front_matter import split_page
from lcsite.reading.layout import find_files
from lcsite.reading.strict_yaml import YamlText, read_yaml

_WHOLE, _NUMBER = re.compile(r"[-+]?[0-9]+"), re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")


def as_an_editor(node: Node) -> Any:
    """The core schema of YAML 1.2: plain scalars that look like numbers are numbers; dates and yes are words."""
    if isinstance(node, MappingNode):
        return {str(key.value): as_an_editor(value) for key, value in node.value}
    if not isinstance(node, ScalarNode):
        return [as_an_editor(each) for each in node.value]
    text = node.value
    if node.style:
        return text
    if text in ("true", "false"):
        return text == "true"
    if text in ("", "~", "null"):
        return None
    if _WHOLE.fullmatch(text):
        return int(text)
    return float(text) if _NUMBER.fullmatch(text) else text


def fields_of(kind: FileKind, text: str, path: str) -> list[tuple[str, Any]]:
    """(way of reading, value) twice."""
    if kind.form == "page":
        page, _ = split_page(text, path)
        assert page is not None, path
        text = page.fields.text
    tree, problems = read_yaml(YamlText(text, path))
    assert problems == [], path
    node = yaml.compose(text, Loader=yaml.CSafeLoader)
    assert node is not None
    return [("as text", tree), ("as an editor", as_an_editor(node))]


def described_files(root: Path) -> list[tuple[FileKind, str, str]]:
    """(kind, path, text) of every file below a site that has a schema."""
    by_layout = {layout: kind for kind in KINDS.values() for layout in kind.reads if kind.form != "table"}
    files, problems = find_files(root)
    assert [problem for problem in problems if problem.code != "unexpected-file"] == []
    return [
        (by_layout[file.kind], file.path, Path(file.on_disk).read_text("utf-8"))
        for file in files if file.kind in by_layout
    ]
