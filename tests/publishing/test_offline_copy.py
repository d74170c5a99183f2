"""A finished site as a copy that is opened from files."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from lcsite.publishing.offline_copy import OFFLINE_FOLDER, OFFLINE_POLICY, make_offline
from lcsite.publishing.offline_index import page_for_search
from lcsite.publishing.output_check import inspect_output

HEAD = """<!doctype html><html lang="en"><head>
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; connect-src 'self'"><title>t</title>
<link rel="canonical" href="https://example.org/bus/">"""
BUS = f"""{HEAD}</head><body><main data-pagefind-body><div hidden data-pagefind-ignore>
<i data-pagefind-filter="outcome:It worked, they say: well"></i><i data-pagefind-filter="outcome:Mixed"></i>
<i data-pagefind-meta="summary:Six wheels &amp; a driver"></i><i data-pagefind-sort="title:bus"></i></div>
<h1>The <bdi>bus</bdi></h1><p>It has six<br>wheels.<b>And</b> doors.</p><p data-pagefind-ignore>Cite this</p>
<svg><text>drawn</text></svg><nav>menu</nav></main></body></html>"""
FIND = f"""{HEAD}<script src="../assets/lcsite/find.js" defer blocking="render"></script></head>
<body><h1>Find</h1></body></html>"""


def write(site: Path, name: str, html: str) -> Path:
    path = site / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(html, "utf-8")
    return path


@pytest.fixture
def site(tmp_path: Path) -> Path:
    write(tmp_path, "index.html", f"{HEAD}</head><body><h1>Home</h1></body></html>")
    write(tmp_path, "bus/index.html", BUS)
    write(tmp_path, "find/index.html", FIND)
    write(tmp_path, "assets/lcsite/find.js", "")
    write(tmp_path, "404.html", HEAD)
    write(tmp_path, "data/v1/places/alder/compare.json", '{"name": "Alder</script>", "budget": 12.50}\n')
    return tmp_path


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("bus/", "bus/index.html"),
        ("../", "../index.html"),
        ("./", "./index.html"),
        (".", "./index.html"),
        ("..", "../index.html"),
        ("../bus/#seats", "../bus/index.html#seats"),
        ("find/?outcome=Mixed#found", "find/index.html?outcome=Mixed#found"),
        ("#here", "#here"),
        ("?q=bus", "?q=bus"),
        ("data/v1/places.json", "data/v1/places.json"),
        ("https://example.org/", "https://example.org/"),
        ("mailto:a@example.org", "mailto:a@example.org"),
    ],
)
def test_a_link_names_the_file_of_a_page(tmp_path: Path, before: str, after: str) -> None:
    link = '<a title="a > b" class=\'x\' href="{}">x</a>'
    page = write(tmp_path, "index.html", f"{HEAD}</head><body>{link.format(before)}</body>")
    make_offline(tmp_path)
    assert link.format(after) in page.read_text("utf-8")


def test_words_that_look_like_a_link_stay_as_they_are(tmp_path: Path) -> None:
    said = '<p>Write href="bus/" or &lt;a href="bus/"&gt;.</p>'
    page = write(tmp_path, "index.html", f"{HEAD}</head><body>{said}</body>")
    make_offline(tmp_path)
    assert said in page.read_text("utf-8")


def test_the_policy_allows_files_and_nothing_to_be_fetched(site: Path) -> None:
    make_offline(site)
    page = (site / "bus" / "index.html").read_text("utf-8")
    assert f'content="{OFFLINE_POLICY}"' in page
    assert "connect-src 'none'" in OFFLINE_POLICY
    assert 'href="https://example.org/bus/"' in page  # where the page stands on the web


def test_what_scripts_would_fetch_stands_beside_them_as_scripts(site: Path) -> None:
    make_offline(site)
    find = (site / "find" / "index.html").read_text("utf-8")
    brought = f'<script src="../{OFFLINE_FOLDER}/offline.js" defer></script>\n<script src="../assets/lcsite/find.js"'
    assert brought in find
    assert OFFLINE_FOLDER not in (site / "bus" / "index.html").read_text("utf-8")
    place = (site / OFFLINE_FOLDER / "places" / "alder.js").read_text("utf-8")
    assert place == (
        'window.lcPlaces={...window.lcPlaces,"alder":{"name": "Alder</script>", "budget": 12.50}};\n'
    )  # the very digits of the file
    assert not (site / "404.html").exists()


def test_the_search_knows_the_same_words_marks_and_orders_as_online(site: Path) -> None:
    make_offline(site)
    script = (site / OFFLINE_FOLDER / "pages.js").read_text("utf-8")
    held = json.loads(script.removeprefix("window.lcPages=").removesuffix(";\n"))
    assert held == [
        {
            "id": 0,
            "url": "bus/index.html",
            "meta": {"title": "The bus", "summary": "Six wheels & a driver"},
            "filters": {"outcome": ["It worked, they say: well", "Mixed"]},
            "orders": {"title": "bus"},
            "text": "The bus It has six wheels. And doors.",
        }
    ]


def test_a_list_is_not_searched() -> None:
    assert page_for_search(FIND.encode(), "find/index.html") is None


def test_the_inspection_finds_a_link_to_a_folder_in_such_a_copy_only(site: Path) -> None:
    write(site, "index.html", f'{HEAD}</head><body><h1>Home</h1><a href="bus/">x</a></body></html>')
    (site / "404.html").unlink()
    assert [problem.code for problem in inspect_output(site, site_url="https://example.org/")] == []
    found = list(inspect_output(site, site_url="https://example.org/", as_files=True))
    assert [(problem.code, problem.location.file) for problem in found] == [("output-folder-link", "index.html")]
    make_offline(site)
    assert list(inspect_output(site, site_url="https://example.org/", as_files=True)) == []


def test_the_search_library_is_the_published_one_with_its_licence() -> None:
    """MiniSearch 7.2.0 as npm publishes it: `dist/umd/index.js`."""
    folder = Path(__file__).resolve().parents[2] / "lcsite" / "publishing" / "offline"
    digest = hashlib.sha256((folder / "minisearch.js").read_bytes()).hexdigest()
    assert digest == "03c27931eb603af1d3358579e9885eafdb6a2f5fa9929557b3e77d7e99d06d03"
    assert "Luca Ongaro" in (folder / "minisearch.LICENSE.txt").read_text("utf-8")
