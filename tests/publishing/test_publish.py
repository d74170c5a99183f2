from __future__ import annotations

import os
import shutil
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from lcsite.problems import Location, Problem, Severity
from lcsite.publishing.errors import EnvironmentTrouble, Locked, OutputRejected, Refused
from lcsite.publishing.publish import publish
from tests.publishing.trees import NEW, OLD, read_tree, write_tree

ROOT = Path(__file__).parents[2]
LAST = {"index.html": b"last"}


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "site"


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_first_build_makes_the_folder_and_all_above_it(tmp_path: Path) -> None:
    publish(tmp_path / "a" / "b" / "site", write_tree(NEW))
    assert read_tree(tmp_path / "a" / "b" / "site") == NEW


def test_a_second_build_replaces_all_of_the_first(target: Path) -> None:
    publish(target, write_tree(OLD))
    done = publish(target, write_tree(NEW))
    assert (done.folder, done.left_behind) == (target, None)
    assert read_tree(target) == NEW
    assert names(target.parent) == ["site"]


def test_an_empty_folder_may_be_filled_and_keeps_its_permissions(target: Path) -> None:
    target.mkdir()
    target.chmod(0o2750)
    publish(target, write_tree(NEW))
    assert read_tree(target) == NEW
    assert stat.S_IMODE(target.stat().st_mode) == 0o2750


def test_a_published_folder_can_be_read_by_a_web_server(target: Path) -> None:
    before = os.umask(0o022)
    try:
        publish(target, write_tree(NEW))
    finally:
        os.umask(before)
    assert stat.S_IMODE(target.stat().st_mode) == 0o755


def test_rendering_starts_in_an_empty_folder_beside_the_old_site(target: Path) -> None:
    publish(target, write_tree(OLD))

    def render(folder: Path) -> None:
        assert folder.parent == target.parent
        assert names(folder) == []
        assert read_tree(target) == OLD
        write_tree(NEW)(folder)

    publish(target, render)


@pytest.mark.parametrize("trouble", [RuntimeError, KeyboardInterrupt, SystemExit])
def test_a_build_that_fails_leaves_the_old_site_and_no_litter(target: Path, trouble: type[BaseException]) -> None:
    publish(target, write_tree(OLD))

    def render(folder: Path) -> None:
        write_tree(NEW)(folder)
        raise trouble

    with pytest.raises(trouble):
        publish(target, render)
    assert read_tree(target) == OLD
    assert names(target.parent) == ["site"]


def test_a_site_that_fails_its_inspection_is_not_published(target: Path) -> None:
    publish(target, write_tree(OLD))
    broken = Problem("output-broken-link", Location("index.html", 3), "leads nowhere")
    with pytest.raises(OutputRejected) as rejected:
        publish(target, write_tree(NEW), inspect=lambda _: [broken])
    assert list(rejected.value.problems) == [broken]
    assert rejected.value.exit_code == 1
    assert read_tree(target) == OLD


def test_a_warning_of_the_inspection_is_handed_on_and_stops_nothing(target: Path) -> None:
    heavy = Problem("page-weight", Location("index.html"), "heavy", severity=Severity.WARNING)
    assert list(publish(target, write_tree(NEW), inspect=lambda _: [heavy]).warnings) == [heavy]
    assert read_tree(target) == NEW


def test_the_inspection_sees_exactly_what_was_rendered(target: Path) -> None:
    seen: list[dict[str, bytes]] = []

    def inspect(folder: Path) -> Iterator[Problem]:
        seen.append(read_tree(folder))
        return iter(())

    publish(target, write_tree(NEW), inspect=inspect)
    assert seen == [NEW]


def test_a_folder_that_became_somebody_elses_during_the_build_is_left_alone(target: Path) -> None:
    def render(folder: Path) -> None:
        write_tree(NEW)(folder)
        target.mkdir()
        (target / "letter.txt").write_text("mine")

    with pytest.raises(Refused, match="was not made by lcsite"):
        publish(target, render)
    assert names(target) == ["letter.txt"]
    assert names(target.parent) == ["site"]


