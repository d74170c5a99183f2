"""What is asked of a build, what it is given, and what comes of it."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from lcsite.building.built import Said
from lcsite.light_classes import dataclass

if TYPE_CHECKING:
    from lcsite.model.portfolio import Portfolio
    from lcsite.problems import Problems
    from lcsite.reading.origins import Origins

__all__ = ["Finished", "Good", "Order", "Read", "Seen", "Then", "processor_seconds"]


class Good(Protocol):
    """Content without errors."""

    @property
    def portfolio(self) -> Portfolio: ...

    @property
    def origins(self) -> Origins: ...

    @property
    def problems(self) -> Problems: ...

    @property
    def said(self) -> str:
        """The problems as they were told."""


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be built, where to, and how."""

    folder: Path
    target: Path
    offline: bool = False
    search: bool = True
    processes: int = 1
    for_author: bool = False
    """Whether pages say what is wrong in the content, and come again when the site has been built again."""


@dataclass(frozen=True, slots=True)
class Finished:
    """A published site, and what is to be told about it."""

    folder: Path
    said: Said
    nothing_new: bool = False
    """Whether the published site was left as it is."""
    left_behind: Path | None = None
    inspecting: float = 0.0
    """Seconds of the processor that the inspection took."""
    foreign: str = ""
    """Who else has a hand in the pages, so that nothing of this build can be kept for the next."""


Then = Callable[["Portfolio", "Origins"], None]
"""Is told what was read without errors, before it is checked."""
Seen = Mapping[str, int] | None
"""All files and folders (with a slash) of the content, by their paths, with their sizes, if that is known."""
Read = Callable[[Then, Seen], Good]


def processor_seconds() -> float:
    """The seconds that processors have worked for this program so far, those of its finished helpers included."""
    return sum(os.times()[:4])
