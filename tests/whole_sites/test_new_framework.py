"""A sixth framework is data: one folder, no line of program. Its pages, scorecard and files are there at once."""

from __future__ import annotations

import csv
import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from lcsite.model.framework import Framework
from lcsite.publishing.output_check import inspect_output
from tests.builders import SiteFolder, as_page, criterion, indicator, node
from tests.builds import build, once

ROOT = Path(__file__).parents[2]

LOUD = {
    "id": "loud",
    "title": "How loud",
    "kind": "ordinal",
    "best": "whisper",
    "steps": [{"value": "whisper"}, {"value": "talk"}, {"value": "shout"}],
}
HEARD = {
    "id": "heard",
    "title": "Heard",
    "kind": "answers",
    "because": "A wish is a quarter of the way.",
    "steps": [
        {"value": "often", "worth": "1"},
        {"value": "wished", "worth": "0.25", "role": "in-plan"},
        {"value": "never", "worth": "0"},
    ],
}
DECIBEL = {"id": "decibel", "title": "Decibel", "kind": "number"}
SOUNDS = (
    node(
        "day",
        "dimension",
        criterion("birds", indicator("birds-1"), indicator("birds-2", weight={"value": "3", "because": "Birds sing."})),
        criterion("bells", indicator("bells-1", scale="loud")),
    ),
    criterion(
        "night",
        indicator(
            "night-1",
            scale="decibel",
            construct="outcome",
            measure={"unit": "dB", "direction": "lower-is-better"},
            goalposts={
                "low": "30",
                "high": "80",
                "because": "From a library to a street.",
                "source": {"title": "A table"},
            },
        ),
    ),
)


def with_the_portals_frameworks(root: Path) -> SiteFolder:
    """A site of one town that shows the five frameworks of this portal, without the prose around them."""
    made = SiteFolder(root)
    for file in sorted((ROOT / "content/criteria").glob("*/framework.yml")):
        folder = root / "content/criteria" / file.parent.name
        folder.mkdir(parents=True)
        shutil.copy(file, folder)
        for page in sorted(file.parent.glob("*.md")):
            front = {"title": page.stem, "summary": f"About {page.stem}."}
            (folder / page.name).write_text(as_page(front, "Words.\n"), encoding="utf-8")
    shutil.copy(ROOT / "content/criteria/crosswalk.yml", root / "content/criteria")
    made.place("owl-hill", "Owl Hill")
    return made


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    def make(folder: Path) -> None:
        made = with_the_portals_frameworks(folder)
        made.framework(
            "sound-map", SOUNDS, title="Map of sounds", scales=[LOUD, HEARD, DECIBEL], scale="heard", order=60
        )
        made.assessment(
            "owl-hill",
            "sound-map",
            {
                "birds-1": "never",
                "birds-2": "often",
                "bells-1": "talk",
                "night-1": "40",
            },
        )
        made.practice("owl-walk", "Owl walk", supports=["sound-map/birds"], outcome="did-not-work")
        build(folder)

    return once(tmp_path_factory, "sixth-framework", make) / "site"


def text_of(file: Path) -> str:
    return file.read_text(encoding="utf-8")


def scores(site: Path) -> dict[tuple[str, str], dict[str, Any]]:
    with (site / "data/v1/scorecards.csv").open(encoding="utf-8", newline="") as file:
        return {(row["construct"], row["node"]): row for row in csv.DictReader(file) if row["framework"] == "sound-map"}


@pytest.mark.slow
def test_it_stands_beside_the_five_on_the_criteria_page(site: Path) -> None:
    page = text_of(site / "criteria/index.html")
    assert "Map of sounds" in page
    assert (
        sum((site / "criteria" / d.name / "index.html").exists() for d in (site / "criteria").iterdir() if d.is_dir())
        >= 6
    )


@pytest.mark.slow
def test_every_criterion_has_a_page_with_its_statements_scale_and_practices(site: Path) -> None:
    for id_ in ("birds", "bells", "night"):
        page = text_of(site / f"criteria/sound-map/{id_}/index.html")
        assert f"Title of {id_}-1" in page
    birds = text_of(site / "criteria/sound-map/birds/index.html")
    assert "Owl walk" in birds
    assert "It did not work" in birds
    assert "A wish is a quarter of the way." in birds
    assert "Birds sing." in birds
    assert "<bdi>Owl Hill</bdi>" in birds


@pytest.mark.slow
def test_the_place_is_read_by_it_on_its_own_scales(site: Path) -> None:
    page = text_of(site / "cities/owl-hill/sound-map/index.html")
    assert "Owl Hill" in page
    # birds: (1 * 0 + 3 * 1) / 4; bells: the middle of three steps, the quietest best; night: (80 - 40) / (80 - 30)
    for shown in ("0.7500", "0.5000", "0.8000"):
        assert shown in page
    overview = text_of(site / "cities/owl-hill/index.html")
    for words in ("Title of birds: 75 out of 100", "Title of bells: 50 out of 100", "Title of night: 80 out of 100"):
        assert words in overview


@pytest.mark.slow
def test_its_scores_and_its_tree_are_open_data(site: Path) -> None:
    found = scores(site)
    assert {key: row["estimate"] for key, row in found.items()} == {
        ("practice", "day"): "5/8",
        ("practice", "birds"): "3/4",
        ("practice", "bells"): "1/2",
        ("outcome", "night"): "4/5",
    }
    data = json.loads(text_of(site / "data/v1/frameworks/sound-map.json"))["framework"]
    assert (data["id"], data["version"]) == ("sound-map", "2026.1")
    assert "sound-map" in {row["id"] for row in json.loads(text_of(site / "data/v1/frameworks.json"))["rows"]}


@pytest.mark.slow
def test_the_site_with_it_passes_the_last_inspection(site: Path) -> None:
    assert list(inspect_output(site)) == []


def test_the_invented_framework_uses_nothing_that_the_program_does_not_know() -> None:
    assert "sound-map" not in "".join(p.read_text("utf-8") for p in (ROOT / "lcsite").rglob("*.py"))
    assert set(Framework.model_fields) >= {"tree", "scales", "history"}
