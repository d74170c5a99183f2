"""Forms as they come back: as GitHub makes them, from a GitLab template, or from the form for mail, filled in."""

from __future__ import annotations

from collections.abc import Mapping

from lcsite.describing.form_files import gitlab_template, text_form
from lcsite.describing.forms import CONSENT_LABEL, FORMS, choice_line

PRACTICE = {
    "title": "Vouchers that nobody used", "summary": "Hardly anyone cashed theirs in.", "kind": "voucher",
    "place": "Alder", "countries": "gb", "years": "2022-2024", "outcome": "did-not-work",
    "evidence.text": "31 of 900 vouchers were cashed in.", "evidence.quality": "self-reported",
    "resources": "EUR 18,000", "done": "Each adult got a voucher.\n\nBy post.", "happened": "31 came back.",
    "sources": "Council audit note | Alder council | 2024 | https://example.org/audit\nOur diary",
}  # fmt: skip
PLACE = {
    "name": "Dogwood", "kind": "village", "country": "GB", "world_region": "europe-and-north-america",
    "profile": "People meet in the barn.", "population.value": "1,840", "population.year": "2024",
    "population_source": "Register | Dogwood council | 2025", "stakeholders": "- Barn club\n- School",
}  # fmt: skip
CORRECTION = {
    "page": "https://example.org/cities/alder/", "found": "18,400", "instead": "18,900", "mistake": "value",
    "sources": "Town register | Alder council | 2025",
}  # fmt: skip
OBJECTION = {"criterion": "garden-rules/gardens", "objection": "It does not see balconies."}
EXAMPLES: Mapping[str, Mapping[str, str]] = {
    "case-study": PRACTICE, "place": PLACE, "correction": CORRECTION, "objection": OBJECTION
}


def from_github(name: str, answers: Mapping[str, str], *, ticked: bool = True) -> str:
    """What GitHub makes of a form: a heading for each question, `_No response_` where nothing was typed."""
    form = FORMS[name]
    parts = []
    for field in form.fields:
        answer = answers.get(field.key, "")
        line = next((choice_line(*choice) for choice in field.choices if choice[0] == answer), answer)
        parts.append(f"### {field.label}\n\n{line or '_No response_'}")
    if form.consent:
        parts.append(f"### {CONSENT_LABEL}\n\n- [{'X' if ticked else ' '}] {form.consent}")
    return "\n\n".join(parts) + "\n"


def _typed_into(text: str, name: str, answers: Mapping[str, str]) -> str:
    parts = text.split("### ")
    labels = {field.label: field for field in FORMS[name].fields}
    filled = [parts[0]]
    for part in parts[1:]:
        heading = part.partition("\n")[0].removesuffix(" *")
        field = labels.get(heading)
        filled.append(part.rstrip("\n") + (f"\n\n{answers.get(field.key, '')}\n\n" if field else "\n"))
    return "### ".join(filled).replace("- [ ]", "- [x]")


def from_gitlab(name: str, answers: Mapping[str, str]) -> str:
    return _typed_into(gitlab_template(FORMS[name]), name, answers)


def from_mail(name: str, answers: Mapping[str, str]) -> str:
    return _typed_into(text_form(FORMS[name]), name, answers)
