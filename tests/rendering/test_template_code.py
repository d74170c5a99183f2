"""Templates are compiled by a generator of our own, and nobody can tell from the pages."""

from __future__ import annotations

import gettext
from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import DictLoader, StrictUndefined, UndefinedError
from jinja2.compiler import CodeGenerator
from jinja2.exceptions import TemplateAssertionError
from markupsafe import Markup, escape

from lcsite.pipeline import plan_site
from lcsite.rendering.renderer import Renderer
from lcsite.rendering.template_code import out
from tests.rendering.full import full, spoilt


class Shouting(gettext.NullTranslations):
    """A language with signs that mean something in HTML and in formats."""

    def gettext(self, message: str) -> str:
        return f"<{message}> & 100 %% so"

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return f"«{msgid1 if n == 1 else msgid2}»"


@dataclass(frozen=True, slots=True)
class Thing:
    title: str
    note: str = ""


def renderer_with(templates: dict[str, str], **more: Any) -> Renderer:
    made = Renderer(**more)
    made._environment.loader = DictLoader(templates)
    made._environment.bytecode_cache = None
    return made


def render(text: str, translations: gettext.NullTranslations | None = None, **values: Any) -> str:
    made = renderer_with({"a.html": text}, translations=translations)
    return str(made._environment.get_template("a.html").render(here="", from_here={}, **values))


def as_jinja_has_it(text: str, translations: gettext.NullTranslations | None = None, **values: Any) -> str:
    made = renderer_with({"a.html": text}, translations=translations)
    made._environment.code_generator_class = CodeGenerator
    return str(made._environment.get_template("a.html").render(here="", from_here={}, **values))


@pytest.mark.parametrize(("which", "translations"), [(full, Shouting()), (lambda: spoilt()[0], None)])
def test_every_page_is_the_same_as_from_the_generator_of_jinja(
    which: Any, translations: gettext.NullTranslations | None
) -> None:
    plan = plan_site(which())
    shared = {name: plan.renderer._environment.globals[name] for name in ("site", "report", "version")}
    ours, theirs = (
        Renderer(targets=plan.renderer._targets, translations=translations or gettext.NullTranslations(), shared=shared)
        for _ in range(2)
    )
    theirs._environment.bytecode_cache = ours._environment.bytecode_cache = None
    theirs._environment.code_generator_class = CodeGenerator
    for page in plan.site.pages:
        one, other = ours.render(page), theirs.render(page)
        assert (one.html, one.title, one.description) == (other.html, other.title, other.description), page.address


TRICKY = '<b title="x">&\''


@pytest.mark.parametrize(
    "text",
    [
        "{{ a }}{{ a ~ '<' }}{{ '<' }}{{ ok }}{{ ok ~ a }}{{ 1 }}{{ 1.5 }}{{ none }}{{ [a] }}",
        "{{ thing.title }}{{ thing['title'] if false else 1 }}{{ {'title': a}.title }}{{ maybe.items() | list }}",
        "{{ maybe.no is defined and maybe.no }}{{ thing.title is defined and thing.title }}{{ maybe.no | default(a) }}",
        "{{ 1 and thing.no is defined and thing.no }}{{ thing.no | default('<') }}{{ maybe.yes is string }}",
        "{{ _('Say <b>') }}{{ _('%(x)s or %(y)s', x=a, y=ok) }}{{ _(a) }}{{ _('100 %%') }}{{ {'k': _('<')}['k'] }}",
        "{{ ngettext('%(num)s thing', '%(num)s things <', 2) }}{{ ngettext('one %(x)s', 'many %(x)s', 1, x=a) }}",
        "{% trans x=a %}Hello {{ x }}, 100 %{% endtrans %}",
        "{% trans n=3, x=a %}one{% pluralize n %}{{ n }} {{ x }}{% endtrans %}",
        "{% macro m(x, y='<', z=none) %}{{ x }}{{ y }}{{ z is none }}{% endmacro %}{{ m(a, z=1) }}{{ m(x=ok) }}",
        "{% macro m(x) %}{{ x }}{{ caller() }}{% endmacro %}{% call m(a) %}{% call m(1) %}<{% endcall %}{% endcall %}",
        "{% set s %}{{ a }}<i>{% endset %}{{ s }}{{ s ~ a }}",
        "{% for i in [1, 2] %}{% set a = i %}{{ a }}{{ loop.last }}{% endfor %}{{ a }}",
        "{% set xs = [] %}{% for i in (1, 2) %}{% do xs.append({'n': i}) %}{% endfor %}{{ xs[1].n }}{{ xs[:1] }}",
    ],
)
@pytest.mark.parametrize("translations", [None, Shouting()])
def test_what_is_written_is_escaped_in_the_same_way(text: str, translations: gettext.NullTranslations | None) -> None:
    values = {"a": TRICKY, "ok": Markup("<i>"), "thing": Thing(TRICKY), "maybe": {"yes": TRICKY}}
    assert render(text, translations, **values) == as_jinja_has_it(text, translations, **values)


@pytest.mark.parametrize(
    "text",
    ["{{ nothing }}", "{{ thing.nothing }}", "{{ maybe.nothing }}", "{{ maybe['nothing'] }}", "{{ nothing.title }}",
     "{% if thing.nothing %}{% endif %}", "{% macro m(x) %}{{ x }}{% endmacro %}{{ m() }}",
     "{{ _('%(x)s', x=nothing) }}"],
)  # fmt: skip
def test_what_is_missing_fails(text: str) -> None:
    with pytest.raises((UndefinedError, AttributeError, KeyError, TypeError)):
        render(text, thing=Thing("a"), maybe={})


@pytest.mark.parametrize("text", ["{% macro m(type) %}{% endmacro %}", "{% macro m() %}{{ kwargs }}{% endmacro %}"])
def test_a_macro_that_would_not_work_is_refused_when_it_is_compiled(text: str) -> None:
    with pytest.raises(TemplateAssertionError):
        render(text)


def test_a_word_of_an_enumeration_is_written_as_it_prints_itself() -> None:
    class Word(str):
        def __str__(self) -> str:
            return "<printed>"

    assert out(Word("stored")) == "&lt;printed&gt;"
    assert (out("a"), out("<"), out(Markup("<")), out(3), out(StrictUndefined)) == (
        "a", "&lt;", "<", "3", "&lt;class &#39;jinja2.runtime.StrictUndefined&#39;&gt;"
    )  # fmt: skip


@given(st.text())
def test_words_are_written_as_the_library_escapes_them(words: str) -> None:
    assert out(words) == str(escape(words))
