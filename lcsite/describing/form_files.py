"""The forms as files: issue forms for GitHub, templates for GitLab, and a text to fill in and send by mail.

All of them come back as the same Markdown, a heading for each question and the answer below it, so that
`lcsite import issue` reads all three.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import yaml

from lcsite.describing.forms import CONSENT_LABEL, FORMS, Form, FormField, choice_line

__all__ = ["MADE_BY_LCSITE", "form_files", "github_form", "gitlab_template", "notes_of", "paper_form", "text_form"]

MADE_BY_LCSITE = "Made by lcsite from its models. To renew it after an upgrade: lcsite export forms"
"""Stands in every form for GitHub and GitLab, so that nobody else's file is ever taken for one."""

_WIDTH = 110
_MOST_LINES = 8
_HOW_TO = (
    "Write below each heading, and leave the headings as they are. Lines that begin with > are notes; you may leave "
    "them or take them away. Questions with a star need an answer; what you do not know of the rest stays empty."
)
_CHOOSE = " Write one of these words:"
_TICK = "> Put an x between the brackets."


class _Writer(yaml.SafeDumper):
    """Two spaces for every list, as people write it."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)


def github_form(form: Form) -> str:
    """An issue form (`.github/ISSUE_TEMPLATE/*.yml`)."""
    body: list[dict[str, Any]] = [{"type": "markdown", "attributes": {"value": form.before}}]
    body += [_github_field(field) for field in form.fields]
    if form.consent:
        options = [{"label": form.consent, "required": True}]
        body.append({
            "type": "checkboxes", "id": "consent", "attributes": {"label": CONSENT_LABEL, "options": options}
        })
    whole = {"name": form.title, "description": form.words, "title": f"{form.title}: ", "body": body}
    text: str = yaml.dump(whole, Dumper=_Writer, sort_keys=False, allow_unicode=True, width=_WIDTH)
    return f"# {MADE_BY_LCSITE}\n{text}"


def _github_field(field: FormField) -> dict[str, Any]:
    about: dict[str, Any] = {"label": field.label, "description": field.help}
    if field.choices:
        about["options"] = [choice_line(*choice) for choice in field.choices]
        kind = "dropdown"
    else:
        kind = "input" if field.rows == 1 else "textarea"
        if field.example:
            about["placeholder"] = field.example
    made = {"type": kind, "id": field.key.replace(".", "-").replace("_", "-"), "attributes": about}
    return made | ({"validations": {"required": True}} if field.needed else {})


def gitlab_template(form: Form) -> str:
    """An issue template (`.gitlab/issue_templates/*.md`): the notes are comments, which nobody sees afterwards."""
    parts = [
        f"<!-- {MADE_BY_LCSITE} -->",
        f"<!-- {form.before} Write below each heading. What you do not know stays empty. -->",
    ]
    parts += [f"### {field.label}\n\n<!-- {_note(field)} -->" for field in form.fields]
    if form.consent:
        parts.append(f"### {CONSENT_LABEL}\n\n- [ ] {form.consent}")
    return "\n\n".join(parts) + "\n"


def _note(field: FormField) -> str:
    needed = "Needed. " if field.needed else ""
    example = f" Example: {field.example}" if field.example else ""
    choices = "".join(f"\n  {choice_line(*choice)}" for choice in field.choices)
    return f"{needed}{field.help}{example}{_CHOOSE if choices else ''}{choices}"


def text_form(form: Form) -> str:
    """The form as plain text: to be filled in with any program, and sent by mail."""
    parts = [f"# {form.title}", form.before, _HOW_TO]
    for field in form.fields:
        star = " *" if field.needed else ""
        parts.append(f"### {field.label}{star}\n\n" + "\n".join(notes_of(field)) + "\n\n")
    if form.consent:
        parts.append(f"### {CONSENT_LABEL}\n\n- [ ] {form.consent}\n\n{_TICK}")
    return "\n\n".join(part.rstrip("\n") for part in parts) + "\n"


def paper_form(form: Form) -> str:
    """The form as a sheet to print: boxes to tick, and lines to write on."""
    parts = [form.before, "Questions with a star need an answer. What you do not know of the rest stays empty."]
    for field in form.fields:
        parts.append(f"### {field.label}{' *' if field.needed else ''}")
        parts.append(field.help + (f" Example: {field.example}" if field.example else ""))
        if field.choices:
            parts.append("\n".join(f"- [ ] {choice_line(*choice)}" for choice in field.choices))
        else:
            parts.append("| Answer |\n|---|\n" + "\n".join(["|   |"] * min(field.rows, _MOST_LINES)))
    if form.consent:
        parts.append(f"### {CONSENT_LABEL}\n\n- [ ] {form.consent}")
    return "\n\n".join(parts) + "\n"


def notes_of(field: FormField) -> list[str]:
    """The notes below a question, as they stand in the text form; whoever reads an answer passes them over."""
    example = f" Example: {field.example}" if field.example else ""
    notes = [f"> {field.help}{example}{_CHOOSE if field.choices else ''}"]
    return notes + [f"> - {choice_line(*choice)}" for choice in field.choices]


def form_files() -> Iterator[tuple[str, str]]:
    """(path below a site's folder, text) of every form for GitHub and GitLab."""
    for form in FORMS.values():
        yield f".github/ISSUE_TEMPLATE/{form.name}.yml", github_form(form)
        yield f".gitlab/issue_templates/{form.name}.md", gitlab_template(form)
