"""The editing desk: off unless asked for, made of the models, changed by nobody, and able to ask one service only."""

from __future__ import annotations

import hashlib
import json
import re
from typing import Any

import pytest
import yaml

from lcsite.describing import KINDS
from lcsite.describing.desk import DESK_FILES, desk_config, desk_page, desk_policy
from lcsite.describing.schemas import schema_of
from lcsite.exporting.forms_and_schemas import desk_downloads
from lcsite.model.site import Desk
from tests import builders

DESK = Desk(service="github", repository="sampleby/learns")


def config() -> dict[str, Any]:
    made: dict[str, Any] = yaml.safe_load(desk_config(builders.site(), DESK))
    return made


def test_without_being_asked_for_there_is_no_desk() -> None:
    assert [*desk_downloads(builders.site())] == []


def test_where_it_is_asked_for_everything_that_it_needs_is_published() -> None:
    addresses = {download.address for download in desk_downloads(builders.site(admin=DESK))}
    assert addresses == {"admin/index.html", "admin/config.yml", *(f"admin/{name}" for name in DESK_FILES)}


def test_the_program_of_others_is_the_one_that_was_taken_over_with_its_licences() -> None:
    about = json.loads(DESK_FILES["vendored.json"].read_text("utf-8"))
    assert all(re.search(r"@[0-9]+\.[0-9]+\.[0-9]+$", package) for package in about["packages"])
    found = {name: hashlib.sha256(path.read_bytes()).hexdigest() for name, path in DESK_FILES.items()}
    del found["vendored.json"]
    assert found == about["sha256"]
    assert sum("LICENSE" in name for name in found) == len(about["packages"])


def test_the_program_looks_for_fonts_and_newer_versions_nowhere_else() -> None:
    program = DESK_FILES["sveltia-cms.js"].read_text("utf-8")
    assert "unpkg.com" not in program
    assert "jsdelivr" not in program


def test_the_page_is_kept_by_no_search_engine_and_holds_no_script_of_its_own() -> None:
    page = desk_page(builders.site(title="A <b> & B"), DESK)
    assert '<meta name="robots" content="noindex, nofollow">' in page
    assert re.findall(r"<script[^>]*>(.*?)</script>", page) == [""]
    assert "<title>A &lt;b&gt; &amp; B: editing desk</title>" in page
    assert f'content="{desk_policy(DESK)}"' in page


@pytest.mark.parametrize(
    ("desk", "asks"),
    [
        (DESK, "https://api.github.com"),
        (Desk(service="gitlab", repository="a/b"), "https://gitlab.com"),
        (Desk(service="gitlab", repository="a/b/c", server="https://git.example.org"), "https://git.example.org"),
    ],
)
def test_the_desk_may_ask_the_service_with_the_files_and_nobody_else(desk: Desk, asks: str) -> None:
    rules = dict(rule.split(" ", 1) for rule in desk_policy(desk).split("; "))
    assert rules["default-src"] == "'none'"
    assert rules["script-src"] == "'self'"
    assert asks in rules["connect-src"]
    named = set(re.findall(r"https://[\w.*-]+", desk_policy(desk)))
    assert all("github" in name for name in named) if desk.service == "github" else named == {asks}


@pytest.mark.parametrize("name", ["practice", "place", "tool"])
def test_the_desk_asks_for_every_field_of_the_model_in_its_order(name: str) -> None:
    collection = next(each for each in config()["collections"] if each["name"] == name)
    schema = schema_of(KINDS[name])
    assert [field["name"] for field in collection["fields"]] == [*schema["properties"], "body"]
    needed = {field["name"] for field in collection["fields"] if field.get("required", True)} - {"body"}
    assert needed == set(schema["required"])
    assert all(field["hint"] for field in collection["fields"])


def test_the_desk_offers_the_words_of_the_model() -> None:
    practice = config()["collections"][0]
    outcome = next(field for field in practice["fields"] if field["name"] == "outcome")
    assert [option["value"] for option in outcome["options"]] == ["worked", "mixed", "did-not-work", "unknown"]


def test_the_desk_never_removes_anything() -> None:
    assert all(collection["delete"] is False for collection in config()["collections"])
