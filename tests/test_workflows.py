"""What build servers are told: nothing of a stranger is run, no secret is near, only the protected branch publishes."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from lcsite.authoring.new_ci import HOSTS, ci_file
from lcsite.cli import run
from tests.builders import SiteFolder, as_page, practice_data

ROOT = Path(__file__).parents[1]
STARTER = ROOT / "lcsite" / "authoring" / "build_servers"
GITHUB = {"starter": STARTER / "github.yml", **{path.stem: path for path in (ROOT / ".github/workflows").glob("*.yml")}}
GITLAB = {"starter": STARTER / "gitlab.yml", "portal": ROOT / ".gitlab-ci.yml"}
FILES = [*GITHUB.values(), *GITLAB.values()]

KNOWN_ACTIONS = {
    "actions/checkout@11bd71901bbe5b1630ceea73d27597364c9af683 # v4.2.2",
    "actions/deploy-pages@d6db90164ac5ed86f2b6aed7e0febac5b3c0c03e # v4.0.5",
    "actions/upload-artifact@ea165f8d65b6e75b540449e92b4886f43607fa02 # v4.6.2",
    "actions/upload-pages-artifact@56afc609e74202658d3ffba0e8f6dda462b719fa # v3.0.1",
}
"""Each commit with the version that it is. A new one is looked up in the action's own repository first."""

ONLY_THE_PROTECTED_BRANCH = (
    "github.event_name == 'push' && github.ref_protected && github.ref_name == github.event.repository.default_branch"
)
ONLY_THE_PROTECTED_BRANCH_OF_GITLAB = '$CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH && $CI_COMMIT_REF_PROTECTED == "true"'


def github(path: Path) -> dict[Any, Any]:
    found = yaml.safe_load(path.read_text("utf-8"))
    assert isinstance(found, dict)
    return found


def jobs(path: Path) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = github(path)["jobs"]
    return found


def steps() -> Iterator[tuple[str, str, dict[str, Any]]]:
    for name, path in GITHUB.items():
        for job, told in jobs(path).items():
            for step in told["steps"]:
                yield name, job, step


# GitHub


def test_there_are_files_for_a_site_the_portal_and_its_tests() -> None:
    assert set(GITHUB) == {"starter", "portal", "tests", "nightly"}


@pytest.mark.parametrize("path", GITHUB.values(), ids=GITHUB)
def test_a_workflow_starts_only_where_strangers_have_no_rights(path: Path) -> None:
    """`pull_request` gives a fork's change a token that reads and no secret; its sisters do not."""
    started_by = {"schedule", "workflow_dispatch"} if path.stem == "nightly" else {"pull_request", "push"}
    assert set(github(path)[True]) == started_by  # YAML reads the bare word "on" as true


@pytest.mark.parametrize("path", GITHUB.values(), ids=GITHUB)
def test_nobody_has_a_right_that_is_not_named(path: Path) -> None:
    assert github(path)["permissions"] == {}
    for name, job in jobs(path).items():
        wanted = {"pages": "write", "id-token": "write"} if name == "publish" else {"contents": "read"}
        assert job["permissions"] == wanted, name


def test_what_may_write_runs_nothing_but_the_publishing_action() -> None:
    publishing = [step for _, job, step in steps() if job == "publish"]
    assert publishing
    assert all(step["uses"].startswith("actions/deploy-pages@") and "run" not in step for step in publishing)


@pytest.mark.parametrize("path", [GITHUB["starter"], GITHUB["portal"]], ids=["starter", "portal"])
def test_only_the_protected_default_branch_is_built_for_publishing_and_published(path: Path) -> None:
    found = jobs(path)
    assert found["review"]["if"] == "github.event_name == 'pull_request'"
    assert found["build"]["if"] == found["publish"]["if"] == ONLY_THE_PROTECTED_BRANCH
    assert found["publish"]["needs"] == "build"
    assert found["publish"]["environment"] == {"name": "github-pages"}


