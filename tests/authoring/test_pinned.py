"""`lcsite pin`: the program and its libraries, each with a fingerprint: a build server installs that or nothing."""

from __future__ import annotations

import hashlib
import zipfile
from pathlib import Path

import pytest

from lcsite import __version__
from lcsite.authoring.pinned import LOCK, PINNED
from lcsite.cli import run


def wheel(path: Path, *, name: str = "lcsite", version: str = __version__) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w") as inside:
        metadata = f"Metadata-Version: 2.4\nName: {name}\nVersion: {version}\n"
        inside.writestr(f"{name}-{version}.dist-info/METADATA", metadata)
    return path


def pin(site: Path, path: Path, *more: str) -> int:
    return run(["pin", str(path), "--folder", str(site), *more])


def test_the_list_holds_the_program_and_every_library_with_fingerprints(tmp_path: Path) -> None:
    program = wheel(tmp_path / "program" / "lcsite-new.whl")
    assert pin(tmp_path, program) == 0
    text = (tmp_path / PINNED).read_text("utf-8")
    digest = hashlib.sha256(program.read_bytes()).hexdigest()
    assert f"./program/lcsite-new.whl \\\n    --hash=sha256:{digest}\n" in text
    assert LOCK is not None
    libraries = [line for line in LOCK.read_text("utf-8").splitlines() if "==" in line]
    assert libraries
    assert all(line in text for line in libraries)
    assert "://" not in text


def test_the_same_again_changes_nothing_and_another_program_changes_its_line(tmp_path: Path) -> None:
    assert pin(tmp_path, wheel(tmp_path / "program" / "one.whl")) == 0
    before = (tmp_path / PINNED).read_bytes()
    assert pin(tmp_path, tmp_path / "program" / "one.whl") == 0
    assert (tmp_path / PINNED).read_bytes() == before
    assert pin(tmp_path, wheel(tmp_path / "program" / "two.whl")) == 0
    assert b"./program/two.whl" in (tmp_path / PINNED).read_bytes()


def test_a_dry_run_writes_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert pin(tmp_path, wheel(tmp_path / "program" / "one.whl"), "--dry-run") == 0
    assert "would write" in capsys.readouterr().out
    assert not (tmp_path / PINNED).exists()


@pytest.mark.parametrize(
    ("make", "told"),
    [
        (lambda site: site / "program" / "none.whl", "is not there"),
        (lambda site: wheel(site / "one.whl"), "into the folder program"),
        (lambda site: wheel(site.parent / "one.whl"), "into the folder program"),
        (lambda site: wheel(site / "program" / "one.whl", name="other"), "is another program"),
        (lambda site: wheel(site / "program" / "one.whl", version="99.0"), "holds version 99.0"),
        (lambda site: wheel(site / "program" / "one two.whl"), "into the folder program"),
    ],
)
def test_what_is_not_this_program_in_its_place_is_refused(
    make: object, told: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    site = tmp_path / "site"
    site.mkdir()
    assert callable(make)
    assert pin(site, make(site)) == 2
    assert told in capsys.readouterr().err
    assert not (site / PINNED).exists()


def test_a_file_that_is_no_wheel_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "program").mkdir()
    (tmp_path / "program" / "one.whl").write_text("no wheel")
    assert pin(tmp_path, tmp_path / "program" / "one.whl") == 2
    assert "is not a wheel" in capsys.readouterr().err
