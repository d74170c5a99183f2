"""A small whole site with towns to put side by side, built by the engine and ready to be served.

Real: Alder, Birch, Cedar (whose name is an attack) and Dogwood, which nobody has read. Invented: Elm, Fir and Oak. In
gardens Elm has everything in place and Fir an eighth; in paths Elm is half known and Fir above it; walls do not apply
to Elm, and Fir has none; of kitchens Elm lacks one and knows no more, Fir knows nothing; songs are an outcome too. Oak
was read by the waters alone.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from lcsite.mkdocs_plugin.engine import render_site
from lcsite.model.portfolio import Portfolio
from lcsite.pipeline import plan_site
from tests.builders import (
    SOURCE,
    SiteFolder,
    assessment,
    criterion,
    framework,
    indicator,
    node,
    place,
    population,
    portfolio,
    prose_page,
)

ATTACK = """Cedar <img src=x onerror=alert(1)> "{low}" & 'co'"""
TOWN = (
    node(
        "outside",
        "dimension",
        criterion("gardens", indicator("g1"), indicator("g2")),
        criterion("paths", indicator("p1"), indicator("p2"), indicator("p3"), indicator("p4")),
        criterion("walls.of", indicator("w1")),
    ),
    node(
        "inside",
        "dimension",
        criterion("kitchens", indicator("k1"), indicator("k2")),
        criterion("songs", indicator("s1"), indicator("s2", construct="outcome")),
    ),
)
WATERS = (criterion("wells", indicator("v1")), criterion("ponds", indicator("v2")))
ELM = {"g1": "4", "g2": "4", "p1": "1", "p2": "1", "p3": "don't know", "k1": "0", "s1": "3", "s2": "4"}
FIR = {"g1": "0", "g2": "1", "p1": "4", "p2": "4", "p3": "3", "w1": "0", "s1": "3", "s2": "1"}


def towns(**site_words: Any) -> Portfolio:
    """The portfolio of this module's docstring."""
    people = {"alder": 20_000, "birch": 21_000, "cedar": 90_000, "elm": 30_000, "fir": 33_000, "oak": 31_000}
    names = {"alder": "Alder", "birch": "Birch", "cedar": ATTACK, "elm": "Elm", "fir": "Fir", "oak": "Oak"}
    budget = {"value": "1500", "currency": "EUR", "year": 2024, "source": SOURCE}
    elm = {**ELM, "w1": {"not applicable": "No walls."}}
    used = {"framework_id": "waters"}
    return portfolio(
        frameworks=[
            framework("towns", TOWN, order=10, title="Rules for towns", short_title="Towns"),
            framework("waters", WATERS, order=20, title="Waters"),
        ],
        places=[
            *(
                place(id_, name, population=population(people[id_]), demonstration=id_ in ("elm", "fir", "oak"),
                      **({"budget_per_head": budget} if id_ in ("alder", "birch") else {}))
                for id_, name in names.items()
            ),
            place("dogwood", population=population(20_500)),
        ],
        assessments=[
            assessment("alder", {"g1": "2", "g2": "2", "p1": "1 to 2"}, framework_id="towns"),
            assessment("birch", {"g1": "2", "g2": "3"}, framework_id="towns"),
            assessment("cedar", {"g1": "4", "g2": "4", "k1": "4"}, framework_id="towns"),
            assessment("elm", elm, framework_id="towns"),
            assessment("fir", FIR, framework_id="towns"),
            assessment("fir", {"v1": "4", "v2": "0"}, **used),
            assessment("elm", {"v1": "3", "v2": "don't know"}, **used),
            assessment("oak", {"v1": "3"}, **used),
        ],
        prose=[prose_page("index", "Sample Portal"), prose_page("method/index", "Method")],
        menu=[{"title": "Compare", "page": "compare/"}],
        **site_words,
    )


def build_towns(folder: Path, **site_words: Any) -> None:
    """Build the site into `folder`/site."""
    SiteFolder(folder / "source")
    output = folder / "site"
    output.mkdir()
    render_site(plan_site(towns(**site_words)), folder / "source" / "mkdocs.yml", output)