def test_every_action_is_one_commit_and_says_which_version_that_is() -> None:
    lines = [line for path in GITHUB.values() for line in path.read_text("utf-8").splitlines() if "uses:" in line]
    used = {line.partition("uses:")[2].strip() for line in lines}
    assert used == KNOWN_ACTIONS
    assert all(re.fullmatch(r"actions/[a-z-]+@[0-9a-f]{40} # v[0-9.]+", each) for each in used)


def test_no_checkout_leaves_a_token_behind() -> None:
    checkouts = [step for _, _, step in steps() if step.get("uses", "").startswith("actions/checkout@")]
    assert checkouts
    assert all(step["with"]["persist-credentials"] is False for step in checkouts)


@pytest.mark.parametrize("path", [GITHUB["starter"], GITHUB["portal"]], ids=["starter", "portal"])
def test_what_runs_comes_from_the_branch_that_a_change_is_meant_for(path: Path) -> None:
    base, proposed, program, *rest = jobs(path)["review"]["steps"]
    assert base["with"]["ref"] == "${{ github.event.pull_request.base.sha }}"
    assert (base["with"]["path"], proposed["with"]["path"]) == ("base", "proposed")
    assert program["working-directory"] == "base"
    assert "proposed" not in program["run"]
    commands = [step["run"] for step in rest if "run" in step]
    assert commands == [
        'lcsite review base proposed --into joined --format github --summary "$GITHUB_STEP_SUMMARY"',
        "lcsite build joined --output preview",
    ]


@pytest.mark.parametrize("path", [GITHUB["starter"], GITHUB["portal"]], ids=["starter", "portal"])
def test_a_preview_is_kept_for_a_while_and_published_nowhere(path: Path) -> None:
    kept = jobs(path)["review"]["steps"][-1]
    assert kept["uses"].startswith("actions/upload-artifact@")
    assert kept["with"] == {"name": "preview", "path": "preview", "retention-days": 7, "if-no-files-found": "error"}


def test_every_night_all_is_tried_that_takes_too_long_for_every_change() -> None:
    job = jobs(GITHUB["nightly"])["harm"]
    targets = job["strategy"]["matrix"]["target"]
    assert targets == ["fuzz", "fuzz-bytes", "faults", "audit"]
    assert job["strategy"]["fail-fast"] is False
    assert job["steps"][-1]["run"] == 'make "$TARGET"'
    makefile = (ROOT / "Makefile").read_text("utf-8")
    assert all(f"\n{target}: " in makefile for target in targets)


def test_no_shell_line_holds_a_word_that_a_stranger_may_choose() -> None:
    for name, job, step in steps():
        assert "${{" not in step.get("run", ""), (name, job)
        inserted = re.findall(r"\$\{\{ *(.*?) *\}\}", yaml.safe_dump(step))
        assert set(inserted) <= {"github.event.pull_request.base.sha", "runner.temp"}, (name, job)


# GitLab


def gitlab_jobs(path: Path) -> dict[str, dict[str, Any]]:
    found = yaml.safe_load(path.read_text("utf-8"))
    return {name: told for name, told in found.items() if "script" in told}


@pytest.mark.parametrize("path", GITLAB.values(), ids=GITLAB)
def test_gitlab_reviews_merge_requests_and_publishes_the_protected_branch(path: Path) -> None:
    found = gitlab_jobs(path)
    assert found["review"]["rules"] == [{"if": '$CI_PIPELINE_SOURCE == "merge_request_event"'}]
    assert found["pages"]["rules"] == [{"if": ONLY_THE_PROTECTED_BRANCH_OF_GITLAB}]
    assert found["pages"]["artifacts"] == {"paths": ["public"]}
    assert found["review"]["artifacts"]["reports"] == {"codequality": "code-quality.json"}
    assert found["review"]["artifacts"]["expire_in"] == "1 week"


