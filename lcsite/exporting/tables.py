"""The rows of every table of a portfolio, by place, so that one place's files ask nobody else."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property, lru_cache

from lcsite.exporting.answer_rows import AnswerRow, answer_rows
from lcsite.exporting.compare_rows import CompareFile, compare_file
from lcsite.exporting.framework_rows import CrosswalkRow, FrameworkRow, crosswalk_row, framework_row
from lcsite.exporting.observation_rows import ObservationRow, observation_rows
from lcsite.exporting.place_rows import AssessmentRow, PlaceRow, assessment_rows, place_row
from lcsite.exporting.score_rows import ProgressRow, ScoreRow, progress_rows, score_rows
from lcsite.exporting.toolbox_rows import (
    LinkRow,
    PracticeRow,
    ToolRow,
    carried_rows,
    invented_ends,
    link_rows,
    practice_row,
    tool_rows,
)
from lcsite.linking import End, LinkGraph
from lcsite.model.assessment import Assessment
from lcsite.model.framework import Framework
from lcsite.model.portfolio import Portfolio
from lcsite.pages.readings import Readings
from lcsite.scoring.scorecard import Scorecard

__all__ = ["Tables"]

_A_HEAP = 25
_A_HEAP_OF_LINKS = 2_000
_CARRIED = "carried"


class Tables:
    """All rows of a portfolio, made when they are asked for. Rows about places stand in the order of their ids."""

    def __init__(self, portfolio: Portfolio, links: LinkGraph, readings: Readings) -> None:
        self.portfolio = portfolio
        self._links = links
        self._readings = readings
        # Those of a place stand in its own file and in the whole table, which are made one after the other.
        self._place = lru_cache(maxsize=2)(
            lambda place: place_row(portfolio.places[place], portfolio.home_of("place", place))
        )
        self._assessments = lru_cache(maxsize=2)(lambda place: tuple(assessment_rows(portfolio, place)))
        self._observations = lru_cache(maxsize=2)(lambda place: tuple(observation_rows(portfolio, readings, place)))
        self._progress = lru_cache(maxsize=2)(lambda place: tuple(progress_rows(portfolio, readings, place)))

    def _cards(self, place: str) -> Iterator[tuple[Assessment | None, Scorecard]]:
        for framework in self._readings.frameworks_of(place):
            yield from self._readings.rounds(place, framework)

    @cached_property
    def frameworks(self) -> tuple[Framework, ...]:
        """Each framework, and after it the older versions of it that are kept."""
        return tuple(each for id_ in self.portfolio.frameworks for each in self.portfolio.versions_of(id_))

    @cached_property
    def framework_rows(self) -> tuple[FrameworkRow, ...]:
        """The same as they are published, which is long."""
        return tuple(framework_row(each, shown=self.is_shown(each)) for each in self.frameworks)

    def framework_row(self, number: int) -> FrameworkRow:
        """One of them."""
        return self.framework_rows[number]

    def is_shown(self, framework: Framework) -> bool:
        """Whether pages show this version of a framework."""
        return framework is self.portfolio.frameworks[framework.id]

    @cached_property
    def crosswalk(self) -> CrosswalkRow | None:
        return crosswalk_row(self.portfolio.crosswalk) if self.portfolio.crosswalk else None

    def places(self) -> tuple[str, ...]:
        """The ids of all places, in whose order rows about places stand."""
        return tuple(sorted(self.portfolio.places))

    def place(self, place: str) -> PlaceRow:
        """One place."""
        return self._place(place)

    def assessments(self, place: str) -> tuple[AssessmentRow, ...]:
        """One place's rows, by framework and day."""
        return self._assessments(place)

    def practices_of(self, place: str) -> tuple[str, ...]:
        """The ids of the practices that took place there."""
        return self._practices_by_place.get(place, ())

    @cached_property
    def _practices_by_place(self) -> dict[str, tuple[str, ...]]:
        found: dict[str, tuple[str, ...]] = {}
        for id_, practice in sorted(self.portfolio.practices.items()):
            for place in practice.places:
                found[place] = (*found.get(place, ()), id_)
        return found

    def answers(self, place: str) -> tuple[AnswerRow, ...]:
        """One place's rows."""
        return tuple(answer_rows(self.portfolio, self._cards(place)))

    def scorecards(self, place: str) -> tuple[ScoreRow, ...]:
        """One place's rows."""
        return tuple(score_rows(self.portfolio, (card for _, card in self._cards(place))))

    def observations(self, place: str) -> tuple[ObservationRow, ...]:
        """One place's rows."""
        return self._observations(place)

    def progress(self, place: str) -> tuple[ProgressRow, ...]:
        """One place's rows."""
        return self._progress(place)

    def side_by_side(self, place: str) -> CompareFile:
        """What of a place stands beside others when places are compared."""
        return compare_file(self.portfolio, self._readings, place)

    def heaps_of_practices(self) -> tuple[str, ...]:
        """The first of each heap of practices, by id: a practice has its whole text, so they are not made at once."""
        return self._practices[::_A_HEAP]

    def practices(self, first: str) -> tuple[PracticeRow, ...]:
        """The practices of a heap."""
        start = self._practices.index(first)
        heap = self._practices[start:start + _A_HEAP]
        return tuple(practice_row(self.portfolio, self.portfolio.practices[id_]) for id_ in heap)

    @cached_property
    def _practices(self) -> tuple[str, ...]:
        return tuple(sorted(self.portfolio.practices))

    def all_at_once(self) -> tuple[str, ...]:
        """The parts of a table that has none."""
        return ("",)

    def tools(self) -> tuple[ToolRow, ...]:
        return tuple(tool_rows(self.portfolio))

    def heaps_of_links(self) -> tuple[str, ...]:
        """Where each heap of the links begins that somebody wrote; the last is of those that the crosswalk carries."""
        return (*map(str, range(0, len(self._links.links), _A_HEAP_OF_LINKS)), _CARRIED)

    def links(self, heap: str) -> tuple[LinkRow, ...]:
        """The links of a heap, each in a fixed order."""
        if heap == _CARRIED:
            return tuple(carried_rows(self.portfolio, self._links, self._invented))
        start = int(heap)
        return tuple(link_rows(self._links.links[start:start + _A_HEAP_OF_LINKS], self._invented))

    @cached_property
    def _invented(self) -> frozenset[End]:
        return invented_ends(self.portfolio)
