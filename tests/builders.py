"""Small records for tests: frameworks, places, assessments, practices, tools and whole portfolios, and sites on disk.

Everything has a plain default, so that a test says only what it is about. All names are invented.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import yaml

from lcsite.model.assessment import Assessment, Observation
from lcsite.model.framework import Crosswalk, Framework
from lcsite.model.place import Place
from lcsite.model.portfolio import Portfolio
from lcsite.model.site import ProsePage, Site
from lcsite.model.toolbox import Practice, Tool

SOURCE = {"title": "Yearly report", "publisher": "Council", "year": 2025, "url": "https://example.org/report"}

STEPS = {
    "id": "steps",
    "title": "From nothing to usual",
    "kind": "ordinal",
    "best": "4",
    "steps": [{"value": str(n), "label": word} for n, word in enumerate(("Nothing", "Words", "Some", "Much", "Usual"))],
}
"""0 to 4, so that the worth of an answer is its value divided by four."""


# --- frameworks ------------------------------------------------------------------------------------------------------


def node(id_: str, level: str, *children: Mapping[str, Any], **more: Any) -> dict[str, Any]:
    """A node of a framework's tree as it is written."""
    below = {"children": list(children)} if children else {}
    return {"id": id_, "level": level, "title": f"Title of {id_}", **more, **below}


def indicator(id_: str, **more: Any) -> dict[str, Any]:
    return node(id_, "indicator", **more)


def criterion(id_: str, *children: Mapping[str, Any], **more: Any) -> dict[str, Any]:
    return node(id_, "criterion", *children, **more)


GARDENS = (
    node(
        "outside",
        "dimension",
        criterion("gardens", indicator("gardens-1"), indicator("gardens-2")),
        criterion("paths", indicator("paths-1"), indicator("paths-2")),
    ),
    node("inside", "dimension", criterion("kitchens", indicator("kitchens-1"), indicator("kitchens-2"))),
)
"""Two dimensions, three criteria, six statements about what is done."""

AREAS = (
    node(
        "people",
        "dimension",
        criterion("1", node("1.1", "group"), node("1.2", "group")),
        criterion("2", node("2.1", "group")),
    ),
)
"""Areas with features below them: nothing is answered, practices are sorted."""

KINDS = (
    node("themes", "dimension", criterion("youth"), criterion("rivers"), facet="theme"),
    node("kinds", "dimension", criterion("sheet"), criterion("guide"), facet="tool-kind"),
)
"""A classification: two themes and two kinds of tool."""


def framework_data(title: str, tree: Iterable[Mapping[str, Any]] = GARDENS, **more: Any) -> dict[str, Any]:
    """A framework as its file says it, in version 2026.1, with answers from 0 to 4 about what is done."""
    return {
        "title": title,
        "version": "2026.1",
        "summary": f"{title}, in short.",
        "source": [{"title": f"{title}, the paper"}],
        "sureness": "Invented for a test.",
        "limits": ["Asks little."],
        "history": [{"version": "2026.1", "date": "2026-01-31", "changes": ["First version."]}],
        "scales": [STEPS],
        "scale": "steps",
        "construct": "practice",
        "tree": list(tree),
        **more,
    }


def framework(id_: str = "garden-rules", tree: Iterable[Mapping[str, Any]] = GARDENS, **more: Any) -> Framework:
    return Framework.model_validate({"id": id_, **framework_data(more.pop("title", f"Framework {id_}"), tree, **more)})


def crosswalk_data(*links: tuple[str, str]) -> dict[str, Any]:
    return {
        "title": "Crosswalk",
        "status": "First draft",
        "source": {"title": "Set side by side"},
        "relations": [{"id": "related", "title": "They touch"}],
        "links": [{"from": a, "to": b, "relation": "related", "reason": f"{a} touches {b}"} for a, b in links],
    }


def crosswalk(*links: tuple[str, str]) -> Crosswalk:
    """A crosswalk of links `(from, to)`."""
    return Crosswalk.model_validate(crosswalk_data(*links))


# --- places and assessments ------------------------------------------------------------------------------------------


def place_data(name: str, **more: Any) -> dict[str, Any]:
    return {"name": name, "kind": "town", "country": "GB", "world_region": "europe-and-north-america", **more}


def place(id_: str, name: str = "", **more: Any) -> Place:
    return Place.model_validate({"id": id_, **place_data(name or id_.replace("-", " ").title(), **more)})


def population(people: int) -> dict[str, Any]:
    return {"value": people, "year": 2024, "source": SOURCE}


