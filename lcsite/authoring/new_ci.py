"""`lcsite new ci`: the file by which a build server checks proposals, shows previews and publishes the site."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from lcsite.authoring.draft import Context, Draft, NewFile, Values
from lcsite.authoring.questions import Question

__all__ = ["CI_STEPS", "HOSTS", "QUESTIONS", "ci_file", "draft_ci"]

_FOLDER = Path(__file__).parent / "build_servers"

HOSTS: Mapping[str, str] = MappingProxyType({"github": ".github/workflows/site.yml", "gitlab": ".gitlab-ci.yml"})
"""Where each host looks for its file, below the site's folder."""

QUESTIONS = (Question("host", "where the files of the site are kept", choices=tuple(HOSTS), positional=True),)

CI_STEPS = (
    "put the file of the program into the folder program, so that the build server can install it",
    "lcsite pin program/PROGRAM.whl", "put everything under version control, and send it to the host",
)

_STEPS: Mapping[str, str] = MappingProxyType({
    "github": "in the settings of the repository protect the default branch, and under Pages choose GitHub Actions",
    "gitlab": "in the settings of the project see that the default branch is protected; Pages need nothing more",
})


def ci_file(host: str) -> NewFile:
    """The file for one host; the same for every site."""
    return NewFile(HOSTS[host], (_FOLDER / f"{host}.yml").read_text("utf-8"))


def draft_ci(values: Values, _: Context) -> Draft:
    """The file for the host that was asked for."""
    host = str(values["host"])
    return Draft(files=(ci_file(host),), missing=("the program, so that the build server can install it",), steps=(
        *CI_STEPS, _STEPS[host],
    ))
