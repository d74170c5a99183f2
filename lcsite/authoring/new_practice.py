"""`lcsite new practice`: a case study whose open ends are honest ones - outcome unknown, resources not reported."""

from __future__ import annotations

from lcsite.authoring.draft import Context, Draft, NewFile, Refused, Values
from lcsite.authoring.questions import Question, criteria_question, id_question
from lcsite.authoring.yaml_text import comment, entries, field, offer
from lcsite.model.framework import Facet
from lcsite.model.place import Country
from lcsite.model.portfolio import Portfolio
from lcsite.model.toolbox import EvidenceQuality, Outcome, Years
from lcsite.model.words import Slug

__all__ = ["QUESTIONS", "draft_practice", "example_criterion"]

NOBODY_LOOKED = "Nobody has looked yet."
NOT_REPORTED = "not reported"


def _country_of_this_site(context: Context, _: object) -> str | None:
    """Where all places lie in one country, the practice probably does too."""
    countries = {place.country for place in context.site.places.values() if not place.demonstration}
    return countries.pop() if len(countries) == 1 else None


def _place_of_this_site(context: Context, _: object) -> str | None:
    """On the site of one place a case study is about that place, until somebody takes the line away."""
    places = tuple(context.site.places)
    return places[0] if len(places) == 1 else None


QUESTIONS = (
    Question("title", "what it was, without praise", positional=True),
    Question("summary", "one sentence that a neighbour understands"),
    Question("kind", "in two or three words: festival, library bus, law, fund"),
    Question(
        "country", "two capital letters (ISO 3166-1), such as JP; EU for the European Union", fits=Country,
        default=_country_of_this_site, many=True,
    ),
    Question("years", "2016, 2016-2019, 2016- (goes on, or end not known) or 2010s", fits=Years),
    Question("outcome", "how it went; choose unknown freely", fits=Outcome, choices=tuple(Outcome), default="unknown"),
    Question("evidence", "what is known about the result", default=NOBODY_LOOKED),
    Question(
        "quality", "who says so", fits=EvidenceQuality, choices=tuple(EvidenceQuality),
        default=EvidenceQuality.SELF_REPORTED.value,
    ),
    Question("resources", "money, hours, rooms, people", default=NOT_REPORTED),
    Question(
        "place", "the id of a place on this site", fits=Slug, default=_place_of_this_site, many=True, optional=True
    ),
    criteria_question(),
    Question(
        "theme", "a theme that it belongs to", fits=Slug, many=True, optional=True,
        choices=lambda context: tuple(context.site.facet_nodes(Facet.THEME)),
    ),
    Question("tool", "the id of a tool that was used, or would help others", fits=Slug, many=True, optional=True),
    Question("demonstration", "the practice is invented; its page then says so", flag=True),
    id_question("title", "file"),
)


def example_criterion(portfolio: Portfolio) -> str:
    """A reference to a criterion that this site really has, for the notes in new files."""
    found = (f"{f.id}/{criterion.id}" for f in portfolio.frameworks.values() for criterion in f.criteria)
    return next(found, "my-framework/my-criterion")


def draft_practice(values: Values, context: Context) -> Draft:
    """The file of a case study."""
    practice = str(values["id"])
    if practice in context.site.practices:
        raise Refused(f"there is a practice {practice} already; say another name for its file with --id")
    path = f"content/toolbox/practices/{practice}.md"
    return Draft(
        files=(NewFile(path, _text(values, context)),),
        missing=tuple(_missing(values)),
        steps=(f"write the three paragraphs in {path}", "lcsite check", "lcsite serve"),
    )


def _missing(values: Values) -> list[str]:
    open_ends = {
        "outcome": "the outcome, once you know it",
        "evidence": "what is known about the result, and who says so",
        "resources": "what it took: money, hours, rooms, people",
    }
    standard = {"outcome": "unknown", "evidence": NOBODY_LOOKED, "resources": NOT_REPORTED}
    return [
        "the text: what was done, what happened, what you would do differently",
        *(words for key, words in open_ends.items() if values[key] == standard[key]),
        "sources, so that somebody else can read about it",
        *(["the criteria that it serves (supports)"] if not values["supports"] else []),
    ]


def _some(values: Values, key: str) -> tuple[str, ...]:
    found = values[key]
    assert isinstance(found, tuple)
    return found


def _list(values: Values, key: str, name: str, words: str, example: str = "...") -> str:
    return entries(name, _some(values, key)) if _some(values, key) else offer(words, f"{name}:\n  - {example}")


def _text(values: Values, context: Context) -> str:
    example = example_criterion(context.site)
    return (
        "---\n"
        + comment("A case study. Lines that begin with # are notes and are not published.")
        + comment(f"Still missing: {'; '.join(_missing(values))}.")
        + field("title", str(values["title"]))
        + comment("one sentence that a neighbour understands")
        + field("summary", str(values["summary"]))
        + field("kind", str(values["kind"]))
        + _list(values, "place", "places", "places of this site, by their ids")
        + entries("countries", _some(values, "country"))
        + comment("2016, 2016-2019, 2016- (goes on, or end not known), 2010s; about or before may stand in front")
        + field("years", str(values["years"]))
        + comment(f"one of: {', '.join(Outcome)}. What did not work is as welcome as what did.")
        + field("outcome", str(values["outcome"]))
        + "evidence:\n"
        + comment("what is known about the result, with numbers if there are any", indent=2)
        + field("text", str(values["evidence"]), indent=2)
        + comment(f"who says so, one of: {', '.join(EvidenceQuality)}", indent=2)
        + field("quality", str(values["quality"]), indent=2)
        + _list(values, "supports", "supports", "the criteria that it serves", example)
        + _list(values, "theme", "themes", f"themes that it belongs to, of: {_themes(context)}")
        + _list(values, "tool", "tools", "tools of this site that were used, by their ids")
        + field("resources", str(values["resources"]))
        + offer("where it is written down; leave out what you do not know, and never guess a year", _SOURCES)
        + comment("the day on which it came onto the site, by which feeds name it")
        + field("added", context.today.isoformat())
        + (field("demonstration", "true") if values.get("demonstration") else "")
        + "---\n"
        + _BODY
    )


def _themes(context: Context) -> str:
    return ", ".join(context.site.facet_nodes(Facet.THEME)) or "none on this site"


_SOURCES = """\
sources:
  - title: Council audit note
    publisher: ...
    year: 2024
    url: "https://example.org/audit"
"""

_BODY = """\
## What was done

Not written yet. Who did what, with whom, from when to when?

## What happened

Not written yet. What changed, for whom, and how does anybody know?

## What we would do differently

Not written yet. Say whose lesson it is: that of those who did it, or yours.
"""
