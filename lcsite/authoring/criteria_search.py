"""Criteria found by words, so that nobody has to know their ids to say which ones a case study or a tool serves.

Finds and keeps what was chosen; what is printed and read is the command's business.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Sequence

from lcsite.light_classes import dataclass
from lcsite.model.framework import Framework, Node
from lcsite.model.portfolio import Portfolio
from lcsite.problems import quoted

__all__ = ["Choosing", "Found", "criteria_by_words"]

_MOST_SHOWN = 9
_NEAR = 0.8
"""How much of a word has to be the same for it to be offered in the place of a mistyped one."""
_WORD = re.compile(r"[^\W_]+")
_ENDING = 3
"""So many letters at the end of a word may differ: library, libraries."""
_BEGINNING = 4
"""So many letters at its beginning have to be the same, or the whole of a shorter word."""
_IN_TITLE, _IN_GIST, _IN_KIND, _BELOW = 8, 3, 2, 1
"""What a word is worth, by where it stands; the kind is that of a practice that serves the criterion already."""


@dataclass(frozen=True, slots=True)
class Found:
    """A criterion as a list shows it."""

    ref: str
    title: str
    framework: str
    gist: str


def criteria_by_words(portfolio: Portfolio, written: str) -> tuple[Found, ...]:
    """The criteria whose words, or whose questions' and pages' words, begin like the words written; the nearest first.

    A word counts for more where it stands in the title, and where few criteria have it. A word that most of them have,
    such as "the", says nothing and is passed over.
    """
    criteria = tuple(_criteria(portfolio))
    texts = _texts(portfolio, criteria)
    sums = [0.0] * len(criteria)
    for word in set(_words(written)):
        hits = [max((worth for text, worth in each.items() if _alike(word, text)), default=0) for each in texts]
        having = sum(1 for hit in hits if hit)
        if having * 2 <= len(criteria):
            sums = [total + hit / having if hit else total for total, hit in zip(sums, hits, strict=True)]
    order = sorted(range(len(criteria)), key=lambda index: -sums[index])  # equals stay in the order of frameworks
    return tuple(_found(*criteria[index]) for index in order if sums[index] > 0)


def _criteria(portfolio: Portfolio) -> Iterator[tuple[Framework, Node]]:
    """Those that practices can serve; themes and kinds of tools are asked for by themselves."""
    for framework in portfolio.frameworks.values():
        for criterion in framework.criteria:
            if not any(above.facet for above in framework.ancestors[criterion.id]):
                yield framework, criterion


def _found(framework: Framework, criterion: Node) -> Found:
    title = f"{criterion.label}. {criterion.title}" if criterion.label else criterion.title
    name = framework.short_title or framework.title
    return Found(f"{framework.id}/{criterion.id}", title, name, criterion.gist or "")


def _texts(portfolio: Portfolio, criteria: Sequence[tuple[Framework, Node]]) -> list[dict[str, int]]:
    """Of each criterion the words that it is found by, and what each is worth."""
    kinds: defaultdict[str, list[str]] = defaultdict(list)
    for practice in portfolio.practices.values():
        for reference in practice.supports:
            kinds[reference] += practice.kind, practice.title
    found = []
    for framework, criterion in criteria:
        worth: dict[str, int] = {}
        page = portfolio.criterion_pages.get((framework.id, criterion.id))
        below = [node.title for node in criterion.walk()] + ([page.body] if page else [])
        gist = [criterion.gist or ""] + ([page.summary] if page else [])
        served = kinds[f"{framework.id}/{criterion.id}"]
        for texts, value in ((below, _BELOW), (served, _IN_KIND), (gist, _IN_GIST), ([criterion.title], _IN_TITLE)):
            worth |= dict.fromkeys(_words(" ".join(texts)), value)
        found.append(worth)
    return found


def _words(text: str) -> Iterator[str]:
    """Words without case and accents, so that a keyboard without them finds the same."""
    plain = "".join(sign for sign in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(sign))
    yield from _WORD.findall(plain)


def _alike(wanted: str, there: str) -> bool:
    shorter = min(len(wanted), len(there))
    same = next((n for n in range(shorter) if wanted[n] != there[n]), shorter)
    return same == len(wanted) or (same >= _BEGINNING and same >= max(len(wanted), len(there)) - _ENDING)


class Choosing:
    """One talk about criteria: words find them, numbers choose them, an empty line ends it."""

    def __init__(self, portfolio: Portfolio) -> None:
        self._portfolio = portfolio
        self._shown: tuple[Found, ...] = ()
        self.chosen: tuple[str, ...] = ()
        self.done = False

    def hear(self, line: str) -> str:
        """What to say to a line that somebody typed."""
        parts = re.split(r"[\s,;]+", line.strip()) if line.strip() else []
        if not parts:
            self.done = True
            return ""
        if all(part.isdecimal() for part in parts):
            return self._numbers([int(part) for part in parts])
        if all("/" in part for part in parts):
            return self._references(parts)
        return self._search(line)

    def _numbers(self, numbers: list[int]) -> str:
        if not self._shown:
            return "There is no list yet to choose from: write a word that it is about."
        wrong = [number for number in numbers if not 0 < number <= len(self._shown)]
        if wrong:
            return f"There is no number {wrong[0]} in the list; it goes from 1 to {len(self._shown)}."
        return self._turn([self._shown[number - 1].ref for number in numbers])

    def _references(self, references: list[str]) -> str:
        known = {f"{framework.id}/{node.id}" for framework in self._portfolio.frameworks.values()
                 for node in framework.nodes()}
        for reference in references:
            if reference not in known:
                near = difflib.get_close_matches(reference, known, n=1)
                guess = f' Did you mean "{near[0]}"?' if near else ""
                return f"There is no criterion {quoted(reference)}.{guess}"
        return self._turn(references)

    def _turn(self, references: list[str]) -> str:
        """Chosen once it is in, chosen again it is out: so a slip of the finger can be mended."""
        for reference in dict.fromkeys(references):
            taken = reference in self.chosen
            self.chosen = tuple(r for r in self.chosen if r != reference) if taken else (*self.chosen, reference)
        names = (self._name(reference) for reference in self.chosen)
        return f"Chosen: {', '.join(names) or 'none'}. More words or numbers, or Enter to go on."

    def _name(self, reference: str) -> str:
        framework_id, _, node_id = reference.partition("/")
        framework = self._portfolio.frameworks[framework_id]
        return f"{framework.by_id[node_id].title} ({framework.short_title or framework.title})"

    def _search(self, line: str) -> str:
        found = criteria_by_words(self._portfolio, line)
        if not found:
            guess = f" Did you mean {near}?" if (near := self._near(line)) else ""
            return f"No criterion speaks of that.{guess} Write other words, or Enter to go on."
        self._shown = found[:_MOST_SHOWN]
        width = len(str(len(self._shown)))
        lines = [f"  {n:>{width}}  {self._line(each)}" for n, each in enumerate(self._shown, start=1)]
        if len(found) > _MOST_SHOWN:
            lines.append(f"  and {len(found) - _MOST_SHOWN} more, further away; other words find others")
        return "\n".join([*lines, "Numbers, with commas; or other words; or Enter to go on."])

    def _line(self, found: Found) -> str:
        mark = " (chosen)" if found.ref in self.chosen else ""
        return f"{found.title} - {found.framework}{mark}" + (f"\n       {found.gist}" if found.gist else "")

    def _near(self, line: str) -> str:
        there = sorted(set().union(*_texts(self._portfolio, tuple(_criteria(self._portfolio)))))
        near = (difflib.get_close_matches(word, there, n=1, cutoff=_NEAR) for word in _words(line))
        return next((found[0] for found in near if found), "")
