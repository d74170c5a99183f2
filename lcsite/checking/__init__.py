"""Rules that need more than one record: one function a rule, each a generator of problems.

Nothing here opens a file, changes a record or computes a score. After checking, every other room may assume a good
portfolio.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator

from lcsite.checking import (
    assessment_rules,
    framework_rules,
    observation_rules,
    page_rules,
    place_rules,
    references,
    resource_rules,
    version_rules,
)
from lcsite.checking.personal_data import personal_data
from lcsite.checking.whereabouts import Whereabouts
from lcsite.model.portfolio import Portfolio
from lcsite.problems import Problem

__all__ = ["RULES", "Whereabouts", "check_portfolio"]

Rule = Callable[[Portfolio, Whereabouts], Iterator[Problem]]

RULES: tuple[Rule, ...] = (
    *framework_rules.RULES,
    *version_rules.RULES,
    *references.RULES,
    *page_rules.RULES,
    *place_rules.RULES,
    *assessment_rules.RULES,
    *resource_rules.RULES,
    *observation_rules.RULES,
    personal_data,
)


def check_portfolio(
    portfolio: Portfolio, origins: Whereabouts, as_of: datetime.date | None = None
) -> Iterator[Problem]:
    """Every problem that shows only when records are seen together.

    `as_of` is the day up to which the site speaks; left out, the site's own.
    """
    for rule in RULES:
        yield from rule(portfolio, origins)
    yield from assessment_rules.not_later_than_the_site(portfolio, origins, as_of or portfolio.site.as_of)
    yield from observation_rules.not_later_than_the_site(portfolio, origins, as_of or portfolio.site.as_of)
