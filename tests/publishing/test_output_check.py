from __future__ import annotations

import os
from pathlib import Path

import pytest

from lcsite.problems import Problem
from lcsite.publishing.first_look import FirstLook, Looks
from lcsite.publishing.output_check import CODES, inspect_output
from lcsite.publishing.page_facts import source_hash

SITE = "https://portal.example/learning/"


def page(body: str = "", *, head: str = "") -> str:
    head = f'<head><title>T</title>{head}</head>'
    return f'<!doctype html>\n<html lang="en">{head}\n<body><h1>H</h1>\n{body}</body></html>'


def inspected(root: Path, files: dict[str, str | bytes], **options: object) -> list[Problem]:
    for name, content in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(content.encode() if isinstance(content, str) else content)
    found = list(inspect_output(root, **options))  # type: ignore[arg-type]
    if options.keys() <= {"site_url"}:
        assert list(inspect_output(root, looks=looks_at(root, **options), **options)) == found  # type: ignore[arg-type]
    return found


def looks_at(root: Path, site_url: str | None = None) -> Looks:
    """What is seen of the pages of a site while they are written, by two who share the work."""
    looks, both = Looks(), (FirstLook(site_url), FirstLook(site_url))
    pages = sorted(path for path in root.rglob("*.html") if path.is_file() and path.name != "404.html")
    for number, path in enumerate(pages):
        looks.add(both[number % 2].at(path.relative_to(root).as_posix(), path.read_bytes()))
    return looks


def codes(problems: list[Problem]) -> list[str]:
    return sorted(problem.code for problem in problems)


HOME = """
<a href="cities/one/#people">One</a> <a href="cities/one/?q=1#people">One</a> <img src="a.svg" alt="">
"""
CITY = """
<h2 id="people">People</h2> <a href="#people">people</a> <a href="#">start</a> <a href="#top">start</a> <a href="">x</a>
<a href="../../">up</a> <a href="../..">up</a> <a href=".">here</a> <a href="./">here</a>
<a href="../one/../one/./">here</a>
<a href="../../a.svg">file</a> <a href="../two%20b.html#:~:text=x">text</a>
<a href="https://elsewhere.example/">out</a> <a href="mailto:a@b.example">mail</a> <a href="tel:+44">call</a>
"""
CITY_HEAD = f'<link rel="stylesheet" href="../../s/main.css"><link rel="canonical" href="{SITE}">'
NOT_FOUND = '<a href="/learning/">home</a> <a href="/learning/.">home</a> <img src="/learning/a.svg" alt="A">'
STYLE = """
/* url(gone.png) */ @import "more.css";
a { background: url(../a.svg), url("data:image/png;base64,") }
"""
SMALL_SITE: dict[str, str | bytes] = {
    "index.html": page(HOME),
    "cities/one/index.html": page(CITY, head=CITY_HEAD),
    "cities/two b.html": page(),
    "a.svg": "<svg/>",
    "s/main.css": STYLE,
    "s/more.css": "b { mask: url('#m') }",
    "404.html": page(NOT_FOUND),
}


def test_a_sound_site_has_no_problems(tmp_path: Path) -> None:
    assert inspected(tmp_path, SMALL_SITE, site_url=SITE) == []


def test_pages_that_were_looked_at_while_they_were_written_are_not_read_again(tmp_path: Path) -> None:
    assert inspected(tmp_path, SMALL_SITE, site_url=SITE) == []
    looks = looks_at(tmp_path, SITE)
    (tmp_path / "cities/one/index.html").write_text("nobody reads this", "utf-8")
    assert list(inspect_output(tmp_path, site_url=SITE, looks=looks)) == []
    assert inspect_codes(tmp_path, site_url=SITE) != []


def test_what_a_seen_page_asks_of_others_has_to_be_there_when_all_is_written(tmp_path: Path) -> None:
    assert inspected(tmp_path, SMALL_SITE, site_url=SITE) == []
    looks = looks_at(tmp_path, SITE)
    (tmp_path / "a.svg").unlink()
    said = [(p.code, p.location.file) for p in inspect_output(tmp_path, site_url=SITE, looks=looks)]
    assert {"404.html", "cities/one/index.html", "index.html"} <= {
        file for code, file in said if code == "output-broken-link"
    }


def test_a_name_of_two_lines_is_not_two_names(tmp_path: Path) -> None:
    site = {"index.html": page('<a href="b/#two">two</a>'), "b/index.html": page('<p id="one\ntwo">x</p>')}
    assert codes(inspected(tmp_path, site)) == ["output-broken-anchor"]


def test_a_page_that_was_seen_and_is_gone_is_missed(tmp_path: Path) -> None:
    assert inspected(tmp_path, SMALL_SITE, site_url=SITE) == []
    looks = looks_at(tmp_path, SITE)
    (tmp_path / "cities/one/index.html").unlink()
    assert "output-broken-link" in [p.code for p in inspect_output(tmp_path, site_url=SITE, looks=looks)]


