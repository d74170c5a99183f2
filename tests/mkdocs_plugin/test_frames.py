"""A frame that was worked out for many pages is, around each of them, what the engine's templates make for it alone."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import SimpleNamespace
from typing import Any, NamedTuple, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import Environment, nodes
from mkdocs.utils import normalize_url

from lcsite.mkdocs_plugin import frames
from lcsite.mkdocs_plugin.engine import render_site
from lcsite.mkdocs_plugin.frames import Frames
from lcsite.mkdocs_plugin.marked_values import MarkedRows, MarkedValue, NotAForm, pieces_of
from lcsite.pipeline import Plan, plan_site, read_and_check
from lcsite.publishing.first_look import Looks
from lcsite.rendering.blank_frame import BlankFrame
from tests.builders import garden_site
from tests.builds import files_of

ROOT = Path(__file__).parents[2]
ADDED = "extra_css: [own/a.css, https://other.example/b.css]\nextra_javascript: [own/c.js, ../d.js]\n"
"""Added to a site with a colour; of two of these the look does not think well."""
SITES: dict[str, dict[str, Any]] = {
    "plain": {},
    "with its address": {"url": "https://garden.example/below/", "colour": "#225588"},
    "from right to left": {"language": "ar", "url": "https://garden.example"},
    "with odd words": {"title": "T & <t> \x7b\x7b %s \"q\" 'r'", "licence": "L & Co", "tagline": "%s {{ }}"},
}


class Made(NamedTuple):
    files: dict[str, bytes]
    looks: Looks
    forms: list[BlankFrame]
    """Those of pages that were written into one."""


def planned(folder: Path) -> Plan:
    read = read_and_check(folder)
    assert read.portfolio is not None, read.problems
    return plan_site(read.portfolio)


def made(folder: Path, output: Path, monkeypatch: pytest.MonkeyPatch, *, forms: bool, **how: Any) -> Made:
    """A site, with the pages in forms or each by itself."""
    used: list[BlankFrame] = []
    around = Frames.around

    def noting(self: Frames, address: str, content: str, values: Mapping[str, Any]) -> Any:
        found = around(self, address, content, values) if forms else None
        if found:
            used.append(found[0])
        return found

    output.mkdir()
    with monkeypatch.context() as patch:
        patch.setattr(Frames, "around", noting)
        looks = render_site(planned(folder), folder / "mkdocs.yml", output, **how).looks
    assert looks is not None
    return Made({path: (output / path).read_bytes() for path in files_of(output)}, looks, used)


def same(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, well: bool = True, **how: Any
) -> list[BlankFrame]:
    """Hold both ways to the same bytes and the same looks; the forms that were used."""
    one, other = (
        made(folder, tmp_path / name, monkeypatch, forms=name == "forms", **how) for name in ("forms", "alone")
    )
    assert one.files == other.files
    assert {path: set(ids.split("\n")) for path, ids in one.looks.ids.items()} == {
        path: set(ids.split("\n")) for path, ids in other.looks.ids.items()
    }
    assert (one.looks.files, one.looks.parts, one.looks.well) == (other.looks.files, other.looks.parts, well)
    return one.forms


@pytest.mark.parametrize("words", SITES.values(), ids=SITES)
def test_pages_in_forms_are_those_of_the_engines_templates(
    words: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "site"
    folder.mkdir()
    garden_site(folder, **words)
    if "colour" in words:
        with (folder / "mkdocs.yml").open("a") as file:
            file.write(ADDED)
    used = same(folder, tmp_path, monkeypatch, for_author="language" in words, well="colour" not in words)
    pages = [page for page in planned(folder).site.pages if page.address]
    assert len(used) >= len(pages) - 1  # the start page is called like the site
    assert len(set(used)) < len(used)


def test_all_kinds_of_pages_of_this_portal_stand_in_forms(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    used = same(ROOT, tmp_path, monkeypatch)
    assert 4 * len(set(used)) < len(used)


def test_a_skin_with_a_template_of_ours_is_asked_for_each_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "site"
    folder.mkdir()
    garden_site(folder)
    written = (folder / "mkdocs.yml").read_text("utf-8").replace("  font:", "  custom_dir: overrides\n  font:")
    (folder / "mkdocs.yml").write_text(written, "utf-8")
    (folder / "overrides/partials").mkdir(parents=True)
    (folder / "overrides/README.md").write_text("nothing yet", "utf-8")
    assert made(folder, tmp_path / "bare", monkeypatch, forms=True).forms
    (folder / "overrides/partials/logo.html").write_text("{{ page.title | upper }}", "utf-8")
    worn = made(folder, tmp_path / "worn", monkeypatch, forms=True)
    assert worn.forms == []
    assert b"ALDER" in worn.files["cities/alder/index.html"]


def test_where_a_template_does_more_than_to_print_each_page_is_made_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(frames, "_VALUES", (*frames._VALUES, "kind"))  # it stands in a comparison
    garden_site(tmp_path / "site")
    worn = made(tmp_path / "site", tmp_path / "out", monkeypatch, forms=True)
    assert worn.forms == []
    assert worn.looks.well


# --- marks -----------------------------------------------------------------------------------------------------------


def form_of(template: str) -> BlankFrame:
    word = MarkedValue("word", unlike=["Site"], asked=["#a", "#b"], holds=["#b"])
    return BlankFrame(pieces_of(Environment().from_string(template).render(word=word, rows=MarkedRows("rows", 2))))


@pytest.mark.parametrize(("template", "text"), [
    ("a {{ word }} b", "a <&> b"),
    ("{{ word | e }}/{{ word | safe }}{{ word }}", "&lt;&amp;&gt;/<&><&>"),
    ("{{ word | e | e }}", "&lt;&amp;&gt;"),
    ("{% if word and word != 'Site' %}{{ word ~ '!' }}{% else %}no{% endif %}", "<&>!"),
    ("{{ 'yes' if '#b' in word and '#a' not in word else 'no' }} 100%", "yes 100%"),
    ("[{% for a, b in rows %}{{ a }}%{{ b | e }}{% endfor %}]", "[1%&lt;33%4]"),
    ("{% for a, b in rows %}{{ b }}{{ a }}{{ b }}{% if not loop.last %}, {% endif %}{% endfor %}", "<31<3, 434"),
    ("{% for a, b in rows %}.{{ a }}.{% endfor %}{{ word }}", ".1..3.<&>"),
])  # fmt: skip
def test_what_a_template_prints_stands_in_the_form(template: str, text: str) -> None:
    rows = [("1", "<3"), ("3", "4")]
    filled = form_of(template).fill({"word": "<&>"}, {"rows": rows})
    assert filled.html == text.encode()
    said = Environment().from_string(template).render(word="<&>#b", rows=rows)
    assert filled.html.decode() == said.replace("#b", "")


@pytest.mark.parametrize("template", [
    "{{ word | upper }}", "{{ word | length }}", "{{ word[0] }}", "{{ word[:3] }}",
    "{% if word == 'Place' %}x{% endif %}", "{% if word != 'Place' %}x{% endif %}", "{% if word < 'b' %}x{% endif %}",
    "{% for sign in word %}{{ sign }}{% endfor %}", "{{ word.title() }}", "{{ {word: 1} }}",
    "{{ '%s' % word }}", "{{ word % 1 }}", "{{ word * 2 }}", "{{ [word] }}", "{{ word | list }}",
    "{{ rows | length }}", "{{ rows[0] }}", "{{ rows.count }}", "{% for row in rows %}{{ row }}{% endfor %}",
    "{% for a, b in rows %}{{ loop.index }}{{ a }}{% endfor %}",
    "{% for a, b in rows %}{% if loop.first %}!{% endif %}{{ a }}{% if loop.first %}?{% endif %}{% endfor %}",
    "{% for a, b in rows %}{{ a }}{% if loop.index == 2 %}{{ b }}{% endif %}{% endfor %}",
    "{% for a, b in rows if a != 'x' %}{{ a }}{% endfor %}", "{% for a, b in rows %}{{ a }}{{ word }}{% endfor %}",
    "\x02{{ word }}", "{{ word }}\x03",
])  # fmt: skip
def test_what_a_template_does_besides_is_refused(template: str) -> None:
    with pytest.raises((NotAForm, TypeError)):
        form_of(template)


def test_no_template_of_the_frame_changes_words_in_a_way_that_marks_would_not_show() -> None:
    theme = ROOT / "lcsite/theme"
    found = {
        (used.name, type(used.node).__name__ if used.name == "replace" else "")
        for path in theme.rglob("*.html")
        for used in Environment().parse(path.read_text("utf-8")).find_all(nodes.Filter)
    }
    # What is replaced is an address that the filter before has written.
    assert found == {("e", ""), ("safe", ""), ("url", ""), ("script_tag", ""), ("replace", "Filter")}


# --- addresses -------------------------------------------------------------------------------------------------------

NAMES = st.sampled_from(["a", "b", "c.d", "a-b"])
FOLDERS = st.lists(NAMES, max_size=4).map(lambda names: "".join(f"{name}/" for name in names))
TARGETS = st.builds(
    lambda before, folder, file: before + folder + file,
    st.sampled_from(["", "", "./", "../", "https://x.example/", "/", "a//"]), FOLDERS,
    st.sampled_from(["", "f.css", "#x", "a", "?q=1", ".."]),
)


@given(FOLDERS, FOLDERS, st.lists(TARGETS, max_size=4))
def test_addresses_are_written_alike_on_pages_at_the_same_place(one: str, other: str, targets: list[str]) -> None:
    family = frames._Family(frozenset(folder for target in targets for folder in frames._on_the_way(target)))
    if family.place(one) == family.place(other):
        for target in targets:
            on_one, on_other = (cast(Any, SimpleNamespace(url=address)) for address in (one, other))
            assert normalize_url(target, on_one) == normalize_url(target, on_other)
