"""What holds for every command: exit codes, what is printed, and who may write in a person's folder."""

from __future__ import annotations

import errno
import json
import os
from collections.abc import Iterator
from itertools import product
from pathlib import Path

import click
import pytest

from lcsite.cli import _commands
from lcsite.cli.door import without_steering
from lcsite.reading import portfolio_reader
from lcsite.reading.layout import AuthoredFile
from tests.authoring.writing_commands import WRITING, Written
from tests.builders import garden_site
from tests.faults import tree_of
from tests.hostile.sites import Done, lcsite, steers

# Where a call is refused, the library for command lines leaves closing a file that was named to the interpreter.
pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")

READING: dict[str, tuple[str, ...]] = {
    "build": ("build", "{}", "--output", "{}/../out/site", "--no-search"),
    "check": ("check", "{}"),
    "diff": ("diff", "{}", "{}", "--folder", "{}"),
    "explain": ("explain", "alder", "garden-rules", "gardens", "--folder", "{}"),
    "export tree": ("export", "tree", "{}/../tree", "--folder", "{}"),
    "review": ("review", "{}", "{}", "--into", "{}/../joined"),
    "todo": ("todo", "alder", "--framework", "garden-rules", "--folder", "{}"),
}
"""Every command that leaves a person's folder as it is; `{}` stands for the folder."""
SERVING = ("serve",)
"""Does what `build` and `check` do, again and again."""


def commands(group: click.Command = _commands, *path: str) -> Iterator[tuple[str, click.Command]]:
    if not isinstance(group, click.Group):
        yield " ".join(path), group
        return
    context = click.Context(group)
    for name in group.list_commands(context):
        found = group.get_command(context, name)
        assert found is not None
        yield from commands(found, *path, name)


COMMANDS = dict(commands())


def call(name: str, root: Path) -> list[str]:
    """A call of the command that works, in a folder of its own below `root`."""
    if name in WRITING:
        return Written.of(WRITING[name], root).arguments
    garden_site(root / "garden")
    return [word.replace("{}", str(root / "garden")) for word in READING[name]]


def forms(name: str) -> Iterator[list[str]]:
    """Every way to ask for more or fewer words, or another form of them, and those together."""
    choices: list[list[list[str]]] = []
    for parameter in COMMANDS[name].params:
        option = parameter.opts[0]
        if option in ("--quiet", "--verbose"):
            choices.append([[], [option]])
        elif option == "--format":
            assert isinstance(parameter.type, click.Choice)
            choices.append([[], *([option, str(form)] for form in parameter.type.choices)])
    for chosen in product(*choices):
        yield [word for words in chosen for word in words]


# --- who writes ------------------------------------------------------------------------------------------------------


def test_every_command_is_known_as_one_that_writes_or_as_one_that_does_not() -> None:
    assert sorted(COMMANDS) == sorted([*WRITING, *READING, *SERVING])


@pytest.mark.parametrize("name", [name for name in WRITING if any(
    "--dry-run" in parameter.opts for parameter in COMMANDS[name].params
)])
def test_a_dry_run_writes_nothing(name: str, tmp_path: Path) -> None:
    arguments = call(name, tmp_path)
    before = tree_of(tmp_path)
    done = lcsite(*arguments, "--dry-run")
    assert done.code == 0, done.err
    assert tree_of(tmp_path) == before


# --- exit codes ------------------------------------------------------------------------------------------------------


def spoil(root: Path) -> None:
    (root / "garden/content/toolbox/practices/talks.md").write_text("<script>", "utf-8")


