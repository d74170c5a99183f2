"""A build asks nobody: it gives a whole site where there is no network at all, and never tries to reach one."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.hostile.sites import small_site

BUILD = "from lcsite.cli import main; import sys; main(['build', *sys.argv[1:], '--quiet'])"
WATCHED = f"""
import sys

def hook(event, arguments):
    if event.startswith(("socket.connect", "socket.get", "socket.bind", "socket.send", "urllib.", "http.", "ftplib.")):
        sys.stderr.write(f"asked the network: {{event}} {{arguments[1:]}}\\n")
        raise OSError(event)

sys.addaudithook(hook)
{BUILD}
"""
"""A build in which every attempt to reach a network is told and fails: https://docs.python.org/3/library/audit_events.html"""


def _run(*command: str | Path) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2]), "NO_MKDOCS_2_WARNING": "1"}
    return subprocess.run(
        [str(each) for each in command], capture_output=True, text=True, check=False, timeout=120, env=environment
    )


def _assert_whole(site: Path, done: subprocess.CompletedProcess[str]) -> None:
    assert (done.returncode, done.stderr) == (0, "")
    assert (site / "cities/alder/index.html").is_file()
    assert (site / "pagefind/pagefind-entry.json").is_file()


def test_a_build_never_tries_to_reach_a_network(tmp_path: Path) -> None:
    small_site(tmp_path)
    _assert_whole(tmp_path / "site", _run(sys.executable, "-c", WATCHED, tmp_path))


def test_the_watch_would_notice() -> None:
    attempt = WATCHED.replace(BUILD, "import urllib.request; urllib.request.urlopen('http://127.0.0.1:9/')")
    done = _run(sys.executable, "-c", attempt)
    assert done.returncode != 0
    assert "asked the network" in done.stderr


@pytest.mark.slow
def test_a_build_works_where_there_is_no_network_at_all(tmp_path: Path) -> None:
    unshare = shutil.which("unshare")
    if unshare is None or _run(unshare, "--map-root-user", "--net", "true").returncode:
        pytest.skip("this system does not let its users make a network of their own (unshare --map-root-user --net)")
    alone = (unshare, "--map-root-user", "--net", sys.executable, "-c")
    unreachable = _run(*alone, "import socket; socket.create_connection(('127.0.0.1', 9), 1)")
    assert "unreachable" in unreachable.stderr
    small_site(tmp_path)
    _assert_whole(tmp_path / "site", _run(*alone, BUILD, tmp_path))
