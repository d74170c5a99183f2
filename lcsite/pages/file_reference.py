"""The shape of what is said about the files and forms that authors fill in; it is worked out elsewhere."""

from __future__ import annotations

from collections.abc import Callable

from lcsite.light_classes import dataclass

__all__ = ["FieldRow", "FileReference", "FormReference", "RecordPart"]


@dataclass(frozen=True, slots=True)
class FieldRow:
    """One field that an author may write."""

    name: str
    needed: bool
    words: str
    """What it is for."""
    value: str
    """What may stand there."""
    choices: tuple[tuple[str, str], ...] = ()
    """(word, meaning), where there are words to choose from."""
    example: str = ""
    part: str = ""
    """The part that describes what stands inside it."""


@dataclass(frozen=True, slots=True)
class RecordPart:
    """The fields of a file, or of something inside it; `name` is empty for the file itself."""

    name: str
    words: str
    rows: tuple[FieldRow, ...]


@dataclass(frozen=True, slots=True)
class FileReference:
    """All about one kind of file."""

    name: str
    title: str
    words: str
    path: str
    text: str
    """What stands below the fields; empty where nothing does."""
    schema: bool
    """Whether there is a schema for editors."""
    describe: Callable[[str], tuple[tuple[RecordPart, ...], str]]
    """Works out what follows when a page asks, by the name of the kind: of all that is planned it takes longest."""

    @property
    def parts(self) -> tuple[RecordPart, ...]:
        return self.describe(self.name)[0]

    @property
    def example(self) -> str:
        """A whole file."""
        return self.describe(self.name)[1]


@dataclass(frozen=True, slots=True)
class FormReference:
    """A form to fill in."""

    name: str
    title: str
    words: str
    questions: int
