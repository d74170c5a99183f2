"""What strangers put into fields, cells and answers. A caret stands in front of what must be pointed at."""

from __future__ import annotations

from tests.builders import as_yaml, assessment_data, framework_data, place_data, practice_data, site_data

SITE = as_yaml(site_data())
PLACE = "---\n" + as_yaml(place_data("Alder"))
PRACTICE = "---\n" + as_yaml(practice_data("Talks"))
ASSESSMENT = as_yaml(assessment_data("garden-rules", {"gardens-1": "1"}))
FRAMEWORK = as_yaml(framework_data("Garden rules", ()))
HEADER = (
    "indicator,value,low,high,unit,period,scope,n,k,grade,derived,note,check,source_title,source_publisher,"
    "source_year,source_url\n"
)

SITE_FILE = "content/site.yml"
PLACE_FILE = "cities/alder/index.md"
PRACTICE_FILE = "content/toolbox/practices/talks.md"
ASSESSMENT_FILE = "cities/alder/assessments/2026-garden-rules.yml"
TABLE_FILE = "cities/alder/observations.csv"
PAGE_FILE = "content/about.md"
TOP = "---\ntitle: A\nsummary: B\n---\n"
FRAMEWORK_FILE = "content/criteria/garden-rules/framework.yml"


def answer(value: str) -> str:
    return ASSESSMENT.replace("'1'", value)


def row(**cells: str) -> str:
    given = {"indicator": "garden-rules/paths-1", "value": "3", "period": "2024", "source_title": "Report", **cells}
    return HEADER + ",".join(given.get(name, "") for name in HEADER.strip().split(",")) + "\n"


