"""Every command that writes in a person's folder. A new one is added with one line, and then tried at every operation.

`tests/test_commands.py` finds commands that write and do not stand here.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from lcsite.cli import run
from lcsite.describing.schemas import MADE_BY
from tests.authoring.test_pinned import wheel
from tests.builders import SiteFolder, garden_site
from tests.importing.filled import PRACTICE, from_github
from tests.versions import garden_site as garden_with_an_older_version

COUNTRY = ("--country", "GB", "--world-region", "europe-and-north-america")


Moment = Mapping[str, tuple[bytes, int] | None]
"""Every file below a folder, by its path, with its bytes and its number on the disk; None for a folder."""


@dataclass(frozen=True)
class Call:
    """A call of a command: what is made beforehand in an empty folder, and the words; `{}` stands for the folder."""

    words: tuple[str, ...]
    make: Callable[[Path], object] = garden_site
    changes: bool = False
    """Whether files are changed that are there; else only new ones are written."""
    every: int = 1
    """Which moments are tried: each, or every n-th where a command writes many files of one kind."""


@dataclass(frozen=True)
class Written:
    """A call, ready to be made in a folder of its own."""

    folder: Path
    arguments: list[str]
    changes: bool
    every: int

    @classmethod
    def of(cls, call: Call, parent: Path) -> Written:
        folder = parent / "struck"
        folder.mkdir()
        call.make(folder)
        return cls(folder, [word.replace("{}", str(folder)) for word in call.words], call.changes, call.every)

    def moment(self) -> Moment:
        """The folder as it is, also which names belong to one file."""
        return {
            path.relative_to(self.folder).as_posix():
                (path.read_bytes(), path.stat().st_ino) if path.is_file() else None
            for path in sorted(self.folder.rglob("*"))
        }

    def put_back(self, moment: Moment) -> None:
        """Make the folder what it was at some moment."""
        shutil.rmtree(self.folder)
        self.folder.mkdir()
        first: dict[int, Path] = {}
        for path, file in moment.items():
            target = self.folder / path
            if file is None:
                target.mkdir()
            elif (same := first.setdefault(file[1], target)) != target:
                target.hardlink_to(same)
            else:
                target.write_bytes(file[0])


def _nothing(_: Path) -> None:
    return


def _with_form(folder: Path) -> None:
    garden_site(folder)
    (folder / "sent.md").write_text(from_github("case-study", PRACTICE), "utf-8")


def _with_answers(folder: Path) -> None:
    garden_site(folder)
    (folder / "sent.csv").write_text("indicator,value\nkitchens-1,3\n", "utf-8")


def _with_program(folder: Path) -> None:
    garden_site(folder)
    wheel(folder / "program" / "lcsite.whl")
    (folder / "program" / "requirements.txt").write_text("# Written for an older program.\n", "utf-8")


def _with_old_schemas(folder: Path) -> None:
    garden_site(folder)
    (folder / "schemas").mkdir()
    (folder / "schemas" / "site.json").write_text(f'{{"$comment": "{MADE_BY}"}}\n', "utf-8")


def _with_neighbour(folder: Path) -> None:
    """The portal of a county, and beside it the site of a town that it gathers."""
    made = SiteFolder(folder / "town", title="Elder learns", publisher="Elder council")
    made.framework("garden-rules")
    made.place("elder", "Elder")
    assert run(["build", str(folder / "town"), "--output", str(folder / "elder"), "--no-search", "--quiet"]) == 0
    shutil.rmtree(folder / "town")
    county = SiteFolder(folder / "county", title="The county learns", publisher="The county")
    county.framework("garden-rules")
    county.place("alder", "Alder")
    county.write("content/network.yml", "sites:\n  - {id: elder, from: ../elder, licence: CC BY 4.0}\n")


def _in_site(*words: str) -> tuple[str, ...]:
    return (*words, "--folder", "{}")


WRITING: Mapping[str, Call] = {
    "export forms": Call(_in_site("export", "forms"), every=7),
    "export schemas": Call(_in_site("export", "schemas"), _with_old_schemas, changes=True, every=7),
    "gather": Call(("gather", "{}/county"), _with_neighbour, every=2),
    "import issue": Call(_in_site("import", "issue", "{}/sent.md"), _with_form),
    "import table": Call(
        _in_site("import", "table", "{}/sent.csv", "--as", "answers", "--place", "alder"), _with_answers, changes=True,
    ),
    "migrate": Call(_in_site("migrate", "willow/2026-garden-rules"), garden_with_an_older_version),
    "new assessment": Call(_in_site("new", "assessment", "cedar", "garden-rules", "--who", "Nine people")),
    "new ci": Call(_in_site("new", "ci", "github")),
    "new city": Call(_in_site("new", "city", "Dogwood", "--kind", "village", *COUNTRY)),
    "new framework": Call(_in_site(
        "new", "framework", "Street libraries", "--summary", "Is there a book?", "--source", "Our notes", "--limit",
        "It sees no readers.", "--criterion", "Access", "--statement", "There is a shelf.",
    )),
    "new practice": Call(_in_site(
        "new", "practice", "Vouchers", "--summary", "Few came.", "--kind", "voucher", "--years", "2024",
    )),
    "new site": Call((
        "new", "site", "{}/own", "--title", "Our site", "--place", "Dogwood", "--kind", "town", *COUNTRY, "--publisher",
        "The council",
    ), _nothing, every=29),
    "new tool": Call(_in_site(
        "new", "tool", "Talk", "--kind", "sheet", "--summary", "One question.", "--audience", "neighbours", "--time",
        "An hour",
    )),
    "pin": Call(_in_site("pin", "{}/program/lcsite.whl"), _with_program, changes=True),
}
