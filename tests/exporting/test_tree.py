"""Other engines build the exported tree, and readers see in it what they would see in ours."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml

from lcsite.exporting.tree import FolderNotEmpty, _one_block, export_tree
from lcsite.pages.page import Download, Page
from lcsite.rendering.drawn_pieces import Drawn
from lcsite.rendering.renderer import Fragment, Renderer
from tests.builders import site

FRAGMENTS = {
    "": "<h1>Sample Portal</h1>\n\n\n<p>Two places, `one` tool.</p>",
    "cities/": '<h1>Places</h1><ul><li><a href="alder/">Alder</a></li>\n\n    <li><a href="../">Home</a></li></ul>',
    "cities/alder/": (
        '<h1><bdi>Alder</bdi></h1>\n<svg aria-hidden="true"><rect fill="url(#lc-pencil)" width="4" height="4"/></svg>\n'
        "<pre>one\n\n\n```\ntwo  __three__</pre>\n<p>1 &lt; 2 &amp; **not bold** #no-heading</p>\n\n"
        '<table><tr><td>\n\n- no list\n\n</td></tr></table>\n<a href="../../sheet.md" download>Sheet</a>'
        '<a href="https://example.org/a.md">Elsewhere</a>'
    ),
}
SETTINGS = site(title='The "Sample": Portal', menu=[
    {"title": "Places", "page": "cities/"}, {"title": "Not there", "page": "compare/"},
])


@dataclass(frozen=True)
class Given(Renderer):
    """A renderer that has its fragments already."""

    def render(self, page: Page) -> Fragment:
        return Fragment(Drawn(FRAGMENTS[page.address], {}), f'Title: "{page.address}"', "About: it", "en", "ltr")

    def say(self, shown: object) -> str:
        return getattr(shown, "text", str(shown))


def tree(target: Path) -> Path:
    pages = [
        Page(address, "place", "", "", lambda: None, demonstration=address == "cities/alder/") for address in FRAGMENTS
    ]
    sheet = Download("sheet.md", lambda: b"# Sheet\n")
    data = Download("data/v1/index.json", lambda: b"{}\n")
    assert export_tree(pages, Given(), target, site=SETTINGS, downloads=[sheet, data]) == 3
    return target


def test_each_page_is_front_matter_and_one_block_of_html(tmp_path: Path) -> None:
    text = (tree(tmp_path / "tree") / "docs/cities/alder/index.md").read_text("utf-8")
    _, front, body = text.split("---\n", 2)
    assert yaml.safe_load(front) == {"title": 'Title: "cities/alder/"', "description": "About: it"}
    assert body.startswith('\n<div class="lc-page" lang="en" dir="ltr">\n')
    assert body.endswith("\n</div>\n")
    assert "\n\n" not in body.strip()
    assert "`" not in body


def test_a_page_about_something_invented_says_so_first(tmp_path: Path) -> None:
    docs = tree(tmp_path / "tree") / "docs"
    assert "What this page shows is invented" in (docs / "cities/alder/index.md").read_text("utf-8")
    assert "invented" not in (docs / "cities/index.md").read_text("utf-8")


def test_a_sheet_in_markdown_stays_a_file_and_its_link_follows(tmp_path: Path) -> None:
    docs = tree(tmp_path / "tree") / "docs"
    assert (docs / "sheet.txt").read_bytes() == b"# Sheet\n"
    text = (docs / "cities/alder/index.md").read_text("utf-8")
    assert 'href="../../sheet.txt"' in text
    assert 'href="https://example.org/a.md"' in text


def test_the_menu_holds_only_pages_that_are_there(tmp_path: Path) -> None:
    config = yaml.safe_load((tree(tmp_path / "tree") / "mkdocs.yml").read_text("utf-8"))
    assert config["nav"] == [{"Home": "index.md"}, {"Places": "cities/index.md"}]
    assert config["site_name"] == 'The "Sample": Portal'


def test_nothing_that_exists_is_written_over(tmp_path: Path) -> None:
    kept = tmp_path / "mine.txt"
    kept.write_text("mine")
    for target in (tmp_path, kept):
        with pytest.raises(FolderNotEmpty):
            tree(target)
    assert kept.read_text() == "mine"
    assert list(tmp_path.iterdir()) == [kept]
    (tmp_path / "empty").mkdir()
    tree(tmp_path / "empty")


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>a</p>\n \n\t\n<p>b</p>", "<p>a</p>\n<p>b</p>"),
        ("<pre>a\n\n\nb</pre>", "<pre>a\n&#10;\nb</pre>"),
        ("<pre>a\n\nb</pre>\n\n<p>`c` ~~~</p>", "<pre>a\n&#10;b</pre>\n<p>&#96;c&#96; &#126;~~</p>"),
    ],
)
def test_nothing_ends_the_block_and_nothing_in_it_means_markdown(html: str, expected: str) -> None:
    assert _one_block(html) == expected


@pytest.mark.slow
@pytest.mark.parametrize("engine", ["mkdocs", "zensical"])
def test_another_engine_builds_the_tree_and_shows_every_page_as_it_is(tmp_path: Path, engine: str) -> None:
    if importlib.util.find_spec(engine) is None:
        pytest.skip(f"{engine} is not installed")
    root = tree(tmp_path / "tree")
    command = [sys.executable, "-m", engine, "build", "--strict"]
    done = subprocess.run(
        command, cwd=root, capture_output=True, text=True, check=False, timeout=120,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
    )
    assert done.returncode == 0, done.stdout + done.stderr
    for page in (root / "docs").rglob("index.md"):
        body = page.read_text("utf-8").split("---\n", 2)[2].strip()
        assert body in (root / "site" / page.relative_to(root / "docs")).with_suffix(".html").read_text("utf-8")
    assert (root / "site/data/v1/index.json").read_bytes() == b"{}\n"
    assert (root / "site/sheet.txt").is_file()
    # no request leaves the site
    for page in (root / "site").rglob("*.html"):
        text = page.read_text("utf-8")
        assert "fonts.googleapis" not in text
        assert "cdnjs" not in text
