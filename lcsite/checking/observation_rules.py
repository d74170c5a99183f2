"""Whether the figures of a place belong to an indicator, fit its scale, and are told apart by year."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from lcsite.checking.references import unknown_framework
from lcsite.checking.whereabouts import Whereabouts, few, nearest
from lcsite.model.answering import AnswerError, read_figure
from lcsite.model.assessment import Observation
from lcsite.model.framework import Framework, Level
from lcsite.model.portfolio import Portfolio
from lcsite.problems import Problem, quoted

__all__ = ["RULES", "not_later_than_the_site"]


def _rows(portfolio: Portfolio) -> Iterator[tuple[str, int, Observation]]:
    for place_id, rows in portfolio.observations.items():
        for position, row in enumerate(rows):
            yield place_id, position, row


def _known(portfolio: Portfolio) -> Iterator[tuple[str, int, Observation, Framework]]:
    """Rows that name an indicator."""
    for place_id, position, row in _rows(portfolio):
        found = portfolio.node(row.indicator)
        if found is not None and found[1].level is Level.INDICATOR:
            yield place_id, position, row, found[0]


def figures_belong_to_an_indicator(portfolio: Portfolio, origins: Whereabouts) -> Iterator[Problem]:
    for place_id, position, row in _rows(portfolio):
        framework = portfolio.frameworks.get(row.framework_id)
        node = framework.by_id.get(row.indicator_id) if framework is not None else None
        if node is not None and node.level is Level.INDICATOR:
            continue  # a mark is worked out only for what is wrong
        where = origins.at("observations", place_id, (position, "indicator"))
        if framework is None:
            problem = unknown_framework(row.framework_id, portfolio, origins, where)
            if problem is not None:
                yield problem
            continue
        indicators = [f"{framework.id}/{indicator.id}" for indicator in framework.indicators]
        if node is None and framework.why_dropped(row.indicator_id) is not None:
            continue  # it was asked by an older version, and reading has said so
        if node is None:
            message = f"{framework.id} has no indicator {quoted(row.indicator_id)}"
            yield Problem("unknown-indicator", where, message, nearest(row.indicator, indicators))
        else:
            below = [inner.id for inner in node.walk() if inner.level is Level.INDICATOR]
            hint = f"below it stand: {few(below)}" if below else ""
            message = f'"{row.indicator_id}" is a {node.level}, and figures belong to indicators'
            yield Problem("answer-to-a-group", where, message, hint)


def figures_fit_their_scale(portfolio: Portfolio, origins: Whereabouts) -> Iterator[Problem]:
    for place_id, position, row, framework in _known(portfolio):
        scale = framework.scale_of(row.indicator_id)
        if scale is None:
            continue
        try:
            read_figure(scale, value=row.value, low=row.low, high=row.high, k=row.k, n=row.n)
        except AnswerError as error:
            column = "k" if row.k is not None else "value" if row.value is not None else "low"
            where = origins.at("observations", place_id, (position, column))
            yield Problem("answer-off-scale", where, error.message, error.hint or "")


def units_are_those_of_the_framework(portfolio: Portfolio, origins: Whereabouts) -> Iterator[Problem]:
    for place_id, position, row, framework in _known(portfolio):
        measure = framework.by_id[row.indicator_id].measure
        if measure is not None and row.unit is not None and row.unit.casefold() != measure.unit.casefold():
            where = origins.at("observations", place_id, (position, "unit"))
            message = f"this figure is in {quoted(row.unit)}, and the framework counts in {quoted(measure.unit)}"
            hint = "convert it and say so in derived, or put it into the context of the place"
            yield Problem("other-unit", where, message, hint)


def one_figure_for_one_year(portfolio: Portfolio, origins: Whereabouts) -> Iterator[Problem]:
    seen: set[tuple[str, str, int, str | None]] = set()
    for place_id, position, row in _rows(portfolio):
        if row.reference_year is None:
            continue
        key = (place_id, row.indicator, row.reference_year, row.scope)
        if key in seen:
            where = origins.at("observations", place_id, (position, "period"))
            message = f"there is another figure for {row.indicator} and {row.reference_year} above"
            yield Problem("duplicate-figure", where, message, "keep the better one and mention the other in its note")
        seen.add(key)


def not_later_than_the_site(
    portfolio: Portfolio, origins: Whereabouts, as_of: datetime.date
) -> Iterator[Problem]:
    for place_id, position, row in _rows(portfolio):
        if row.reference_year is not None and row.reference_year > as_of.year:
            where = origins.at("observations", place_id, (position, "period"))
            message = f"a figure of {row.reference_year}, and the site speaks up to {as_of}"
            yield Problem("later-than-the-site", where, message, "mend the period, or raise as_of in content/site.yml")


RULES = (
    figures_belong_to_an_indicator,
    figures_fit_their_scale,
    units_are_those_of_the_framework,
    one_figure_for_one_year,
)
