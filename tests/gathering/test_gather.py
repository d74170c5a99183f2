"""Two towns on their own, gathered into a third site by the real commands; and everything that may go wrong."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from lcsite.cli import run
from lcsite.pipeline import read_and_check
from lcsite.problems import as_text
from tests.gathering.conftest import County

Captured = pytest.CaptureFixture[str]


def account(site: Path) -> dict[str, object]:
    found: dict[str, object] = json.loads((site / "lcsite.json").read_text("utf-8"))
    return found


def rewrite(site: Path, change: Callable[[dict], object]) -> None:  # type: ignore[type-arg]
    """Change what a site says of itself."""
    found = account(site)
    change(found)
    (site / "lcsite.json").write_text(json.dumps(found), "utf-8")


def replace_file(site: Path, path: str, change: Callable[[str], str]) -> None:
    """Change a file of a site together with its fingerprint: what a publisher, or a thief of the site, could do."""
    name = f"data/v1/source/{path}"
    raw = change((site / name).read_text("utf-8")).encode()
    (site / name).write_bytes(raw)

    def same(found: dict) -> None:  # type: ignore[type-arg]
        for file in found["files"]:
            if file["name"] == name:
                file |= {"size": len(raw), "sha256": hashlib.sha256(raw).hexdigest()}

    rewrite(site, same)


def test_two_towns_are_gathered_and_shown_by_a_third_site(county: County, capsys: Captured) -> None:
    assert county.gather() == 0
    said = capsys.readouterr().out
    assert "elder: new, 1 place and 1 practice, as of 2026-11-22" in said
    assert set(county.copy("elder")) == {
        "lcsite.json", "copied.yml", "cities/elder/index.md", "cities/elder/assessments/2026-garden-rules.yml",
        "cities/elder/assessments/2026-waters.yml", "content/toolbox/practices/elder-swap.md",
    }
    found = read_and_check(county.root)
    assert found.problems.errors == 0, as_text(found.problems)
    of = found.portfolio
    assert of is not None
    assert (of.places["elder"].part_of, of.places["elder"].demonstration) == ("county", False)
    assert (of.places["fiction"].name, of.places["fiction"].demonstration) == ("Fiction", True)
    assert of.practices["alder-swap"].places == ("fiction",)
    assert [a.framework_id for a in of.assessments_of("elder")] == ["garden-rules"]
    assert "copy-left-out" in as_text(found.problems)
    home = of.home_of("place", "elder")
    assert home is not None
    assert home.publisher == "Elder council"
    assert home.page("place", "elder") == "https://elder.example/learn/cities/elder/"
    assert of.home_of("place", "alder") is None
    assert "https://elder.example/learn/criteria/" in of.places["elder"].profile

    output = county.root / "site"
    assert run(["build", str(county.root), "--output", str(output), "--no-search", "--quiet"]) == 0
    page = (output / "cities" / "elder" / "index.html").read_text("utf-8")
    assert 'href="https://elder.example/learn/cities/elder/"' in page
    assert "Elder council" in page
    region = (output / "cities" / "county" / "index.html").read_text("utf-8")
    within = region[region.index('id="s-members"') : region.index("</section>", region.index('id="s-members"'))]
    assert [name for name in ("Alder", "Alder Mills", "Elder") if f"<bdi>{name}</bdi>" in within] == [
        "Alder", "Alder Mills", "Elder",
    ]
    assert "published by Elder council" in within
    assert not re.search("[0-9]", re.sub("<[^>]*>", "", within))  # no score, no sum, no count
    assert "Fiction" in (output / "cities" / "fiction" / "index.html").read_text("utf-8")
    own = account(output)
    rows = {row["place"]: row for row in own["places"]}  # type: ignore[attr-defined, index]
    assert rows["elder"]["gathered_from"] == "https://elder.example/learn/"
    assert "files" not in rows["elder"]
    assert rows["alder"]["files"]


def test_a_second_time_changes_nothing(county: County, capsys: Captured) -> None:
    assert county.gather() == 0
    before = county.copy("elder")
    (county.root / "gathered" / "elder" / "copied.yml").write_text('from: "../elder"\non: 2020-01-01\n')
    assert county.gather() == 0
    assert "elder: as in the copy" in capsys.readouterr().out
    assert county.copy("elder") == {**before, "copied.yml": b'from: "../elder"\non: 2020-01-01\n'}


def test_what_changed_at_home_changes_in_the_copy(county: County, capsys: Captured) -> None:
    assert county.gather() == 0
    replace_file(county.elder, "cities/elder/index.md", lambda text: text.replace("by a river", "by a lake"))
    assert county.gather("--only", "elder") == 0
    assert "elder: changed since the last copy" in capsys.readouterr().out
    assert b"by a lake" in county.copy("elder")["cities/elder/index.md"]


def test_a_dry_run_keeps_nothing(county: County, capsys: Captured) -> None:
    assert county.gather("--dry-run") == 0
    assert "nothing was written" in capsys.readouterr().out
    assert not (county.root / "gathered").exists()


def _spoil_file(site: Path) -> None:
    path = site / "data/v1/source/cities/elder/index.md"
    path.write_text(path.read_text("utf-8").replace("river", "lake"), "utf-8")


def _grow_file(site: Path) -> None:
    path = site / "data/v1/source/cities/elder/index.md"
    path.write_text(path.read_text("utf-8") + "More.\n" * 50, "utf-8")


def _link_out(site: Path) -> None:
    path = site / "data/v1/source/cities/elder/index.md"
    path.unlink()
    path.symlink_to("/etc/hostname")


def _list(name: str) -> Callable[[Path], None]:
    def change(found: dict) -> None:  # type: ignore[type-arg]
        found["places"][0]["files"].append(name)
        found["files"].append({"name": name, "size": 3, "sha256": "0" * 64, "media_type": "text/markdown"})

    return lambda site: rewrite(site, change)


def _says(**words: object) -> Callable[[Path], None]:
    return lambda site: rewrite(site, lambda found: found.update(words))


def _writes(path: str, old: str, new: str) -> Callable[[Path], None]:
    return lambda site: replace_file(site, path, lambda text: text.replace(old, new))


INDEX = "cities/elder/index.md"
ROUND = "cities/elder/assessments/2026-garden-rules.yml"
SPOILT: dict[str, tuple[Callable[[Path], object], int, str]] = {
    "gone": (shutil.rmtree, 3, "copy-unreachable"),
    "a file is gone": (lambda site: (site / f"data/v1/source/{INDEX}").unlink(), 3, "copy-unreachable"),
    "a file was changed on the way": (_spoil_file, 1, "copy-changed"),
    "a file is longer than announced": (_grow_file, 1, "copy-refused"),
    "a file is a link": (_link_out, 3, "copy-unreachable"),
    "another licence": (_says(licence="All rights reserved"), 1, "copy-licence"),
    "no account": (lambda site: (site / "lcsite.json").unlink(), 3, "copy-unreachable"),
    "an account that is no JSON": (lambda site: (site / "lcsite.json").write_text("{"), 1, "copy-account"),
    "an account with a key twice": (
        lambda site: (site / "lcsite.json").write_text('{"title": "a", "title": "b"}'), 1, "copy-account",
    ),
    "an account of another kind": (lambda site: (site / "lcsite.json").write_text("[1]"), 1, "copy-account"),
    "an account nested without end": (
        lambda site: (site / "lcsite.json").write_text("[" * 200_000), 1, "copy-account",
    ),
    "an account in a shape of the future": (_says(manifest_version="2"), 1, "shape 2"),
    "an address that is a program": (_says(url="javascript:alert(1)"), 1, "copy-account"),
    "a path that leads out": (_list("data/v1/source/cities/elder/../../../evil.md"), 1, "copy-account"),
    "a file of another place": (_list("data/v1/source/cities/alder/index.md"), 1, "copy-account"),
    "the settings of a site": (_list("data/v1/source/content/site.yml"), 1, "copy-account"),
    "a page that leads out": (
        lambda site: rewrite(site, lambda f: f["places"][0].update(page="../../evil/")), 1, "copy-account",
    ),
    "a size that fills the disk": (
        lambda site: rewrite(site, lambda f: [x.update(size=10**11) for x in f["files"]]), 1, "copy-refused",
    ),
    "markup in a text": (_writes(INDEX, "lies by", "<script>alert(1)</script> lies by"), 1, "raw-html"),
    "an invisible sign": (_writes(INDEX, "lies by", "lies \u202eby"), 1, "forbidden-character"),
    "a field that nobody knows": (_writes(INDEX, "world_region:", "rank: 1\nworld_region:"), 1, "unknown-field"),
    "an answer off its scale": (_writes(ROUND, "gardens-1: 4", "gardens-1: 9"), 1, "answer-off-scale"),
    "a YAML trick": (_writes(ROUND, "answers:", "answers: &a"), 1, "yaml-feature"),
    "a place that is real at one time and invented at another": (
        _writes(INDEX, "world_region:", "demonstration: true\nworld_region:"), 1, "copy-account",
    ),
    "a link into the folder of the portal": (
        _writes(INDEX, "https://elder.example/learn/criteria/", "../../../../../etc/passwd"), 1, "broken-link",
    ),
}  # fmt: skip


@pytest.mark.parametrize("what", SPOILT)
def test_a_spoilt_source_is_named_and_the_last_good_copy_stays(county: County, capsys: Captured, what: str) -> None:
    assert county.gather() == 0
    spoil, code, word = SPOILT[what]
    before = county.copy("elder")
    spoil(county.elder)
    assert county.gather() == code
    said = capsys.readouterr()
    assert word in said.err
    assert "gathered/elder/" in said.err or "content/network.yml:2:" in said.err
    assert "elder: not gathered; the last good copy stays" in said.err
    assert "fiction: as in the copy" in said.out
    assert county.copy("elder") == before
    assert sorted(os.listdir(county.root / "gathered")) == ["elder", "fiction"]
    assert read_and_check(county.root).problems.errors == 0


@pytest.mark.parametrize("what", ["gone", "a file was changed on the way", "markup in a text"])
def test_a_source_that_is_spoilt_from_the_first_leaves_nothing_behind(county: County, what: str) -> None:
    county.name(county.a_site("elder"))
    SPOILT[what][0](county.elder)
    assert county.gather() == SPOILT[what][1]
    assert not (county.root / "gathered").exists()
    assert read_and_check(county.root).problems.errors == 0


def test_nobody_speaks_for_a_place_but_the_place_itself(county: County, capsys: Captured) -> None:
    assert county.gather() == 0
    copy = county.root / "gathered" / "elder"
    good = (copy / ROUND).read_bytes()
    (copy / ROUND).write_bytes(good.replace(b"gardens-1: 4", b"gardens-1: 1"))
    assert run(["check", str(county.root)]) == 1
    assert f"gathered/elder/{ROUND}:1:1: error" in capsys.readouterr().out
    assert county.gather() == 0
    assert (copy / ROUND).read_bytes() == good
    (copy / "cities" / "elder" / "observations.csv").write_text("x")
    assert run(["check", str(county.root)]) == 1
    (copy / "cities" / "elder" / "observations.csv").unlink()
    (copy / "notes.txt").write_text("Mine.")
    capsys.readouterr()
    assert county.gather() == 1
    assert "notes.txt was not put there by lcsite" in capsys.readouterr().err
    assert (copy / "notes.txt").read_text() == "Mine."


def test_one_id_for_two_places_is_refused_until_somebody_decides(county: County, capsys: Captured) -> None:
    county.name(county.a_site("elder"), county.a_site("fiction"))
    assert county.gather() == 1
    said = capsys.readouterr().err
    assert 'the place "alder" of the site "fiction" has the id of cities/alder/index.md' in said
    assert sorted(os.listdir(county.root / "gathered")) == ["elder"]


def test_a_portal_takes_only_the_places_that_it_names(county: County, capsys: Captured) -> None:
    county.name(county.a_site("elder", places=["birch"]))
    assert county.gather() == 1
    assert 'has no place "birch" of its own' in capsys.readouterr().err


def test_no_copy_joins_a_larger_place_by_itself(county: County) -> None:
    county.name(county.a_site("elder"))
    replace_file(county.elder, INDEX, lambda text: text.replace("world_region:", "part_of: county\nworld_region:"))
    assert county.gather() == 0
    found = read_and_check(county.root).portfolio
    assert found is not None
    assert found.places["elder"].part_of is None


def test_a_copy_of_a_site_that_is_not_named_is_a_mistake(county: County, capsys: Captured) -> None:
    assert county.gather() == 0
    county.name(county.a_site("elder"))
    assert run(["check", str(county.root)]) == 1
    assert "[copy-unnamed]" in capsys.readouterr().out


def test_a_site_that_was_never_gathered_is_only_a_warning(county: County, capsys: Captured) -> None:
    assert run(["check", str(county.root)]) == 0
    assert "[copy-missing]" in capsys.readouterr().out
    assert run(["gather", str(county.root), "--only", "nobody"]) == 2
