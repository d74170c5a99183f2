"""One page of a site, read and judged by itself where nothing but its text has changed.

Of all rules none but those of its own reading, the links and pictures in it and the one about personal data look at a
text. So a page of which none of them has anything to say leaves all that was said about the rest of the site as it was.
"""

from __future__ import annotations

from pathlib import Path

from lcsite.checking.personal_data import names_somebody
from lcsite.light_classes import dataclass
from lcsite.model.portfolio import Portfolio
from lcsite.reading.authored_files import FileContent, read_file
from lcsite.reading.broken_links import link_targets
from lcsite.reading.layout import AuthoredFile, kind_of, read_bytes
from lcsite.reading.link_targets import linked_file
from lcsite.reading.origins import Origins

__all__ = ["Beside", "read_quietly"]


@dataclass(frozen=True, slots=True)
class Beside:
    """What a text is judged by besides its own words: the rest of a site, for as long as only texts change."""

    targets: frozenset[str]
    """Every path to which a link may lead."""
    images: frozenset[str]

    @classmethod
    def of(cls, portfolio: Portfolio, origins: Origins) -> Beside:
        """What stands in a site."""
        targets = link_targets(origins.by_record, origins.broken, portfolio.frameworks)
        return cls(frozenset(targets), frozenset(portfolio.media.values()))


def read_quietly(root: Path, path: str, beside: Beside) -> FileContent | None:
    """What the page at `path` holds, if a check has nothing to say of it; None where a check of the site is needed."""
    kind, id_ = kind_of(path)
    if kind is None:
        return None
    file = AuthoredFile(kind, id_, path, f"{root}/{path}")
    try:
        content = read_file(file, read_bytes(file))
    except OSError:
        return None
    spoken_of = (
        content.record is None or bool(content.problems)
        or any(image not in beside.images for _, image in content.images)
        or any(linked_file(written, path) not in beside.targets for _, written in content.links)
        or names_somebody(content.origin.body)
    )
    return None if spoken_of else content
