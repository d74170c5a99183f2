"""What was compiled once is not compiled again, and nothing that went wrong with it is ever run."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from jinja2 import DictLoader

from lcsite.rendering import compiled_templates
from lcsite.rendering.code_memory import lent
from lcsite.rendering.renderer import Renderer


class Memory(dict[bytes, bytes]):
    recall = dict.get

    def keep(self, key: bytes, code: bytes) -> None:
        self[key] = code


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where this Python keeps byte code."""
    monkeypatch.setattr(sys, "pycache_prefix", str(tmp_path / "code"))
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    return tmp_path / "code"


def compiled(monkeypatch: pytest.MonkeyPatch, text: str = "", *, language: str = "en") -> list[str]:
    """The templates that a process has to compile that has compiled nothing yet, to render one that takes in others."""
    monkeypatch.setattr("lcsite.rendering.renderer._COMPILED", {})
    made = Renderer(language=language)
    if text:
        made._environment.loader = DictLoader({"macros/legend.html": text})
    found: list[str] = []
    as_ever = made._environment.compile

    def compile_(source: str, name: str, filename: str | None) -> object:
        found.append(name)
        return as_ever(source, name, filename)

    monkeypatch.setattr(made._environment, "compile", compile_)
    module = made._environment.get_template("macros/legend.html").module.__dict__
    assert ("one answered question" in module["cells_legend"]()) is (not text)
    return found


SHORT = "{% macro cells_legend() %}in short{% endmacro %}"


def test_a_template_is_compiled_once_and_never_again(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = compiled(monkeypatch)
    assert "macros/legend.html" in first
    assert compiled(monkeypatch) == []
    assert sorted(file.name.split(".html.en.")[0] for file in folder.rglob("*.html.*.pyc")) == sorted(
        name.removesuffix(".html").replace("/", ".") for name in first
    )


def test_it_is_compiled_anew_for_other_words_or_another_language(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = compiled(monkeypatch)
    assert compiled(monkeypatch, language="de") == first
    assert compiled(monkeypatch, SHORT) == ["macros/legend.html"]
    assert compiled(monkeypatch, SHORT) == []
    assert compiled(monkeypatch, language="de") == []


def test_what_another_compiler_left_is_not_believed(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = compiled(monkeypatch)
    monkeypatch.setattr(compiled_templates, "_compiler", lambda: b"another")
    assert compiled(monkeypatch) == first


@pytest.mark.parametrize("left", [b"", b"short", None], ids=["nothing", "a beginning", "a changed byte"])
def test_what_is_damaged_is_compiled_again_and_mended(
    folder: Path, monkeypatch: pytest.MonkeyPatch, left: bytes | None
) -> None:
    first = compiled(monkeypatch)
    for file in folder.rglob("*.html.*.pyc"):
        whole = file.read_bytes()
        file.write_bytes(whole[:-40] + bytes([whole[-40] ^ 1]) + whole[-39:] if left is None else left)
    assert compiled(monkeypatch) == first
    assert compiled(monkeypatch) == []


def test_where_the_folder_cannot_be_written_the_memory_that_is_lent_keeps_the_code(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder.write_text("in the way", "utf-8")
    memory = Memory()
    with lent(memory):
        first = compiled(monkeypatch)
        assert compiled(monkeypatch) == []
    assert len(memory) == len(first)
    assert compiled(monkeypatch) == first  # nobody lends it any more


def test_where_python_is_to_write_no_byte_code_none_is_written(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    memory = Memory()
    with lent(memory):
        assert len(compiled(monkeypatch)) == len(memory)
    assert not folder.exists()
