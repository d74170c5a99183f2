"""Strict YAML: every scalar is text, and whatever could surprise a reader is refused with its line and column.

Values are built here from the composed nodes; nothing is ever constructed by the YAML library. Limits are checked
before anything recurses. Marks are worked out again from the text only when somebody asks where a value stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from lcsite.light_classes import dataclass
from lcsite.problems import Location, Problem, quoted
from lcsite.reading.plain_text import KIB, forbidden_characters
from lcsite.reading.plain_yaml import read_plainly
from lcsite.reading.yaml_errors import in_plain_words

__all__ = ["DEEPEST", "LONGEST", "MOST_NODES", "Path", "Tree", "YamlMarks", "YamlText", "read_yaml"]

LONGEST = 64 * KIB
"""Bytes of YAML in one file."""
DEEPEST = 20
MOST_NODES = 5_000

Tree = str | None | list["Tree"] | dict[str, "Tree"]
Path = tuple[str | int, ...]
"""The way from the root to a value: keys and positions."""

_EMPTY = frozenset({"", "~", "null"})
_SPECIAL_KEYS = _EMPTY | {"<<"}
_DIRECTIVE = re.compile(r"(?:[ \t]*(?:#[^\n]*)?\n)*%")
_LEVELS_WITHOUT_DANGER = 100


@dataclass(frozen=True, slots=True)
class YamlText:
    """YAML as it stands in a file: a whole file, or the front matter that begins at `first_line`."""

    text: str
    file: str
    first_line: int = 1

    def location(self, mark: Any) -> Location:
        return Location(self.file, self.first_line + mark.line, mark.column + 1)


class _Composer(yaml.CSafeLoader):
    """The C parser without the resolver: whether a plain scalar looks like a number is none of its business."""

    def resolve(self, kind: Any, value: Any, implicit: Any) -> str:
        return ""

    def descend_resolver(self, current_node: Any, current_index: Any) -> None:
        pass

    def ascend_resolver(self) -> None:
        pass


def read_yaml(source: YamlText) -> tuple[dict[str, Tree] | None, list[Problem]]:
    """The mapping that a YAML text holds, or None, and every problem found. Empty values are None."""
    start = Location(source.file, source.first_line)
    if len(source.text.encode("utf-8")) > LONGEST:
        hint = "split it, or leave out what is not needed"
        return None, [Problem("file-too-large", start, f"there is more than {LONGEST // KIB} KiB of YAML here", hint)]
    if "%" in source.text and (found := _DIRECTIVE.match(source.text)):
        where = Location(source.file, source.first_line + source.text.count("\n", 0, found.end()))
        message = "a line that begins with % is a YAML directive, which is not used here"
        return None, [Problem("yaml-feature", where, message)]
    try:
        if (refused := _too_much(source)) is not None:
            return None, [refused]
        if (plain := read_plainly(source.text)) is not None:
            return plain, []
        root = _compose(source.text)
    except yaml.YAMLError as error:
        return None, [in_plain_words(error, source.text, source.file, first_line=source.first_line)]
    if not isinstance(root, MappingNode):
        hint = "write one field a line: its name, a colon, a space and its value"
        where = start if root is None else source.location(root.start_mark)
        return None, [Problem("yaml-no-fields", where, "fields such as \"title: …\" are expected here", hint)]
    builder = _Builder(source)
    tree = builder.mapping(root, 1)
    return (None if builder.problems else tree), builder.problems


def _compose(text: str) -> Node | None:
    loader = _Composer(text)
    try:
        return loader.get_single_node()
    finally:
        loader.dispose()


def _too_much(source: YamlText) -> Problem | None:
    """Counts nodes and depth without recursion, but only where a glance says that there could be too many.

    The composer of the library recurses in C and falls over at a few thousand levels, so it must not see such text.
    """
    text = source.text
    openers = text.count("[") + text.count("{")
    on_one_line = text.count("- ") + text.count("? ")  # the only signs that nest without a bracket or a new line
    cannot_be_deep = (
        openers <= _LEVELS_WITHOUT_DANGER
        and on_one_line <= _LEVELS_WITHOUT_DANGER
        and " " * _LEVELS_WITHOUT_DANGER not in text
    )
    if cannot_be_deep:
        if 3 * len(text) < 2 * MOST_NODES:
            return None
        if 2 * (openers + on_one_line + sum(map(text.count, (",", ":", "\n")))) < MOST_NODES:
            return None
    nodes = depth = 0
    loader = _Composer(text)
    try:
        while (event := loader.get_event()) is not None:
            if isinstance(event, yaml.CollectionStartEvent):
                depth += 1
                nodes += 1
            elif isinstance(event, yaml.CollectionEndEvent):
                depth -= 1
            elif isinstance(event, yaml.ScalarEvent | yaml.AliasEvent):
                nodes += 1
            if depth > DEEPEST:
                return _too_deep(source.location(event.start_mark))
            if nodes > MOST_NODES:
                where = source.location(event.start_mark)
                message = f"there are more than {MOST_NODES} values in this file"
                return Problem("yaml-too-much", where, message, "split it")
    finally:
        loader.dispose()
    return None


def _too_deep(where: Location) -> Problem:
    return Problem("yaml-too-much", where, f"lists and fields are nested more than {DEEPEST} deep here")


class _Builder:
    """Turns composed nodes into dictionaries, lists and text, and collects what is refused on the way."""

    def __init__(self, source: YamlText) -> None:
        self.problems: list[Problem] = []
        self._source = source
        text = source.text
        self._has_properties = "&" in text or "!" in text
        self._has_escapes = "\\" in text

    def _refuse(self, code: str, node: Node, message: str, hint: str = "") -> None:
        self.problems.append(Problem(code, self._source.location(node.start_mark), message, hint))

    def _refused_property(self, node: Node) -> bool:
        """Anchors and tags stand in front of the node that they belong to; a plain value cannot begin like them."""
        index = node.start_mark.index
        sign = self._source.text[index : index + 1]
        if sign == "&" or (sign != "!" and not node.tag):
            if sign != "&":
                return False
            message = "a value that begins with & is an anchor, which is not used here"
        else:
            message = "a value that begins with ! is a tag, which is not used here"
        self._refuse("yaml-feature", node, message, "put the value in quotation marks if the sign belongs to it")
        return True

    def value(self, node: Node, depth: int) -> Tree:
        if self._has_properties and self._refused_property(node):
            return None
        if type(node) is ScalarNode:  # the usual case, told apart without a look at the class tree
            return self._scalar(node)
        if depth > DEEPEST:
            self.problems.append(_too_deep(self._source.location(node.start_mark)))
            return None
        if isinstance(node, MappingNode):
            return self.mapping(node, depth)
        assert isinstance(node, SequenceNode)
        return [self.value(entry, depth + 1) for entry in node.value]

    def _scalar(self, node: ScalarNode) -> str | None:
        value: str = node.value
        if not node.style:
            return None if value in _EMPTY else value
        if self._has_escapes and node.style == '"':
            for _, name in forbidden_characters(value):
                self._refuse("forbidden-character", node, f"{name} is written here with a backslash", "leave it out")
                break
        return value

    def mapping(self, node: MappingNode, depth: int) -> dict[str, Tree]:
        built: dict[str, Tree] = {}
        pairs: Iterable[tuple[Node, Node]] = node.value
        if self._has_properties and depth == 1 and self._refused_property(node):
            return built
        nothing_special = not (self._has_properties or self._has_escapes)
        for key_node, value_node in pairs:
            if nothing_special and type(value_node) is ScalarNode and type(key_node) is ScalarNode:
                key, value = key_node.value, value_node.value  # the usual case, without a call
                if key not in built and key not in _SPECIAL_KEYS and not key.isspace():
                    built[key] = None if value in _EMPTY and not value_node.style else value
                    continue
            if not isinstance(key_node, ScalarNode):
                self._refuse("yaml-feature", key_node, "the name of a field is plain text, not a list or fields")
                continue
            if self._has_properties and self._refused_property(key_node):
                continue
            key = self._scalar(key_node)
            if key is None or not key.strip():
                self._refuse("yaml-syntax", key_node, "a field without a name stands here")
            elif key == "<<" and not key_node.style:
                self._refuse("yaml-feature", key_node, "<< (merging another value into this one) is not used here")
            elif key in built:
                hint = "keep one of the two"
                self._refuse("duplicate-key", key_node, f"{quoted(key)} already stands above in the same place", hint)
            else:
                built[key] = self.value(value_node, depth + 1)
        return built


class YamlMarks:
    """Where each key and each value of a YAML text stands."""

    def __init__(self, source: YamlText) -> None:
        self._start = Location(source.file, source.first_line)
        self._values: dict[Path, Location] = {}
        self._keys: dict[Path, Location] = {}
        try:
            root = None if _too_much(source) else _compose(source.text)
        except yaml.YAMLError:
            root = None
        if root is not None:
            self._note((), root, source)

    def _note(self, path: Path, node: Node, source: YamlText) -> None:
        self._values[path] = source.location(node.start_mark)
        if isinstance(node, MappingNode):
            for key_node, value_node in node.value:
                if isinstance(key_node, ScalarNode):
                    inner = (*path, key_node.value)
                    if inner not in self._values:
                        self._keys[inner] = source.location(key_node.start_mark)
                        self._note(inner, value_node, source)
        elif isinstance(node, SequenceNode):
            for position, entry in enumerate(node.value):
                self._note((*path, position), entry, source)

    @staticmethod
    def _nearest(marks: Mapping[Path, Location], path: Path) -> Location | None:
        for length in range(len(path), -1, -1):
            if (found := marks.get(path[:length])) is not None:
                return found
        return None

    def value(self, path: Path) -> Location:
        """Where a value stands, or the nearest value around it that is there."""
        return self._nearest(self._values, path) or self._start

    def key(self, path: Path) -> Location:
        """Where the name of a field stands; for an entry of a list, the entry."""
        return self._keys.get(path) or self.value(path)
