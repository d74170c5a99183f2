"""Random small portals on a framework with every kind of scale and every rule of the method's first section."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from lcsite.model.portfolio import Portfolio
from tests.builders import (
    SOURCE,
    STEPS,
    assessment,
    criterion,
    framework,
    indicator,
    node,
    observation,
    place,
    portfolio,
)

SCALES = [
    STEPS,
    {"id": "first-is-best", "title": "1 to 4", "kind": "ordinal", "best": "1", "steps": [{"value": n} for n in "1234"]},
    {"id": "declared", "title": "Words earn nothing", "kind": "ordinal", "best": "3", "because": "Talk is cheap.",
     "steps": [{"value": n, "worth": worth} for n, worth in zip("0123", ("0", "0", "0.5", "1"), strict=True)]},
    {"id": "yes-no", "title": "Yes, in plan, no", "kind": "answers", "because": "A plan is a promise.", "steps": [
        {"value": "Yes", "worth": "1"}, {"value": "partly", "worth": "0.5", "role": "partly"},
        {"value": "in plan", "worth": "0.25", "role": "in-plan"}, {"value": "no", "worth": "0"},
        {"value": "cannot say", "role": "unknown"},
    ]},
    {"id": "bands", "title": "Ten bands", "kind": "bands", "count": 10},
    {"id": "number", "title": "A number", "kind": "number"},
    {"id": "share", "title": "A share", "kind": "share"},
    {"id": "words", "title": "Words", "kind": "text"},
]


def _number(id_: str, direction: str, posts: dict[str, str] | None, **more: Any) -> dict[str, Any]:
    goalposts = {"goalposts": {"because": "As agreed.", "source": SOURCE, **posts}} if posts else {}
    measure = {"unit": "pieces", "direction": direction}
    return indicator(id_, scale="number", construct="outcome", measure=measure, **goalposts, **more)


def _share(id_: str, direction: str) -> dict[str, Any]:
    return indicator(id_, scale="share", construct="outcome", measure={"unit": "percent", "direction": direction})


def _heavy(weight: str) -> dict[str, str]:
    return {"value": weight, "because": "It matters more."}


TREE = (
    node("doing", "dimension",
         criterion("steps",
                   indicator("up"), indicator("down", scale="first-is-best", weight=_heavy("3")),
                   indicator("told", scale="declared"), indicator("others", open_line=True)),
         criterion("yes",
                   indicator("is-there", scale="yes-no"),
                   node("if-there", "group", indicator("inside", scale="yes-no", tolerance=1),
                        indicator("band", scale="bands", weight=_heavy("0.4")),
                        asked_when={"indicator": "is-there", "answers": ["yes", "partly"], "if_unknown": "unknown"}))),
    node("having", "dimension",
         criterion("numbers",
                   _number("more", "higher-is-better", {"low": "20", "high": "80"}),
                   _number("less", "lower-is-better", {"low": "5", "high": "25"}, weight=_heavy("2")),
                   _number("even", "target", {"low": "0", "aim": "50", "high": "100"}),
                   _number("income", "higher-is-better", {"low": "100", "high": "75000", "curve": "logarithm"}),
                   _number("debt", "lower-is-better", {"low": "1", "high": "90", "curve": "logarithm"}),
                   _number("unscored", "higher-is-better", None), _number("shown", "none", {"low": "0", "high": "9"})),
         criterion("shares", _share("pleased", "higher-is-better"), _share("lonely", "lower-is-better"),
                   weight=_heavy("1.5"))),
    node("saying", "dimension",
         criterion("planned", indicator("plan", construct="plan", scale="yes-no"), indicator("essay", scale="words"),
                   indicator("belief", construct="belief"))),
)

_FIGURES = ("12", "37.5", "0", "100", "10 to 40", "over 25", "under 30", "64")
_SHARES = ("62", "31 %", "248 of 400", "0/20", "20 of 20", "3 of 4", "40 to 60", "over 70", "under 20")
_WRITTEN: dict[str, tuple[str, ...]] = {
    "up": ("0", "1", "2", "3", "4", "at least 2", "1 to 3", "At least 4"),
    "down": ("1", "2", "3", "4", "at least 3", "2 to 3"), "told": ("0", "1", "2", "3", "at least 1", "1 to 2"),
    "others": ("2",), "is-there": ("yes", "YES", "partly", "in plan", "no", "cannot say"), "inside": ("yes", "no"),
    "band": ("1", "7", "10"), "more": _FIGURES, "less": _FIGURES, "even": _FIGURES, "income": (*_FIGURES, "3000"),
    "debt": _FIGURES, "unscored": _FIGURES, "shown": _FIGURES, "pleased": _SHARES, "lonely": _SHARES,
    "plan": ("yes", "in plan"), "essay": ("Much.", "=1+1"), "belief": ("3",),
}
_SERIES = ("up", "band", "more", "less", "even", "income", "debt", "unscored", "pleased", "lonely")
_OF_STEPS: tuple[dict[str, Any], ...] = ({"value": "3"}, {"low": "2", "high": "4"}, {"low": "3"})
_OF_PIECES: tuple[dict[str, Any], ...] = (
    {"value": "33.3"}, {"low": "10", "high": "60"}, {"low": "70"}, {"high": "9"},
)
_OF_PEOPLE: tuple[dict[str, Any], ...] = (
    {"value": "41.5"}, {"low": "30", "high": "40"}, {"high": "12"}, {"k": 8, "n": 31}, {"k": 2, "n": 4},
    {"value": "55", "n": 90},
)


def _answers() -> st.SearchStrategy[dict[str, Any]]:
    silent: tuple[Any, ...] = ("don't know", "withheld", {"not applicable": "There is none here."})

    def one(values: tuple[str, ...]) -> st.SearchStrategy[Any]:
        plain = st.sampled_from((*values, *silent))
        dated = st.builds(
            lambda value, year, grade: {"value": value, "year": year, "grade": grade}, st.sampled_from(values),
            st.integers(2019, 2024), st.sampled_from(("assertion", "public-document", "outside-check")),
        )
        return plain | dated

    return st.fixed_dictionaries({}, optional={item: one(values) for item, values in _WRITTEN.items()})


@st.composite
def _rows(draw: st.DrawFn) -> tuple[Any, ...]:
    found = []
    for item in draw(st.lists(st.sampled_from(_SERIES), unique=True)):
        for year in draw(st.lists(st.sampled_from((None, 2018, 2021, 2023, 2024, 2025)), unique=True, max_size=2)):
            figure = draw(st.sampled_from(_OF_STEPS))
            if item in ("pleased", "lonely"):
                figure = draw(st.sampled_from(_OF_PEOPLE))
            elif item == "band":
                figure = {"value": "3"}
            elif item != "up":
                figure = draw(st.sampled_from(_OF_PIECES))
            scope = draw(st.sampled_from((None, None, None, "the county")))
            period = {} if year is None else {"period": str(year)}
            found.append(observation(f"everything/{item}", **figure, **period, **({"scope": scope} if scope else {})))
    return tuple(found)


@st.composite
def portals(draw: st.DrawFn) -> Portfolio:
    """Two places: one with assessments of 2024 and 2025 and figures, one with figures alone."""
    total = draw(st.booleans())
    why = {"publish_total": {"value": "1", "because": "It is one thing."}} if total else {}
    return portfolio(
        frameworks=[framework("everything", TREE, scales=SCALES, **why)],
        places=[place("alder", demonstration=draw(st.booleans())), place("birch")],
        assessments=[
            assessment("alder", draw(_answers()), framework_id="everything", year=year) for year in (2024, 2025)
        ],
        observations={"alder": draw(_rows()), "birch": draw(_rows())},
    )
