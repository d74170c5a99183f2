"""What looks odd and is legitimate passes unharmed, and stands on the page as it was written."""

from __future__ import annotations

import html
import re
from pathlib import Path

import pytest

from tests.builders import as_yaml, assessment_data, site_data
from tests.hostile.field_attacks import row
from tests.hostile.sites import build, check, live_vectors, small_site, words_of

NAMES = {
    "am": "አዲስ አበባ", "ar": "القاهرة", "bn": "ঢাকা",
    "el": "Αθήνα", "fa": "شهر\u200cها", "ga": "Dún Laoghaire", "he": "ירושלים",
    "hi": "क्ष\u200d", "hy": "Երևան", "ja": "岡山市", "ka": "თბილისი",
    "km": "ភ្នំពេញ", "ko": "서울특별시", "my": "ရန်ကုန်", "pl": "Łódź",
    "ru": "Йошкар-Ола", "si": "ශ්\u200dරී ලංකා", "ta": "சென்னை",
    "th": "กรุงเทพมหานคร", "tr": "İstanbul", "uk": "Кам’янець", "vi": "Đà Nẵng",
    "yi": "ווילנע", "zh": "哈尔滨", "zh-Hant": "臺北", "mt": "Ħal Għaxaq", "haw": "Hawaiʻi", "nqo": "ߓߡߊ߬ߞߐ߫",
}  # fmt: skip

ODD = [
    "O'Brien’s “well-known” St. John's, don’t, ‘n’, rock'n'roll",
    "L'Haÿ-les-Roses; Xi'an; Ngā Kōrero; 's-Hertogenbosch",
    "AT&T, R&D, B&B; 5 > 3 and 3 < 5; a <- b -> c <=> d; <3; x<5",
    "100 % of €1,000; ½ + ¼; 10:30; 22:30-23:00; 1e5; NO; null; ~; yes",
    "👩\u200d🏫 👨\u200d👩\u200d👧\u200d👦 🏳️\u200d🌈 🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f 🇯🇵",
    "1️⃣ 𝒳 𠮷 🤷🏽\u200d♀️",
    "x₁² + y² = √2 ≤ ∞; ∑ᵢ aᵢ; $5 and $\\frac{a}{b}$; O(n²); p < 0.05", "Donaudampfschifffahrtsgesellschaft" * 6,
    "mixed עברית and العربية in one line \u200f(with a mark)\u200e",
    "{{ not a template }} {% nor this %} {0} %s %(x)s ${x} #{y}",
    "the word javascript: and data: in a sentence; onclick=; --; ---; :: ; //; \\n",
    "a\u00adsoft\u00adhyphen, a\u00a0hard blank, a\u200bzero one",
    "@handle #tag [in brackets] (round) {curly} *star _under `tick ~tilde |bar",
    "=not a formula inside a text, +1, -1, @x",
]  # fmt: skip
"""One text each, for a field. Fields are plain: nothing in them means anything."""

PROSE = [
    ("`<script>alert(1)</script>` and ``a ` b``", "<script>alert(1)</script> and a ` b"),
    ("```html\n<b onclick=\"x\">{{ y }}</b>\n```", '<b onclick="x">{{ y }}</b>'),
    ("    <indented>code</indented>", "<indented>code</indented>"),
    ("a < b, b > c, x<5, 3 <4, <3, p<q", "a < b, b > c, x<5, 3 <4, <3, p<q"),
    ("AT&T, R&D and &copy; &amp; &#8212;", "AT&T, R&D and © & —"),
    ("שלום **עולם** and القاهرة", "שלום עולם and القاهرة"),
    ("[a](https://example.org/a_(b)?c=d&e=%20#f) and <https://example.org/?x=y>", "a and https://example.org/?x=y"),
    ("[ä](https://müller.example/straße) and [mail](mailto:hello@example.org)", "ä and mail"),
    ("It's O'Brien’s “Straße”, don’t; 100 %; x₁²; $5; \\*not\\*",
    "It's O'Brien’s “Straße”, don’t; 100 %; x₁²; $5; *not*"),
    ("Name: ______________ (10:30, 22:30)", "Name: ______________ (10:30, 22:30)"),
    ("snake_case_word, 2 * 3 * 4, a\\_b, C:\\\\temp", "snake_case_word, 2 * 3 * 4, a_b, C:\\temp"),
    ("[Remember]: this: is no link", "[Remember]: this: is no link"),
    ("- [x] done\n- [ ] open", "☑ done ☐ open"),
    ("| `a|b` | {x} |\n|---|---|\n| 1 | 2 |", "{x}"),
    ("Donaudampfschifffahrt" * 40, "Donaudampfschifffahrt" * 40),
    ("👩\u200d🏫 🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f क्ष\u200d شهر\u200cها",
     "👩\u200d🏫 🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f क्ष\u200d شهر\u200cها"),
    ("{{ x }} {% y %} ${z} <%= w", "{{ x }} {% y %} ${z} <%= w"),
    ("!\\[not an image\\] and \\[not a link\\](x)", "![not an image] and [not a link](x)"),
    ("a line with two blanks  \nand the next", "a line with two blanks and the next"),
    ("*[WHO]: organisation\n\nThe WHO said so.", "The WHO said so."),
]  # fmt: skip
"""Markdown, and what a reader sees."""


