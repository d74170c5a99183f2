"""The rows of every table of a portfolio, by place, so that one place's files ask nobody else."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from lcsite.exporting.answer_rows import AnswerRow, answer_rows
from lcsite.exporting.compare_rows import CompareFile, compare_file
from lcsite.exporting.framework_rows import CrosswalkRow, FrameworkRow, crosswalk_row, framework_row
from lcsite.exporting.observation_rows import ObservationRow, observation_rows
from lcsite.exporting.place_rows import AssessmentRow, PlaceRow, assessment_rows, place_rows
from lcsite.exporting.score_rows import ProgressRow, ScoreRow, progress_rows, score_rows
from lcsite.exporting.toolbox_rows import LinkRow, PracticeRow, ToolRow, link_rows, practice_rows, tool_rows
from lcsite.linking import LinkGraph
from lcsite.model.assessment import Assessment
from lcsite.model.portfolio import Portfolio
from lcsite.pages.readings import Readings
from lcsite.scoring.scorecard import Scorecard

__all__ = ["Tables"]


class Tables:
    """All rows of a portfolio. Rows about places stand in the order of the ids of places."""

    def __init__(self, portfolio: Portfolio, links: LinkGraph, readings: Readings) -> None:
        self.portfolio = portfolio
        self._links = links
        self._readings = readings
        self._observations: dict[str, tuple[ObservationRow, ...]] = {}
        self._progress: dict[str, tuple[ProgressRow, ...]] = {}

    def _cards(self, place: str) -> Iterator[tuple[Assessment | None, Scorecard]]:
        for framework in self._readings.frameworks_of(place):
            yield from self._readings.rounds(place, framework)

    @cached_property
    def frameworks(self) -> tuple[FrameworkRow, ...]:
        return tuple(
            framework_row(framework, shown=framework is shown)
            for shown in self.portfolio.frameworks.values()
            for framework in self.portfolio.versions_of(shown.id)
        )

    @cached_property
    def crosswalk(self) -> CrosswalkRow | None:
        return crosswalk_row(self.portfolio.crosswalk) if self.portfolio.crosswalk else None

    @cached_property
    def places(self) -> tuple[PlaceRow, ...]:
        return tuple(place_rows(self.portfolio))

    @cached_property
    def assessments(self) -> tuple[AssessmentRow, ...]:
        return tuple(assessment_rows(self.portfolio))

    @cached_property
    def assessments_by_place(self) -> dict[str, tuple[AssessmentRow, ...]]:
        found: dict[str, tuple[AssessmentRow, ...]] = {}
        for row in self.assessments:
            found[row.place] = (*found.get(row.place, ()), row)
        return found

    @cached_property
    def practices_by_place(self) -> dict[str, tuple[str, ...]]:
        found: dict[str, tuple[str, ...]] = {}
        for row in self.practices:
            for place in row.places:
                found[place] = (*found.get(place, ()), row.practice)
        return found

    def answers(self, place: str) -> tuple[AnswerRow, ...]:
        """One place's rows, made anew each time: a large portal has many, and they are kept as text."""
        return tuple(answer_rows(self.portfolio, self._cards(place)))

    def scorecards(self, place: str) -> tuple[ScoreRow, ...]:
        """One place's rows, made anew each time."""
        return tuple(score_rows(self.portfolio, (card for _, card in self._cards(place))))

    def observations(self, place: str) -> tuple[ObservationRow, ...]:
        """One place's rows."""
        if place not in self._observations:
            self._observations[place] = tuple(observation_rows(self.portfolio, self._readings, place))
        return self._observations[place]

    def progress(self, place: str) -> tuple[ProgressRow, ...]:
        """One place's rows."""
        if place not in self._progress:
            self._progress[place] = tuple(progress_rows(self.portfolio, self._readings, place))
        return self._progress[place]

    def side_by_side(self, place: str) -> CompareFile:
        """What of a place stands beside others when places are compared."""
        return compare_file(self.portfolio, self._readings, place)

    @cached_property
    def practices(self) -> tuple[PracticeRow, ...]:
        return tuple(practice_rows(self.portfolio))

    @cached_property
    def tools(self) -> tuple[ToolRow, ...]:
        return tuple(tool_rows(self.portfolio))

    @cached_property
    def links(self) -> tuple[LinkRow, ...]:
        return tuple(link_rows(self.portfolio, self._links))
