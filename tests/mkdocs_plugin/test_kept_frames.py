"""The frame's own templates are compiled once; those of a site, and any that others have a hand in, each time."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from jinja2 import Environment, FileSystemLoader

from lcsite.mkdocs_plugin.frame_templates import speak
from lcsite.rendering.renderer import Renderer


def compiled(folders: list[Path], *, language: str = "en", alone: bool = True) -> list[str]:
    """The templates that have to be compiled to show a page with a new environment."""
    environment = Environment(loader=FileSystemLoader(folders), extensions=["jinja2.ext.i18n"], autoescape=False)
    speak(environment, Renderer(language=language), theme=folders[-1], alone=alone)
    found: list[str] = []
    as_ever = environment.compile

    def compile_(source: str, name: str, filename: str) -> object:
        found.append(name)
        return as_ever(source, name, filename)

    environment.compile = compile_  # type: ignore[assignment, method-assign]
    assert environment.get_template("main.html").render() in ("Home, of the skin", "Home, of the theme")
    return found


def test_a_frame_is_compiled_once_and_a_skin_each_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "pycache_prefix", str(tmp_path / "code"))
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    skin, theme = tmp_path / "skin", tmp_path / "theme"
    for folder, whose in ((skin, "skin"), (theme, "theme")):
        folder.mkdir()
        words = "{% extends 'base.html' %}{% block of %}of the " + whose + "{% endblock %}"
        (folder / "main.html").write_text(words, "utf-8")
    (theme / "base.html").write_text("{{ _('Home') }}, {% block of %}{% endblock %}", "utf-8")

    assert compiled([theme]) == ["main.html", "base.html"]
    assert compiled([theme]) == []
    assert compiled([skin, theme]) == ["main.html"]
    assert compiled([skin, theme]) == ["main.html"]
    assert compiled([theme]) == [], "a template of the same name does not take the place of ours"
    assert compiled([theme], alone=False) == ["main.html", "base.html"]
    assert compiled([theme], language="de") == ["main.html", "base.html"]
    (theme / "base.html").write_text("{{ _('Home') }}, {% block of %}!{% endblock %}", "utf-8")
    assert compiled([theme]) == ["base.html"]
