"""The words for the keys that page models carry: outcomes, kinds, grades, reasons. All pass through gettext."""

from __future__ import annotations

from collections.abc import Mapping

__all__ = ["LABELS"]


def _(text: str) -> str:
    """Marks a word for the catalogue; it is translated when it is shown."""
    return text


LABELS: Mapping[str, Mapping[str, str]] = {
    "outcome": {
        "worked": _("It worked"),
        "mixed": _("Mixed"),
        "did-not-work": _("It did not work"),
        "unknown": _("Not known"),
    },
    "quality": {
        "official-audit": _("official audit or inquiry"),
        "independent-study": _("independent study"),
        "insider-study": _("study by insiders"),
        "public-record": _("public record"),
        "award-jury": _("award jury, resting on the place's own application"),
        "self-reported": _("reported by those who did it"),
        "self-praise-only": _("only those who did it say so"),
    },
    "place-kind": {
        "community": _("Community"),
        "village": _("Village"),
        "town": _("Town"),
        "city": _("City"),
        "region": _("Region"),
        "partnership": _("Partnership"),
    },
    "the-place": {
        "community": _("the community"),
        "village": _("the village"),
        "town": _("the town"),
        "city": _("the city"),
        "region": _("the region"),
        "partnership": _("the partnership"),
    },
    "world-region": {
        "africa": _("Africa"),
        "arab-states": _("Arab States"),
        "asia-and-the-pacific": _("Asia and the Pacific"),
        "europe-and-north-america": _("Europe and North America"),
        "latin-america-and-the-caribbean": _("Latin America and the Caribbean"),
    },
    "facet": {
        "outcome": _("How it went"),
        "theme": _("Theme"),
        "criterion": _("Criterion"),
        "place": _("Place"),
        "country": _("Country"),
        "year": _("First year"),
        "kind": _("Kind of practice"),
        "region": _("World region"),
        "framework": _("Framework"),
        "thing": _("What it is"),
        "language": _("Language"),
    },
    "thing": {
        "practice": _("Practice"),
        "tool": _("Tool"),
        "place": _("Place"),
        "criterion": _("Criterion"),
        "framework": _("Framework"),
        "page": _("Page to read"),
    },
    "construct": {
        "belief": _("belief"),
        "priority": _("priority"),
        "plan": _("plan"),
        "practice": _("what is done"),
        "outcome": _("what has come of it"),
        "knowledge": _("knowledge"),
    },
    "grade": {
        "assertion": _("assertion"),
        "self-report": _("named self-report"),
        "public-document": _("public document"),
        "official-statistic": _("official statistic or independent survey"),
        "outside-check": _("checked by outsiders"),
    },
    "assessors": {
        "self": _("Self-assessment"),
        "peer-review": _("Peer review"),
        "expert-review": _("Expert review"),
        "desk-review": _("Desk review of public documents"),
    },
    "direction": {
        "higher-is-better": _("higher is better"),
        "lower-is-better": _("lower is better"),
        "target": _("nearest to the aim is best"),
        "none": _("neither way is better"),
    },
    "collected-by": {
        "statistic": _("official statistic"),
        "survey": _("survey"),
        "expert-review": _("expert review"),
    },
    "level": {
        "dimension": _("Dimension"),
        "criterion": _("Criterion"),
        "group": _("Group"),
        "indicator": _("Indicator"),
    },
    "subject": {"place": _("the place"), "organisation": _("an organisation"), "person": _("a person")},
}
