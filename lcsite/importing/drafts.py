"""From a filled-in form to a draft: a case study or the profile of a place. What it does not say is not made up."""

from __future__ import annotations

import re

from lcsite.authoring.draft import Context, Draft, NewFile, Refused
from lcsite.authoring.slugs import slug_of
from lcsite.authoring.yaml_text import scalar
from lcsite.importing.issue_text import Filled, sources_in
from lcsite.importing.page_text import PageText
from lcsite.light_classes import dataclass
from lcsite.model.place import Place

__all__ = ["Imported", "draft_of"]


@dataclass(frozen=True, slots=True)
class Imported:
    """A draft, with the way back from each of its lines to the form."""

    draft: Draft
    page: PageText
    path: str


def draft_of(filled: Filled, context: Context, *, id_: str | None) -> Imported:
    """The file that a form becomes. Raises Refused where there is no name for it, or the name is taken."""
    if filled.form.name == "place":
        return _place(filled, context, id_)
    return _practice(filled, context, id_)


def _name(title: str, given: str | None) -> str:
    name = given or slug_of(title)
    if not name:
        raise Refused("say the name of the file with --id: small letters, digits, hyphens")
    return name


def _places(filled: Filled, context: Context) -> list[Place]:
    """The places of the site that an answer names, whole, in any of their languages."""
    wanted = filled.one_line("place").casefold()
    parts = {part.strip() for part in re.split(r"[,;/]| and ", wanted)} | {wanted}
    return [
        place for place in context.site.places.values()
        if parts & {place.id, place.name.casefold(), *(name.casefold() for name in place.names.values())}
    ]


def _codes(filled: Filled, key: str) -> list[tuple[str, int]]:
    line = filled.at(key).line
    return [(code.upper(), line) for code in re.split(r"[\s,;/]+", filled.text(key)) if code]


def _practice(filled: Filled, context: Context, id_: str | None) -> Imported:
    practice = _name(filled.one_line("title"), id_)
    if practice in context.site.practices:
        raise Refused(f"there is a practice {practice} already; say another name for its file with --id")
    places = _places(filled, context)
    page = PageText(filled)
    page.note("A case study that was sent in with a form.")
    page.field("title")
    page.field("summary")
    page.field("kind")
    where = filled.one_line("place")
    if places:
        page.entries("places", [(place.id, filled.at("place").line) for place in places])
    elif where:
        page.note(f"It took place in {where}, which has no page on this site.")
    page.entries("countries", _codes(filled, "countries"))
    page.field("years")
    page.field("outcome")
    page.add("evidence:\n", filled.at("evidence.text").line)
    page.field("text", "evidence.text", indent=2)
    page.field("quality", "evidence.quality", indent=2)
    page.entries("supports", filled.entries("supports"))
    page.field("resources")
    page.sources("sources", sources_in(filled, "sources"))
    page.body()
    for key in ("done", "happened", "differently"):
        page.section(next(field.label for field in filled.form.fields if field.key == key), key)
    path = f"content/toolbox/practices/{practice}.md"
    missing = [
        *([] if places or not where else [f'a place: "{where}" has no page here (lcsite new city); the text names it']),
        *([] if "sources" in filled.answers else ["sources: where can somebody else read about it?"]),
        *([] if "supports" in filled.answers else ["the criteria that it serves (supports)"]),
        *([] if "differently" in filled.answers else ["what they would do differently"]),
    ]
    return _imported(page, path, missing)


def _place(filled: Filled, context: Context, id_: str | None) -> Imported:
    place = _name(filled.one_line("name"), id_)
    if place in context.site.places:
        raise Refused(f"there is a place {place} already; say another name for its folder with --id")
    page = PageText(filled)
    page.note("A profile that was sent in with a form.")
    for key in ("name", "kind", "country", "world_region"):
        page.field(key)
    register = next(iter(sources_in(filled, "population_source")), None)
    counted = filled.one_line("population.value")
    if counted and register:
        page.add("population:\n", filled.at("population.value").line)
        # People write 18,400 or 18 400; which sign parts thousands is no question in a whole number.
        value = re.sub(r"(?<=[0-9])[,.\s'’](?=[0-9]{3}\b)", "", counted)
        page.add(f"  value: {scalar(value)}\n", filled.at("population.value").line)
        page.field("year", "population.year", indent=2)
        page.add("  source:\n", register.line)
        page.source(register, first="    ", rest="    ")
    page.entries("stakeholders", filled.entries("stakeholders"))
    page.sources("sources", sources_in(filled, "sources"))
    page.field("gaps")
    page.field("contact")
    page.body()
    page.section("", "profile")
    missing = [
        *([f"the source of the population: {counted} was left out, because no figure stands without one"]
          if counted and not register else []),
        *([] if "sources" in filled.answers else ["sources: what the profile rests on"]),
        "answers: lcsite new assessment " + place,
    ]  # fmt: skip
    return _imported(page, f"cities/{place}/index.md", missing)


def _imported(page: PageText, path: str, missing: list[str]) -> Imported:
    steps = (f"read {path} against the form, above all names of people", "lcsite check", "lcsite serve")
    return Imported(Draft((NewFile(path, page.text.rstrip("\n") + "\n"),), tuple(missing), steps), page, path)
