"""Whatever somebody does to a site, in whatever order: a build with a memory gives what a clean one gives.

A few short stories in each run; `make fuzz` tells many.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path
from unittest import mock

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from tests.building.towns import PROSE, SKIN, Town, picture, town

FUZZING = os.environ.get("HYPOTHESIS_PROFILE") == "fuzz"

DATA = (
    "cities/alder/index.md", "cities/cedar/index.md", "content/toolbox/practices/seed-swap.md",
    "content/toolbox/practices/talks.md", "content/toolbox/tools/map-sheet/index.md",
)  # fmt: skip
TEXTS = st.sampled_from((*PROSE, *DATA))
WORDS = st.sampled_from((
    "Plums.", "## Plums", "## Our aims", "See [us](/about/us.md#our-aims).", "See [this](#plums).", "---",
    "Ask ada@plums.test.", "<b>Bold</b>", "[Gone](gone.md)", "![A point](media/point.png)", "",
))  # fmt: skip
"""Some are mistakes; some are wrong on one page and right on another."""


class AnyEdits(RuleBasedStateMachine):
    """Some edits, then both builds, again and again."""

    def __init__(self) -> None:
        super().__init__()
        self._folder = Path(tempfile.mkdtemp(prefix="lcsite-edits-"))
        self._memory = mock.patch.dict(os.environ, LCSITE_CACHE=str(self._folder / "memory"))
        self._memory.start()
        self._options: list[str] = ["--no-search"]
        self._edits = self._patience = 0

    @initialize(patience=st.integers(1, 3))
    def begin(self, patience: int) -> None:
        self._town: Town = town(self._folder)
        self._patience = patience
        self._town.build(*self._options)

    @rule(path=TEXTS, words=WORDS)
    def add_to_a_text(self, path: str, words: str) -> None:
        self._write(path, f"{self._read(path)}\n{words}\n")

    @rule(path=TEXTS)
    def shorten_a_text(self, path: str) -> None:
        fields, mark, text = self._read(path).partition("\n---\n")
        self._write(path, fields + mark + text[: text.rfind("\n", 0, -1) + 1])

    @rule(path=TEXTS, text=st.sampled_from(("", "Words.\n", "See [us](gone.md).\n", "Ask ada@plums.test.\n")))
    def write_a_text_anew(self, path: str, text: str) -> None:
        fields, mark, _ = self._read(path).partition("\n---\n")
        self._write(path, f"{fields}{mark}{text}")

    @rule(path=TEXTS)
    def build_between_two_edits_of_a_text(self, path: str) -> None:
        before = self._read(path)
        self._write(path, f"{before}\nFor a moment.\n")
        self._town.build(*self._options)
        self._write(path, before)

    @rule(path=TEXTS, word=st.sampled_from(("Chats", "Plums", "a: b")))
    def change_a_title(self, path: str, word: str) -> None:
        lines = self._read(path).splitlines(keepends=True)
        lines[1] = f"{lines[1].partition(':')[0]}: {word}\n"
        self._write(path, "".join(lines))

    @rule(year=st.sampled_from((2024, 2026)), value=st.integers(0, 5))
    def change_an_answer(self, year: int, value: int) -> None:
        path = f"cities/alder/assessments/{year}-garden-rules.yml"
        lines = self._read(path).splitlines(keepends=True)
        lines[-1] = f"{lines[-1].partition(':')[0]}: '{value}'\n"
        self._write(path, "".join(lines))

    @rule(criterion=st.sampled_from(("garden-rules/gardens", "garden-rules/paths", "areas/2.1", "areas/nowhere")))
    def change_what_a_practice_supports(self, criterion: str) -> None:
        path = "content/toolbox/practices/path-day.md"
        before, mark, after = self._read(path).partition("supports:\n- ")
        self._write(path, f"{before}{mark}{criterion}\n{after.partition(chr(10))[2]}")

    @rule(weight=st.integers(1, 3))
    def weigh_a_criterion(self, weight: int) -> None:
        path = "content/criteria/garden-rules/framework.yml"
        head, mark, tail = self._read(path).partition("title: Title of gardens\n")
        rest = tail[tail.index("    children:") :]
        self._write(path, f"{head}{mark}    weight:\n      value: '{weight}'\n      because: Much grows there.\n{rest}")

    @rule(name=st.sampled_from(("content/about/why.md", "content/toolbox/practices/plums.md", "cities/elm/index.md")))
    def bring_a_page_or_take_it_away(self, name: str) -> None:
        file = self._town.made.root / name
        if file.exists():
            file.unlink()
        elif "practices" in name:
            self._town.made.practice("plums", "Plums")
        elif "cities" in name:
            self._town.made.place("elm", "Elm")
        else:
            self._town.made.page("about/why", "Why", "Because of [us](us.md).\n")

    @rule(shade=st.integers(0, 3))
    def paint(self, shade: int) -> None:
        (self._town.made.root / "content/about/media/point.png").write_bytes(picture(shade))

    @rule(words=st.sampled_from(("Hello.", "Good day.", "{{ pages | length }} pages", "{% if nav %}Menu{% endif %}")))
    def change_the_skin(self, words: str) -> None:
        self._write("overrides/main.html", SKIN.format(words))

    @rule(words=st.sampled_from(("", "Name: ____", "---\n\nName: ____\n\n---\n\nMore: ____")))
    def change_the_sheet_of_a_tool(self, words: str) -> None:
        path = "content/toolbox/tools/map-sheet/template.md"
        self._write(path, f"{words}\n\n{self._read(path)}" if words.startswith("-") else f"{self._read(path)}{words}\n")

    @rule(more=st.sampled_from(("", 'colour: "#336699"\n', "language: cy\n", "colour: mauve\n")))
    def change_the_site(self, more: str) -> None:
        head = self._read("content/site.yml").partition("colour:")[0].partition("language:")[0]
        self._write("content/site.yml", head + more)

    @rule(options=st.sampled_from(([], ["--no-search"], ["--offline"])))
    def build_in_another_way(self, options: list[str]) -> None:
        self._options = options

    @rule(page=st.sampled_from(("index.html", "about/us/index.html", "data/v1/practices.json", "lcsite.json")))
    def spoil_what_is_published(self, page: str) -> None:
        file = self._town.warm / page
        if file.exists():
            file.write_bytes(file.read_bytes() + b" ")

    @rule()
    def forget(self) -> None:
        shutil.rmtree(self._folder / "memory", ignore_errors=True)

    @rule()
    def build_meanwhile(self) -> None:
        self._town.build(*self._options)

    @invariant()
    def both_builds_agree(self) -> None:
        self._edits += 1
        if self._patience and self._edits > self._patience:
            self._edits = 0
            self._agree()

    def teardown(self) -> None:
        try:
            self._agree()
        finally:
            self._memory.stop()
            shutil.rmtree(self._folder)

    def _agree(self) -> None:
        if self._patience:
            self._town.agrees(*self._options)

    def _read(self, path: str) -> str:
        return (self._town.made.root / path).read_text("utf-8")

    def _write(self, path: str, text: str) -> None:
        (self._town.made.root / path).write_text(text, "utf-8")


TestAnyEdits = AnyEdits.TestCase
TestAnyEdits.settings = settings(max_examples=300 if FUZZING else 2, stateful_step_count=20 if FUZZING else 6)