@pytest.mark.parametrize("path", GITLAB.values(), ids=GITLAB)
def test_gitlab_runs_the_program_of_the_branch_that_a_change_is_meant_for(path: Path) -> None:
    fetch, enter, *install, clear, review, build = gitlab_jobs(path)["review"]["script"]
    assert all(isinstance(line, str) for job in gitlab_jobs(path).values() for line in job["script"])
    assert fetch.startswith("python3 -I -")  # what lies about is the proposal's, and is not imported
    assert "CI_MERGE_REQUEST_TARGET_BRANCH_NAME" in fetch
    assert 'filter="data"' in fetch
    assert enter == "cd /tmp/base"
    assert install
    assert not any("CI_PROJECT_DIR" in line or line.startswith("cd") for line in install)
    made = ["preview", "code-quality.json", "summary.md"]
    assert clear == "rm -rf " + " ".join(f'"$CI_PROJECT_DIR/{name}"' for name in made)
    assert review.partition("lcsite ")[2] == (
        'review . "$CI_PROJECT_DIR" --into /tmp/joined '
        '--report "$CI_PROJECT_DIR/code-quality.json" --summary "$CI_PROJECT_DIR/summary.md"'
    )
    assert build.partition("lcsite ")[2] == 'build /tmp/joined --output "$CI_PROJECT_DIR/preview"'


@pytest.mark.parametrize("path", [GITHUB["starter"], GITHUB["portal"], *GITLAB.values()])
def test_no_program_is_looked_for_in_the_folder_in_which_it_is_called(path: Path) -> None:
    told = yaml.safe_load(path.read_text("utf-8"))
    assert (told.get("env") or told["variables"])["PYTHONSAFEPATH"] == "1"


@pytest.mark.parametrize("path", GITLAB.values(), ids=GITLAB)
def test_gitlab_works_in_one_known_image(path: Path) -> None:
    image = yaml.safe_load(path.read_text("utf-8"))["default"]["image"]
    assert re.fullmatch(r"python:3\.12-slim@sha256:[0-9a-f]{64}", image)


# Both


@pytest.mark.parametrize("path", FILES, ids=[path.name for path in FILES])
def test_no_file_speaks_of_a_secret_a_registry_or_an_address(path: Path) -> None:
    text = path.read_text("utf-8")
    assert not re.search(r"secrets?\b(?!\.$| at all| *\n)", re.sub(r"(?m)^#.*$", "", text), re.I)
    assert not re.search(r"https?://|index-url|pypi|CI_JOB_TOKEN|GITHUB_TOKEN|pull_request_target", text)


@pytest.mark.parametrize("host", HOSTS)
def test_sites_install_only_what_they_have_pinned(host: str) -> None:
    installs = [line for line in ci_file(host).text.splitlines() if re.search(r"\bpip\b.*install", line)]
    assert installs
    for line in installs:
        assert "--require-hashes --only-binary :all: --requirement program/requirements.txt" in line


@pytest.mark.parametrize("host", HOSTS)
def test_a_site_begins_with_its_file_or_gets_it_later(host: str, tmp_path: Path) -> None:
    told = ["--title", "A", "--place", "Ash", "--kind", "town", "--country", "GB", "--world-region",
            "europe-and-north-america", "--publisher", "B"]  # fmt: skip
    assert run(["new", "site", str(tmp_path / "one"), *told, "--ci", host]) == 0
    assert run(["new", "site", str(tmp_path / "two"), *told]) == 0
    assert not (tmp_path / "two" / HOSTS[host]).exists()
    assert run(["new", "ci", host, "--folder", str(tmp_path / "two")]) == 0
    assert (tmp_path / "one" / HOSTS[host]).read_bytes() == (tmp_path / "two" / HOSTS[host]).read_bytes()


