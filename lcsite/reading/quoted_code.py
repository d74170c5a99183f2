"""Which parts of a Markdown text are quotations of code, where signs mean nothing.

Only what every Markdown engine takes for code is taken for code here: fences at the start of a line that are closed by
the same fence, spans that open and close on one line, indented blocks below a plain paragraph. In doubt it is text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

__all__ = ["stretches", "without_code"]

_FENCE_LIKE = re.compile(r"^(?:[ \t]*+(?:>|[-*+]|[0-9]++[.)]))*+[ \t]*+(`{3,}|~{3,})", re.MULTILINE)
_FENCE = re.compile(r"(`{3,}+|~{3,}+)[ ]*+[\w#.+-]*+[ ]*+$", re.MULTILINE)
_RUN = re.compile(r"`+")
_BLANK = re.compile(r"\n(?:[ \t]*+\n)++")
_NOT_BLANK = re.compile(r"[^\n]")
_MAY_CONTAIN_BLOCKS = re.compile(r"^[ ]{0,3}(?:[-*+:>]|[0-9]+[.)]|\[\^|!!!|\?\?\?|\t)", re.MULTILINE)
_TABLE_RULE = re.compile(r"^[ >\t]*+\|?[ ]*+:?-++:?[ ]*+(?:\|[ ]*+:?-++:?[ ]*+)*+\|?[ ]*+$", re.MULTILINE)


def stretches(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of each stretch of text between blank lines."""
    start = 0
    for found in _BLANK.finditer(text):
        if found.start() > start:
            yield start, found.start()
        start = found.end()
    if start < len(text):
        yield start, len(text)


def without_code(text: str) -> str:
    """The text with every quotation of code blanked out; all else stays at its offset."""
    if "`" not in text and "~~~" not in text and "    " not in text:
        return text
    text = _without_fences(text)
    parts: list[str] = []
    done = 0
    plain_above = True
    for start, end in stretches(text):
        chunk = text[start:end].rstrip("\n")
        end = start + len(chunk)
        if plain_above and chunk.startswith("    ") and all(line.startswith("    ") for line in chunk.split("\n")):
            masked = _NOT_BLANK.sub(" ", chunk)
        else:
            if not chunk.startswith("    ") and chunk.strip():
                plain_above = not _MAY_CONTAIN_BLOCKS.search(chunk)
            masked = _without_spans(chunk) if "`" in chunk else chunk
        parts += (text[done:start], masked)
        done = end
    parts.append(text[done:])
    return "".join(parts)


def _without_fences(text: str) -> str:
    """Blank out fenced blocks, unless a fence is odd: then none of them hides anything."""
    blocks: list[tuple[int, int]] = []
    position = 0
    while (like := _FENCE_LIKE.search(text, position)) is not None:
        opening = _FENCE.match(text, like.start())
        if opening is None:
            return text
        fence = opening.group(1)
        closing = re.compile(rf"\n{fence}[ ]*+(?=\n|\Z)").search(text, opening.end())
        if closing is None:
            return text
        blocks.append((like.start(), closing.end()))
        position = closing.end()
    parts: list[str] = []
    done = 0
    for start, end in blocks:
        parts += (text[done:start], _NOT_BLANK.sub(" ", text[start:end]))
        done = end
    parts.append(text[done:])
    return "".join(parts)


def _without_spans(chunk: str) -> str:
    """Blank out code spans if every line of the chunk closes what it opens, so that no two readings are possible."""
    in_table = "|" in chunk and _TABLE_RULE.search(chunk) is not None
    spans: list[tuple[int, int]] = []
    line_start = 0
    for line in chunk.split("\n"):
        runs = [(found.start() + line_start, found.end() + line_start) for found in _RUN.finditer(line)]
        at = 0
        while at < len(runs):
            start, end = runs[at]
            if start > 0 and chunk[start - 1] == "\\":
                return chunk
            closing = next((i for i in range(at + 1, len(runs)) if runs[i][1] - runs[i][0] == end - start), None)
            if closing is None:
                return chunk
            last = runs[closing][1]
            if not (in_table and "|" in chunk[start:last]):
                spans.append((start, last))
            at = closing + 1
        line_start += len(line) + 1
    parts: list[str] = []
    done = 0
    for start, end in spans:
        parts += (chunk[done:start], " " * (end - start))
        done = end
    parts.append(chunk[done:])
    return "".join(parts)
