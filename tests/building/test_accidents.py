"""Whatever happens to the published site, to the memory, or during a build: the next one is as good as a clean one."""

from __future__ import annotations

import errno
import importlib
import itertools
import os
import random
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from lcsite.building import ground
from lcsite.checked_text import Beside, read_quietly
from lcsite.cli import building, content
from lcsite.publishing import swap
from lcsite.publishing.kept import is_intact, signatures
from lcsite.publishing.lock import only_build
from lcsite.publishing.target import Target
from lcsite.reading.authored_files import FileContent
from lcsite.reading.memory import Memory
from tests.building.towns import SKIN, Town, differing, inodes, made_anew
from tests.faults import KILLED, end_of

publishing = importlib.import_module("lcsite.publishing.publish")
QUICK = "--no-search"
PRACTICE = "content/toolbox/practices/talks.md"
PAGE = "toolbox/practices/talks/index.html"


def edited(folder: Path) -> None:
    with (folder / PAGE).open("ab") as file:
        file.write(b"By hand.")


def deleted(folder: Path) -> None:
    (folder / PAGE).unlink()


def replaced(folder: Path) -> None:
    """Another file with the size and the time of the old one."""
    before = (folder / PAGE).stat()
    other = folder / "other"
    other.write_bytes((folder / PAGE).read_bytes().replace(b"They", b"Then"))
    os.utime(other, ns=(before.st_atime_ns, before.st_mtime_ns))
    other.rename(folder / PAGE)
    assert (folder / PAGE).stat().st_size == before.st_size


def overwritten(folder: Path) -> None:
    """Other bytes in the same file, with the old time put back."""
    before = (folder / PAGE).stat()
    (folder / PAGE).write_bytes((folder / PAGE).read_bytes().replace(b"They", b"Then"))
    os.utime(folder / PAGE, ns=(before.st_atime_ns, before.st_mtime_ns))


def added(folder: Path) -> None:
    (folder / "more.html").write_bytes(b"By hand.")


@pytest.mark.parametrize("accident", [edited, deleted, replaced, overwritten, added])
def test_what_is_done_to_a_published_site_by_hand_is_seen(tmp_path: Path, accident: Callable[[Path], None]) -> None:
    for path in (PAGE, "index.html"):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(b"They met.")
    known = signatures(tmp_path)
    assert is_intact(tmp_path, known)

    accident(tmp_path)

    assert not is_intact(tmp_path, known)


def test_what_was_done_to_the_published_site_by_hand_is_undone_and_never_carried_on(shared: Town) -> None:
    overwritten(shared.warm)
    assert shared.build(QUICK).code == 0
    assert differing(shared.warm, shared.clean) == []

    overwritten(shared.warm)
    (shared.warm / "index.html").write_bytes(b"By hand.")
    shared.append(PRACTICE, "\nAnd more.\n")
    assert shared.agrees(QUICK).code == 0


