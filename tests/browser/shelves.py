"""A small whole site with things to look for, with its search index, ready to be served.

Places: Alder (GB), Birch (IE), Elm (invented) and a dozen hamlets. Practices: a library bus that worked, an evening at
a library with mixed results, vouchers that did not work, kites of which nothing is known (invented), and ten circles
that worked.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from lcsite.mkdocs_plugin.engine import render_site
from lcsite.model.portfolio import Portfolio
from lcsite.pages import find_page
from lcsite.pages.page import Site
from lcsite.pipeline import plan_site
from lcsite.publishing.search_index import index_site
from tests.builders import KINDS, SiteFolder, assessment, framework, place, portfolio, practice, prose_page, tool

ATTACK = """Kites <img src=x onerror=alert(1)> "{n}" & 'co'"""
HAMLETS = tuple(f"hamlet-{letter}" for letter in "abcdefghijkl")


def shelves() -> Portfolio:
    """The portfolio of this module's docstring."""
    gardens, kitchens = ["garden-rules/gardens"], ["garden-rules/kitchens"]
    audit = {"text": "Somebody counted.", "quality": "official-audit"}
    return portfolio(
        frameworks=[framework("garden-rules", short_title="Gardens", order=10), framework("kinds", KINDS, order=20)],
        places=[
            place("alder", profile="A town with a mill."),
            place("birch", country="IE"),
            place("elm", demonstration=True),
            *(place(id_) for id_ in HAMLETS),
        ],
        assessments=[assessment("alder", {"gardens-1": "4"})],
        practices=[
            practice("bus", "Library bus", places=["alder"], supports=gardens, years="2016-", evidence=audit,
                     themes=["youth"], kind="mobile library", body="It has six wheels."),
            practice("evening", "An evening at the library", places=["birch"], countries=["IE"], supports=gardens,
                     outcome="mixed", years="2012"),
            practice("vouchers", "Course vouchers", countries=["IE"], supports=kitchens, outcome="did-not-work",
                     years="2020-2021", body="Few were cashed in at the library."),
            practice("kites", ATTACK, places=["elm"], outcome="unknown", years="2024", demonstration=True),
            *(practice(f"circle-{n}", f"Circle {n}", supports=kitchens, years=str(1990 + n)) for n in range(10)),
        ],
        tools=[tool("sheet", "Opening hours sheet", supports=gardens, time="An hour")],
        prose=[
            prose_page("index", "Sample Portal"),
            prose_page("learn/index", "Learn", body="Where to begin."),
            prose_page("learn/shelves", "What a shelf can do", body="A library is more than its shelves."),
            prose_page("contribute/index", "Contribute"),
        ],
        menu=[{"title": "Places", "page": "cities/"}],
    )  # fmt: skip


def build_shelves(folder: Path) -> None:
    """Build and index the site in `folder`/site. Boxes of more than 14 values count as very long."""
    SiteFolder(folder / "source")
    output = folder / "site"
    output.mkdir()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(find_page, "SHOWN_AT_MOST", 14)
        plan = plan_site(shelves())
        # The program's own pages about files speak of libraries too; what is found here is what stands above.
        pages = tuple(page for page in plan.site.pages if page.kind != "file-kind")
        render_site(replace(plan, site=Site(pages)), folder / "source" / "mkdocs.yml", output)
    index_site(output, language="en")
