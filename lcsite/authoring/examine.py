"""Looks at files before they are written, with the eyes of `lcsite check`: only what is right is written."""

from __future__ import annotations

import errno
import tempfile
from pathlib import Path

from lcsite.authoring.draft import Context, Draft, Refused
from lcsite.authoring.writing import NotWritten, tidy_up
from lcsite.pipeline import read_and_check
from lcsite.problems import Problem, Problems
from lcsite.reading.memory import ShortMemory

__all__ = ["Workplace"]


class Workplace:
    """A site's folder, or one that is still to be made. Read once; only new files are read again."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        if folder.is_dir():
            tidy_up(folder)
        self._memory = ShortMemory()
        self._before: set[Problem] = set()

    def must_be_free(self) -> None:
        """Raises Refused where a new site would meet something that is there."""
        if self.folder.exists() and (not self.folder.is_dir() or any(self.folder.iterdir())):
            raise Refused(f"{self.folder} is there already and not an empty folder; nothing was written")

    def read(self, context: Context) -> Context:
        """The context with the site in it. Raises Refused where the folder holds no site, NotWritten where a file of
        it cannot be read."""
        if not (self.folder / "content" / "site.yml").is_file():
            where = "this" if self.folder == Path(".") else self.folder
            raise Refused(
                f"{where} is not the folder of a site: it has no content/site.yml. Go there first, name it with "
                "--folder, or begin with lcsite new site DIR"
            )
        found = read_and_check(self.folder, memory=self._memory)
        _must_be_within_reach(found.problems)
        self._before = set(found.problems)
        return Context(context.today, found.portfolio)

    def problems_of(self, draft: Draft) -> Problems:
        """What `lcsite check` would say about the draft that it does not say already. Raises NotWritten as `read`."""
        if self.folder.is_dir():
            found = read_and_check(self.folder, memory=self._memory, proposed=draft.proposed)
        else:
            with tempfile.TemporaryDirectory() as empty:
                found = read_and_check(Path(empty), proposed=draft.proposed)
        _must_be_within_reach(found.problems)
        paths = {file.path for file in draft.files}
        return Problems(
            problem for problem in found.problems if problem not in self._before or problem.location.file in paths
        )


def _must_be_within_reach(problems: Problems) -> None:
    for problem in problems.out_of_reach:
        raise NotWritten(errno.EIO, f"{problem.location}: {problem.message}; nothing was written")
