"""Revisions of git as folders: the user's tree is only read, and what a stranger committed is only data."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from lcsite.changes import NoSuchState, materialised
from lcsite.cli import run
from tests.builders import SiteFolder

WHO = {f"GIT_{role}_{what}": "ada@example.org" for role in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}


def git(folder: Path, *arguments: str, given: bytes = b"") -> str:
    environment = {**os.environ, **WHO, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    done = subprocess.run(
        ["git", "-C", str(folder), *arguments], input=given, capture_output=True, env=environment, check=True
    )
    return done.stdout.decode().strip()


@pytest.fixture
def repository(tmp_path: Path) -> SiteFolder:
    """A site in a folder of a repository, with one commit."""
    site = SiteFolder(tmp_path / "repository" / "portal")
    site.framework("garden-rules")
    site.place("willow", "Willow")
    git(tmp_path, "init", "--quiet", "--initial-branch=main", str(tmp_path / "repository"))
    git(site.root, "add", ".")
    git(site.root, "commit", "--quiet", "-m", "Begin")
    return site


def tree_of(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_a_revision_holds_the_files_of_the_site_and_no_others(repository: SiteFolder) -> None:
    wanted = {path: text for path, text in tree_of(repository.root).items() if path.startswith(("content/", "cities/"))}
    with materialised("HEAD", repository.root) as folder:
        assert tree_of(folder) == wanted
        assert repository.root not in folder.parents


def test_without_anything_said_it_is_the_work_tree_since_the_last_commit(
    repository: SiteFolder, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = ["--folder", str(repository.root)]
    assert run(["diff", *folder]) == 0
    assert capsys.readouterr().out == "nothing changes\n"
    repository.place("ash", "Ash")
    assert run(["diff", *folder]) == 0
    assert "  Ash: new\n" in capsys.readouterr().out
    git(repository.root, "add", ".")
    git(repository.root, "commit", "--quiet", "-m", "Ash")
    assert run(["diff", "main~1", "main", *folder]) == 0
    assert "  Ash: new\n" in capsys.readouterr().out


def test_the_users_tree_index_and_branches_stay_as_they_are(repository: SiteFolder) -> None:
    repository.place("ash", "Ash")
    before = tree_of(repository.root.parent)
    with materialised("main", repository.root):
        pass
    assert tree_of(repository.root.parent) == before


@pytest.mark.parametrize(
    "name", ["--output=/tmp/x", "-", "--upload-pack=touch x", "nowhere", "main..HEAD", "", "HEAD:portal", "@{-1}"]
)
def test_what_is_no_revision_is_refused_in_words(
    repository: SiteFolder, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["diff", "--folder", str(repository.root), "--", name]) == 2
    assert "revision" in capsys.readouterr().err


def test_outside_a_repository_and_in_a_folder_without_a_site_it_says_so(tmp_path: Path) -> None:
    with pytest.raises(NoSuchState, match="not under version control"), materialised("HEAD", tmp_path):
        pass
    with pytest.raises(NoSuchState, match="no folder content"), materialised(str(tmp_path), tmp_path):
        pass


def commit_of(repository: SiteFolder, listing: bytes) -> str:
    """A commit whose `portal/content` holds what `git mktree` is given."""
    inner = git(repository.root, "mktree", "-z", "--missing", given=listing)
    portal = git(repository.root, "mktree", "-z", given=f"040000 tree {inner}\tcontent\0".encode())
    top = git(repository.root, "mktree", "-z", given=f"040000 tree {portal}\tportal\0".encode())
    return git(repository.root, "commit-tree", top, "-m", "Hostile")


def test_a_link_in_a_revision_is_a_link_to_nowhere(repository: SiteFolder) -> None:
    blob = git(repository.root, "hash-object", "-w", "--stdin", given=b"/etc/passwd")
    commit = commit_of(repository, f"120000 blob {blob}\tindex.md\0".encode())
    with materialised(commit, repository.root) as folder:
        link = folder / "content" / "index.md"
        assert link.is_symlink()
        assert link.readlink() == Path("link")


def test_a_name_that_leads_elsewhere_is_refused_before_anything_is_written(repository: SiteFolder) -> None:
    blob = git(repository.root, "hash-object", "-w", "--stdin", given=b"x")
    commit = commit_of(repository, f"100644 blob {blob}\ta\\..\\b.md\0".encode())
    with pytest.raises(NoSuchState, match="leads elsewhere"), materialised(commit, repository.root):
        pass


def test_a_huge_file_is_not_written_out(repository: SiteFolder) -> None:
    blob = git(repository.root, "hash-object", "-w", "--stdin", given=b"\0" * (9 * 1024 * 1024))
    commit = commit_of(repository, f"100644 blob {blob}\tbig.md\0".encode())
    with materialised(commit, repository.root) as folder:
        facts = (folder / "content" / "big.md").stat()
        assert facts.st_size == 9 * 1024 * 1024
        assert facts.st_blocks * 512 < 1024 * 1024
