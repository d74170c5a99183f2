"""The walls of the house (ARCHITECTURE.md), kept by reading the source.

A room is a package or module directly below `lcsite/`. If a test here fails, either the change belongs in another
room or the table below, and ARCHITECTURE.md with it, needs a better reason.
"""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "lcsite"
MODULES = sorted(PACKAGE.rglob("*.py"))
BY_OTHERS = PACKAGE / "desk"
"""A program of others, taken over as it is (`scripts/vendor_desk.py`)."""
TEMPLATES = sorted(
    path for ending in ("html", "css", "js", "xml") for path in PACKAGE.rglob(f"*.{ending}")
    if not path.is_relative_to(BY_OTHERS)
)

CORE = ("problems", "model", "reading", "checking", "scoring", "linking", "pages", "rendering")
OUTER = (
    *CORE, "builtin_folder", "checked_site", "checked_text", "describing", "exporting", "publishing", "pipeline",
    "problem_codes", "tidying",
)

MAY_IMPORT_OF_OURS: dict[str, tuple[str, ...]] = {
    "problems": (),
    "model": (),
    "reading": ("model", "problems"),
    "checking": ("model", "problems"),
    "scoring": ("model",),
    "linking": ("model",),
    "pages": ("model", "scoring", "linking"),
    "rendering": ("pages", "model.site", "kept_beside"),  # the site's own settings are no part of the portfolio
    "describing": ("model", "reading", "pages.file_reference", "kept_beside"),
    "exporting": (*CORE, "describing"),
    "publishing": (*CORE, "tidying", "working_apart"),
    "cache": ("reading", "building", "looking", "problems", "tidying"),
    "building": (
        "model", "reading", "pages", "problems", "rendering", "exporting", "publishing", "builtin_folder",
        "checked_site", "checked_text", "linking", "looking", "pipeline", "mkdocs_plugin", "tidying",
        "working_apart",
    ),
    "pipeline": (*CORE, "builtin_folder", "checked_site", "describing", "exporting", "problem_codes"),
    "changes": (*CORE, "pipeline"),
    "authoring": (*CORE, "describing", "pipeline"),
    "importing": (*CORE, "authoring", "describing", "pipeline"),
    "gathering": ("model", "problems", "reading", "pipeline", "publishing"),
    "problem_codes": ("problems", "reading", "checking", "publishing"),
    "working_apart": ("tidying",),
    "builtin_folder": (),
    "checked_site": (*CORE, "builtin_folder", "pipeline", "working_apart"),
    "checked_text": ("model", "problems", "reading", "checking"),
    "looking": (),
    "tidying": (),
    "light_classes": (),
    "kept_beside": (),
    "mkdocs_plugin": (
        "working_apart", "tidying", "problems", "pages", "rendering", "publishing", "pipeline", "reading.memory",
    ),
    "cli": (*OUTER, "working_apart", "authoring", "importing", "changes", "cache", "gathering", "mkdocs_plugin",
            "building", "builtin_folder"),
    "starter": (),
    "theme": (),
    "__init__": (),
    "__main__": ("cli",),
}

MAY_IMPORT_OF_OTHERS: dict[str, tuple[str, ...]] = {
    "model": ("pydantic", "pydantic_core"),
    "checking": ("pydantic",),
    "reading": ("pydantic", "pydantic_core", "yaml"),
    "rendering": ("babel", "jinja2", "markdown", "markupsafe", "nh3", "pymdownx", "resvg_py"),
    "exporting": ("babel", "jinja2", "markdown", "markupsafe", "pydantic", "yaml"),
    "publishing": ("cbor2", "lxml", "pagefind"),
    "mkdocs_plugin": ("jinja2", "mkdocs", "watchdog"),
    "authoring": ("pydantic",),
    "describing": ("pydantic", "pydantic_core", "yaml"),
    "importing": ("pydantic", "python_calamine"),
    "cli": ("click",),
}

WITHOUT_FILES = ("problems", "model", "checking", "scoring", "linking", "pages")
FILES = {"glob", "io", "os", "pathlib", "shutil", "socket", "subprocess", "tempfile"}
WITH_A_CLOCK = ("cli", "publishing")
LONGEST_MODULE = 400


