"""The things that `lcsite new` can make: a word, its questions, and how their answers become files."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from lcsite.authoring.draft import Context, Draft, Values
from lcsite.authoring.new_assessment import QUESTIONS as ASSESSMENT
from lcsite.authoring.new_assessment import draft_assessment
from lcsite.authoring.new_ci import QUESTIONS as CI
from lcsite.authoring.new_ci import draft_ci
from lcsite.authoring.new_framework import QUESTIONS as FRAMEWORK
from lcsite.authoring.new_framework import draft_framework
from lcsite.authoring.new_place import QUESTIONS as PLACE
from lcsite.authoring.new_place import draft_place
from lcsite.authoring.new_practice import QUESTIONS as PRACTICE
from lcsite.authoring.new_practice import draft_practice
from lcsite.authoring.new_site import QUESTIONS as SITE
from lcsite.authoring.new_site import draft_site
from lcsite.authoring.new_tool import QUESTIONS as TOOL
from lcsite.authoring.new_tool import draft_tool
from lcsite.authoring.questions import Question
from lcsite.light_classes import dataclass

__all__ = ["KINDS", "Kind"]


@dataclass(frozen=True, slots=True)
class Kind:
    """One thing that can be made."""

    name: str
    words: str
    """What it is, for the help."""
    questions: tuple[Question, ...]
    draft: Callable[[Values, Context], Draft]
    example: str
    """A call that works in a script."""


KINDS: Mapping[str, Kind] = MappingProxyType({
    kind.name: kind for kind in (
        Kind(
            "site", "A whole site for one place, ready to be built.", SITE, draft_site,
            'lcsite new site sampleby-learns --title "Sampleby learns" --place Sampleby --kind town --country GB '
            '--world-region europe-and-north-america --publisher "Sampleby learning council"',
        ),
        Kind(
            "ci", "The file by which a build server checks proposals and publishes the site.", CI, draft_ci,
            "lcsite new ci github",
        ),
        Kind(
            "city", "The profile of a place: city, town, village, community, region or partnership.", PLACE,
            draft_place, "lcsite new city Sampleby --kind town --country GB --world-region europe-and-north-america",
        ),
        Kind(
            "practice", "A case study, also one that did not work.", PRACTICE, draft_practice,
            'lcsite new practice "Vouchers that nobody used" --summary "Hardly anyone cashed theirs in." '
            "--kind voucher --country GB --years 2022-2024 --outcome did-not-work",
        ),
        Kind(
            "tool", "Something that another place can use tomorrow, with a sheet to fill in.", TOOL, draft_tool,
            'lcsite new tool "Kitchen-table talk" --kind engagement-model --summary "Six neighbours, one question." '
            '--audience neighbours --time "Ninety minutes"',
        ),
        Kind(
            "assessment", "All the questions that a framework asks of a place, to be answered.", ASSESSMENT,
            draft_assessment, 'lcsite new assessment sampleby FRAMEWORK --who "Learning council, 14 people"',
        ),
        Kind(
            "framework", "A set of criteria of your own.", FRAMEWORK, draft_framework,
            'lcsite new framework "Street libraries" --summary "Do people find a book nearby?" --source "Our notes" '
            '--limit "It cannot see whether anybody reads." --criterion Access --statement "Every street has a shelf."',
        ),
    )
})
