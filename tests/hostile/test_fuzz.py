"""Whole small sites, damaged at random: the command ends in problems or in pages, and never in an accident.

A few trees are tried in every run, 500 under the profile `ci`, 10,000 by `make fuzz`, which draws new ones each time.
"""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import tempfile
import time
import zlib
from dataclasses import fields
from functools import cache
from pathlib import Path
from typing import NamedTuple
from xml.etree.ElementTree import Element

import html5lib
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from lcsite.pages.page import Page
from lcsite.pipeline import Plan, plan_site, read_and_check
from tests.builders import SiteFolder, as_page, as_yaml, framework_data
from tests.hostile.prose_attacks import REFUSED as PROSE_ATTACKS
from tests.hostile.sites import CARET, PROSE, Done, lcsite, live_in, small_site, steers

PROFILE = settings.get_current_profile_name()
TREES = {"ci": 500, "fuzz": 2_500}.get(PROFILE, 15)
"""In each part."""
PARTS = range(4 if PROFILE == "fuzz" else 1)
"""For as many processors."""
BUILT = 25
"""Of so many trees that pass the check, one is built wholly."""
PATIENCE = 10
"""Seconds of the processor for one tree."""


class Edit(NamedTuple):
    """One act of damage: to the file number `file` at `at` of 1000 parts of its length."""

    how: str
    file: int = 0
    at: int = 0
    piece: bytes = b""
    path: str = ""


MARKDOWN = [text.replace(CARET, "") for cases in PROSE_ATTACKS.values() for text, _ in cases if len(text) < 300]
PIECES = [
    *MARKDOWN,
    "<", "</", "<b>", "<script>", "javascript:", "data:", "&#106;", "&colon;", "](", "![", "][", "]: ", "`", "```\n",
    "~~~ {onclick=x}\n", "{: onclick=x }", "[^1]", "\n[^1]: ", "\n*[a]: ", "\n:   ", "\n    ", "\n> ", "\n- ", "\n# ",
    "|-|-|\n", "---\n", "--8<-- x", "{{ x }}", "{% x %}", "[x](about.md)", "[x](#x)", "[x](../x.md)", "*", "_", "**",
    ": ", "- ", "[", "{", "]", "}", "&a ", "*a", "!!str ", "<<: ", "? ", "|\n", ">-\n", '"', "'", "\t", "#", "%YAML",
    "null", "~", "NO", "22:30", ".nan", "1e999", "-0", "1_000", "٣", "9" * 30, "2026-02-30", "../../etc", "::error::x",
    ",", '""', "\n", ",=1+1", ",@x", "\r", "\r\n", "\0", "\x1b[31m", "\u202e", "\u2028", "\ufeff", "e\u0301", "\u200d",
    "👩\u200d🏫", "\U000e0041", "岡山", "عربي", "İ", "ß", "don't know", "at least 2", "4 to 1", "{not applicable: x}",
]  # fmt: skip
BYTES = [*(piece.encode() for piece in PIECES), b"\xff", b"\xc3", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"\xfe\xff"]
NAMES = [
    "content/x.md", "content/about/index.md", "content/X.md", "content/a b.md", "content/<b>.md", "content/é.md",
    "content/x.html", "content/media/x.png", "content/media/x.svg", "cities/x/index.md", "cities/x/observations.csv",
    "cities/alder/assessments/2025-garden-rules.yml", "content/toolbox/tools/x/template.md",
    "content/a/b/c/d/e/f/g/h/i.md",
    "content/criteria/x/framework.yml", "content/criteria/garden-rules/versions/2025.1.yml",
    "content/criteria/garden-rules/x.md", "content/con.md", "content/\u202e.md", "content/network.yml",
    "gathered/elder/lcsite.json", "content/criteria/crosswalk.yml",
    "content/learn/index.md", "content/method/index.md", "content/data/index.md", "cities/index.md", "content/\n.md",
]  # fmt: skip

