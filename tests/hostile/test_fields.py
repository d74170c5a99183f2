from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.builders import (
    SiteFolder,
    as_page,
    as_yaml,
    assessment_data,
    crosswalk_data,
    framework_data,
    site_data,
)
from tests.hostile.field_attacks import LIMITS, REFUSED, TABLE_FILE, row
from tests.hostile.sites import (
    MOST_MEMORY,
    build,
    check,
    live_vectors,
    pages_of,
    pointed_at,
    small_site,
    steers,
    words_of,
)

CASES = [(kind, *case) for kind, cases in REFUSED.items() for case in cases]


@pytest.mark.parametrize(
    ("kind", "path", "text", "code"), CASES, ids=[f"{kind}-{n}" for n, (kind, *_) in enumerate(CASES)]
)
def test_it_is_refused_where_it_stands(tmp_path: Path, kind: str, path: str, text: str, code: str) -> None:
    made = small_site(tmp_path)
    attack, spot = pointed_at(text)
    made.write(path, attack)
    done = check(made)
    assert done.code == 1, done.err
    assert f"{path}:{spot} {code}" in done.spots
    assert done.seconds < 2
    assert not steers(done.out + done.err)


@pytest.mark.parametrize(("path", "text", "code"), LIMITS.values(), ids=LIMITS)
def test_what_would_cost_much_is_refused_within_two_seconds(tmp_path: Path, path: str, text: str, code: str) -> None:
    made = small_site(tmp_path)
    made.write(path, text)
    done = check(made)
    assert done.code == 1, done.err
    assert any(spot.startswith(f"{path}:") and spot.endswith(code) for spot in done.spots)
    assert done.seconds < 2


def test_all_of_it_together_needs_less_than_half_a_gigabyte(tmp_path: Path) -> None:
    made = small_site(tmp_path)
    for number, (path, text, _) in enumerate(LIMITS.values()):
        folder, _, name = path.rpartition("/")
        if path == TABLE_FILE:
            made.write(f"cities/town-{number}/{name}", text)
        elif name.endswith(".md"):
            made.write(f"{folder}/page-{number}.md", text)
        else:
            made.write(f"content/criteria/framework-{number}/framework.yml", text)
    words = MOST_MEMORY + (
        "import sys; from lcsite.cli import run; code = run(['check', sys.argv[1]]); "
        "print(code, most_memory(), file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", words, str(tmp_path)], capture_output=True, text=True, check=True, timeout=60,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
    )  # fmt: skip
    code, megabytes = done.stderr.split()[-2:]
    assert code == "1"
    assert int(megabytes) < 500


MARKUP = (
    "\"><img src=x onerror=alert(1)> '><b> </title></script><script>alert(1)</script> <!-- ]]> --> "
    "{{ config }} {% include 'x' %} %(x)s {0} {n} ${x} &lt;i&gt; &copy; [x](javascript:alert(1)) **x** a|b ::error::x"
)
"""Everything at once. Fields are plain text, so none of it means anything."""


def everywhere(made: SiteFolder, words: str) -> None:
    """Put words into every field, cell and answer that takes words."""
    source = {"title": words, "publisher": words, "year": 2020, "url": "https://example.org/x?a=%22&b='"}
    made.write(
        "content/site.yml",
        as_yaml(site_data(
            title=words, tagline=words, description=words, publisher=words, licence=words, contact=words,
            menu=[{"title": words, "page": "toolbox/"}], footer=[{"title": words, "page": "toolbox/"}],
            news=[{"date": "2026-01-01", "text": words, "page": "toolbox/"}], url="https://example.org/portal/",
            source_url="https://example.org/source",
        )),
    )  # fmt: skip
    made.place(
        "alder", words, names={"ja": words}, coordinates={"lat": 1, "lon": 2, "note": words},
        population={"value": 9, "year": 2024, "scope": words, "note": words, "check": words, "source": source},
        budget_per_head={"value": 5, "currency": "EUR", "year": 2024, "note": words, "source": source},
        networks=[{"name": words, "awards": [{"name": words, "year": 2017}], "check": words, "sources": [source]}],
        context=[{"label": words, "value": 3, "unit": words, "scope": words, "derived": words, "note": words,
                  "check": words, "source": source}],
        stakeholders=[words], sources=[source], gaps=words, contact=words,
    )  # fmt: skip
    answers: dict[str, Any] = {
        "gardens-1": {"value": 1, "because": words, "note": words,
                      "evidence": [{**source, "grade": "public-document", "shows": words}],
                      "resources": {"start": 0, "within_reach": 2, "potential": 4, "because": words}},
        "gardens-2": "don't know", "paths-1": {"not applicable": words}, "paths-2": "at least 2",
    }  # fmt: skip
    by = {"kind": "self", "who": words, "note": words}
    more = {"limits": [words], "conflicts": [words], "examples": {"gardens": {"example": words, "actions": [words]}}}
    data = {**assessment_data("garden-rules", answers), "by": by, **more}
    made.write("cities/alder/assessments/2026-garden-rules.yml", as_yaml(data))
    cells = ("unit", "scope", "derived", "note", "check", "source_title", "source_publisher")
    cell = '"' + words.replace('"', '""') + '"'
    made.write("cities/birch/observations.csv", row(**dict.fromkeys(cells[1:], cell)))
    made.practice(
        "talks", words, summary=words, kind=words, evidence={"text": words, "quality": "self-reported", "check": words,
        "source": source}, resources=words, sources=[source], supports=["garden-rules/gardens"], places=["alder"],
    )  # fmt: skip
    made.tool("map-sheet", words, summary=words, audience=[words], time=words, group=words, needs=[words],
              sources=[source], supports=["garden-rules/gardens"])  # fmt: skip
    for path in ("index", "learn/index", "learn/first", "method/index", "data/index", "contribute/index"):
        made.page(path, words, "x\n", summary=words, label=words, sources=[source])
    filled = _filled(framework_data(words, summary=words), words)
    filled.update(limits=[words], sureness=words)
    filled["history"][0]["changes"] = [words]
    made.write("content/criteria/garden-rules/framework.yml", as_yaml(filled))
    for criterion in ("gardens", "paths", "kitchens"):
        made.write(f"content/criteria/garden-rules/{criterion}.md", as_page({"title": words, "summary": words}, "x\n"))
    links = _filled(crosswalk_data(("garden-rules/gardens", "areas/1")), words)
    links["links"][0]["reason"] = links["status"] = words
    made.write("content/criteria/crosswalk.yml", as_yaml(links))


def _filled(tree: Any, words: str) -> Any:
    if isinstance(tree, dict):
        return {
            key: words if key in ("title", "label", "summary", "sureness") else _filled(value, words)
            for key, value in tree.items()
        }
    return [_filled(entry, words) for entry in tree] if isinstance(tree, list | tuple) else tree


def test_markup_in_every_field_is_shown_as_plain_text(tmp_path: Path) -> None:
    made = small_site(tmp_path)
    everywhere(made, MARKUP)
    done = build(made)
    assert done.code == 0, done.out + done.err
    assert live_vectors(tmp_path / "site") == []
    for path in ("index", "cities/alder/index", "toolbox/practices/talks/index", "toolbox/tools/map-sheet/index",
                 "learn/first/index", "criteria/garden-rules/index", "cities/alder/garden-rules/index"):  # fmt: skip
        assert MARKUP in words_of(tmp_path / "site", f"{path}.html"), path
    for path, tree in pages_of(tmp_path / "site"):
        for element in tree.iter("script"):
            if element.get("type") == "application/ld+json":
                assert json.loads(element.text or ""), path

