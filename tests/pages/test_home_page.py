"""The home page says how practices went without hiding any, and shows how to read a bar by the method's own example."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from lcsite.pages.home_page import HomeBody, OutcomeShare, outcome_shares
from lcsite.pages.names import Names, PracticeName
from lcsite.pages.page import Page
from lcsite.pipeline import plan_site
from tests.builders import assessment, framework, place, portfolio, practice

ONE = Names(portfolio(practices=[practice("talks", "Talks")])).practice("talks")
WAYS = st.tuples(st.sampled_from(["worked", "mixed", "did-not-work", "unknown"]), st.booleans())


def went(*ways: tuple[str, bool]) -> tuple[PracticeName, ...]:
    return tuple(replace(ONE, outcome=outcome, from_outside=outside) for outcome, outside in ways)


def test_what_somebody_outside_has_looked_at_is_told_apart_from_what_was_only_said() -> None:
    shares = outcome_shares(went(("worked", True), ("worked", False), ("worked", False), ("did-not-work", False)))
    assert shares == (
        OutcomeShare("worked", True, 1, "0", "24.75"),
        OutcomeShare("worked", False, 2, "25.25", "49.5"),
        OutcomeShare("did-not-work", True, 1, "75.25", "24.75"),
    )


@given(st.lists(WAYS, min_size=1, max_size=200))
def test_every_practice_is_counted_once_and_the_parts_fill_the_strip(ways: list[tuple[str, bool]]) -> None:
    shares = outcome_shares(went(*ways))
    assert sum(share.count for share in shares) == len(ways)
    filled = sum(Decimal(share.width) for share in shares) + Decimal("0.5") * (len(shares) - 1)
    assert abs(filled - 100) <= Decimal("0.05")


def test_the_full_example_is_an_invented_place_and_the_bar_is_the_first_worked_example() -> None:
    made = portfolio(
        frameworks=[framework()],
        places=[place("alder"), place("birch", demonstration=True), place("cedar", demonstration=True)],
        assessments=[assessment("alder", {"gardens-1": "1"}), assessment("cedar", {"gardens-1": "1"})],
    )
    home: Page = plan_site(made).site.pages[0]
    body = home.body()
    assert isinstance(body, HomeBody)
    assert body.full_example is not None
    assert body.full_example.id == "cedar"
    # Method, 2: worked example A, 66 out of 100 (could be 52 to 73); 8 of 10 answered.
    assert (body.example.ink, body.example.pencil, body.example.pin) == ("52.5", "20", "65.63")
    assert (body.example.counts.answered, body.example.counts.asked) == (8, 10)
