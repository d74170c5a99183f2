"""How each engine is called, where it writes, and what has to go before a build counts as cold."""

from __future__ import annotations

import importlib.metadata
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

__all__ = ["EDITED", "ENGINES", "Engine", "versions"]

TOOLS = Path(__file__).parents[1] / ".tools" / "bench" / "bin"
"""Where `make bench` installs the others."""


@dataclass(frozen=True, slots=True)
class Engine:
    """`command` runs in `folder`, below the made-up portal; `output` and `caches` lie there too.

    `edited` is the practice page that is changed before a build that is to show what one change costs. `memory` is what
    lcsite keeps for the next run: beside the portal, since it takes no memory that lies in a site; each command has its
    own. `remembers` says whether a build makes the next one quicker.
    """

    name: str
    command: tuple[str, ...]
    folder: str
    output: str
    edited: str
    caches: tuple[str, ...] = ()
    memory: str = ""
    remembers: bool = False


EDITED = "content/toolbox/practices/practice-00000.md"


def _lcsite(name: str, *options: str, does: str = "build") -> Engine:
    output, memory = f"site-{name}", f"../memory-of-{name}"
    command = (sys.executable, "-m", "lcsite", does, ".", "--quiet", *options)
    if does == "build":
        command += ("--output", output)
    return Engine(name, command, "portal", output, EDITED, (memory,), memory, remembers=True)


def _mkdocs(name: str) -> Engine:
    command = (str(TOOLS / "mkdocs"), "build", "--quiet", "--config-file", f"{name}.yml")
    return Engine(name, command, "peers", f"site-{name}", "docs/practices/*/practice-00000.md")


ENGINES = {
    engine.name: engine
    for engine in (
        _lcsite("lcsite", "--no-search"),
        _lcsite("lcsite-1", "--no-search", "--jobs", "1"),
        _lcsite("lcsite-search"),
        _lcsite("lcsite-check", does="check"),
        _mkdocs("material"),
        _mkdocs("material-search"),
        Engine(
            "zensical", (str(TOOLS / "zensical"), "build", "--config-file", "zensical.yml"), "peers", "site-zensical",
            "docs/practices/*/practice-00000.md", (".cache",), remembers=True,
        ),
        Engine(
            "hugo", (str(TOOLS / "hugo"), "build", "--quiet"), "peers/hugo", "public",
            "content/practices/*/practice-00000.md", ("resources", ".hugo_build.lock"),
        ),
    )
}


def versions() -> dict[str, str]:
    """The version of everything that was measured."""
    found = {"python": sys.version, "lcsite": importlib.metadata.version("lcsite")}
    python = TOOLS / "python"
    if python.exists():
        names = ("mkdocs", "mkdocs-material", "zensical", "hugo")
        asked = f"import importlib.metadata as m; print(*(f'{{n}}={{m.version(n)}}' for n in {names}))"
        said = subprocess.run([str(python), "-c", asked], capture_output=True, text=True, check=True).stdout
        found |= dict(entry.split("=") for entry in said.split())
    return found