PIECE = st.one_of(st.sampled_from(BYTES), st.binary(max_size=6), st.text(max_size=8).map(str.encode))
GENTLE = [
    "*a*", "**a", "_b_", "`<i>`", "``a`", "~~x~~", "# A\n", "## <\n", "## `b`\n", "A\n===\n", "A\n---\n", "---\n",
    "- a\n",
    "1. a\n", "  - b\n", "    c\n", "> d\n", "| a | b |\n|---|:-:|\n| `c|d` | e |\n", "[^1]", "\n[^1]: note\n",
    "\n*[a]: b & \"c\"\n", "\nA\n\n:   b\n\n", "```x\"y\n<b>\n```\n", "~~~ {#id .c}\n&\n~~~\n", "[a][b]", "[b]",
    "[a](https://example.org/'b'?c&d=%22)", "\n[b]: https://b.example 'c\"d'\n", "<https://example.org/?a&b>",
    "-", "<a@example.org>", "\\*", "\\`", "&lt;", "&amp;lt;", "&copy;", "&#39;", "&", "<", " < ", ">", '"', "'",
    "{{ a }}",
    "{% b %}", "{c}", "[TOC]\n", "- [ ] d\n", "- [x] e\n", "\n", "\n\n", "  \n", " ", "\t", "a", "b_c_d", "\u200d",
    "\u200f", "岡山", "عربي", "👩\u200d🏫", "x" * 300, "](", "[", "]", "(", ")", "|", ":", "wzxhzdk:0", "=",
]  # fmt: skip
"""Markdown that is mostly allowed, so that many trees get as far as their pages."""
COPY, SOURCE, LICENCE = "gathered/elder/", "data/v1/source/", "CC BY 4.0"
FIELDS = re.compile(rb"^([ -]*(?:title|summary|name|text|kind|resources|time|reason|who|label): ?)(?=\S).*$", re.M)

EDITS = st.lists(
    st.builds(
        Edit,
        how=st.sampled_from(["insert"] * 6 + ["replace", "cut", "double", "repeat", "move", "new", "remove"]),
        file=st.integers(0, 99),
        at=st.integers(0, 1000),
        piece=PIECE,
        path=st.sampled_from(NAMES),
    ),
    min_size=1,
    max_size=5,
) | st.lists(
    st.builds(
        Edit,
        how=st.sampled_from(["append", "append", "field"]),
        file=st.integers(0, 99),
        at=st.integers(0, 1000),
        piece=st.lists(st.sampled_from(GENTLE), max_size=20).map(lambda pieces: "".join(pieces).encode()),
    ),
    min_size=1,
    max_size=4,
) | st.lists(
    st.builds(Edit, how=st.sampled_from(["insert", "field", "cut"]), file=st.integers(0, 99), at=st.integers(0, 1000),
              piece=st.sampled_from(BYTES), path=st.just(COPY)),
    min_size=1,
    max_size=3,
)  # fmt: skip
"""Rough damage to anything, or odd words where words belong, or a site that was gathered and means harm."""


@cache
def sources() -> dict[str, bytes]:
    """The files of the small site, with something in every kind of them."""
    with tempfile.TemporaryDirectory() as folder:
        made = small_site(Path(folder))
        made.observations("alder", {"indicator": "garden-rules/paths-1", "value": "3", "period": "2024"})
        made.page("about", "About", "# One\n\nWords[^1], [a link](index.md) and `code`.\n\n[^1]: A note.\n\n- a\n- b\n")
        made.write("content/network.yml", as_yaml({"sites": [{"id": "elder", "from": "../elder", "licence": LICENCE}]}))
        for path, content in copy_of_elder().items():
            file = Path(folder, path)
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)
        made.page("learn/index", "Learn", "| a | b |\n|---|---|\n| 1 | 2 |\n\nWord\n\n:   Meaning\n")
        return {
            file.relative_to(folder).as_posix(): file.read_bytes() for file in sorted(Path(folder).rglob("*"))
            if file.is_file()
        }  # fmt: skip


def copy_of_elder() -> dict[str, bytes]:
    """What `lcsite gather` would have kept of another site: its own account, and the files that it lists."""
    with tempfile.TemporaryDirectory() as folder:
        made = SiteFolder(Path(folder), title="Elder learns", publisher="Elder council", licence=LICENCE)
        made.framework("garden-rules")
        made.place("elder", "Elder", "Elder lies by a river.\n")
        answers = {"gardens-1": "4", "gardens-2": {"value": "1", "note": "Two of five."}}
        made.assessment("elder", "garden-rules", answers)
        made.practice("elder-swap", "Seed swap in Elder", places=["elder"], supports=["garden-rules/gardens"])
        portfolio = read_and_check(Path(folder)).portfolio
        assert portfolio is not None
        found = {COPY + "copied.yml": b"from: ../elder\non: 2026-06-30\n"}
        for download in plan_site(portfolio).site.downloads:
            name = download.address.removeprefix(SOURCE)
            if name != download.address or name == "lcsite.json":
                content = download.content()
                found[COPY + name] = content.encode() if isinstance(content, str) else content
    return found


