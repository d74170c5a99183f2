"""What stands behind an answer, kept apart from what the answer is worth (method, section 4)."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from fractions import Fraction
from functools import cache

from lcsite.light_classes import dataclass
from lcsite.model.assessment import Evidence
from lcsite.model.words import Grade
from lcsite.scoring.exact import ONE, ZERO, total_of_products
from lcsite.scoring.results import Answered
from lcsite.scoring.tree import Evaluated, Leaf

__all__ = [
    "BACKED", "BACKED_FROM", "GradeReading", "evidence_backed_share", "evidence_backed_shares", "grade_behind",
    "grade_of_answer", "grade_of_figure",
]

BACKED_FROM = Grade.PUBLIC_DOCUMENT
BACKED = frozenset(grade for grade in Grade if grade.number >= BACKED_FROM.number)


@dataclass(frozen=True, slots=True)
class GradeReading:
    """The grade that counts, and whether a dead source without a copy was among what it could rest on."""

    grade: Grade
    dead_source: bool = False


def _at_most(grade: Grade, ceiling: Grade) -> Grade:
    return min(grade, ceiling, key=lambda g: g.number)


def grade_of_answer(
    stated: Grade | None, evidence: Sequence[Evidence], *, default: Grade, sample_known: bool = True
) -> GradeReading:
    """The grade of an assessment's own answer: as stated, else the highest of its evidence, else the default.

    Dead evidence counts as a named self-report at most. A stated grade that only dead evidence could carry falls with
    it; a survey share without its n is a public document at most.
    """
    if not evidence:
        return _graded(stated or default, sample_known)
    dead = any(item.dead for item in evidence)
    counted = max((item.counted_grade for item in evidence), key=lambda g: g.number, default=None)
    if stated is None:
        grade = counted or default
    else:
        living = max((item.grade.number for item in evidence if not item.dead), default=-1)
        carried_by_dead = max((item.grade.number for item in evidence if item.dead), default=-1)
        grade = _at_most(stated, counted) if counted is not None and carried_by_dead > living else stated
    return GradeReading(grade if sample_known else _at_most(grade, Grade.PUBLIC_DOCUMENT), dead)


def grade_behind(stated: Grade | None, evidence: Sequence[Evidence]) -> Grade | None:
    """What evidence of which nothing is dead makes of a grade: an answer with it is graded as if this were stated."""
    if stated is not None or not evidence:
        return stated
    if len(evidence) == 1:
        return evidence[0].grade
    return max([item.grade for item in evidence], key=lambda g: g.number)


@cache
def _graded(grade: Grade, sample_known: bool) -> GradeReading:
    """Where nothing but the grade is known."""
    return GradeReading(grade if sample_known else _at_most(grade, Grade.PUBLIC_DOCUMENT))


def grade_of_figure(stated: Grade | None, *, dead: bool, default: Grade, sample_known: bool = True) -> GradeReading:
    """The grade of a row of a place's series, by the same rules."""
    grade = stated or default
    if dead:
        grade = _at_most(grade, Grade.SELF_REPORT)
    return GradeReading(grade if sample_known else _at_most(grade, Grade.PUBLIC_DOCUMENT), dead)


def evidence_backed_share(top: Evaluated, grade_of: Callable[[str], Grade | None]) -> Fraction:
    """The effective weight, from 0 to c, of the answered items under a node with grade 2 or more."""
    answered = [node.id for node in top.walk() if isinstance(node.node, Leaf) and isinstance(node.node.state, Answered)]
    return _share(top, {item for item in answered if grade_of(item) in BACKED}, {})


def evidence_backed_shares(tops: Iterable[Evaluated], backed: Collection[str]) -> Mapping[str, Fraction]:
    """The same for some nodes and all above items that stand below them, each worked out once; 0 is left out.

    `backed` are the answered items with grade 2 or more.
    """
    found: dict[str, Fraction] = {}
    for top in tops if backed else ():
        _share(top, backed, found)
    return found


def _share(node: Evaluated, backed: Collection[str], found: dict[str, Fraction]) -> Fraction:
    if not node.children:
        return ONE if node.node.id in backed else ZERO
    below = [
        _share(child, backed, found) if child.children else ONE if child.node.id in backed else ZERO
        for child in node.children
    ]
    if all(part is ZERO for part in below):  # so it is for most nodes: no weights are needed
        return ZERO
    share = found[node.node.id] = total_of_products([
        (weight, part) for weight, part in zip(node.shares, below, strict=True)
        if weight is not None and part is not ZERO
    ])
    return share