def spoilt(memory: Path) -> None:
    (file,) = memory.glob("*.sqlite")
    raw, chance = bytearray(file.read_bytes()), random.Random(7)
    for _ in range(len(raw) // 50):
        raw[chance.randrange(100, len(raw))] = chance.randrange(256)
    file.write_bytes(raw)


def read_only(memory: Path) -> None:
    for path in memory.iterdir():
        path.chmod(0o400)
    memory.chmod(0o500)


@pytest.mark.parametrize("accident", [spoilt, read_only])
def test_without_a_memory_that_can_be_used_a_build_is_slower_and_the_same(
    shared: Town, accident: Callable[[Path], None]
) -> None:
    memory = Path(os.environ["LCSITE_CACHE"])
    said = shared.build(QUICK)
    accident(memory)
    try:
        again = shared.build(QUICK)
        assert (again.code, again.out, again.err) == (said.code, said.out, said.err)
        assert differing(shared.warm, shared.clean) == []
    finally:
        memory.chmod(0o700)
        for path in memory.iterdir():
            path.chmod(0o600)


@pytest.mark.parametrize("kind", ["ground", "rest-of-ground"])
def test_where_what_was_read_is_forgotten_it_is_read_again(shared: Town, kind: str) -> None:
    shared.agrees(QUICK)
    (file,) = Path(os.environ["LCSITE_CACHE"]).glob("*.sqlite")
    store = sqlite3.connect(file, isolation_level=None)
    assert store.execute("delete from entry where kind = ?", (kind,)).rowcount
    store.close()
    shared.append("cities/alder/index.md", "\nA place that asks for its answers.\n")
    assert shared.agrees(QUICK).code == 0


def test_who_wants_no_memory_gets_the_same_site(shared: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LCSITE_CACHE", "")
    before = inodes(shared.warm)
    assert shared.build(QUICK).code == 0
    assert made_anew(before, shared.warm) == before.keys()
    assert differing(shared.warm, shared.clean) == []


def test_a_build_that_is_killed_leaves_nothing_that_misleads_the_next(shared: Town) -> None:
    shared.agrees(QUICK)
    shared.append(PRACTICE, "\nKilled.\n")
    for number in (60, 300, 430, 600):  # while it looks, while it reads, while it writes, and after the exchange
        assert end_of("killed", number, lambda: shared.build(QUICK)) == KILLED
    assert shared.agrees(QUICK).code == 0
    assert os.listdir(shared.warm.parent).count(".warm.lcsite-new") == 0


def test_a_site_that_another_build_has_exchanged_meanwhile_is_not_taken_over(
    shared: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both begin with the same memory; the other one publishes a skin that is then taken back."""
    shared.agrees(QUICK)

    @contextmanager
    def after_another_build(lock: Path) -> Iterator[None]:
        monkeypatch.setattr(publishing, "only_build", only_build)
        shared.made.write("overrides/main.html", SKIN.format("Quite different."))
        assert shared.build(QUICK).code == 0
        shared.made.write("overrides/main.html", SKIN.format("Hello."))
        with only_build(lock):
            yield

    monkeypatch.setattr(publishing, "only_build", after_another_build)
    shared.append(PRACTICE, "\nAt the same time.\n")
    assert shared.agrees(QUICK).code == 0


def test_while_a_build_rests_on_the_published_site_no_other_can_exchange_it(
    shared: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    shared.agrees(QUICK)
    codes: list[int] = []

    def while_another_wants_to_build(root: Path, path: str, beside: Beside) -> FileContent | None:
        monkeypatch.setattr(ground, "read_quietly", read_quietly)
        codes.append(shared.build(QUICK).code)
        return read_quietly(root, path, beside)

    monkeypatch.setattr(ground, "read_quietly", while_another_wants_to_build)
    shared.append(PRACTICE, "\nAnother one has to wait.\n")
    assert shared.agrees(QUICK).code == 0
    assert codes == [3]


def test_a_site_that_another_build_exchanges_at_the_last_moment_is_not_left_as_it_is(
    shared: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    shared.agrees(QUICK)

    @contextmanager
    def after_another_build(lock: Path) -> Iterator[None]:
        monkeypatch.setattr(publishing, "only_build", only_build)
        shared.append(PRACTICE, "\nOf another build.\n")
        assert shared.build(QUICK).code == 0
        shared.edit(PRACTICE, "\nOf another build.\n", "")
        with only_build(lock):
            yield

    monkeypatch.setattr(publishing, "only_build", after_another_build)
    assert shared.agrees(QUICK).code == 0


@pytest.mark.parametrize("accident", [overwritten, added])
def test_what_is_done_to_a_new_site_after_it_was_inspected_is_not_believed_by_the_next_build(
    shared: Town, monkeypatch: pytest.MonkeyPatch, accident: Callable[[Path], None]
) -> None:
    def put_in_place(place: Target) -> None:
        accident(place.new)
        monkeypatch.setattr(publishing, "put_in_place", swap.put_in_place)
        swap.put_in_place(place)

    monkeypatch.setattr(publishing, "put_in_place", put_in_place)
    shutil.rmtree(shared.warm, ignore_errors=True)
    assert shared.build(QUICK).code == 0
    assert shared.agrees(QUICK).code == 0


def test_where_a_file_can_have_one_name_only_it_is_copied(shared: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    shared.build(QUICK)
    for waiting in Path(os.environ["LCSITE_CACHE"]).glob("*.spare"):
        shutil.rmtree(waiting)  # the site that was replaced has the very files already
    answers = itertools.cycle((errno.EPERM, errno.EXDEV))

    def no_second_name(*_: object, **__: object) -> None:
        number = next(answers)
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "link", no_second_name)
    before = inodes(shared.warm)
    shared.append(PRACTICE, "\nCopied.\n")
    assert shared.agrees(QUICK).code == 0
    assert made_anew(before, shared.warm) == before.keys()
    before = inodes(shared.warm)
    assert shared.build(QUICK).code == 0
    assert inodes(shared.warm) == before


def test_what_changes_while_it_is_built_is_looked_at_again(shared: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    shared.agrees(QUICK)

    def edited_meanwhile(folder: Path, *, memory: Memory | None, **_: object) -> content.ReadGood:
        shared.made.page("about/brief", "Brief", "Here for a moment.\n")
        found = content.good_content(folder, remember=False, memory=memory)
        (shared.made.root / "content/about/brief.md").unlink()
        monkeypatch.setattr(building, "good_content", content.good_content)
        return found

    monkeypatch.setattr(building, "good_content", edited_meanwhile)
    monkeypatch.setattr(ground, "read_quietly", lambda *_: None)
    shared.append(PRACTICE, "\nSoon there is more.\n")
    assert shared.build(QUICK).code == 0
    assert (shared.warm / "about/brief/index.html").exists() or differing(shared.warm, shared.clean)

    assert shared.agrees(QUICK).code == 0
    assert not (shared.warm / "about/brief").exists()


HOOK = """
from pathlib import Path

def on_page_context(context, **_):
    context["page"].content += Path(__file__).with_name("words.txt").read_text()
    return context
"""


@pytest.fixture
def engine_file(shared: Town) -> Iterator[Path]:
    """The engine's file, which is put back afterwards."""
    file = shared.made.root / "mkdocs.yml"
    plain = file.read_text("utf-8")
    yield file
    file.write_text(plain, "utf-8")


@pytest.mark.slow
def test_where_a_hook_changes_pages_every_build_is_a_whole_one_and_says_why(shared: Town, engine_file: Path) -> None:
    plain = engine_file.read_text("utf-8")
    engine_file.write_text(f"{plain}hooks:\n  - hook.py\n", "utf-8")
    shared.made.write("hook.py", HOOK)
    for words in ("Once.", "And again."):  # what a hook takes from where is not known
        shared.made.write("words.txt", words)
        before = inodes(shared.warm)
        done = shared.build(QUICK)
        assert done.out.endswith("every build of this site is a whole one, because mkdocs.yml names a hook\n")
        assert made_anew(before, shared.warm) == before.keys()
        assert words in (shared.warm / "about/us/index.html").read_text("utf-8")
    engine_file.write_text(plain, "utf-8")
    assert shared.agrees(QUICK).code == 0


@pytest.mark.parametrize(("old", "new", "named"), [
    ("plugins:\n  - lcsite\n", "nav:\n  - index.md\nplugins:\n  - lcsite\n", "a menu of the engine (nav)"),
    ("  - lcsite\n", "  - lcsite\n  - search\n", "the plugin material/search"),
    ("site_name: ", "site_name: !ENV [TOWN, none]\n# ", "what it takes from elsewhere (INHERIT, !ENV)"),
])  # fmt: skip
def test_who_else_has_a_hand_in_the_pages_is_named(
    shared: Town, engine_file: Path, old: str, new: str, named: str
) -> None:
    shared.edit(engine_file.name, old, new)
    done = shared.build(QUICK)
    assert done.out.endswith(f"every build of this site is a whole one, because mkdocs.yml names {named}\n")