# The job itself, its shell lines run in order on a change that means harm


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """The folders that the job finds: the site as it is, and what a stranger proposes."""
    for name in ("base", "proposed"):
        site = SiteFolder(tmp_path / name)
        site.framework("garden-rules")
        site.place("willow", "Willow")
        site.write("program/requirements.txt", "nothing\n")
    harm = tmp_path / "proposed"
    page = as_page(practice_data("Soup", supports=["garden-rules/gardens"]), "## What was done\n\nMet.\n")
    for path, text in {
        "mkdocs.yml": "site_name: x\nhooks: [evil.py]\nplugins: [lcsite]\n",
        "evil.py": "open('HARM', 'w').write('harm')\n",
        "sitecustomize.py": "open('HARM', 'w').write('harm')\n",
        "lcsite/__init__.py": "raise SystemExit('taken over')\n",
        "overrides/main.html": "<script>harm()</script>\n",
        "program/requirements.txt": "harm==1.0\n",
        ".github/workflows/site.yml": "permissions: write-all\n",
        "content/toolbox/practices/soup.md": page,
    }.items():
        (harm / path).parent.mkdir(parents=True, exist_ok=True)
        (harm / path).write_text(text, "utf-8")
    return tmp_path


def run_the_job(workspace: Path) -> subprocess.CompletedProcess[str]:
    """The shell lines of the review job, without the installation, as GitHub runs them: each by bash -e."""
    told = [s["run"] for s in jobs(GITHUB["starter"])["review"]["steps"] if s.get("run", "").startswith("lcsite")]
    environment = {
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}", "GITHUB_STEP_SUMMARY": "summary.md",
        "CI": "true", "NO_MKDOCS_2_WARNING": "1", "HOME": str(workspace),
    }  # fmt: skip
    return subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", "\n".join(told)], cwd=workspace, env=environment,
        capture_output=True, text=True, check=False, timeout=120,
    )


def test_a_hostile_change_is_shown_as_the_practice_that_it_holds_and_runs_nothing(workspace: Path) -> None:
    done = run_the_job(workspace)
    assert done.returncode == 0, done.stdout + done.stderr
    assert (workspace / "preview" / "toolbox" / "practices" / "soup" / "index.html").is_file()
    assert not list(workspace.rglob("HARM"))
    assert not [p for p in (workspace / "preview").rglob("*.html") if "harm()" in p.read_text("utf-8")]
    summary = (workspace / "summary.md").read_text("utf-8")
    assert "the practice soup now serves garden\\-rules/gardens" in summary
    named = summary.partition("### It also changes other files")[2]
    for path in ("mkdocs.yml", "evil.py", "sitecustomize.py", "overrides/main.html", "program/requirements.txt"):
        assert f"- {path}\n".replace(".", "\\.") in named
    assert (workspace / "joined" / "program" / "requirements.txt").read_text() == "nothing\n"


def test_what_a_review_writes_goes_through_no_link(workspace: Path) -> None:
    target = workspace / "elsewhere"
    target.write_text("as it was")
    for name, option in (("summary.md", "--summary"), ("report.json", "--report")):
        (workspace / name).symlink_to(target)
        told = ["review", "base", "proposed", "--into", f"joined-{name}", option, name]
        program = Path(sys.executable).parent / "lcsite"
        done = subprocess.run([program, *told], cwd=workspace, capture_output=True, check=False)
        assert done.returncode == 3
        assert target.read_text() == "as it was"


def test_a_change_with_links_and_mistakes_is_told_at_its_lines_and_makes_no_preview(workspace: Path) -> None:
    (workspace / "proposed" / "content" / "away").symlink_to("/etc")
    (workspace / "proposed" / "cities" / "willow" / "index.md").write_text("---\nname: Willow\n---\n")
    done = run_the_job(workspace)
    assert done.returncode == 1
    lines = done.stdout.splitlines()
    assert all(line.startswith("::error file=") for line in lines)
    assert any(line.startswith("::error file=content/away,line=1,col=1,title=refused-file::") for line in lines)
    assert any(line.startswith("::error file=cities/willow/index.md,") for line in lines)
    assert not (workspace / "preview").exists()
    assert "The site after the change cannot be built" in (workspace / "summary.md").read_text("utf-8")
