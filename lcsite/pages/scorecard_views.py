"""The profile of a scorecard as pages show it: its criteria in the framework's order, each with its bar and change."""

from __future__ import annotations

from lcsite.light_classes import dataclass
from lcsite.model.framework import Framework
from lcsite.pages import addresses
from lcsite.pages.drawing import Bar, Change, node_bar, per_cent_of
from lcsite.scoring.again import found_again
from lcsite.scoring.exact import over_one
from lcsite.scoring.progress import Change as ExactChange
from lcsite.scoring.rounds import FirstRound, Rounds
from lcsite.scoring.scorecard import Scorecard
from lcsite.scoring.showing import signed_points, signed_points_of

__all__ = ["ProfileGroup", "ProfileName", "ProfileReading", "ProfileRow", "profile_readings"]


@dataclass(frozen=True, slots=True)
class ProfileName:
    """What a criterion is called, whoever is read: the same object for every place."""

    id: str
    title: str
    label: str
    anchor: str
    """Where it stands on the scorecard page."""


@dataclass(frozen=True, slots=True)
class ProfileRow:
    criterion: ProfileName
    bar: Bar
    change: Change | None


@dataclass(frozen=True, slots=True)
class ProfileGroup:
    title: str
    """The dimension; empty where criteria stand at the root."""
    rows: tuple[ProfileRow, ...]


@dataclass(frozen=True, slots=True)
class ProfileReading:
    """One construct's profile, in the framework's own order, without a total."""

    construct: str
    groups: tuple[ProfileGroup, ...]
    answered: int
    clearly: int
    partly: int
    not_enough: int
    empty: int

    @property
    def criteria(self) -> int:
        return self.clearly + self.partly + self.not_enough


def profile_readings(
    framework: Framework, card: Scorecard, change: Rounds | FirstRound | None
) -> tuple[ProfileReading, ...]:
    """The profile of each construct that feeds a scorecard."""
    found = []
    for reading in card.readings:
        groups: dict[str, list[ProfileRow]] = {}
        changes = change.nodes.get(reading.construct, {}) if isinstance(change, Rounds) else {}
        for dimension, criterion in _names(framework):
            if criterion.id in reading.nodes:
                exact = reading.nodes[criterion.id]
                shown = None if change is None else _FIRST if isinstance(change, FirstRound) else _change(
                    changes.get(criterion.id)
                )
                row = ProfileRow(criterion, node_bar(exact.numbers, exact.counts), shown)
                groups.setdefault(dimension, []).append(row)
        rows = [row for group in groups.values() for row in group]
        states = [row.bar.shown.kind for row in rows]
        found.append(
            ProfileReading(
                reading.construct.value,
                tuple(ProfileGroup(title, tuple(rows)) for title, rows in groups.items()),
                answered=reading.counts.answered,
                clearly=states.count("point"),
                partly=states.count("range"),
                not_enough=states.count("not-enough-known"),
                empty=states.count("no-reading"),
            )
        )
    return tuple(found)


@found_again(most=200)
def _names(framework: Framework) -> tuple[tuple[str, ProfileName], ...]:
    """The criteria in the framework's order, each with the dimension in which it stands."""
    return tuple(
        (
            above[-1].title if (above := framework.ancestors[node.id]) else "",
            ProfileName(node.id, node.title, node.label or "", addresses.anchor(node.id)),
        )
        for node in framework.criteria
    )


_FIRST, _NONE = (Change(kind, "", None, None, 0, None, None, "0", "0", "0", "0") for kind in ("first", "none"))


def _change(exact: ExactChange | None) -> Change:
    if exact is None or exact.like_for_like is None:
        return _NONE
    like = signed_points(exact.like_for_like)
    kind = "same" if like == "0.0" else "up" if exact.like_for_like.numerator > 0 else "down"
    if not exact.headline_shown or exact.before is None or exact.now is None:
        return Change(kind, like, None, None, len(exact.compared), None, None, "0", "0", "0", "0")
    over, (before, now, moved) = over_one(exact.before, exact.now, exact.like_for_like)
    between = min(max(before + moved, 0), over)
    like_at, like_end = (before, between) if before <= between else (between, before)
    view_at, view_end = (between, now) if between <= now else (now, between)
    return Change(
        kind,
        like,
        signed_points_of(now - before, over),
        signed_points_of(now - before - moved, over),
        len(exact.compared),
        per_cent_of(before, over),
        per_cent_of(now, over),
        per_cent_of(like_at, over),
        per_cent_of(like_end - like_at, over),
        per_cent_of(view_at, over),
        per_cent_of(view_end - view_at, over),
    )