def assessment_data(framework_id: str, answers: Mapping[str, Any], *, year: int = 2026, **more: Any) -> dict[str, Any]:
    return {
        "framework": f"{framework_id}@2026.1",
        "as_of": f"{year}-06-30",
        "by": {"kind": "self", "who": "Nine neighbours"},
        "answers": dict(answers),
        **more,
    }


def assessment(
    place_id: str, answers: Mapping[str, Any], *, framework_id: str = "garden-rules", year: int = 2026, **more: Any
) -> Assessment:
    data = assessment_data(framework_id, answers, year=year, **more)
    return Assessment.model_validate({"place": place_id, "file_id": f"{year}-{framework_id}", **data})


def observation(indicator_ref: str, **more: Any) -> Observation:
    return Observation.model_validate({"indicator": indicator_ref, "source": SOURCE, **more})


# --- toolbox, pages, site --------------------------------------------------------------------------------------------


def practice_data(title: str, **more: Any) -> dict[str, Any]:
    return {
        "title": title,
        "summary": f"{title}, in a sentence.",
        "kind": "study circle",
        "countries": ["GB"],
        "years": "2024",
        "outcome": "worked",
        "evidence": {"text": "Forty came.", "quality": "self-reported"},
        "resources": "A room and two evenings",
        **more,
    }


def practice(id_: str, title: str = "", **more: Any) -> Practice:
    return Practice.model_validate({"id": id_, **practice_data(title or id_.replace("-", " ").capitalize(), **more)})


def tool_data(title: str, **more: Any) -> dict[str, Any]:
    return {
        "title": title,
        "kind": "sheet",
        "summary": f"{title}, in a sentence.",
        "audience": ["neighbours"],
        "time": "An hour",
        **more,
    }


def tool(id_: str, title: str = "", **more: Any) -> Tool:
    return Tool.model_validate({"id": id_, **tool_data(title or id_.replace("-", " ").capitalize(), **more)})


def prose_page(path: str, title: str = "", **more: Any) -> ProsePage:
    return ProsePage.model_validate({"path": path, "title": title or path, "summary": f"About {path}.", **more})


def site_data(**more: Any) -> dict[str, Any]:
    return {
        "title": "Sample Portal",
        "tagline": "Small and open.",
        "description": "A portal for tests.",
        "as_of": "2026-11-22",
        "publisher": "The testers",
        **more,
    }


def site(**more: Any) -> Site:
    return Site.model_validate(site_data(**more))


def portfolio(
    *,
    frameworks: Iterable[Framework] = (),
    places: Iterable[Place] = (),
    assessments: Iterable[Assessment] = (),
    observations: Mapping[str, tuple[Observation, ...]] | None = None,
    practices: Iterable[Practice] = (),
    tools: Iterable[Tool] = (),
    prose: Iterable[ProsePage] = (),
    links: Crosswalk | None = None,
    criterion_pages: Mapping[tuple[str, str], ProsePage] | None = None,
    **site_words: Any,
) -> Portfolio:
    """A portfolio with its mappings in the order that `Portfolio` promises."""
    by_order = sorted(frameworks, key=lambda f: (f.order, f.id))
    return Portfolio(
        site=site(**site_words),
        frameworks={f.id: f for f in by_order},
        criterion_pages=criterion_pages or {},
        places=_by_id(places),
        practices=_by_id(practices),
        tools=_by_id(tools),
        assessments=tuple(sorted(assessments, key=lambda a: (a.place, a.framework_id, a.as_of))),
        observations=observations or {},
        prose={p.path: p for p in sorted(prose, key=lambda p: p.path)},
        crosswalk=links,
    )


def _by_id(records: Iterable[Any]) -> dict[str, Any]:
    return {record.id: record for record in sorted(records, key=lambda record: record.id)}


# --- sites on disk ---------------------------------------------------------------------------------------------------


MKDOCS = """\
site_name: Sample Portal
docs_dir: content
theme:
  name: material
  font: false
plugins:
  - lcsite
"""


class _PlainDumper(yaml.SafeDumper):
    def ignore_aliases(self, data: Any) -> bool:
        return True


def as_yaml(data: Any) -> str:
    return yaml.dump(data, Dumper=_PlainDumper, allow_unicode=True, sort_keys=False, width=110)


def as_page(front_matter: Mapping[str, Any], body: str = "") -> str:
    return f"---\n{as_yaml(dict(front_matter))}---\n{body}"