def test_the_parts_to_which_pages_lead_are_the_same_whoever_looked(tmp_path: Path) -> None:
    site = {**SMALL_SITE, "b/index.html": page('<a href="../cities/one/#people">people</a> <h2 id="x">X</h2>')}
    assert inspected(tmp_path, site, site_url=SITE) == []
    in_passing: dict[str, set[str]] = {}
    afterwards: dict[str, set[str]] = {}
    assert list(inspect_output(tmp_path, site_url=SITE, looks=looks_at(tmp_path, SITE), parts=in_passing)) == []
    assert list(inspect_output(tmp_path, site_url=SITE, parts=afterwards)) == []
    assert in_passing == afterwards == {"cities/one/index.html": {"people"}}


def inspect_codes(root: Path, **options: object) -> list[str]:
    return codes(list(inspect_output(root, **options)))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("markup", "code"),
    [
        ('<a href="gone/">x</a>', "output-broken-link"),
        ('<a href="../">x</a>', "output-broken-link"),
        ('<a href="folder">x</a>', "output-broken-link"),
        ('<a href="INDEX.html">x</a>', "output-broken-link"),
        ('<img src="gone.png" alt="">', "output-broken-link"),
        ('<img srcset="index.html 1x, gone.png 2x" alt="">', "output-broken-link"),
        ('<a href="#gone">x</a>', "output-broken-anchor"),
        ('<a href="folder/#gone">x</a>', "output-broken-anchor"),
        ('<a href="/learning/">x</a>', "output-absolute-link"),
        ('<a href="https://portal.example/learning/">x</a>', "output-absolute-link"),
        ('<a rel="noopener" href="/learning/">x</a>', "output-absolute-link"),
        ('<a rel="noopener" href="javascript:x">x</a>', "output-unsafe-address"),
        ('<img rel="noopener" src="https://portal.example/learning/a.svg" alt="">', "output-absolute-link"),
        ('<img src="https://portal.example/learning/a.svg" alt="">', "output-absolute-link"),
        ('<img src="https://elsewhere.example/a.png" alt="">', "output-foreign-request"),
        ('<img src="//elsewhere.example/a.png" alt="">', "output-foreign-request"),
        ('<img src=" HTTPS://elsewhere.example/a.png" alt="">', "output-foreign-request"),
        ('<iframe src="https://elsewhere.example/"></iframe>', "output-foreign-request"),
        ('<script src="https://elsewhere.example/a.js"></script>', "output-foreign-request"),
        ('<video poster="https://elsewhere.example/a.png"></video>', "output-foreign-request"),
        ('<svg><image href="https://elsewhere.example/a.png"/></svg>', "output-foreign-request"),
        ('<svg><use xlink:href="https://elsewhere.example/a.svg#b"/></svg>', "output-foreign-request"),
        ('<a href="folder/" ping="https://elsewhere.example/">x</a>', "output-foreign-request"),
        ('<a href="javascript:alert(1)">x</a>', "output-unsafe-address"),
        ('<a href="java&#10;script:alert(1)">x</a>', "output-unsafe-address"),
        ('<a href="&#1; javascript&colon;alert(1)">x</a>', "output-unsafe-address"),
        ('<a href="data:text/html,x">x</a>', "output-unsafe-address"),
        ('<img src="data:image/png;base64," alt="">', "output-unsafe-address"),
        ('<form action="javascript:alert(1)"></form>', "output-unsafe-address"),
        ('<a href="\\\\elsewhere.example/">x</a>', "output-unsafe-address"),
        ('<a href="https://[">x</a>', "output-unsafe-address"),
        ('<p id="a"></p><p id="a"></p>', "output-duplicate-id"),
        ('<img src="folder/index.html">', "output-no-alt-text"),
        ("<p ONCLICK=alert(1)></p>", "output-event-attribute"),
        ('<p style="color: red"></p>', "output-style-attribute"),
        ("<style>p { color: red }</style>", "output-unknown-style"),
        ("<script>alert(1)</script>", "output-unknown-script"),
        ('<script type="module">alert(1)</script>', "output-unknown-script"),
        ("<svg><script>alert(1)</script></svg>", "output-unknown-script"),
        ("<div>" * 600 + "<script>alert(1)</script>", "output-unknown-script"),
        ('<base href="folder/">', "output-base-element"),
        ('<meta http-equiv="Refresh" content="0; url=folder/">', "output-page-refresh"),
        ("<svg><title><script>alert(1)</script></title></svg>", "output-hidden-markup"),
        ("<math><TEXTAREA>a<img></TEXTAREA></math>", "output-hidden-markup"),
        ('<script type="application/ld+json">{"a": }</script>', "output-bad-json"),
        ('<script type="application/ld+json">{"a": NaN}</script>', "output-bad-json"),
    ],
)
def test_each_fault_is_found_with_its_page_and_line(tmp_path: Path, markup: str, code: str) -> None:
    problems = inspected(tmp_path, {"index.html": page(markup), "folder/index.html": page()}, site_url=SITE)
    assert codes(problems) == [code]
    assert problems[0].location.file == "index.html"
    assert problems[0].location.line == 4
    assert problems[0].hint == CODES[code]