def room_of(module: Path) -> str:
    return module.relative_to(PACKAGE).parts[0].removesuffix(".py")


def modules_of(*rooms: str) -> list[Path]:
    return [module for module in MODULES if room_of(module) in rooms]


@cache
def tree_of(module: Path) -> ast.Module:
    return ast.parse(module.read_text("utf-8"), str(module))


def imports_of(module: Path) -> Iterator[tuple[int, str]]:
    """Line and full name of everything imported, also inside functions and for type checking only."""
    for node in ast.walk(tree_of(module)):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module}:{node.lineno}: imports name their room in full"
            yield from ((node.lineno, f"{node.module}.{alias.name}") for alias in node.names)


def spot(path: Path, line: int) -> str:
    return f"{path.relative_to(ROOT)}:{line}"


def test_every_room_is_in_the_table() -> None:
    rooms = {room_of(module) for module in MODULES}
    assert rooms <= set(MAY_IMPORT_OF_OURS)


def test_rooms_import_only_the_rooms_behind_them() -> None:
    found = []
    for module in MODULES:
        room = room_of(module)
        allowed = (room, *MAY_IMPORT_OF_OURS[room], "light_classes", "__version__")
        for line, name in imports_of(module):
            inner = name.removeprefix("lcsite.")
            if inner != name and not any(inner == ours or inner.startswith(f"{ours}.") for ours in allowed):
                found.append(f"{spot(module, line)}: {room} imports {name}")
    assert found == []


def test_rooms_import_only_the_libraries_that_their_work_needs() -> None:
    found = []
    for module in MODULES:
        room = room_of(module)
        for line, name in imports_of(module):
            library = name.split(".", 1)[0]
            if library == "lcsite" or library in sys.stdlib_module_names:
                continue
            if library not in MAY_IMPORT_OF_OTHERS.get(room, ()):
                found.append(f"{spot(module, line)}: {room} imports {name}")
    assert found == []


def test_only_the_plugin_knows_the_engine_and_nobody_knows_the_theme() -> None:
    users = {(room_of(module), name.split(".", 1)[0]) for module in MODULES for _, name in imports_of(module)}
    assert {room for room, library in users if library in ("mkdocs", "properdocs")} <= {"mkdocs_plugin"}
    assert {room for room, library in users if library == "material"} == set()


def test_the_command_line_asks_the_plugin_room_only_to_run_the_engine() -> None:
    inside = [
        f"{spot(module, line)}: {name}"
        for module in modules_of("cli")
        for line, name in imports_of(module)
        if name.startswith("lcsite.mkdocs_plugin.") and not name.startswith("lcsite.mkdocs_plugin.engine.")
    ]
    assert inside == []


def test_rooms_of_pure_values_touch_no_files() -> None:
    found = []
    for module in modules_of(*WITHOUT_FILES):
        imported = ((line, name) for line, name in imports_of(module) if name.split(".", 1)[0] in FILES)
        found += [f"{spot(module, line)}: imports {name}" for line, name in imported]
        for node in ast.walk(tree_of(module)):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "open":
                found.append(f"{spot(module, node.lineno)}: opens a file")
    assert found == []


CLOCK = {"datetime.now", "datetime.utcnow", "datetime.today", "date.today"} | {
    f"time.{name}" for name in ("time", "time_ns", "localtime", "ctime", "strftime", "gmtime")
}


def test_nothing_but_the_outermost_rooms_asks_for_the_time() -> None:
    found = []
    for module in MODULES:
        if room_of(module) in WITH_A_CLOCK:
            continue
        for line, name in imports_of(module):
            if name in CLOCK:
                found.append(f"{spot(module, line)}: imports {name}")
        for node in ast.walk(tree_of(module)):
            if isinstance(node, ast.Attribute) and ".".join(ast.unparse(node).split(".")[-2:]) in CLOCK:
                found.append(f"{spot(module, node.lineno)}: {ast.unparse(node)}")
    assert found == []