def signed(files: dict[str, bytes]) -> None:
    """Let the copy agree with its own account again: the other site itself means harm, and nobody touched the copy."""
    try:
        account = json.loads(files[COPY + "lcsite.json"])
        for listed in account["files"]:
            content = files.get(COPY + listed["name"].removeprefix(SOURCE))
            if content is not None:
                listed |= {"size": len(content), "sha256": hashlib.sha256(content).hexdigest()}
    except (KeyError, TypeError, ValueError, AttributeError):
        return  # the account is damaged too
    files[COPY + "lcsite.json"] = json.dumps(account).encode()


def damaged(edits: list[Edit]) -> dict[str, bytes]:
    files = dict(sources())
    for how, number, part, piece, path in edits:
        names = sorted(name for name in files if name != "mkdocs.yml")
        if path == COPY:
            names = [name for name in names if name.startswith(COPY)]
        name = names[number % len(names)]
        raw = files[name]
        at = part * len(raw) // 1000
        if how == "insert":
            files[name] = raw[:at] + piece + raw[at:]
        elif how == "replace":
            files[name] = raw[:at] + piece + raw[at + max(len(piece), 1) :]
        elif how == "cut":
            files[name] = raw[:at]
        elif how == "double":
            files[name] = raw + raw[at:]
        elif how == "repeat":
            files[name] = raw[:at] + piece * 500 + raw[at:]
        elif how == "move":
            files[path] = files.pop(name)
        elif how == "new":
            files[path] = raw + piece
        elif how == "append":
            name = PROSE[number % len(PROSE)]
            files[name] = files.get(name, b"") + b"\n\n" + piece + b"\n"
        elif how == "field":
            words = json.dumps(piece.decode("utf-8", "replace"), ensure_ascii=False).encode()
            if spots := list(FIELDS.finditer(raw)):
                spot = spots[part % len(spots)]
                files[name] = raw[: spot.end(1)] + words + raw[spot.end() :]
        elif how == "write":
            files[path] = piece
        elif len(names) > 1:
            del files[name]
    if any(edit.path.startswith(COPY) for edit in edits):
        signed(files)
    return files


def page(text: str) -> list[Edit]:
    return [Edit("write", path="content/about.md", piece=as_page({"title": "A", "summary": "B"}, text).encode())]


def write(path: str, text: str) -> list[Edit]:
    return [Edit("write", path=path, piece=text.encode())]


SITE = "title: A\ntagline: B\ndescription: C\nas_of: 2026-11-22\npublisher: D\n"
FRAMEWORK = as_yaml(framework_data("Garden rules"))
ELDER = f"{COPY}cities/elder/index.md"
PLACE = "---\nname: A\nkind: town\ncountry: GB\nworld_region: europe-and-north-america\n"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    usual_pages(), usual_html()  # what is made once is not part of the time of a tree
    return tmp_path_factory.mktemp("fuzz")