@pytest.fixture(scope="module")
def odd_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("odd")
    made = small_site(root)
    for number, (language, name) in enumerate(NAMES.items()):
        made.place(f"town-{number}", name, names={language: name})
    made.place("alder", "Alder", stakeholders=ODD, gaps=ODD[0])
    made.practice("talks", ODD[0], summary=ODD[4], kind=ODD[7])
    made.page("about", NAMES["ar"], "\n\n".join(text for text, _ in PROSE) + "\n", summary=ODD[8])
    done = check(made)
    assert done.spots == [], done.out
    done = build(made)
    assert done.code == 0, done.err
    return root / "site"


@pytest.mark.parametrize("number", range(len(NAMES)), ids=list(NAMES))
def test_a_place_may_be_called_what_it_is_called(odd_site: Path, number: int) -> None:
    name = list(NAMES.values())[number]
    page = (odd_site / f"cities/town-{number}/index.html").read_text(encoding="utf-8")
    assert f"<h1><bdi>{html.escape(name)}</bdi></h1>" in page.replace("&#39;", "&#x27;")


def test_plain_fields_stand_on_the_page_as_they_were_written(odd_site: Path) -> None:
    words = words_of(odd_site, "cities/alder/index.html")
    for text in ODD:
        assert re.sub(r"\s+", " ", text) in words


def test_prose_stands_on_the_page_as_it_was_meant(odd_site: Path) -> None:
    words = words_of(odd_site, "about/index.html")
    for _, seen in PROSE:
        assert seen in words


def test_nothing_of_it_is_live(odd_site: Path) -> None:
    assert live_vectors(odd_site) == []


def test_whoever_writes_the_sites_own_address_out_in_full_stops_no_build(tmp_path: Path) -> None:
    """It works from anywhere; a link of the program itself is held to be relative by the inspection."""
    made = small_site(tmp_path)
    own = "https://example.net/portal/about/"
    source = {"title": "X", "url": own}
    made.write("content/site.yml", as_yaml(site_data(
        url="https://example.net/portal/", report_url=own, source_url=own, licence_url=own,
    )))  # fmt: skip
    made.place(
        "alder", "Alder", f"[x]({own}) and <{own}>\n", sources=[source], networks=[{"name": "N", "sources": [source]}],
        population={"value": 9, "year": 2024, "source": source}, context=[{"label": "L", "value": 3, "source": source}],
    )  # fmt: skip
    evidence = {"text": "T", "quality": "self-reported", "source": source}
    made.practice("talks", "Talks", sources=[source], evidence=evidence)
    made.tool("map-sheet", "Map", sources=[source])
    made.page("learn/index", "Learn", "[x][y]\n\n[y]: HTTPS://Example.NET/portal/\n", sources=[source])
    made.write("cities/alder/observations.csv", row(source_url=own))
    shown = [{**source, "grade": "public-document", "shows": "S"}]
    answers = {"gardens-1": {"value": 1, "evidence": shown}}
    made.write("cities/alder/assessments/2026-garden-rules.yml", as_yaml(assessment_data("garden-rules", answers)))
    assert check(made).spots == []
    done = build(made)
    assert done.code == 0, done.err
    for path in (
        "cities/alder", "cities/alder/garden-rules", "learn", "toolbox/practices/talks", "toolbox/tools/map-sheet",
    ):  # fmt: skip
        assert 'href="https://example.net/portal/' in (tmp_path / "site" / path / "index.html").read_text("utf-8"), path
