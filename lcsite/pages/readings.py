"""The scorecards of a portfolio, worked out when somebody asks: every round of every place with every framework."""

from __future__ import annotations

from collections import deque
from functools import cached_property, lru_cache

from lcsite.light_classes import dataclass
from lcsite.model.assessment import Assessment, Observation
from lcsite.model.framework import Framework
from lcsite.model.portfolio import Portfolio
from lcsite.pages import addresses
from lcsite.pages.drawing import Bar, node_bar
from lcsite.pages.names import Names
from lcsite.pages.no_ranking import SideBySide, by_name
from lcsite.pages.page import PlaceName
from lcsite.scoring.rounds import FirstRound, Rounds, compare_rounds
from lcsite.scoring.scorecard import SCORED, Scorecard, score_assessment, score_series

__all__ = ["PlaceState", "Readings"]

_Round = tuple[Assessment | None, Scorecard]
_MOST_SHOWN = 8
"""Of places, each with a framework: so many are at hand with all their rounds."""


@dataclass(frozen=True, slots=True)
class PlaceState:
    """How one place stands on one criterion, in its latest reading."""

    place: PlaceName
    bar: Bar
    year: str
    address: str
    version: str
    """The version by which it was read, where that is not the one that is shown."""


class Readings:
    """All scorecards of a portfolio. A place that has figures and no assessment is read from its figures alone.

    Latest rounds are kept, of places that were shown their numbers alone. What is gone is worked out again for whoever
    comes back to a place after many others.
    """

    def __init__(self, portfolio: Portfolio, names: Names) -> None:
        self._portfolio = portfolio
        self._names = names
        self._latest: dict[tuple[str, str], _Round] = {}
        self._numbers: dict[tuple[str, str], _Round] = {}
        self._shown: deque[tuple[str, str]] = deque()
        # The pages and files of a place come one after another and show the same rounds and the same change. Others ask
        # for the numbers of latest rounds alone, so that more of these would only fill memory.
        self._rounds = lru_cache(maxsize=_MOST_SHOWN)(self._read)
        self._compared = lru_cache(maxsize=_MOST_SHOWN)(self._compare)

    @cached_property
    def _to_read(self) -> dict[tuple[str, str], tuple[Assessment, ...]]:
        """The assessments of each place with each framework, oldest first; none where there are only figures."""
        portfolio = self._portfolio
        found: dict[tuple[str, str], list[Assessment]] = {}
        superseded = portfolio.superseded
        for assessment in sorted(portfolio.assessments, key=lambda a: (a.place, a.framework_id, a.as_of, a.file_id)):
            framework = portfolio.framework_of(assessment)
            if framework is None or (assessment.place, assessment.file_id) in superseded:
                continue  # carried over: the same round, read by a newer version
            found.setdefault((assessment.place, framework.id), []).append(assessment)
        for place, rows in portfolio.observations.items():
            for framework_id in {row.framework_id for row in rows} & set(portfolio.frameworks):
                found.setdefault((place, framework_id), [])
        order = {framework: i for i, framework in enumerate(portfolio.frameworks)}
        return {key: tuple(found[key]) for key in sorted(found, key=lambda k: (k[0], order[k[1]]))}

    def _read(self, place: str, framework_id: str) -> tuple[_Round, ...]:
        key = (place, framework_id)
        earlier = self._to_read[key][:-1]
        rounds = *(self._score(made) for made in earlier), self._read_latest(place, framework_id)
        self._shown.append(key)
        if len(self._shown) > _MOST_SHOWN and (known := self._latest.pop(shown := self._shown.popleft(), None)):
            self._numbers[shown] = known[0], known[1].without_items()
        return rounds

    def _read_latest(self, place: str, framework_id: str) -> _Round:
        key = (place, framework_id)
        if key not in self._latest:
            made = self._to_read[key]
            self._latest[key] = self._score(made[-1]) if made else self._score_figures(place, framework_id)
        return self._latest[key]

    def _score(self, made: Assessment) -> _Round:
        portfolio = self._portfolio
        framework = portfolio.framework_of(made)
        assert framework is not None  # others are not among those to read
        rows = self._rows(framework, portfolio.observations.get(made.place, ()))
        return made, score_assessment(framework, made, as_of=portfolio.site.as_of, observations=rows)

    def _score_figures(self, place: str, framework_id: str) -> _Round:
        portfolio = self._portfolio
        shown, figures = portfolio.frameworks[framework_id], portfolio.observations.get(place, ())
        return None, score_series(shown, place, as_of=portfolio.site.as_of, observations=figures)

    def _rows(self, framework: Framework, rows: tuple[Observation, ...]) -> tuple[Observation, ...]:
        """The figures of a place, position by position, under the ids that they have in an older version."""
        shown = self._portfolio.frameworks[framework.id]
        if framework is shown:
            return rows
        before = {
            now: node.id for node in framework.indicators
            if (now := shown.became(node.id, since=framework.version)) not in (None, node.id)
        }
        return tuple(
            row.model_copy(update={"indicator": f"{framework.id}/{before[row.indicator_id]}"})
            if row.framework_id == framework.id and row.indicator_id in before else row
            for row in rows
        )

    def framework_of(self, card: Scorecard) -> Framework:
        """The framework in the version by which a scorecard was made."""
        found = self._portfolio.framework(card.framework_id, card.framework_version)
        assert found is not None  # the scorecard was made with it
        return found

    def all(self) -> tuple[_Round, ...]:
        """Every scorecard, by place, framework and date."""
        return tuple(round_ for key in self._to_read for round_ in self.rounds(*key))

    def frameworks_of(self, place_id: str) -> tuple[str, ...]:
        """The frameworks for which a place has an assessment or figures, in the order of frameworks."""
        return self._frameworks_by_place.get(place_id, ())

    @cached_property
    def _frameworks_by_place(self) -> dict[str, tuple[str, ...]]:
        found: dict[str, list[str]] = {}
        for place, framework in self._to_read:
            found.setdefault(place, []).append(framework)
        return {place: tuple(frameworks) for place, frameworks in found.items()}

    @cached_property
    def _places_by_framework(self) -> dict[str, tuple[str, ...]]:
        found: dict[str, list[str]] = {}
        for place, framework in self._to_read:
            found.setdefault(framework, []).append(place)
        return {framework: tuple(places) for framework, places in found.items()}

    def rounds(self, place_id: str, framework_id: str) -> tuple[_Round, ...]:
        """A place's rounds with one framework, oldest first."""
        return self._rounds(place_id, framework_id) if (place_id, framework_id) in self._to_read else ()

    def latest(self, place_id: str, framework_id: str) -> _Round | None:
        """The last of them, for which the others need not be worked out."""
        return self._read_latest(place_id, framework_id) if (place_id, framework_id) in self._to_read else None

    def latest_numbers(self, place_id: str, framework_id: str) -> _Round:
        """The last of them, perhaps without its items, for a framework by which the place was read."""
        return self._numbers.get((place_id, framework_id)) or self._read_latest(place_id, framework_id)

    def latest_assessment(self, place_id: str, framework_id: str) -> Assessment | None:
        """The assessment of a place's latest round, known without scoring; None where there are only figures."""
        made = self._to_read.get((place_id, framework_id))
        return made[-1] if made else None

    def change(self, place_id: str, framework_id: str) -> Rounds | FirstRound | None:
        """The latest two rounds, compared like for like; None where there is no assessment."""
        return self._compared(place_id, framework_id)

    def _compare(self, place_id: str, framework_id: str) -> Rounds | FirstRound | None:
        rounds = self.rounds(place_id, framework_id)
        if not rounds or rounds[-1][0] is None:
            return None
        later = rounds[-1][1]
        earlier = rounds[-2][1] if len(rounds) > 1 else None
        if earlier is None or earlier.framework_version == later.framework_version:
            return compare_rounds(earlier, later)
        then, now = self.framework_of(earlier), self.framework_of(later)
        before = {
            new: node.id for node in then.nodes()
            if (new := now.became(node.id, since=then.version)) not in (None, node.id)
        }
        return compare_rounds(earlier, later, called_before=before)

    def states_of(self, framework_id: str, node_id: str) -> tuple[tuple[str, tuple[PlaceState, ...]], ...]:
        """How places stand on a criterion, for each construct that it is read in; places in the order of names."""
        places = by_name(self._names.place(place) for place in self._places_by_framework.get(framework_id, ()))
        found: dict[str, list[PlaceState]] = {}
        shown = self._portfolio.frameworks[framework_id]
        for place in places:
            assessment, card = self.latest_numbers(place.id, framework_id)
            if assessment is None:
                continue
            older = card.framework_version if card.framework_version != shown.version else ""
            then = node_id if not older else next(
                (n.id for n in self.framework_of(card).criteria if shown.became(n.id, since=older) == node_id), node_id
            )
            for construct in SCORED:
                reading = card.reading(construct)
                node = reading.nodes.get(then) if reading else None
                if node is not None:
                    found.setdefault(construct.value, []).append(
                        PlaceState(
                            place,
                            node_bar(node.numbers, node.counts),
                            str(card.as_of.year),
                            addresses.scorecard(place.id, framework_id, node=then),
                            older,
                        )
                    )
        return SideBySide((c.value, tuple(found[c.value])) for c in SCORED if c.value in found)
