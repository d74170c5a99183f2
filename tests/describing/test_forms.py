"""The forms for people without git: fresh, of the shape that GitHub wants, and made of the words of the models."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from lcsite.describing.form_files import form_files, github_form, gitlab_template, text_form
from lcsite.describing.forms import CONSENT_LABEL, FORMS, Form
from lcsite.model.toolbox import EvidenceQuality, Outcome

ROOT = Path(__file__).parents[2]
FORM = pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)


def test_the_forms_in_the_repository_are_those_of_the_models() -> None:
    """Renew them with `lcsite export forms`."""
    stored = {
        path.relative_to(ROOT).as_posix(): path.read_text("utf-8")
        for folder in (".github/ISSUE_TEMPLATE", ".gitlab/issue_templates") for path in (ROOT / folder).iterdir()
    }
    assert stored == dict(form_files())


@FORM
def test_a_form_for_github_has_the_parts_that_github_asks_for(form: Form) -> None:
    made = yaml.safe_load(github_form(form))
    assert made["name"]
    assert made["description"]
    ids = [part["id"] for part in made["body"] if part["type"] != "markdown"]
    assert len(set(ids)) == len(ids)
    for part in made["body"]:
        assert part["type"] in ("markdown", "input", "textarea", "dropdown", "checkboxes")
        assert set(part) <= {"type", "id", "attributes", "validations"}
        if part["type"] == "dropdown":
            assert len(set(part["attributes"]["options"])) == len(part["attributes"]["options"]) > 1
    labels = [part["attributes"]["label"] for part in made["body"] if part["type"] != "markdown"]
    assert labels == [field.label for field in form.fields] + ([CONSENT_LABEL] if form.consent else [])


@FORM
def test_every_form_asks_the_same_in_each_of_its_shapes(form: Form) -> None:
    for text in (gitlab_template(form), text_form(form)):
        headings = [line.removeprefix("### ").removesuffix(" *") for line in text.split("\n") if line[:4] == "### "]
        assert [*form.by_label] == headings[: len(form.fields)]
        assert all(field.help in text for field in form.fields)


@FORM
def test_no_two_questions_of_a_form_could_be_taken_for_each_other(form: Form) -> None:
    labels = {"".join(filter(str.isalnum, field.label.casefold())) for field in form.fields}
    assert len(labels) == len(form.fields) == len({field.key for field in form.fields})


def test_what_can_be_chosen_is_what_the_model_offers() -> None:
    choices = {field.key: dict(field.choices) for field in FORMS["case-study"].fields if field.choices}
    assert choices["outcome"] == {outcome.value: outcome.meaning for outcome in Outcome}
    assert choices["evidence.quality"] == {quality.value: quality.meaning for quality in EvidenceQuality}


def test_no_form_asks_for_the_name_of_a_person() -> None:
    for form in FORMS.values():
        assert not any("your name" in field.label.casefold() for field in form.fields)