class SiteFolder:
    """A site in a folder, written file by file."""

    def __init__(self, root: Path, **site_words: Any) -> None:
        self.root = root
        self.write("mkdocs.yml", MKDOCS)
        self.write("content/site.yml", as_yaml(site_data(**site_words)))
        self.write("content/index.md", as_page({"title": "Sample Portal", "summary": "The front page."}, "Welcome.\n"))

    def write(self, path: str, text: str) -> Path:
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8", newline="\n")
        return file

    def framework(self, id_: str, tree: Iterable[Mapping[str, Any]] = GARDENS, **more: Any) -> None:
        """The framework's data, and a page for each criterion."""
        data = framework_data(more.pop("title", f"Framework {id_}"), tree, **more)
        self.write(f"content/criteria/{id_}/framework.yml", as_yaml(data))
        summary = {"title": data["title"], "summary": f"About {id_}."}
        self.write(f"content/criteria/{id_}/index.md", as_page(summary, f"What {id_} is for.\n"))
        for found in framework(id_, tree, **more).criteria:
            front = {"title": found.title, "summary": f"About {found.id}."}
            self.write(f"content/criteria/{id_}/{found.id}.md", as_page(front, f"Words about {found.id}.\n"))

    def crosswalk(self, *links: tuple[str, str]) -> None:
        self.write("content/criteria/crosswalk.yml", as_yaml(crosswalk_data(*links)))

    def place(self, id_: str, name: str, profile: str = "A place by a river.\n", **more: Any) -> None:
        self.write(f"cities/{id_}/index.md", as_page(place_data(name, **more), profile))

    def assessment(
        self, place_id: str, framework_id: str, answers: Mapping[str, Any], *, year: int = 2026, **more: Any
    ) -> None:
        data = assessment_data(framework_id, answers, year=year, **more)
        self.write(f"cities/{place_id}/assessments/{year}-{framework_id}.yml", as_yaml(data))

    def observations(self, place_id: str, *rows: Mapping[str, str]) -> None:
        columns = (
            "indicator,value,low,high,unit,period,scope,n,k,grade,derived,note,check,"
            "source_title,source_publisher,source_year,source_url"
        ).split(",")
        file = self.root / "cities" / place_id / "observations.csv"
        with file.open("w", encoding="utf-8", newline="") as out:
            writer = csv.DictWriter(out, columns, restval="", lineterminator="\n")
            writer.writeheader()
            writer.writerows({"source_title": "Yearly report", **row} for row in rows)

    def practice(self, id_: str, title: str, body: str = "", **more: Any) -> None:
        self.write(
            f"content/toolbox/practices/{id_}.md",
            as_page(
                practice_data(title, **more),
                body
                or (
                    "## What was done\n\nThey met.\n\n## What happened\n\nThey met again.\n\n"
                    "## What we would do differently\n\nMeet sooner.\n"
                ),
            ),
        )

    def tool(
        self,
        id_: str,
        title: str,
        body: str = "How to use it.\n",
        *,
        template: str = "## Names\n\nName: ____\n",
        **more: Any,
    ) -> None:
        self.write(f"content/toolbox/tools/{id_}/index.md", as_page(tool_data(title, **more), body))
        if template:
            self.write(f"content/toolbox/tools/{id_}/template.md", template)

    def page(self, path: str, title: str, body: str, **more: Any) -> None:
        self.write(f"content/{path}.md", as_page({"title": title, "summary": f"About {title}.", **more}, body))


def garden_site(root: Path, **site_words: Any) -> SiteFolder:
    """Three towns, two frameworks and a classification, three practices and a tool, all linked with one another."""
    made = SiteFolder(root, **site_words)
    made.framework("garden-rules", order=10)
    made.framework("areas", AREAS, order=20)
    made.framework("kinds", KINDS, order=30)
    made.crosswalk(("garden-rules/gardens", "areas/1"))
    made.place("alder", "Alder", population=population(10_000))
    made.place("birch", "Birch", population=population(12_000))
    made.place("cedar", "Cedar", population=population(40_000))
    made.assessment("alder", "garden-rules", {"gardens-1": "1", "gardens-2": "0", "paths-1": "4", "paths-2": "3"})
    made.assessment("birch", "garden-rules", {"gardens-1": "4", "gardens-2": "4", "paths-1": "don't know"})
    made.practice(
        "seed-swap",
        "Seed swap",
        places=["birch"],
        supports=["garden-rules/gardens"],
        themes=["youth"],
        tools=["map-sheet"],
    )
    made.practice("path-day", "Path day", places=["alder"], supports=["garden-rules/paths"], outcome="did-not-work")
    made.practice("talks", "Talks", supports=["areas/1.1"], themes=["rivers"])
    made.tool("map-sheet", "Map sheet", supports=["garden-rules/paths"], draws_on=["path-day"])
    return made
