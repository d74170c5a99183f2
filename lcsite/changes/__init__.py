"""What a change to the files does, in words: two states of a site, read and scored, set side by side.

Both sides go through the same reading and checking as every build; nothing is written, and no place is put before
another: places stand in the order of their names.
"""

from __future__ import annotations

from lcsite.changes.compare import Address, Difference, Figure, Link, Touched, compare_sites
from lcsite.changes.revisions import NoSuchState, materialised
from lcsite.changes.words import as_json, as_markdown, as_text

__all__ = [
    "Address", "Difference", "Figure", "Link", "NoSuchState", "Touched", "as_json", "as_markdown", "as_text",
    "compare_sites", "materialised",
]
