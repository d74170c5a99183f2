"""The real command in processes of its own: two builds at once, signals, streams that are gone, and a wrong clock."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from lcsite.cli import run
from lcsite.publishing.publish import publish
from tests.builders import garden_site
from tests.builds import ENVIRONMENT
from tests.faults import tree_of
from tests.hostile.sites import lcsite
from tests.publishing.trees import OLD, read_tree, write_tree

ROOT = Path(__file__).parents[1]
COMMAND = [sys.executable, "-m", "lcsite"]


@pytest.fixture
def garden(tmp_path: Path) -> Path:
    garden_site(tmp_path / "garden")
    return tmp_path / "garden"


@pytest.fixture
def target(tmp_path: Path) -> Path:
    target = tmp_path / "out" / "site"
    publish(target, write_tree(OLD))
    return target


def build(garden: Path, target: Path) -> list[str]:
    return ["build", str(garden), "--output", str(target), "--no-search", "--quiet"]


@contextmanager
def a_build_on_its_way(garden: Path, target: Path) -> Iterator[subprocess.Popen[str]]:
    """A build that has begun to write and is stopped there, as if the machine had something else to do."""
    staging = target.with_name(".site.lcsite-new")
    with subprocess.Popen(
        [*COMMAND, *build(garden, target)], cwd=ROOT, env=ENVIRONMENT, stderr=subprocess.PIPE, text=True
    ) as building:
        try:
            while not staging.exists():
                assert building.poll() is None
                time.sleep(0.002)
            building.send_signal(signal.SIGSTOP)
            yield building
        finally:
            building.kill()


def test_of_two_builds_at_once_the_second_says_so_at_once_and_a_killed_one_blocks_nobody(
    garden: Path, target: Path
) -> None:
    with a_build_on_its_way(garden, target) as first:
        second = lcsite(*build(garden, target))
        assert (second.code, second.out) == (3, "")
        assert second.err.count("\n") == 1
        assert "another build is writing here at this moment" in second.err
        assert second.seconds < 2
        assert read_tree(target) == OLD
        first.kill()
        first.wait()
    assert sorted(os.listdir(target.parent)) == [".site.lcsite-lock", ".site.lcsite-new", "site"]
    assert lcsite(*build(garden, target)).code == 0
    assert os.listdir(target.parent) == ["site"]
    assert read_tree(target) != OLD


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_build_that_is_told_to_stop_tidies_up_and_leaves_the_old_site(
    garden: Path, target: Path, number: signal.Signals
) -> None:
    if signal.getsignal(number) is signal.SIG_IGN:  # as where tests run in the background; a build would inherit it
        signal.signal(number, signal.SIG_DFL)
    with a_build_on_its_way(garden, target) as building:
        building.send_signal(number)
        building.send_signal(signal.SIGCONT)
        said = building.communicate()[1]
    assert (building.returncode, said.strip()) == (130, "lcsite: stopped")
    assert read_tree(target) == OLD
    assert os.listdir(target.parent) == ["site"]


@pytest.mark.parametrize(("stream", "code", "said"), [
    (lambda: os.open("/dev/full", os.O_WRONLY), 3, "lcsite: No space left on device"),
    (lambda: _pipe_without_reader(), 3, ""),
], ids=["a full disk", "a pipe that nobody reads"])
def test_where_nothing_can_be_printed_the_command_ends_with_a_line_and_its_code(
    garden: Path, stream: Callable[[], int], code: int, said: str
) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("this system has no /dev/full")
    printed_to = stream()
    arguments = ["explain", "alder", "garden-rules", "--folder", str(garden), "--format", "json"]
    done = subprocess.run(
        [*COMMAND, *arguments], cwd=ROOT, env=ENVIRONMENT, stdout=printed_to, stderr=subprocess.PIPE, text=True,
        check=False,
    )
    os.close(printed_to)
    assert (done.returncode, done.stderr.strip()) == (code, said)


def _pipe_without_reader() -> int:
    reading, writing = os.pipe()
    os.close(reading)
    return writing


LEAVING = """\
import atexit, sys, threading, time
from lcsite.cli.endings import leave
atexit.register(lambda: print("told of the end"))
if sys.argv[1:] == ["late"]:
    threading.Thread(target=lambda: (time.sleep(0.2), print("still at work"))).start()
