from __future__ import annotations

import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from lcsite.problems import Location, Problem, Severity
from lcsite.publishing import Locked, OutputRejected, Refused, publish
from tests.publishing.trees import NEW, OLD, read_tree, write_tree

ROOT = Path(__file__).parents[2]


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
        "import sys; from pathlib import Path; from lcsite.publishing import publish\n"
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