def test_the_second_of_two_builds_ends_at_once_and_harms_nothing(target: Path) -> None:
    publish(target, write_tree(OLD))
    program = (
        "import sys; from pathlib import Path; from lcsite.publishing.publish import publish\n"
        "def render(folder):\n    print('rendering', flush=True); sys.stdin.read()\n"
        "publish(Path(sys.argv[1]), render)"
    )
    with subprocess.Popen(
        [sys.executable, "-c", program, str(target)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT
    ) as first:
        assert first.stdout is not None
        assert first.stdout.readline() == b"rendering\n"
        with pytest.raises(Locked, match="another build is writing here") as locked:
            publish(target, write_tree(NEW))
        assert locked.value.exit_code == 3
        assert read_tree(target) == OLD
        first.kill()
    publish(target, write_tree(NEW))
    assert read_tree(target) == NEW
    assert names(target.parent) == ["site"]


# --- folders that are not ours ---------------------------------------------------------------------------------------


def refusal(target: Path, **options: Path | list[Path]) -> str:
    with pytest.raises(Refused) as refused:
        publish(target, write_tree(NEW), **options)  # type: ignore[arg-type]
    assert refused.value.exit_code == 2
    assert "\n" not in str(refused.value)
    return str(refused.value)


def test_a_folder_with_somebodys_files_is_refused(target: Path) -> None:
    target.mkdir()
    (target / "letter.txt").write_text("mine")
    assert "is not empty and was not made by lcsite" in refusal(target)
    assert names(target) == ["letter.txt"]


def test_a_marker_that_is_not_a_plain_file_marks_nothing(target: Path) -> None:
    (target / ".lcsite").mkdir(parents=True)
    assert "was not made by lcsite" in refusal(target)


def test_a_repository_is_refused_even_with_our_marker(target: Path) -> None:
    publish(target, write_tree(OLD))
    (target / ".git").mkdir()
    assert "holds a git repository" in refusal(target)


def test_a_file_is_refused(target: Path) -> None:
    target.write_text("a file")
    assert "is a file" in refusal(target)
    assert "is a file" in refusal(target / "site")


def test_a_symbolic_link_is_refused_and_so_is_a_dangling_one(target: Path) -> None:
    real = target.with_name("real")
    target.symlink_to(real)
    assert "is a symbolic link" in refusal(target)
    real.mkdir()
    assert "is a symbolic link" in refusal(target)


def test_the_folder_of_the_source_and_those_above_it_are_refused(tmp_path: Path) -> None:
    source = tmp_path / "portal" / "own"
    source.mkdir(parents=True)
    assert "which the site is made from" in refusal(source, source=source)
    assert "which the site is made from" in refusal(source.parent, source=source)
    publish(source / "site", write_tree(NEW), source=source)


def test_a_folder_inside_the_content_is_refused(tmp_path: Path) -> None:
    content = tmp_path / "content"
    content.mkdir()
    assert "lies in" in refusal(content / "site", inputs=[content])
    link = tmp_path / "way"
    link.symlink_to(content)
    assert "lies in" in refusal(link / "site", inputs=[content])


@pytest.mark.parametrize("name", ["/", ".", ".."])
def test_a_folder_without_a_name_of_its_own_is_refused(name: str) -> None:
    assert "has no name of its own" in refusal(Path(name))


def test_something_strange_beside_the_site_is_not_removed(target: Path) -> None:
    strange = target.with_name(".site.lcsite-new")
    strange.write_text("mine")
    assert "is in the way" in refusal(target)
    assert strange.read_text() == "mine"


def test_a_link_beside_the_site_is_not_followed(target: Path, tmp_path: Path) -> None:
    precious = tmp_path / "precious"
    write_tree(OLD)(precious)
    target.with_name(".site.lcsite-old").symlink_to(precious)
    assert "is in the way" in refusal(target)
    assert read_tree(precious) == OLD


# --- what somebody does while a site is made, or has done before -----------------------------------------------------


def test_a_folder_that_becomes_a_link_during_the_build_is_not_followed(target: Path, tmp_path: Path) -> None:
    precious = tmp_path / "precious"
    write_tree(OLD)(precious)
    publish(target, write_tree(OLD))

    def render(folder: Path) -> None:
        write_tree(NEW)(folder)
        target.rename(tmp_path / "elsewhere")
        target.symlink_to(precious)

    with pytest.raises(Refused, match="is a symbolic link"):
        publish(target, render)
    assert read_tree(precious) == OLD
    assert names(tmp_path) == ["elsewhere", "precious", "site"]


@pytest.mark.parametrize("instead", ["a link", "another folder", "nothing"])
def test_a_way_that_leads_elsewhere_after_the_build_leads_to_nothing_being_published(
    tmp_path: Path, instead: str
) -> None:
    target, other = tmp_path / "way" / "site", tmp_path / "other" / "site"
    publish(target, write_tree(OLD))
    publish(other, write_tree(OLD))

    def render(folder: Path) -> None:
        write_tree(NEW)(folder)
        (tmp_path / "way").rename(tmp_path / "moved")
        if instead == "a link":
            (tmp_path / "way").symlink_to(tmp_path / "other")
        elif instead == "another folder":
            publish(target, write_tree(LAST))

    with pytest.raises(EnvironmentTrouble) as trouble:
        publish(target, render)
    assert "\n" not in str(trouble.value)
    assert read_tree(tmp_path / "moved" / "site") == OLD
    assert read_tree(other) == OLD
    assert names(tmp_path / "other") == ["site"]
    if instead == "another folder":
        assert read_tree(target) == LAST
    (tmp_path / "way").unlink() if instead == "a link" else None
    publish(tmp_path / "moved" / "site", write_tree(NEW))
    assert names(tmp_path / "moved") == ["site"], "what the build left behind where it began is gone"


def test_staging_that_somebody_removes_is_no_fault_of_the_program(target: Path) -> None:
    publish(target, write_tree(OLD))

    def render(folder: Path) -> None:
        shutil.rmtree(folder)
        write_tree(NEW)(folder / "deep")
        shutil.rmtree(folder)

    with pytest.raises(EnvironmentTrouble, match="No such file or directory"):
        publish(target, render)
    assert read_tree(target) == OLD
    assert names(target.parent) == ["site"]


def test_a_folder_in_the_output_of_another_build_is_refused(target: Path) -> None:
    publish(target, write_tree(OLD))
    assert "which another build replaces whole" in refusal(target / "sub" / "site")
    assert "which another build replaces whole" in refusal(target / "site")
    assert read_tree(target) == OLD


def test_a_disk_of_its_own_is_refused_before_anything_is_made(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target.mkdir()
    monkeypatch.setattr(os.path, "ismount", lambda path: path == target)
    assert "is a disk of its own" in refusal(target)
    assert names(target.parent) == ["site"]


@pytest.mark.parametrize("kind", ["folder", "link", "pipe"])
def test_a_lock_that_is_something_else_stops_the_build_in_a_line_or_not_at_all(target: Path, kind: str) -> None:
    lock = target.with_name(".site.lcsite-lock")
    precious = target.with_name("precious")
    precious.write_text("mine")
    {"folder": lock.mkdir, "link": lambda: lock.symlink_to(precious), "pipe": lambda: os.mkfifo(lock)}[kind]()
    if kind == "pipe":
        publish(target, write_tree(NEW))
    else:
        with pytest.raises(EnvironmentTrouble) as trouble:
            publish(target, write_tree(NEW))
        assert str(lock) in str(trouble.value)
        assert "\n" not in str(trouble.value)
        assert not target.exists()
    assert precious.read_text() == "mine"


def test_what_a_person_has_protected_in_the_old_site_goes_with_it(
    target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As somebody who is not the superuser finds it: nothing can be removed from a folder that may not be written."""
    publish(target, write_tree(OLD))
    for folder in (target / "a" / "deep", target / "a", target):
        folder.chmod(0o555)
    real = shutil.rmtree

    def removed(folder: Path) -> None:
        if any(not path.stat().st_mode & stat.S_IWUSR for path in [folder, *folder.rglob("*")] if path.is_dir()):
            raise PermissionError(13, "Permission denied", "index.html")
        real(folder)

    monkeypatch.setattr(shutil, "rmtree", removed)
    assert publish(target, write_tree(NEW)).left_behind is None
    assert read_tree(target) == NEW
    assert names(target.parent) == ["site"]
    assert stat.S_IMODE(target.stat().st_mode) == 0o555, "what was published stays protected"


def test_a_leftover_that_cannot_be_removed_is_named_with_what_to_do(
    target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(target, write_tree(OLD))
    leftover = target.with_name(".site.lcsite-new")
    write_tree(NEW)(leftover)

    def denied(_: Path) -> None:
        raise PermissionError(1, "Operation not permitted", "index.html")

    monkeypatch.setattr(shutil, "rmtree", denied)
    with pytest.raises(EnvironmentTrouble, match=r"which an earlier build left behind, .*; remove it") as found:
        publish(target, write_tree(NEW))
    assert str(leftover) in str(found.value)
    assert read_tree(target) == OLD


def test_leftovers_of_any_program_under_our_names_are_cleared_away(target: Path) -> None:
    publish(target, write_tree(OLD))
    for role in ("new", "old"):
        odd = target.with_name(f".site.lcsite-{role}")
        write_tree({"another-version/x": b"x"})(odd)
        (odd / "link").symlink_to(target)
    publish(target, write_tree(NEW))
    assert read_tree(target) == NEW
    assert names(target.parent) == ["site"]


def test_a_file_that_somebody_adds_to_the_output_goes_with_the_old_site(target: Path) -> None:
    """The marker in the folder says so; what is to stay on a site comes from its source."""
    publish(target, write_tree(OLD))
    (target / "added.txt").write_text("by hand")
    assert b"what is put here by hand gets lost" in (target / ".lcsite").read_bytes()
    publish(target, write_tree(NEW))
    assert read_tree(target) == NEW
