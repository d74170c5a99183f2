"""What a command is going to write, before anything is written: files, what is missing in them, what comes next."""

from __future__ import annotations

import datetime
from collections.abc import Mapping

from lcsite.light_classes import dataclass
from lcsite.model.portfolio import Portfolio

__all__ = ["ChangedFile", "Context", "Draft", "NewFile", "Refused", "Values"]

Values = Mapping[str, str | tuple[str, ...] | bool]
"""What a person answered, by the key of the question."""


class Refused(Exception):
    """The command cannot do what it was asked; the words say why and what would help. Nothing was written."""


@dataclass(frozen=True, slots=True)
class NewFile:
    """A file by its path below the site's folder, with its text."""

    path: str
    text: str

    @property
    def content(self) -> bytes:
        """The bytes. Raises Refused for text that is no text: bytes that a terminal handed on without knowing them."""
        return _encoded(self.text)


@dataclass(frozen=True, slots=True)
class ChangedFile:
    """A file that is there: its path below the site's folder, its bytes when it was read, and its text from now on."""

    path: str
    before: bytes
    text: str

    @property
    def content(self) -> bytes:
        """The bytes from now on. Raises Refused for text that is no text."""
        return _encoded(self.text)


def _encoded(text: str) -> bytes:
    try:
        return text.encode("utf-8")
    except UnicodeEncodeError:
        raise Refused("what was typed holds bytes that are no UTF-8 text") from None


@dataclass(frozen=True, slots=True)
class Draft:
    """Everything that a command would write and say."""

    files: tuple[NewFile | ChangedFile, ...]
    missing: tuple[str, ...]
    """What the person still has to write, in the order in which to do it."""
    steps: tuple[str, ...]
    """What to do next; commands stand in a line of their own and begin with `lcsite`."""

    @property
    def proposed(self) -> Mapping[str, bytes]:
        """The files that the reader will see; what stands beside `content` and `cities` is none of its business."""
        return {file.path: file.content for file in self.files if file.path.startswith(("content/", "cities/"))}


@dataclass(frozen=True, slots=True)
class Context:
    """What a command knows when it asks: the site, where there is one, and today's date."""

    today: datetime.date
    portfolio: Portfolio | None = None

    @property
    def site(self) -> Portfolio:
        assert self.portfolio is not None  # every command but `new site` is run in a site
        return self.portfolio