# What was found once stays here, so that it is tried every time.
@example(page("a\n:   b\n" * 900))
@example(page("[^a]\n" * 500 + "\n[^a]: b\n"))
@example(page("[^a]: never used\n"))
@example(page("+ " * 5_000 + "x"))
@example(page("[b]: java\n script:x\n\n[x][b]\n"))
@example(page("| a |\n|---|\n| b |\n[TOC]\n"))
@example(page("a &#27; &#0; &#xD800; &#99999999999; &#12ab b\n"))
@example(page("[x]: y\n" + "](" * 20_000))
@example(page("![" * 5_000))
@example(write("content/site.yml", SITE + "language: zz\n"))
@example(write("content/site.yml", SITE + "language: en-12345678\n"))
@example(write("content/site.yml", SITE + "url: https://example.org/?a#b\n"))
@example(write("content/site.yml", SITE + "menu: [{title: a, page: nowhere/}]\n"))
@example(write("cities/alder/index.md", PLACE + f"population: {{value: {'9' * 32}, source: {{title: a}}}}\n---\n"))
@example(write("cities/alder/index.md", PLACE + "sources: [{title: a, url: 'http://[::1]:99999/'}]\n---\n"))
@example(write("cities/alder/index.md", PLACE + "context: [{label: a, value: 1e-23, source: {title: a}}]\n---\n"))
@example(write(ELDER, PLACE + "---\n<script>alert(1)</script>\n"))
@example(write(ELDER, PLACE + "gaps: '<img src=x onerror=alert(1)>'\ncontact: ::error::x\n---\n[x](javascript:x)\n"))
@example([Edit("insert", 3, 0, b"\xff", COPY)])
@example(write("content/criteria/garden-rules/versions/2025.1.yml", FRAMEWORK.replace("2026.1", "2024.9", 1)))
@settings(max_examples=TREES, deadline=None, suppress_health_check=list(HealthCheck))
@pytest.mark.parametrize("part", PARTS)
@given(EDITS)
def test_a_damaged_site_ends_in_problems_or_in_harmless_pages(folder: Path, part: int, edits: list[Edit]) -> None:
    root = folder / "site"
    shutil.rmtree(root, ignore_errors=True)
    for path, raw in damaged(edits).items():
        file = root / path
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(raw)
        except OSError:
            continue  # one name stands where another needs a folder
    started = time.process_time()
    done = checked(root)
    if done.code == 0:
        harmless_pages(root)
        if zlib.crc32(repr(edits).encode()) % BUILT == 0:
            built(root)
    assert time.process_time() - started < PATIENCE


def test_the_site_that_is_damaged_was_whole_and_shows_the_copy_of_another() -> None:
    portfolio = usual_plan().portfolio
    assert set(portfolio.places) == {"alder", "birch", "cedar", "elder"}
    assert portfolio.practices["elder-swap"].places == ("elder",)
    files = damaged(write(ELDER, PLACE + "---\nAnother river.\n"))
    assert any(listed["sha256"] == hashlib.sha256(files[ELDER]).hexdigest()
               for listed in json.loads(files[f"{COPY}lcsite.json"])["files"])  # fmt: skip


def checked(root: Path) -> Done:
    done = lcsite("check", root)
    assert done.code in (0, 1), done.err
    assert not steers(done.out + done.err)
    assert not any(line.startswith(":") for line in (done.out + done.err).splitlines())  # no command, and no lost file
    return done


def built(root: Path) -> None:
    """What has passed the check gets through the engine and the inspection too."""
    done = lcsite("build", root, "--output", root.with_name("built"), "--no-search", "--quiet", "--jobs", "1")
    assert done.code == 0, done.out + done.err


def harmless_pages(root: Path) -> None:
    """Plan a site that has passed the check, and look at each page that changed as a browser would."""
    portfolio = read_and_check(root).portfolio
    assert portfolio is not None
    plan = plan_site(portfolio)
    usual = usual_plan()
    same_site = portfolio.site == usual.portfolio.site
    for download in plan.site.downloads:
        if not (same_site and download.address.startswith("contribute/forms/")):  # these are made of nothing else
            assert isinstance(download.content(), bytes | str)
    same_links = same_site and [page.address for page in plan.site.pages] == list(usual_pages())
    for page in plan.site.pages:
        if same_links and said_on(page) == usual_pages()[page.address]:
            continue
        html = plan.renderer.render(page).html
        if html not in usual_html():
            tree: Element = html5lib.parse(html, namespaceHTMLElements=False)
            assert list(live_in(tree)) == []


def said_on(page: Page) -> list[object]:
    """All that a page is made of."""
    return [getattr(page, field.name) for field in fields(page) if field.name != "body"] + [page.body()]


@cache
def usual_plan() -> Plan:
    """What is made of the site without any damage."""
    with tempfile.TemporaryDirectory() as folder:
        for path, raw in sources().items():
            file = Path(folder) / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(raw)
        portfolio = read_and_check(Path(folder)).portfolio
    assert portfolio is not None
    plan = plan_site(portfolio)
    plan.renderer.make_ready()
    return plan


@cache
def usual_pages() -> dict[str, list[object]]:
    return {page.address: said_on(page) for page in usual_plan().site.pages}


@cache
def usual_html() -> frozenset[str]:
    return frozenset(usual_plan().renderer.render(page).html for page in usual_plan().site.pages)