print("printed", end=" ")
leave(3)
"""


@pytest.mark.parametrize(("late", "said"), [
    ([], "printed told of the end"), (["late"], "printed still at work told of the end"),
], ids=["alone", "with a thread"])
def test_a_command_leaves_when_all_is_printed_and_everybody_has_been_told_of_the_end(
    late: list[str], said: str
) -> None:
    left = subprocess.run(
        [sys.executable, "-c", LEAVING, *late], cwd=ROOT, env=ENVIRONMENT, capture_output=True, text=True, check=False
    )
    assert (left.returncode, left.stdout.split(), left.stderr) == (3, said.split(), "")


WRONG_CLOCK = """\
import datetime, time, sys
moment = float(sys.argv.pop(1))
time.time = lambda: moment
time.time_ns = lambda: int(moment * 1e9)
for name in ("localtime", "gmtime", "ctime"):
    real = getattr(time, name)
    setattr(time, name, lambda at=None, real=real: real(moment if at is None else at))
said = time.strftime
time.strftime = lambda form, at=None: said(form, time.localtime() if at is None else at)

class Kind(type):
    def __instancecheck__(cls, value):
        return isinstance(value, cls.__mro__[1])

class Date(datetime.date, metaclass=Kind):
    @classmethod
    def today(cls):
        return datetime.date.__mro__[1].fromtimestamp(moment)

class Now(datetime.datetime, metaclass=Kind):
    @classmethod
    def now(cls, tz=None):
        return datetime.datetime.__mro__[1].fromtimestamp(moment, tz)
    today = utcnow = now

datetime.date, datetime.datetime = Date, Now
from lcsite.cli import run
folder, output = sys.argv[1:]
country = ["--country", "GB", "--world-region", "europe-and-north-america"]
in_folder = ["--folder", folder]
calls = [
    ["check", folder],
    ["build", folder, "--output", f"{output}/site", "--no-search"],
    ["explain", "alder", "garden-rules", *in_folder],
    ["todo", "alder", *in_folder],
    ["export", "tree", f"{output}/tree", *in_folder],
    ["diff", folder, folder, *in_folder],
    ["new", "assessment", "cedar", "garden-rules", "--who", "Nine people", *in_folder],
    ["new", "city", "Dogwood", "--kind", "village", *country, *in_folder],
    ["new", "site", f"{output}/own", "--title", "Ours", "--place", "Elder", "--kind", "town", *country,
     "--publisher", "X"],
    ["check", f"{output}/own"],
]
for call in calls:
    code = run(call)
    if code:
        sys.exit(f"{call[:2]} ended with {code}")
"""
"""Every command, at a moment that a machine without a clock or with a broken one may believe in."""


def test_a_clock_that_is_wrong_by_decades_stops_no_command_and_changes_no_site(tmp_path: Path) -> None:
    sites = []
    for year, moment in (("1970", "10"), ("2100", "4115664000")):
        garden_site(tmp_path / year / "garden")
        done = subprocess.run(
            [sys.executable, "-c", WRONG_CLOCK, moment, "garden", "."], cwd=tmp_path / year,
            env={**ENVIRONMENT, "PYTHONPATH": str(ROOT), "TZ": "UTC"}, capture_output=True, text=True, check=False,
        )
        assert done.returncode == 0, done.stderr
        assert "Traceback" not in done.stderr
        believed = (tmp_path / year / "own" / "content" / "site.yml").read_text("utf-8")
        assert f"as_of: {year}-" in believed or f'as_of: "{year}-' in believed
        sites.append({**tree_of(tmp_path / year / "site"), **tree_of(tmp_path / year / "tree")})
    assert sites[0] == sites[1]
    assert len(sites[0]) > 100


def test_a_folder_that_is_gone_when_it_is_read_is_told_in_a_line(
    garden: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The folder from which the command is called was removed; nothing can be found from there."""
    inside = garden / "gone"
    inside.mkdir()
    monkeypatch.chdir(inside)
    inside.rmdir()
    for memory in ("", str(garden / "memory")):
        monkeypatch.setenv("LCSITE_CACHE", memory)
        for call in (["check"], ["build"], ["todo", "alder"], ["new", "ci", "github"], ["export", "schemas"]):
            assert run(call) in (1, 2, 3), call
            assert "Traceback" not in capsys.readouterr().err
