"""Whether each criterion has its page, and each page its criterion."""

from __future__ import annotations

from collections.abc import Iterator

from lcsite.checking.whereabouts import Whereabouts, nearest
from lcsite.model.framework import Level
from lcsite.model.portfolio import Portfolio
from lcsite.problems import Problem, Severity

__all__ = ["RULES"]


def pages_stand_for_a_criterion(portfolio: Portfolio, origins: Whereabouts) -> Iterator[Problem]:
    for framework_id, criterion_id in portfolio.criterion_pages:
        framework = portfolio.frameworks[framework_id]
        node = framework.by_id.get(criterion_id)
        if node is not None and node.level is Level.CRITERION:
            continue
        where = origins.at("criterion-page", f"{framework_id}/{criterion_id}")
        what = "no entry" if node is None else f"a {node.level} and no criterion"
        message = f'this page would never be shown: "{framework_id}" has {what} "{criterion_id}"'
        criteria = [criterion.id for criterion in framework.criteria]
        hint = nearest(criterion_id, criteria, otherwise="a page has the name of its criterion")
        yield Problem("page-without-criterion", where, message, hint)


def criteria_have_a_page(portfolio: Portfolio, origins: Whereabouts) -> Iterator[Problem]:
    for framework in portfolio.frameworks.values():
        for criterion in framework.criteria:
            page = f"{framework.id}/{criterion.id}"
            has_page = (framework.id, criterion.id) in portfolio.criterion_pages
            if not has_page and not origins.is_broken("criterion-page", page):
                where = origins.at("framework", framework.id)
                message = f'the criterion "{criterion.id}" has no page of its own'
                hint = f"write content/criteria/{page}.md: what it is about, in your words"
                yield Problem("criterion-without-page", where, message, hint, Severity.WARNING)


RULES = (pages_stand_for_a_criterion, criteria_have_a_page)