@pytest.mark.parametrize(
    ("html", "code"),
    [
        ("<html><title>T</title><h1>H</h1>", "output-no-language"),
        ('<html lang=" "><title>T</title><h1>H</h1>', "output-no-language"),
        ('<html lang="en"><h1>H</h1><svg><title>S</title></svg>', "output-no-title"),
        ('<html lang="en"><title> </title><h1>H</h1>', "output-no-title"),
        ('<html lang="en"><title>T</title><h2>H</h2>', "output-no-heading"),
        ("", "output-empty-page"),
        (b'<html lang="en"><title>\xff</title><h1>H</h1>', "output-bad-encoding"),
    ],
)
def test_a_page_without_its_frame_is_found(tmp_path: Path, html: str | bytes, code: str) -> None:
    assert codes(inspected(tmp_path, {"index.html": html})) == [code]


def test_stylesheets_load_nothing_missing_and_nothing_from_elsewhere(tmp_path: Path) -> None:
    style = """/*
*/
a { background: url( "gone.png" ) }
b { src: url(https://elsewhere.example/f.woff2) }
@import "gone.css";"""
    problems = inspected(tmp_path, {"s/a.css": style})
    assert [(problem.location.line, problem.code) for problem in problems] == [
        (3, "output-broken-link"),
        (4, "output-foreign-request"),
        (5, "output-broken-link"),
    ]


def test_scripts_and_styles_of_the_templates_are_known_by_their_hash(tmp_path: Path) -> None:
    script, style = "let a = 'é < b'\n", "p { margin: 0 }"
    html = page(f"<script>{script}</script><style>{style}</style>")
    # Worked out apart from the program: printf "let a = 'é < b'\n" | openssl dgst -sha256 -binary | base64
    assert source_hash(script) == "sha256-zc2UnJPut1iAminRF7oMK0hJduk/739ptpnyt/WiEnU="
    known = {"scripts": {source_hash(script)}, "styles": {source_hash(style)}}
    assert inspected(tmp_path, {"index.html": html}, **known) == []
    assert codes(inspected(tmp_path, {"index.html": html}, scripts=known["styles"], styles=known["scripts"])) == [
        "output-unknown-script",
        "output-unknown-style",
    ]


def test_data_in_a_page_needs_no_hash(tmp_path: Path) -> None:
    data = '<script type="application/ld+json">{"@type": "City"}</script><script type="application/json">[1]</script>'
    assert inspected(tmp_path, {"index.html": page(data)}) == []


def test_a_folder_named_without_its_slash_is_explained(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {"index.html": page('<a href="folder">x</a>'), "folder/index.html": page()}
    [problem] = inspected(tmp_path, files)
    assert problem.message == (
        'the address "folder" leads to "folder", which is not there; the folder "folder/" is, with a slash at the end'
    )


def test_the_not_found_page_may_link_from_the_root_but_must_still_arrive(tmp_path: Path) -> None:
    not_found = page('<a href="/learning/">x</a> <a href="/">y</a>')
    [problem] = inspected(tmp_path, {"index.html": page(), "404.html": not_found}, site_url=SITE)
    assert problem.location.file == "404.html"
    assert '"/"' in problem.message


def test_the_same_broken_link_is_told_once_for_each_page(tmp_path: Path) -> None:
    twice = page('<a href="gone/">x</a><a href="gone/">x</a>')
    problems = inspected(tmp_path, {"a.html": twice, "b.html": twice})
    assert [problem.location.file for problem in problems] == ["a.html", "b.html"]


def test_links_and_pipes_in_the_output_are_found_and_not_followed(tmp_path: Path) -> None:
    (tmp_path / "link.html").symlink_to("/etc/hostname")
    (tmp_path / "folder").symlink_to("/etc")
    os.mkfifo(tmp_path / "pipe.html")
    problems = inspected(tmp_path, {"index.html": page()})
    assert [(problem.location.file, problem.code) for problem in problems] == [
        ("folder", "output-odd-file"),
        ("link.html", "output-odd-file"),
        ("pipe.html", "output-odd-file"),
    ]


def test_a_comment_or_the_text_of_an_element_is_not_markup(tmp_path: Path) -> None:
    quiet = "<!-- <a href='gone/' onclick=x> --><svg><title>&lt;script></title></svg><p>&lt;script&gt;</p>"
    assert inspected(tmp_path, {"index.html": page(quiet)}) == []


def test_the_not_found_page_may_link_to_another_part_of_the_same_host(tmp_path: Path) -> None:
    not_found = page('<a href="https://example.org/town-hall/">Town hall</a>')
    files: dict[str, str | bytes] = {"index.html": page(), "404.html": not_found}
    assert inspected(tmp_path, files, site_url="https://example.org/portal/") == []
