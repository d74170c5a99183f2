"""The profile of a scorecard as pages show it: its criteria in the framework's order, each with its bar and change."""

from __future__ import annotations

from lcsite.light_classes import dataclass
from lcsite.model.framework import Construct, Framework
from lcsite.pages import addresses
from lcsite.pages.drawing import Bar, Change, node_bar, per_cent_of
from lcsite.scoring.exact import over_one
from lcsite.scoring.progress import Change as ExactChange
from lcsite.scoring.rounds import FirstRound, Rounds
from lcsite.scoring.scorecard import NodeReading, Scorecard
from lcsite.scoring.showing import signed_points, signed_points_of

__all__ = ["ProfileGroup", "ProfileReading", "ProfileRow", "profile_readings"]


@dataclass(frozen=True, slots=True)
class ProfileRow:
    id: str
    title: str
    label: str
    address: str
    """The criterion on the scorecard page."""
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
        for node in framework.criteria:
            if node.id in reading.nodes:
                exact = reading.nodes[node.id]
                above = framework.ancestors[node.id]
                groups.setdefault(above[-1].title if above else "", []).append(
                    ProfileRow(
                        node.id,
                        node.title,
                        node.label or "",
                        addresses.scorecard(card.place, framework.id, node=node.id),
                        node_bar(exact.numbers, exact.counts),
                        _change(change, reading.construct, exact),
                    )
                )
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


def _change(change: Rounds | FirstRound | None, construct: Construct, node: NodeReading) -> Change | None:
    if change is None:
        return None
    if isinstance(change, FirstRound):
        return Change("first", "", None, None, 0, None, None, "0", "0", "0", "0")
    exact: ExactChange | None = change.nodes.get(construct, {}).get(node.id)
    if exact is None or exact.like_for_like is None:
        return Change("none", "", None, None, 0, None, None, "0", "0", "0", "0")
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
