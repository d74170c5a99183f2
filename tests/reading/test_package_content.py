"""What a site takes over from the package: as much as it asks for, cut down to what it has, and never over its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from lcsite.checking import check_portfolio
from lcsite.model.own_pages import PAGES_OF_EVERY_SITE
from lcsite.model.portfolio import Portfolio
from lcsite.pages.site_plan import source_targets
from lcsite.pipeline import BUILTIN, plan_site, read_and_check
from lcsite.problems import as_text
from lcsite.reading.package_content import package_files
from lcsite.reading.portfolio_reader import read_portfolio
from lcsite.reading.quoted_code import without_code
from tests import builders

PORTAL = Path(__file__).parents[2]


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """A package with two frameworks, a classification, a tool, two pages and the method, as `content` has them."""
    made = builders.garden_site(tmp_path / "package")
    made.page("learn/circles", "Circles", "See [seeds](../toolbox/practices/seed-swap.md), [sheet][1], the "
              "[areas](../criteria/areas/index.md), [rivers](rivers.md#deep), [method](../method/index.md) and "
              "[who we are](../about/index.md#who). `[not a link](x.md)`\n\n[1]: https://example.org/\n",
              criteria=["garden-rules/gardens", "areas/1"], practices=["seed-swap"], tools=["map-sheet"])  # fmt: skip
    made.page("learn/rivers", "Rivers", "## Deep\n\nWater.\n")
    made.page("method/index", "Method", "How.\n")
    made.page("about/index", "About the portal", "Who we are.\n")
    return made.root / "content"


def site(tmp_path: Path, **words: object) -> builders.SiteFolder:
    made = builders.SiteFolder(tmp_path / "site", **words)
    made.place("dogwood", "Dogwood")
    return made


def read(made: builders.SiteFolder, package: Path) -> Portfolio:
    portfolio, origins, problems = read_portfolio(made.root, package)
    assert portfolio is not None
    problems.extend(check_portfolio(portfolio, origins))
    assert problems.errors == 0, as_text(problems)
    return portfolio


EVERYTHING = {"frameworks": ["builtin:garden-rules", "builtin:kinds"], "builtin": ["learn", "method", "tools"]}


def test_a_site_that_asks_for_nothing_gets_nothing(tmp_path: Path, package: Path) -> None:
    portfolio = read(site(tmp_path), package)
    assert (dict(portfolio.frameworks), dict(portfolio.tools), set(portfolio.prose)) == ({}, {}, {"index"})


def test_a_site_gets_what_it_asks_for_and_no_word_of_the_portal_around_it(tmp_path: Path, package: Path) -> None:
    portfolio = read(site(tmp_path, **EVERYTHING), package)
    assert set(portfolio.frameworks) == {"garden-rules", "kinds"}
    assert set(portfolio.tools) == {"map-sheet"}
    assert portfolio.tools["map-sheet"].template.startswith("## Names")
    assert set(portfolio.prose) == {
        "index", "learn/circles", "learn/rivers", "method/index", "criteria/garden-rules/index", "criteria/kinds/index",
    }
    assert set(portfolio.places) == {"dogwood"}
    assert dict(portfolio.practices) == {}


def test_what_a_page_says_of_things_that_are_not_here_stays_as_words(tmp_path: Path, package: Path) -> None:
    page = read(site(tmp_path, **EVERYTHING), package).prose["learn/circles"]
    assert page.body.startswith(
        "See seeds, [sheet][1], the areas, [rivers](rivers.md#deep), [method](../method/index.md) and who we are. "
        "`[not a link](x.md)`"
    )
    assert (page.criteria, page.practices, page.tools) == (("garden-rules/gardens",), (), ("map-sheet",))


def test_a_link_to_a_page_of_the_sites_own_leads_to_its_beginning(tmp_path: Path, package: Path) -> None:
    made = site(tmp_path, **EVERYTHING)
    made.page("about/index", "About us", "Write to us.\n")
    assert "[who we are](../about/index.md)." in read(made, package).prose["learn/circles"].body


def test_a_tool_keeps_the_criteria_that_are_here_and_loses_the_others(tmp_path: Path, package: Path) -> None:
    alone = {**EVERYTHING, "frameworks": ["builtin:kinds"]}
    assert read(site(tmp_path / "a", **EVERYTHING), package).tools["map-sheet"].supports == ("garden-rules/paths",)
    assert read(site(tmp_path / "b", **alone), package).tools["map-sheet"].supports == ()


def test_an_own_file_goes_before_the_one_of_the_package(tmp_path: Path, package: Path) -> None:
    made = site(tmp_path, **EVERYTHING)
    made.page("learn/rivers", "Our river", "Ours.\n")
    made.tool("map-sheet", "Our map", template="")
    made.page("criteria/garden-rules/gardens", "Our gardens", "Ours.\n")
    portfolio = read(made, package)
    assert portfolio.prose["learn/rivers"].title == "Our river"
    assert (portfolio.tools["map-sheet"].title, portfolio.tools["map-sheet"].template) == ("Our map", "")
    assert portfolio.criterion_pages["garden-rules", "gardens"].title == "Our gardens"
    assert portfolio.criterion_pages["garden-rules", "paths"].title == "Title of paths"


def test_own_pages_are_never_cut_down(tmp_path: Path, package: Path) -> None:
    made = site(tmp_path, **EVERYTHING)
    made.page("learn/rivers", "Our river", "See [nothing yet](../about/index.md#who).\n")
    made.page("about/index", "About us", "Write to us.\n")
    assert read(made, package).prose["learn/rivers"].body == "See [nothing yet](../about/index.md#who).\n"


def test_asking_for_what_the_package_does_not_have_is_told_where_it_is_asked(tmp_path: Path) -> None:
    made = site(tmp_path, builtin=["learn"])
    (tmp_path / "empty" / "criteria").mkdir(parents=True)
    _, _, problems = read_portfolio(made.root, tmp_path / "empty")
    (problem,) = problems
    assert (problem.code, problem.location.file) == ("unknown-reference", "content/site.yml")


def test_files_that_are_only_proposed_are_judged_as_if_they_were_there(tmp_path: Path) -> None:
    made = site(tmp_path)
    text = (made.root / "cities/dogwood/index.md").read_bytes()
    found = read_and_check(made.root, proposed={"cities/elm/index.md": text, "cities/con/index.md": text})
    assert found.portfolio is not None
    assert set(found.portfolio.places) == {"dogwood", "elm"}
    assert [problem.code for problem in found.problems] == ["reserved-name"]
    assert not (made.root / "cities" / "elm").exists()


def test_a_proposed_file_is_judged_in_the_place_of_the_one_that_is_there(tmp_path: Path) -> None:
    """Whether it may take that place is for the room that writes."""
    made = site(tmp_path)
    text = (made.root / "cities/dogwood/index.md").read_text("utf-8")
    assert not read_and_check(made.root, proposed={"cities/dogwood/index.md": text.encode()}).problems.errors
    worse = text.replace("---\n", "---\nnonsense: 1\n", 1)
    found = read_and_check(made.root, proposed={"cities/dogwood/index.md": worse.encode()})
    assert [(problem.code, problem.location.line) for problem in found.problems] == [("unknown-field", 2)]
    assert (made.root / "cities/dogwood/index.md").read_text("utf-8") == text


# What really travels in the package


def test_a_logo_has_to_be_there(tmp_path: Path) -> None:
    found = read_and_check(site(tmp_path, logo="media/logo.png").root)
    (problem,) = found.problems
    assert (problem.code, problem.location.file) == ("missing-image", "content/site.yml")


def test_the_pages_that_can_always_be_linked_to_are_always_there(tmp_path: Path) -> None:
    found = read_and_check(site(tmp_path).root)
    assert found.portfolio is not None
    plan = plan_site(found.portfolio)
    assert set(source_targets(found.portfolio, plan.site.pages)) >= PAGES_OF_EVERY_SITE


def test_the_package_has_every_part_that_a_site_may_ask_for_and_only_plain_links() -> None:
    assert BUILTIN == PORTAL / "content"
    found = package_files(BUILTIN)
    assert {"crosswalk", "learn", "method", "tools"} <= set(found)
    assert not [file.path for files in found.values() for file in files if file.path.startswith("content/toolbox/pra")]
    for files in found.values():
        for file in files:
            if file.path.endswith(".md"):
                text = without_code(Path(file.on_disk).read_text("utf-8"))
                assert "][" not in text, f"{file.path}: a link of two halves cannot be cut"
                assert "![" not in text, f"{file.path}: images do not travel in the package"
