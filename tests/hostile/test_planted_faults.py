"""The last inspection is part of every build: a fault in a template is found, and the old site stays."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.builders import SiteFolder
from tests.hostile.sites import build, small_site

FAULTS = {
    "<p onclick='x()'>a</p>": "output-event-attribute",
    "<script>alert(1)</script>": "output-unknown-script",
    "<script src='https://evil.example/x.js'></script>": "output-foreign-request",
    "<img src='https://evil.example/x.png' alt=''>": "output-foreign-request",
    "<link rel='stylesheet' href='https://evil.example/x.css'>": "output-foreign-request",
    "<a href='javascript:alert(1)'>a</a>": "output-unsafe-address",
    "<a href='/about/'>a</a>": "output-absolute-link",
    "<a href='nowhere/'>a</a>": "output-broken-link",
    "<a href='#nowhere'>a</a>": "output-broken-anchor",
    "<img src='nowhere.png' alt=''>": "output-broken-link",
    "<img src='index.html'>": "output-no-alt-text",
    "<p id='twin'>a</p><p id='twin'>b</p>": "output-duplicate-id",
    "<p style='color: red'>a</p>": "output-style-attribute",
    "<style>p { color: red }</style>": "output-unknown-style",
    "<base href='https://evil.example/'>": "output-base-element",
    "<meta http-equiv='refresh' content='0'>": "output-page-refresh",
    "<script type='application/ld+json'>{\"a\": NaN}</script>": "output-bad-json",
}


def bytes_of(folder: Path) -> dict[str, bytes]:
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def with_overrides(root: Path) -> SiteFolder:
    made = small_site(root)
    settings = (root / "mkdocs.yml").read_text(encoding="utf-8")
    made.write("mkdocs.yml", settings.replace("theme:\n", "theme:\n  custom_dir: overrides\n"))
    return made


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("planted")
    made = with_overrides(root)
    made.write("overrides/main.html", '{% extends "base.html" %}\n')
    done = build(made)
    assert done.code == 0, done.err
    return root


@pytest.mark.parametrize(("fault", "code"), FAULTS.items(), ids=FAULTS.values())
def test_a_planted_fault_is_found_and_the_old_site_stays(built: Path, fault: str, code: str) -> None:
    made = with_overrides(built)
    before = bytes_of(built / "site")
    plant = f'{{% extends "base.html" %}}\n{{% block content %}}{{{{ super() }}}}{fault}{{% endblock %}}\n'
    made.write("overrides/main.html", plant)
    done = build(made)
    assert done.code == 1, done.err
    assert f"[{code}]" in done.err
    assert "Traceback" not in done.err
    assert bytes_of(built / "site") == before
