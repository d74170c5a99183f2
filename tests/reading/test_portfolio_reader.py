from __future__ import annotations

import os
import random
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lcsite.problems import Problems, Severity
from lcsite.reading import portfolio_reader, read_portfolio
from lcsite.reading.memory import ShortMemory
from tests.builders import SiteFolder, as_page, garden_site, practice_data
from tests.reading.test_images import PNG


def problems_of(root: Path) -> list[str]:
    """`file:line:column code` of each problem."""
    return [f"{p.location} {p.code}" for p in read_portfolio(root)[2]]


@pytest.fixture
def garden(tmp_path: Path) -> SiteFolder:
    return garden_site(tmp_path)


def test_a_whole_site_is_read(garden: SiteFolder) -> None:
    portfolio, _, problems = read_portfolio(garden.root)
    assert list(problems) == []
    assert portfolio is not None
    assert list(portfolio.frameworks) == ["garden-rules", "areas", "kinds"]
    assert list(portfolio.places) == ["alder", "birch", "cedar"]
    assert [assessment.file_id for assessment in portfolio.assessments_of("alder")] == ["2026-garden-rules"]
    assert list(portfolio.practices) == ["path-day", "seed-swap", "talks"]
    assert portfolio.tools["map-sheet"].template == "## Names\n\nName: ____\n"
    assert portfolio.criterion_pages["garden-rules", "gardens"].body == "Words about gardens.\n"
    assert "criteria/garden-rules/index" in portfolio.prose
    assert portfolio.crosswalk is not None


def test_the_origin_of_every_value_is_known(garden: SiteFolder) -> None:
    _, origins, _ = read_portfolio(garden.root)
    answer = origins.at("assessment", "alder/2026-garden-rules", ("answers", "paths-1"))
    lines = (garden.root / answer.file).read_text().splitlines()
    assert lines[answer.line - 1][answer.column - 1 :] == "'4'"
    key = origins.key("assessment", "alder/2026-garden-rules", ("answers", "paths-1"))
    assert lines[key.line - 1][key.column - 1 :].startswith("paths-1:")
    assert str(origins.at("practice", "talks", ("supports", 0))).startswith("content/toolbox/practices/talks.md:")
    body = origins.in_body("practice", "talks", len("## What was done\n\n"))
    assert (garden.root / body.file).read_text().splitlines()[body.line - 1] == "They met."
    assert origins.at("criterion-page", "garden-rules/gardens").file == "content/criteria/garden-rules/gardens.md"


def test_the_origin_of_a_figure_is_its_cell(garden: SiteFolder) -> None:
    garden.observations(
        "alder", {"indicator": "nonsense", "value": "1"}, {"indicator": "garden-rules/paths-1", "value": "3",
        "period": "2024"}
    )
    portfolio, origins, problems = read_portfolio(garden.root)
    assert [f"{p.location} {p.code}" for p in problems] == ["cities/alder/observations.csv:2:1 wrong-value"]
    assert portfolio is not None
    assert [row.indicator for row in portfolio.observations["alder"]] == ["garden-rules/paths-1"]
    assert str(origins.at("observations", "alder", (0, "period"))) == "cities/alder/observations.csv:3:27"


def test_problems_of_all_files_come_in_one_run(garden: SiteFolder) -> None:
    garden.write("content/site.yml", "titel: a\n")
    garden.write("content/index.md", "no fields\n")
    garden.write("content/toolbox/practices/talks.md", as_page(practice_data("Talks", outcome="great"), "<b>x</b>\n"))
    garden.write("cities/alder/assessments/2026-garden-rules.yml", "framework: [\n")
    garden.write("cities/birch/observations.csv", "a,b\n")
    codes = [line.partition(" ")[2] for line in problems_of(garden.root)]
    assert codes.count("missing-field") == 5
    assert {"unknown-field", "front-matter", "wrong-value", "raw-html", "yaml-syntax", "csv-header"} <= {*codes}


