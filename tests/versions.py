"""An invented framework in two versions, and a small site whose place has answered the older one.

From 2026.1 to 2027.1: *gardens-1* stays, *gardens-2* is called *beds-1*, *paths-1* has a shorter scale, *paths-2* is
gone, the criterion *kitchens* is called *cooking*, and *cooking-3* is new.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.builders import GARDENS, STEPS, SiteFolder, as_yaml, criterion, framework_data, indicator, node

FRAMEWORK = "garden-rules"
SHORT = {
    "id": "short", "title": "No or yes", "kind": "ordinal", "best": "1", "steps": [{"value": "0"}, {"value": "1"}],
}
NEWER_TREE = (
    node(
        "outside", "dimension",
        criterion("gardens", indicator("gardens-1"), indicator("beds-1", title="Title of gardens-2")),
        criterion("paths", indicator("paths-1", scale="short", meaning_version=2)),
    ),
    node(
        "inside", "dimension",
        criterion("cooking", indicator("kitchens-1"), indicator("kitchens-2"), indicator("cooking-3")),
    ),
)
HISTORY: list[dict[str, Any]] = [
    {"version": "2026.1", "date": "2026-01-31", "changes": ["First version."]},
    {
        "version": "2027.1", "date": "2027-01-31", "changes": ["Shorter paths."],
        "renamed": {"gardens-2": "beds-1", "kitchens": "cooking"},
        "dropped": {"paths-2": "Nobody could tell it from paths-1."},
    },
]  # fmt: skip
OLDER = framework_data(FRAMEWORK, GARDENS)
NEWER = framework_data(FRAMEWORK, NEWER_TREE, version="2027.1", history=HISTORY, scales=[STEPS, SHORT])
ANSWERS: dict[str, Any] = {
    "gardens-1": "3",
    "gardens-2": {
        "value": "2", "because": "Two of three: counted.",
        "evidence": [{"title": "Walk", "year": "2026", "url": "https://example.org/walk", "grade": "public-document"}],
    },
    "paths-1": "4",
    "paths-2": "1",
    "kitchens-1": "don't know",
    "kitchens-2": {"not applicable": "No kitchens here."},
}  # fmt: skip


def garden_site(root: Path, *, newer: bool = True, **words: Any) -> SiteFolder:
    """Willow has answered version 2026.1; with `newer` the site shows 2027.1 and keeps the older one."""
    site = SiteFolder(root, as_of="2027-06-30", **words)
    if newer:
        site.framework(FRAMEWORK, NEWER_TREE, version="2027.1", history=HISTORY, scales=[STEPS, SHORT])
        site.write(f"content/criteria/{FRAMEWORK}/framework.yml", as_yaml(NEWER))
        site.write(f"content/criteria/{FRAMEWORK}/versions/2026.1.yml", as_yaml(OLDER))
    else:
        site.framework(FRAMEWORK)
        site.write(f"content/criteria/{FRAMEWORK}/framework.yml", as_yaml(OLDER))
    site.place("willow", "Willow")
    site.assessment("willow", FRAMEWORK, ANSWERS, examples={"kitchens": {"example": "Soup on Mondays."}})
    return site