def deny(number: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file of the site is not handed out, or is gone since it was listed."""
    real = portfolio_reader.read_bytes

    def denied(file: AuthoredFile) -> bytes:
        if file.path == "content/site.yml":
            raise OSError(number, os.strerror(number), str(file.on_disk))
        return real(file)

    monkeypatch.setattr(portfolio_reader, "read_bytes", denied)


def in_all_forms(name: str, arguments: list[str], expected: int) -> None:
    for form in forms(name):
        for made in ("tree", "joined"):
            target = Path(arguments[-1]).parent / made
            if target.exists():
                target.rename(target.with_name(f"{made}-{len(list(target.parent.iterdir()))}"))
        done = lcsite(*arguments, *form)
        assert done.code == expected, (form, done.err)
        assert "Traceback" not in done.err
        tells_problems = name in ("check", "review") and expected != 2
        if form[-1:] in (["json"], ["sarif"], ["gitlab"]) and (expected == 0 or tells_problems):
            json.loads(done.out)


@pytest.mark.parametrize("name", READING)
def test_no_option_and_no_form_changes_the_exit_code_of_good_content(name: str, tmp_path: Path) -> None:
    arguments = call(name, tmp_path)
    before = tree_of(tmp_path / "garden")
    in_all_forms(name, arguments, 0)
    assert tree_of(tmp_path / "garden") == before, "a command that only reads leaves the folder as it is"


@pytest.mark.parametrize("name", READING)
def test_no_option_and_no_form_changes_the_exit_code_of_mistakes(name: str, tmp_path: Path) -> None:
    arguments = call(name, tmp_path)
    spoil(tmp_path)
    in_all_forms(name, arguments, 1)


@pytest.mark.parametrize("number", [errno.EACCES, errno.EIO, errno.ENOENT])
@pytest.mark.parametrize("name", READING)
def test_no_option_and_no_form_changes_the_exit_code_of_a_file_that_is_not_handed_out(
    name: str, number: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    arguments = call(name, tmp_path)
    deny(number, monkeypatch)
    in_all_forms(name, arguments, 3)


@pytest.mark.parametrize("name", [*READING, *SERVING])
def test_no_option_and_no_form_changes_the_exit_code_of_a_mistaken_call(name: str, tmp_path: Path) -> None:
    words = READING.get(name, ("serve", "{}"))
    in_all_forms(name, [word.replace("{}", str(tmp_path / "nowhere")) for word in words], 2)


@pytest.mark.parametrize("name", sorted({*WRITING} - {"new ci", "new site", "pin", "export forms", "export schemas"}))
def test_nothing_is_written_beside_a_file_that_is_not_handed_out(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    arguments = call(name, tmp_path)
    before = tree_of(tmp_path)
    deny(errno.EACCES, monkeypatch)
    done = lcsite(*arguments)
    assert (done.code, done.out, len(done.err.splitlines())) == (3, "", 1), done.err
    assert "content/site.yml" in done.err
    assert "Permission denied" in done.err
    assert tree_of(tmp_path) == before


# --- what is printed -------------------------------------------------------------------------------------------------


HOSTILE = "\x1b]0;x\x07\n::error::owned\r##[error]x\u202e\u2028\x9b\udce9"
SECRET = "rosebud-" * 20


def assert_steers_nobody(done: Done, *context: object) -> None:
    printed = done.out + done.err
    assert "Traceback" not in printed, (*context, printed)
    assert done.code in (0, 1, 2, 3), context
    assert not steers(printed), (*context, printed)
    assert "##[" not in printed, context
    assert not any(line.lstrip().startswith("::") for line in printed.splitlines()), context


def varied(arguments: list[str], name: str, value: str) -> Iterator[tuple[str, list[str]]]:
    """The call with one after the other of what was typed replaced, apart from the command and names of options."""
    for position in range(len(name.split()), len(arguments)):
        if not arguments[position].startswith("--"):
            yield arguments[position - 1], [*arguments[:position], value, *arguments[position + 1 :]]


@pytest.mark.parametrize("name", [*READING, *(name for name in WRITING if name != "gather")])
def test_nothing_that_is_typed_steers_a_terminal_or_a_build_server(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    arguments = call(name, tmp_path)
    for what, changed in varied(arguments, name, HOSTILE):
        assert_steers_nobody(lcsite(*changed), name, what)
    for what in (HOSTILE, f"--{HOSTILE}"):
        assert_steers_nobody(lcsite(*arguments, what), name, what)


@pytest.mark.parametrize("name", [*READING, *(name for name in WRITING if name != "gather")])
def test_what_is_refused_is_not_printed_whole(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    arguments = call(name, tmp_path)
    more = [("", [*arguments, SECRET]), ("", [*arguments, f"--{SECRET}"])]
    for what, changed in [*varied(arguments, name, SECRET), *more]:
        done = lcsite(*changed)
        if done.code == 2:
            assert SECRET not in done.out + done.err, what


def test_a_folder_with_any_name_is_read_and_its_name_steers_nobody(tmp_path: Path) -> None:
    folder = tmp_path / HOSTILE.replace("/", "")
    garden_site(folder)
    for name in ("check", "todo", "explain", "diff"):
        done = lcsite(*(word.replace("{}", os.fspath(folder)) for word in READING[name]))
        assert done.code == 0, done.err
        assert_steers_nobody(done, name)
    for name in ("new city", "export forms", "import issue"):
        words = [word.replace("{}", os.fspath(folder)) for word in WRITING[name].words]
        (folder / "sent.md").write_text("x", "utf-8")
        assert_steers_nobody(lcsite(*words), name)


@pytest.mark.parametrize(("printed", "expected"), [
    ("plain, naïve, 岡山, a\u200db 🙂\n", "plain, naïve, 岡山, a\u200db 🙂\n"),
    ("\x1b[31mred\r\x07\x00", r"\u001b[31mred\u000d\u0007\u0000"),
    ("left\u202eright\u2066", r"left\u202eright\u2066"),
    ("::error::x\n  ::error::y\na::b", "\\u003a:error::x\n  \\u003a:error::y\na::b"),
    ("see ##[error]x and ##vso[task]", r"see \u0023#[error]x and \u0023#vso[task]"),
    ("# Heading\n## Heading [with a link]", "# Heading\n## Heading [with a link]"),
    ("half\udce9", r"half\udce9"),
])
def test_signs_that_steer_are_printed_by_their_numbers_and_all_others_as_they_are(printed: str, expected: str) -> None:
    assert without_steering(printed) == expected
    if printed.isascii():
        assert json.loads(f'"{without_steering(printed.replace(chr(10), ""))}"') == printed.replace("\n", "")