def test_a_broken_record_is_known_to_be_broken(garden: SiteFolder) -> None:
    garden.write("cities/alder/index.md", "---\nname: [\n---\n")
    portfolio, origins, _ = read_portfolio(garden.root)
    assert portfolio is not None
    assert "alder" not in portfolio.places
    assert origins.is_broken("place", "alder")
    assert not origins.is_broken("place", "birch")


def test_an_empty_folder_is_no_site(tmp_path: Path) -> None:
    portfolio, _, problems = read_portfolio(tmp_path)
    assert portfolio is None
    assert [p.code for p in problems] == ["missing-file"]


def test_without_its_settings_the_rest_of_a_site_is_read_all_the_same(garden: SiteFolder) -> None:
    (garden.root / "content/site.yml").unlink()
    portfolio, _, problems = read_portfolio(garden.root)
    assert [str(p.location) for p in problems] == ["content/site.yml:1:1"]
    assert portfolio is not None
    assert len(portfolio.places) == 3


def test_a_site_may_show_some_of_its_frameworks(tmp_path: Path) -> None:
    made = SiteFolder(tmp_path, frameworks=["areas"])
    made.framework("garden-rules")
    made.framework("areas")
    portfolio, _, problems = read_portfolio(tmp_path)
    assert [(p.code, p.severity, p.location.file) for p in problems] == [
        ("framework-not-shown", Severity.WARNING, "content/criteria/garden-rules/framework.yml")
    ]
    assert portfolio is not None
    assert list(portfolio.frameworks) == ["areas"]
    assert {framework for framework, _ in portfolio.criterion_pages} == {"areas"}
    assert "criteria/garden-rules/index" not in portfolio.prose


def test_a_framework_that_is_not_there_is_named_with_the_nearest_one(tmp_path: Path) -> None:
    made = SiteFolder(tmp_path, frameworks=["garden-rule", "builtin:areas"])
    made.framework("garden-rules")
    found = list(read_portfolio(tmp_path)[2])
    assert [(p.code, p.location.file) for p in found] == [("unknown-reference", "content/site.yml")] * 2
    assert found[0].hint == 'did you mean "garden-rules"?'


# What may stand in the folders


@pytest.mark.parametrize(
    "path",
    [
        "content/notes.txt", "content/index.html", "content/script.js", "content/picture.svg",
        "content/media/picture.gif",
        "content/picture.png", "content/toolbox/practices/deep/talks.md", "content/toolbox/notes.md",
        "content/toolbox/tools/map-sheet/extra.md", "content/criteria/garden-rules/extra.yml", "cities/alder/notes.md",
        "cities/alder/assessments/index.md", "cities/alder/data.csv", "content/about.yaml",
        "content/criteria/deep/er/x.md",
        "content/cities/alder.md", "cities/index.md",
    ],
)
def test_what_does_not_belong_is_refused(garden: SiteFolder, path: str) -> None:
    garden.write(path, "x\n")
    assert problems_of(garden.root) == [f"{path}:1:1 unexpected-file"]


@pytest.mark.parametrize(
    "path",
    [
        "content/CNAME", "content/_headers", "content/About.md", "content/a b.md", "content/a\nb.md", "content/<b>.md",
        "content/caf\u00e9.md", "content/cafe\u0301.md", "content/Extra/x.md", "content/a:b.md", "content/\u202e.md",
    ],
)
def test_names_consist_of_small_letters_digits_hyphens_and_points(garden: SiteFolder, path: str) -> None:
    garden.write(path, "x\n")
    assert [line.rpartition(" ")[2] for line in problems_of(garden.root)] == ["refused-name"]


def test_a_name_that_is_no_text_is_shown_all_the_same(garden: SiteFolder) -> None:
    try:
        (garden.root / "content" / os.fsdecode(b"a\xff.md")).write_text("x")
    except OSError:
        pytest.skip("this file system takes only names that are text")
    assert problems_of(garden.root) == ["content/a\\xff.md:1:1 refused-name"]