REFUSED: dict[str, list[tuple[str, str, str]]] = {
    "yaml that surprises": [
        (SITE_FILE, SITE + "‸title: Again\n", "duplicate-key"),
        (SITE_FILE, SITE + "news: ‸&a []\n", "yaml-feature"),
        (SITE_FILE, SITE + "contact: ‸*a\n", "yaml-feature"),
        (SITE_FILE, SITE + "contact: ‸!!python/object/apply:os.system ['x']\n", "yaml-feature"),
        (SITE_FILE, SITE + "‸<<: {contact: x}\n", "yaml-feature"),
        (SITE_FILE, SITE + "‸---\ntitle: Second\n", "yaml-feature"),
        (SITE_FILE, "‸%YAML 1.1\n---\n" + SITE, "yaml-feature"),
        (SITE_FILE, SITE + "? ‸[a]\n: b\n", "yaml-feature"),
        (SITE_FILE, SITE.replace("'2026-11-22'", "‸.nan"), "wrong-value"),
        (SITE_FILE, SITE.replace("'2026-11-22'", "‸20261122"), "wrong-value"),
        (SITE_FILE, SITE.replace("'2026-11-22'", "‸2026-02-30"), "wrong-value"),
        (SITE_FILE, SITE + "contact: ‸~\n", "empty-value"),
        (SITE_FILE, SITE + 'contact: ‸"\\u202ex"\n', "forbidden-character"),
        (SITE_FILE, SITE + 'contact: ‸"\\u200b\\u200d"\n', "wrong-value"),
        (PLACE_FILE, PLACE.replace("name: ", "name: ‸\u3164 #", 1) + "---\n", "wrong-value"),
        (SITE_FILE, SITE + 'contact: ‸"\\0"\n', "forbidden-character"),
        (SITE_FILE, SITE + 'contact: ‸"\\e[31m"\n', "forbidden-character"),
        (SITE_FILE, SITE + 'contact: "\\u‸d800"\n', "yaml-syntax"),
        (SITE_FILE, SITE + "contact: a‸\x9bb\n", "forbidden-character"),
        (SITE_FILE, SITE + "contact: caf‸e\u0301\n", "not-normalised"),
        (PLACE_FILE, PLACE + "demonstration: ‸22:30\n---\n", "wrong-value"),
        (PLACE_FILE, PLACE + "country: ‸NO\n---\n".replace("country", "part_of"), "wrong-value"),
        (ASSESSMENT_FILE, answer("‸NO"), "answer-off-scale"),
    ],
    "fields that belong to the program": [
        (PLACE_FILE, PLACE + "‸template: x.html\n---\n", "unknown-field"),
        (PLACE_FILE, PLACE + "‸hide: [toc]\n---\n", "unknown-field"),
        (PRACTICE_FILE, PRACTICE + "‸search: {exclude: true}\n---\n", "unknown-field"),
        (PRACTICE_FILE, PRACTICE + "‸body: x\n---\n", "unknown-field"),
        (SITE_FILE, SITE + "‸__class__: x\n", "unknown-field"),
        (SITE_FILE, SITE + '‸"::error::x\\nfoo": y\n', "unknown-field"),
    ],
    "addresses": [
        (PLACE_FILE, PLACE + "sources: [{title: x, url: ‸'javascript:alert(1)'}]\n---\n", "wrong-value"),
        (PLACE_FILE, PLACE + "sources: [{title: x, url: ‸'https://u:p@example.org'}]\n---\n", "wrong-value"),
        (PLACE_FILE, PLACE + "sources: [{title: x, url: ‸'https://example.org/\"onclick=x'}]\n---\n", "wrong-value"),
        (PLACE_FILE, PLACE + "sources: [{title: x, url: ‸'http://[::1]:99999/'}]\n---\n", "wrong-value"),
        (PLACE_FILE, PLACE + "sources: [{title: x, url: ‸'https:///x'}]\n---\n", "wrong-value"),
        (PLACE_FILE, PLACE + "sources: [{title: x, url: ‸'//example.org'}]\n---\n", "wrong-value"),
        (SITE_FILE, SITE + "url: ‸https://example.org/?a\n", "wrong-value"),
        (SITE_FILE, SITE + "url: ‸https://example.org:x/\n", "wrong-value"),
        (SITE_FILE, SITE + "report_url: ‸data:text/html,x\n", "wrong-value"),
        (SITE_FILE, SITE + "logo: ‸../../etc/x.png\n", "wrong-value"),
        (SITE_FILE, SITE + "logo: ‸media/x.svg\n", "missing-image"),
        (SITE_FILE, SITE + "menu: [{title: x, page: ‸../x/}]\n", "wrong-value"),
        (SITE_FILE, SITE + "menu: [{title: x, page: ‸nowhere/}]\n", "broken-link"),
        (SITE_FILE, SITE + "news: [{date: 2026-01-01, text: x, page: ‸nowhere/}]\n", "broken-link"),
        (SITE_FILE, SITE + "frameworks: [‸../../x]\n", "wrong-value"),
        (TABLE_FILE, row(source_url="‸javascript:alert(1)"), "wrong-value"),
    ],
    "names that lead out": [
        (PRACTICE_FILE, PRACTICE + "places: [‸../../etc]\n---\n", "wrong-value"),
        (PRACTICE_FILE, PRACTICE + "supports: [‸../x]\n---\n", "wrong-value"),
        (ASSESSMENT_FILE, ASSESSMENT.replace("gardens-1", "‸'../x'"), "wrong-value"),
        (FRAMEWORK_FILE, FRAMEWORK.replace("[]", "[{id: ‸../x, level: indicator, title: x}]"), "wrong-value"),
        (SITE_FILE, SITE + "language: ‸../../x\n", "wrong-value"),
        (SITE_FILE, SITE + "language: ‸zz\n", "wrong-value"),
        (SITE_FILE, SITE + "colour: ‸'red; } body'\n", "wrong-value"),
    ],
    "numbers": [
        (ASSESSMENT_FILE, answer("‸1e99999999"), "answer-off-scale"),
        (ASSESSMENT_FILE, answer("‸'" + "1" * 5_000 + "'"), "answer-off-scale"),
        (ASSESSMENT_FILE, answer("{value: 1, resources: {start: ‸1e999999, potential: 3}}"), "wrong-value"),
        (PLACE_FILE, PLACE + "population: {value: ‸99999999999999999999, source: {title: x}}\n---\n", "wrong-value"),
        (PLACE_FILE, PLACE + f"population: {{value: ‸{'9' * 5_000}, source: {{title: x}}}}\n---\n", "wrong-value"),
        (PLACE_FILE, PLACE + "population: {value: ‸1_000, source: {title: x}}\n---\n", "wrong-value"),
        (PLACE_FILE, PLACE + "context: [{label: x, value: ‸1e-999999, source: {title: x}}]\n---\n", "wrong-value"),
        (PLACE_FILE, PLACE + "context: [{label: x, value: ‸Infinity, source: {title: x}}]\n---\n", "wrong-value"),
        (TABLE_FILE, row(value="‸NaN"), "wrong-value"),
        (TABLE_FILE, row(value="‸٣"), "wrong-value"),
        (TABLE_FILE, row(value="", n="‸" + "9" * 400, k="1"), "wrong-value"),
        (TABLE_FILE, row(source_year="‸99999999999999999999"), "wrong-value"),
    ],
    "tables": [
        (TABLE_FILE, row(note="‸=HYPERLINK(1)"), "formula"),
        (TABLE_FILE, row(note="‸+1"), "formula"),
        (TABLE_FILE, row(note="‸＝1+1"), "formula"),
        (TABLE_FILE, row(scope="‸@SUM(1)"), "formula"),
        (TABLE_FILE, row(note='‸"\t=1"'), "formula"),
        (TABLE_FILE, row(note='‸" =1"'), "formula"),
        (TABLE_FILE, row(note="a‸\x1b[31m"), "forbidden-character"),
        (TABLE_FILE, row(indicator="‸::error::x"), "wrong-value"),
        (TABLE_FILE, "‸indicatr,value\n", "csv-header"),
        (TABLE_FILE, HEADER + "‸a,b\n", "csv-row"),
        (TABLE_FILE, HEADER + '‸"never closed\n', "csv-syntax"),
        (TABLE_FILE, HEADER + "‸" + "," * 100_000 + "\n", "csv-row"),
    ],
}
"""Class -> (file, its content, code)."""