def test_frameworks_are_data_and_no_program_or_template_knows_one_by_name() -> None:
    frameworks = sorted(file.parent.name for file in (ROOT / "content" / "criteria").glob("*/framework.yml"))
    assert frameworks, "content/criteria holds the frameworks that this test looks for"
    pattern = re.compile(rf"(?<![\w-])({'|'.join(map(re.escape, frameworks))})(?![\w-])")
    found = [
        f"{spot(path, number)}: {line.strip()}"
        for path in (*MODULES, *TEMPLATES)
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if pattern.search(line)
    ]
    assert found == []


# A name may speak of such words only to forbid them, as in `no_ranking`; `best` may name the end of a scale.
ORDER_WORDS = {"rank", "ranks", "ranked", "ranking", "rankings", "league", "leagues", "leaderboard", "podium", "winner"}
ORDER_ENDS = {"best", "worst", "top", "bottom"}
PLACES = {"place", "places", "city", "cities", "region", "regions", "village", "villages"}
WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")


def speaks_of_an_order_of_places(name: str) -> bool:
    words = [word.lower() for word in WORD.findall(name)]
    for before, word in zip(["", *words], words, strict=False):
        if word in ORDER_WORDS and before not in ("no", "not", "never", "without") and "refused" not in words:
            return True
    return bool(ORDER_ENDS.intersection(words) and PLACES.intersection(words))


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("rank_places", True),
        ("LeagueTable", True),
        ("best_place", True),
        ("topCities", True),
        ("no_ranking", False),
        ("RankingRefused", False),
        ("best", False),
        ("franking", False),
    ],
)
def test_the_search_for_forbidden_words_knows_them(name: str, expected: bool) -> None:
    assert speaks_of_an_order_of_places(name) is expected


def names_of(tree: ast.Module) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield node.lineno, node.name
        elif isinstance(node, ast.Name):
            yield node.lineno, node.id
        elif isinstance(node, ast.Attribute):
            yield node.lineno, node.attr
        elif isinstance(node, ast.arg | ast.keyword) and node.arg:
            yield node.lineno, node.arg
        elif isinstance(node, ast.alias):
            yield node.lineno, node.asname or node.name


def test_no_name_in_the_program_speaks_of_an_order_of_places() -> None:
    found = [
        f"{spot(module, line)}: {name}"
        for module in MODULES
        for line, name in names_of(tree_of(module))
        if speaks_of_an_order_of_places(name)
    ]
    assert found == []


def test_no_class_in_templates_and_styles_speaks_of_an_order_of_places() -> None:
    a_class = re.compile(r'class="([^"]*)"|\.([a-z][\w-]*)')
    found = [
        f"{spot(path, number)}: {name}"
        for path in TEMPLATES
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        for attribute, selector in a_class.findall(line)
        for name in (attribute or selector).split()
        if ORDER_WORDS.intersection(WORD.findall(name))
    ]
    assert found == []


def test_every_module_says_what_it_is_for_and_is_short_enough_to_be_read() -> None:
    found = []
    for module in MODULES:
        lines = len(module.read_text("utf-8").splitlines())
        if lines > LONGEST_MODULE:
            found.append(f"{spot(module, lines)}: {lines} lines; more than {LONGEST_MODULE} want to be two modules")
        if lines and not ast.get_docstring(tree_of(module)):
            found.append(f"{spot(module, 1)}: no docstring says what this module is for")
    assert found == []


WITHOUT_AN_ENGINE = """
import importlib, pkgutil, sys

class Wall:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in ("mkdocs", "material", "properdocs", "zensical"):
            raise ModuleNotFoundError(f"{name} is not installed", name=name)

sys.meta_path.insert(0, Wall())
count = 0
for room in sys.argv[1:]:
    module = importlib.import_module(f"lcsite.{room}")
    count += 1
    for found in pkgutil.walk_packages(getattr(module, "__path__", ()), f"lcsite.{room}."):
        importlib.import_module(found.name)
        count += 1
print(count)
"""


def test_the_core_runs_where_no_engine_is_installed() -> None:
    command = [sys.executable, "-W", "error", "-c", WITHOUT_AN_ENGINE, *CORE]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) == len(modules_of(*CORE))