@pytest.mark.parametrize(
    "path", ["content/con.md", "content/aux/x.md", "content/404.md", "content/assets/x.md", "content/search.md",
             "content/data/v1.md", "content/data/v1/x.md", "content/contribute/problem-codes.md",
    "content/data/dictionary/index.md", "cities/by/index.md", "content/toolbox/practices/by.md"],
)
def test_names_that_are_taken_are_refused(garden: SiteFolder, path: str) -> None:
    garden.write(path, "x\n")
    assert problems_of(garden.root) == [f"{path}:1:1 reserved-name"]


def test_two_files_for_one_address_are_both_named(garden: SiteFolder) -> None:
    garden.page("about", "About", "x\n")
    garden.page("about/index", "About", "x\n")
    found = list(read_portfolio(garden.root)[2])
    assert [(p.code, p.location.file) for p in found] == [("same-address", "content/about/index.md")]
    assert "content/about.md" in found[0].message


def test_links_and_pipes_are_refused_and_not_followed(garden: SiteFolder,
    tmp_path_factory: pytest.TempPathFactory) -> None:
    outside = tmp_path_factory.mktemp("outside")
    (outside / "secret.md").write_text(as_page({"title": "Secret", "summary": "x"}))
    (garden.root / "content/link.md").symlink_to(outside / "secret.md")
    (garden.root / "content/folder").symlink_to(outside)
    (garden.root / "content/inside.md").symlink_to(garden.root / "content/index.md")
    os.mkfifo(garden.root / "content/pipe.md")
    portfolio, _, problems = read_portfolio(garden.root)
    assert [p.code for p in problems] == ["refused-file"] * 4
    assert portfolio is not None
    assert not any("ecret" in page.title for page in portfolio.prose.values())


def test_a_content_folder_that_is_a_link_is_refused(tmp_path: Path) -> None:
    garden_site(tmp_path / "real")
    (tmp_path / "site").mkdir()
    (tmp_path / "site/content").symlink_to(tmp_path / "real/content")
    assert problems_of(tmp_path / "site")[0] == "content:1:1 refused-file"


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may read everything")
def test_a_file_that_may_not_be_read_is_reported(garden: SiteFolder) -> None:
    (garden.root / "content/index.md").chmod(0)
    assert problems_of(garden.root) == ["content/index.md:1:1 unreadable-file"]


def test_what_computers_leave_behind_is_passed_over(garden: SiteFolder) -> None:
    for name in (".DS_Store", "Thumbs.db", ".gitkeep"):
        garden.write(f"content/{name}", "x")
    assert problems_of(garden.root) == []


def test_too_large_files_are_refused_before_they_are_read(garden: SiteFolder) -> None:
    garden.write("content/criteria/areas/framework.yml", "#" * 65_537)
    assert "content/criteria/areas/framework.yml:1:1 file-too-large" in problems_of(garden.root)


def test_folders_cannot_lie_too_deep(garden: SiteFolder) -> None:
    garden.write("content/" + "a/" * 40 + "x.md", "x")
    assert [line.rpartition(" ")[2] for line in problems_of(garden.root)] == ["refused-file"]


def test_files_that_need_another_file_say_which(garden: SiteFolder) -> None:
    garden.write("content/toolbox/tools/survey/template.md", "Name: ____\n")
    garden.assessment("dogwood", "garden-rules", {})
    found = list(read_portfolio(garden.root)[2])
    assert [p.message for p in found if p.code == "missing-file"] == [
        'the place "dogwood" has no index.md', 'the tool "survey" has no index.md',
    ]


# Images


