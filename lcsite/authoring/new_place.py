"""`lcsite new city`: the profile of a place with the few lines that it needs, and the others as comments."""

from __future__ import annotations

from lcsite.authoring.draft import Context, Draft, NewFile, Refused, Values
from lcsite.authoring.questions import Question, id_question
from lcsite.authoring.yaml_text import comment, field, offer
from lcsite.model.place import Country, PlaceKind, WorldRegion
from lcsite.model.words import Slug

__all__ = ["QUESTIONS", "draft_place", "profile"]

QUESTIONS = (
    Question("name", "the name of the place, as it stands on its page", positional=True),
    Question("kind", "what it is", fits=PlaceKind, choices=tuple(PlaceKind)),
    Question("country", "two capital letters (ISO 3166-1), such as JP", fits=Country),
    Question("world_region", "where it lies", fits=WorldRegion, choices=tuple(WorldRegion)),
    Question("part_of", "the id of a region or city on this site that it belongs to", fits=Slug, optional=True),
    Question("demonstration", "the place is invented; every page and file then says so", flag=True),
    id_question("name", "folder"),
)

MISSING = (
    "the profile: what it is like to learn there, what is hard, what is being tried",
    "population, networks, figures and sources: take the # away from the lines that you can fill in",
)


def draft_place(values: Values, context: Context) -> Draft:
    """The folder of a place with its profile."""
    place = str(values["id"])
    if place in context.site.places:
        raise Refused(f"there is a place {place} already; say another name for its folder with --id")
    frameworks = [framework for framework in context.site.frameworks.values() if framework.indicators]
    assess = [f"lcsite new assessment {place} {frameworks[0].id}"] if frameworks else []
    path = f"cities/{place}/index.md"
    return Draft(
        files=(NewFile(path, profile(values)),),
        missing=MISSING,
        steps=(f"write the profile in {path}", *assess, "lcsite check", "lcsite serve"),
    )


def profile(values: Values) -> str:
    """The text of `index.md`."""
    part_of, demonstration = values.get("part_of"), values.get("demonstration")
    name = str(values["name"])
    no_region = offer("the region or city that it belongs to", "part_of: ...")
    return (
        "---\n"
        + comment("The profile of a place. Lines that begin with # are notes and are not published.")
        + comment("Still missing: the text below the second row of dashes, and whatever you know of the fields that "
                  "begin with #. Take that sign away from the lines that you fill in.")
        + field("name", name)
        + offer("the name in other languages, only if you are sure", "names:\n  ja: ...")
        + comment(f"one of: {', '.join(PlaceKind)}")
        + field("kind", str(values["kind"]))
        + field("country", str(values["country"]))
        + field("world_region", str(values["world_region"]))
        + (field("part_of", str(part_of)) if part_of else no_region)
        + (field("demonstration", "true") if demonstration else "")
        + "".join(offer(words, lines) for words, lines in _MORE)
        + "---\n"
        + _PROFILE
    )


_MORE = (
    ("where the pin stands on the map, in decimal degrees", "coordinates:\n  lat: 51.9\n  lon: -3.2"),
    (
        "how many people live there, and who says so",
        """\
population:
  value: 18400
  year: 2024
  source:
    title: Town register
    publisher: ...
    year: 2025
    url: "https://example.org/register\"""",
    ),
    ("networks that it belongs to", "networks:\n  - name: UNESCO Global Network of Learning Cities\n    joined: 2021"),
    (
        "published figures that stand beside the answers",
        """\
context:
  - label: Public libraries
    value: 2
    unit: libraries
    year: 2024
    source:
      title: Library report""",
    ),
    ("who takes part, by name of organisation", "stakeholders:\n  - Adult college"),
    (
        "what the profile rests on",
        'sources:\n  - title: Learning strategy 2023\n    url: "https://example.org/strategy"',
    ),
    ("what was looked for and not found", "gaps: ..."),
    ("a public contact, the one line where a mail address may stand", "contact: ..."),
)

_PROFILE = """\
This profile is not written yet.
"""
