"""What a build leaves for the next one: what it was made from, what it wrote, and what it said."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from lcsite.light_classes import dataclass

if TYPE_CHECKING:
    from lcsite.building.ground import Ground
    from lcsite.building.inputs import Input
    from lcsite.model.portfolio import Portfolio
    from lcsite.publishing.kept import Signature

__all__ = ["Built", "LastBuild", "OnlyWhole", "Said", "about"]


class OnlyWhole(Exception):
    """What was to be made by itself has to be made with all the rest."""


@dataclass(frozen=True, slots=True)
class Said:
    """What a build tells whoever started it; a build that finds nothing changed says the same again."""

    checked: str = ""
    """Problems of the content that do not stop a build, as text."""
    inspected: str = ""
    """Problems of the finished pages that do not stop a build, as text."""
    pages: int = 0
    downloads: int = 0
    about: str = ""
    """What the site holds, for those who ask."""


@dataclass(frozen=True, slots=True)
class Built:
    """A finished build."""

    inputs: Mapping[str, Input]
    outputs: Mapping[str, Signature]
    """Every file of the published folder."""
    parts: Mapping[str, set[str]]
    """Page -> the parts of it to which other pages lead."""
    said: Said
    ground: bytes = b""
    """By which the ground is found that was laid when all was read; empty where there is none."""
    since: frozenset[str] = frozenset()
    """The files whose texts have changed since then."""


class LastBuild(Protocol):
    """Remembers the last build of one site into one folder, in one way."""

    @property
    def spare(self) -> Path:
        """Where the site that a build replaces may wait, to be made into the next; perhaps nothing stands there."""

    def recall(self) -> Built | None:
        """The last build, or None."""

    def keep(self, built: Built | None) -> None:
        """Remember a build, or that there is none to rest on."""

    def ground(self, key: bytes) -> Ground | None:
        """The ground that was kept under a key, if it is still there."""

    def keep_ground(self, key: bytes, ground: Ground) -> None:
        """Remember a ground, and what was read for it."""

    def put_down(self, key: bytes, ground: Ground) -> None:
        """Remember a ground, at once. A copy of this process may do so, whose memory ends with it."""

    def forget_what_was_read(self) -> None:
        """Let go of what was read, which somebody else puts down or nobody."""


def about(portfolio: Portfolio) -> str:
    """What a site holds, for those who ask."""
    return (
        f"{len(portfolio.places)} places, {len(portfolio.practices)} practices, {len(portfolio.tools)} tools, "
        f"{len(portfolio.frameworks)} frameworks, as of {portfolio.site.as_of}"
    )