def test_an_image_stands_in_a_folder_named_media_and_is_what_it_says(garden: SiteFolder) -> None:
    media = garden.root / "cities/alder/media"
    media.mkdir()
    (media / "river.png").write_bytes(PNG)
    (media / "not-really.png").write_bytes(b"<svg onload='x'/>")
    (media / "wrong-ending.jpg").write_bytes(PNG)
    garden.place("alder", "Alder", "![The river](media/river.png)\n\n![None](media/rivers.png)\n")
    portfolio, _, problems = read_portfolio(garden.root)
    assert [(p.location.file, p.code) for p in problems] == [
        ("cities/alder/index.md", "missing-image"), ("cities/alder/media/not-really.png", "wrong-image"),
        ("cities/alder/media/wrong-ending.jpg", "wrong-image"),
    ]
    assert next(p.hint for p in problems) == "did you mean cities/alder/media/river.png?"
    assert portfolio is not None
    assert portfolio.media["cities/alder/media/river.png"] == "cities/alder/media/river.png"


def test_an_image_with_too_many_pixels_is_refused(garden: SiteFolder) -> None:
    garden.write("content/media/x.txt", "").unlink()
    (garden.root / "content/media/huge.png").write_bytes(PNG[:16] + b"\0\1\0\0\0\1\0\0" + PNG[24:])
    assert problems_of(garden.root) == ["content/media/huge.png:1:1 wrong-image"]


# The same again


def test_what_has_not_changed_is_not_read_again_and_its_problems_come_back(
    garden: SiteFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    garden.write("content/toolbox/practices/talks.md", as_page(practice_data("Talks"), "<b>x</b>\n"))
    memory = ShortMemory()
    first = read_portfolio(garden.root, memory=memory)
    with monkeypatch.context() as unread:
        unread.setattr(portfolio_reader, "read_file", None)
        second = read_portfolio(garden.root, memory=memory)
    assert [*first[2]] == [*second[2]] != []
    garden.practice("talks", "Other talks")
    portfolio, _, problems = read_portfolio(garden.root, memory=memory)
    assert list(problems) == []
    assert portfolio is not None
    assert portfolio.practices["talks"].title == "Other talks"


NOISE = st.sampled_from([b"\0", b"\xff", b"---\n", b": ", b"- ", b"[", b"{", b'"', b"<b>", b"\n\n", b"&a ", b"![",
    b"](", b"\xe2\x80\xae", b","])


@settings(max_examples=40)
@given(st.data())
def test_a_damaged_site_ends_in_problems_and_never_in_an_accident(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    made = garden_site(tmp_path_factory.mktemp("site"))
    made.observations("alder", {"indicator": "garden-rules/paths-1", "value": "3", "period": "2024"})
    files = sorted(path for path in made.root.rglob("*") if path.is_file() and path.name != "mkdocs.yml")
    for _ in range(data.draw(st.integers(1, 4))):
        path = data.draw(st.sampled_from(files))
        raw = path.read_bytes()
        at = data.draw(st.integers(0, len(raw)))
        path.write_bytes(raw[:at] + data.draw(NOISE) + raw[at + data.draw(st.integers(0, 5)) :])
    _, _, problems = read_portfolio(made.root)
    assert isinstance(problems, Problems)
    assert all(p.message and p.location.line >= 1 and p.location.column >= 1 for p in problems)


def test_the_order_of_the_folder_makes_no_difference(garden: SiteFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    garden.write("content/index.md", "x")
    garden.write("content/x.html", "x")
    before = read_portfolio(garden.root)
    real = os.scandir

    class Shuffled:
        def __init__(self, path: str) -> None:
            with real(path) as entries:
                self.entries = list(entries)
            random.Random(7).shuffle(self.entries)

        def __enter__(self) -> list[os.DirEntry[str]]:
            return self.entries

        def __exit__(self, *_: object) -> None: ...

    monkeypatch.setattr(sys.modules["lcsite.reading.layout"].os, "scandir", Shuffled)
    after = read_portfolio(garden.root)
    assert [*before[2]] == [*after[2]]
    assert before[0] == after[0]