LIMITS: dict[str, tuple[str, str, str]] = {
    "deep lists": (SITE_FILE, "a: " + "[" * 5_000, "yaml-too-much"),
    "deep fields": (SITE_FILE, "a: " + "{a: " * 5_000, "yaml-too-much"),
    "deep entries on one line": (SITE_FILE, "a:\n  " + "- " * 5_000 + "x", "yaml-too-much"),
    "deep keys": (SITE_FILE, "? " * 5_000, "yaml-too-much"),
    "deep by blanks": (SITE_FILE, "".join(" " * depth + "a:\n" for depth in range(300)), "yaml-too-much"),
    "many values": (SITE_FILE, SITE + "news: [" + "{}," * 8_000 + "]", "yaml-too-much"),
    "too long": (SITE_FILE, SITE + "#" * 65_536, "file-too-large"),
    "anchors that multiply": (
        SITE_FILE,
        "a: &a [x,x]\n" + "".join(f"{b}: &{b} [*{a},*{a}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True)),
        "yaml-feature",
    ),
    "quotation marks": (TABLE_FILE, HEADER + '"' * 5_001 + "\n", "csv-syntax"),
    "rows": (TABLE_FILE, HEADER + "a\n" * 100_000, "csv-row"),
    "long cell": (TABLE_FILE, row(note="a" * 200_000), "csv-syntax"),
    "too long a table": (TABLE_FILE, row() * 10_000, "file-too-large"),
    "brackets": (PAGE_FILE, TOP + "[" * 200_000, "too-tangled"),
    "round brackets": (PAGE_FILE, "---\ntitle: A\nsummary: B\n---\n[x]: y\n" + "](" * 100_000, "too-tangled"),
    "emphasis": (PAGE_FILE, TOP + "*a " * 80_000, "too-tangled"),
    "notes": (PAGE_FILE, TOP + "[^a] " * 40_000, "too-tangled"),
    "words and meanings": (PAGE_FILE, TOP + "a\n:   b\n" * 3_000, "too-tangled"),
    "quotations": (PAGE_FILE, TOP + ">" * 200_000, "too-tangled"),
    "too long a text": (PAGE_FILE, TOP + "a " * 140_000, "file-too-large"),
}
"""What would cost much time or memory -> (file, its content, code)."""
