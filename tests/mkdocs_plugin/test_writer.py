"""Our own writer makes of every page what the engine makes of it, gives way where a template wants more, and says where
a template of the site is wrong.
"""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.parse import quote, urljoin, urlsplit

import pytest

from lcsite.mkdocs_plugin.engine import Rendered, render_site
from lcsite.mkdocs_plugin.site_writer import as_listed
from lcsite.pipeline import plan_site, read_and_check
from lcsite.publishing.errors import Refused
from lcsite.publishing.output_check import inspect_output
from tests.builders import garden_site
from tests.builds import build, files_of


@pytest.fixture(scope="module")
def skinned(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small site with a skin of its own, which is empty."""
    folder = tmp_path_factory.mktemp("skinned")
    garden_site(folder)
    written = (folder / "mkdocs.yml").read_text("utf-8")
    (folder / "mkdocs.yml").write_text(written.replace("  font:", "  custom_dir: overrides\n  font:"), "utf-8")
    (folder / "overrides").mkdir()
    return folder


def rendered(folder: Path, output: Path, *, processes: int = 1) -> Rendered:
    read = read_and_check(folder)
    assert read.portfolio is not None
    output.mkdir()
    return render_site(plan_site(read.portfolio), folder / "mkdocs.yml", output, processes=processes)


def wear(folder: Path, skin: str) -> None:
    (folder / "overrides/main.html").write_text(skin, "utf-8")


def of_pages_and_files(site: Path) -> dict[str, bytes]:
    return {path: (site / path).read_bytes() for path in files_of(site) if not path.startswith("pagefind/")}


@pytest.mark.parametrize("processes", [1, 2])
def test_the_writer_makes_the_bytes_of_the_engine(garden: Path, tmp_path: Path, processes: int) -> None:
    made = rendered(garden, tmp_path / "site", processes=processes)
    assert of_pages_and_files(tmp_path / "site") == of_pages_and_files(garden / "site")
    assert made.foreign == ""
    assert made.looks is not None
    assert made.looks.well
    assert list(inspect_output(tmp_path / "site", looks=made.looks)) == []
    of_the_engine = {"404.html", "index.html"}
    pages = {path for path in files_of(garden / "site") if path.endswith(".html")}
    assert any(path.startswith("embed/") for path in pages)  # cards that other sites show are looked at too
    assert made.looks.ids.keys() == pages - of_the_engine


def test_a_skin_that_looks_at_all_pages_gets_them_from_the_engine(skinned: Path, tmp_path: Path) -> None:
    wear(skinned, '{% extends "base.html" %}{% block announce %}{{ pages | length }} {{ nav | length }}{% endblock %}')
    made = rendered(skinned, tmp_path / "site", processes=2)
    assert made.looks is None
    assert of_pages_and_files(tmp_path / "site") == of_pages_and_files(build(skinned))


def test_it_may_be_the_start_page_alone_that_looks_at_all_pages(
    skinned: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    wear(skinned, (
        '{% extends "base.html" %}{% block announce %}{% if page and page.is_homepage %}{{ pages | length }}{% endif %}'
        "{% endblock %}"
    ))
    made = rendered(skinned, tmp_path / "site")
    assert (made.foreign, made.looks) == ("", None)
    assert caplog.messages == []
    assert of_pages_and_files(tmp_path / "site") == of_pages_and_files(build(skinned))


def test_words_that_a_skin_has_escaped_by_itself_stay_so(skinned: Path, tmp_path: Path) -> None:
    wear(skinned, (
        '{% extends "base.html" %}{% block announce %}{{ _("It\'s <b>") }}{% autoescape true %}{{ _("It\'s <b>") }}'
        "{% endautoescape %}{% endblock %}"
    ))
    rendered(skinned, tmp_path / "site")
    assert "It's <b>It's <b>" in (tmp_path / "site/cities/index.html").read_text("utf-8")


@pytest.mark.parametrize(("skin", "said"), [
    ("{% block x %}", "overrides/main.html:1: TemplateSyntaxError: Unexpected end of template"),
    ('{% extends "base.html" %}\n{% block announce %}{{ nothing.there }}{% endblock %}',
     "overrides/main.html:2: UndefinedError: 'nothing' is undefined"),
    ('{% extends "base.html" %}\n\n{% block announce %}{{ 1 / 0 }}{% endblock %}',
     "overrides/main.html:3: ZeroDivisionError: division by zero"),
    ('\n{% extends "nowhere.html" %}', 'overrides/main.html:2: there is no template "nowhere.html"'),
])  # fmt: skip
def test_what_is_wrong_in_a_skin_is_named_with_its_line(skinned: Path, tmp_path: Path, skin: str, said: str) -> None:
    wear(skinned, skin)
    with pytest.raises(Refused) as refused:
        rendered(skinned, tmp_path / "site", processes=2)
    assert said in str(refused.value)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize("site", ["", "/", "/x/", "/x/../y", "/?q", "/é/"])
def test_search_engines_are_told_the_address_that_the_engine_would_work_out(site: str) -> None:
    config: Any = SimpleNamespace(site_url=f"https://a.example{site}", extra={"lc": {"as_of": "2026-11-01"}})
    for address in ("", "a/", "a/b-c/", "a.b/", "é/", "a b/", "../", "a/../b/", ".a/", "a:b/", "x.html"):
        page: Any = SimpleNamespace(address=address)
        (listed,) = as_listed([page], config)
        whole = urljoin(f"{config.site_url.rstrip('/')}/", quote(address))
        assert (listed.page.canonical_url, listed.page.abs_url) == (whole, urlsplit(whole).path)
