"""Writes a made-up portal as the files that people write for lcsite.

    python -m bench.authored --pages 300 --out FOLDER
"""

from __future__ import annotations

import argparse
import shutil
from collections.abc import Iterator
from pathlib import Path

from bench.invented_text import InventedText
from bench.portal import (
    CRITERIA,
    CRITERIA_EACH,
    DIMENSIONS,
    THEMES,
    TOOL_KINDS,
    TOOLS,
    YEARS,
    Portal,
    Practice,
    TownOrCity,
)

__all__ = ["write_portal"]

QUALITIES = ("official-audit", "independent-study", "insider-study", "public-record", "award-jury", "self-reported")
COUNTED = "criterion-01-3"
"""The question of each framework that is answered by figures."""
_COUNTED_HOW = (
    ", scale: figure, measure: {unit: percent, direction: higher-is-better}, goalposts: {low: 0, high: 100, "
    "because: shares go from nothing to all, source: {title: What a share is}}"
)
ANSWERS = ("0", "1", "2", "2", "3", "3", "4", "don't know", "at least 2", "2 to 3")
HEADINGS = ("Where it began", "What was planned", "What was done", "Who took part", "What happened", "Lessons")


def write_portal(portal: Portal, folder: Path) -> int:
    """Write the whole portal below `folder`, which is emptied first; the number of files."""
    if folder.exists():
        shutil.rmtree(folder)
    files = 0
    for path, text in _files(portal):
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, "utf-8", newline="\n")
        files += 1
    return files


def _files(portal: Portal) -> Iterator[tuple[str, str]]:
    yield "mkdocs.yml", (
        "site_name: see content/site.yml\ndocs_dir: content\ntheme:\n  name: material\n  font: false\nplugins:\n"
        "  - lcsite\n"
    )
    yield "content/site.yml", _site()
    for path, title in (("index", "Home"), ("about/index", "About"), ("contribute/index", "Contribute")):
        text = InventedText(path)
        yield f"content/{path}.md", f"---\ntitle: {title}\nsummary: {text.sentence(12)}\n---\n\n{text.paragraph(150)}\n"
    yield "content/criteria/sorting/framework.yml", _sorting()
    for id_ in (*THEMES, *TOOL_KINDS):
        yield f"content/criteria/sorting/{id_}.md", _criterion_page(f"sorting/{id_}", id_.capitalize())
    for number in range(1, TOOLS + 1):
        yield from _tool(portal, number)
    for framework in portal.frameworks:
        yield f"content/criteria/{framework}/framework.yml", _framework(portal, framework)
    for criterion in portal.criteria:
        yield f"content/criteria/{criterion.ref}.md", _criterion_page(criterion.ref, criterion.title)
    if len(portal.frameworks) > 1:
        yield "content/criteria/crosswalk.yml", _crosswalk(portal)
    for place in portal.places:
        folder = f"cities/{place.id}"
        yield f"{folder}/index.md", _place_page(place)
        yield f"{folder}/observations.csv", _observations(place)
        for year in YEARS:
            yield f"{folder}/assessments/{year}-{place.framework}.yml", _assessment(portal, place, year)
    for practice in portal.practices:
        yield f"content/toolbox/practices/{practice.id}.md", _practice_page(portal, practice)


def _site() -> str:
    menu = "".join(
        f"  - {{title: {title}, page: {page}/}}\n"
        for title, page in (("Places", "cities"), ("Toolbox", "toolbox"), ("Criteria", "criteria"), ("About", "about"))
    )
    return (
        "title: A portal made up to measure builds\ntagline: No place, practice or figure here exists.\n"
        "description: Every word here was drawn by lot.\nas_of: 2026-06-30\nlanguage: en-GB\n"
        f"publisher: nobody\nurl: https://example.org/\nmenu:\n{menu}"
    )


def _source(text: InventedText, indent: str = "") -> str:
    return (
        f"{indent}title: {text.title(5)}\n{indent}publisher: {text.title(2)}\n"
        f"{indent}year: {text.chance.choice(YEARS)}\n{indent}url: https://example.org/{text.words(1)}\n"
    )


def _record(text: InventedText) -> str:
    """A source on one line."""
    return (
        f"{{title: {text.title(5)}, publisher: {text.title(2)}, year: {text.chance.choice(YEARS)}, "
        f'url: "https://example.org/{text.words(1)}"}}'
    )


def _opening(text: InventedText, title: str, order: int) -> str:
    return (
        f"title: {title}\nshort_title: {title}\nversion: 2026.1\norder: {order}\nsummary: {text.sentence(18)}\n"
        f"source:\n  - {_record(text)}\nsureness: {text.sentence(10)}\nlimits:\n  - {text.sentence(12)}\n"
        f"history:\n  - version: 2026.1\n    date: 2026-01-15\n    changes: [{text.words(4)}]\n"
    )


def _sorting() -> str:
    text = InventedText("sorting")
    nodes = ""
    for dimension, facet, ids in (("themes", "theme", THEMES), ("tool-kinds", "tool-kind", TOOL_KINDS)):
        nodes += f"  - id: {dimension}\n    level: dimension\n    title: {text.title(2)}\n"
        nodes += f"    facet: {facet}\n    children:\n"
        nodes += "".join(
            f"      - {{id: {id_}, level: criterion, title: {id_.capitalize()}, gist: {text.sentence(9)}}}\n"
            for id_ in ids
        )
    return _opening(text, "Sorting", 90) + f"tree:\n{nodes}"


def _framework(portal: Portal, framework: str) -> str:
    text = InventedText(framework)
    number = portal.frameworks.index(framework) + 1
    steps = "".join(
        f"      - {{value: {value}, label: {text.title(2)}, worth: {worth}}}\n"
        for value, worth in zip(range(5), (0, 0, 0.5, 0.75, 1), strict=True)
    )
    head = _opening(text, f"Measure {number}", number) + (
        "construct: practice\nscale: steps\nscales:\n  - id: steps\n    title: From nothing to much\n"
        "    kind: ordinal\n"
        f"    steps:\n{steps}    best: 4\n    because: {text.sentence(8)}\n"
        "  - {id: figure, title: A figure, kind: number}\n"
    )
    own = [criterion for criterion in portal.criteria if criterion.framework == framework]
    tree = ""
    for dimension in range(DIMENSIONS):
        tree += f"  - id: dimension-{dimension + 1}\n    level: dimension\n    title: {text.title(2)}\n    children:\n"
        for criterion in own[dimension * CRITERIA_EACH : (dimension + 1) * CRITERIA_EACH]:
            tree += f"      - id: {criterion.id}\n        level: criterion\n        title: {criterion.title}\n"
            tree += f"        gist: {criterion.gist}\n        children:\n"
            for id_, title in criterion.questions:
                how = _COUNTED_HOW if id_ == COUNTED else ""
                tree += f"          - {{id: {id_}, level: indicator, title: {title}{how}}}\n"
    return f"{head}tree:\n{tree}"


def _criterion_page(ref: str, title: str) -> str:
    text = InventedText(f"page {ref}")
    parts = "\n\n".join(f"## {heading}\n\n{text.paragraph(70)}" for heading in ("In daily life", "What one would see"))
    return f"---\ntitle: {title}\nsummary: {text.sentence(14)}\n---\n\n{parts}\n"


def _crosswalk(portal: Portal) -> str:
    """From each criterion to one of the next framework."""
    text = InventedText("crosswalk")
    links = "".join(
        f"  - {{from: {here.ref}, to: {there.ref}, relation: related, reason: {text.words(5)}}}\n"
        for here, there in zip(portal.criteria, portal.criteria[CRITERIA:], strict=False)
    )
    return (
        f"title: From one measure to the next\nstatus: {text.sentence(5)}\nsource:\n{_source(text, '  ')}"
        f"relations:\n  - {{id: related, title: They touch}}\nlinks:\n{links}"
    )


def _tool(portal: Portal, number: int) -> Iterator[tuple[str, str]]:
    text = InventedText(f"tool {number}")
    folder = f"content/toolbox/tools/tool-{number}"
    chosen = ", ".join(c.ref for c in text.chance.sample(portal.criteria, 5))
    yield f"{folder}/index.md", (
        f"---\ntitle: {text.title(3)}\nkind: {text.chance.choice(TOOL_KINDS)}\nsummary: {text.sentence(14)}\n"
        f"audience: [{text.words(2)}]\ntime: {text.title(4)}\nsupports: [{chosen}]\nthemes: [{THEMES[number % 6]}]\n"
        f"sources:\n  - {_record(text)}\norder: {number * 10}\n---\n\n## When to use it\n\n{text.paragraph(200)}\n"
    )
    rows = "".join(f"| {text.words(3)} | |\n" for _ in range(8))
    yield f"{folder}/template.md", f"## To fill in\n\n{text.paragraph(40)}\n\n| Question | Answer |\n|---|---|\n{rows}"


def _place_page(place: TownOrCity) -> str:
    text = InventedText(f"page {place.id}")
    pick = text.chance
    context = "".join(
        f"  - label: {text.title(4)}\n    value: {pick.randint(1, 90)}\n    unit: percent\n"
        f"    year: {pick.choice(YEARS)}\n"
        f"    source:\n{_source(text, '      ')}"
        for _ in range(3)
    )
    sources = "".join(f"  - {_record(text)}\n" for _ in range(3))
    headings = ("In brief", "What happened", "What is open")
    body = "\n\n".join(f"## {heading}\n\n{text.paragraph(80)}" for heading in headings)
    return (
        f"---\nname: {place.name}\nkind: {place.kind}\ncountry: {place.country}\nworld_region: {place.region}\n"
        f"coordinates: {{lat: {pick.randint(-5000, 6500) / 100}, lon: {pick.randint(-17000, 17000) / 100}}}\n"
        f"population:\n  value: {pick.randint(800, 4_000_000)}\n  year: 2025\n  source:\n{_source(text, '    ')}"
        f"budget_per_head:\n  value: {pick.randint(300, 9000)}\n  currency: EUR\n  year: 2025\n  source:\n"
        f"{_source(text, '    ')}networks:\n  - name: {text.title(4)}\n    joined: {pick.choice(YEARS)}\n"
        f"context:\n{context}stakeholders: [{text.words(2)}, {text.words(3)}]\nsources:\n{sources}"
        f"gaps: {text.sentence(12)}\n---\n\n{body}\n"
    )


def _observations(place: TownOrCity) -> str:
    """Three figures for the one question of a framework that is answered by a figure."""
    text = InventedText(f"figures {place.id}")
    rows = "".join(
        f"{place.framework}/{COUNTED},{text.chance.randint(100, 950) / 10},,,percent,{year},,,,,,,,"
        f"{text.title(4)},{text.title(2)},{year},https://example.org/{text.words(1)}\n"
        for year in YEARS
    )
    return (
        "indicator,value,low,high,unit,period,scope,n,k,grade,derived,note,check,"
        f"source_title,source_publisher,source_year,source_url\n{rows}"
    )


def _assessment(portal: Portal, place: TownOrCity, year: int) -> str:
    text = InventedText(f"{place.id} {year}")
    pick = text.chance
    lines = []
    for criterion in portal.criteria:
        if criterion.framework != place.framework:
            continue
        for question, _ in criterion.questions:
            if question == COUNTED:
                continue
            value = pick.choice(ANSWERS)
            if pick.random() > 0.15 or value == "don't know":
                lines.append(f"  {question}: {value}\n")
            else:
                lines.append(
                    f"  {question}:\n    value: {value}\n    note: {text.sentence(10)}\n    evidence:\n"
                    f"      - title: {text.title(4)}\n        publisher: {text.title(2)}\n        year: {year}\n"
                    f"        url: https://example.org/{text.words(1)}\n        grade: public-document\n"
                )
    return (
        f"framework: {place.framework}@2026.1\nas_of: {year}-05-31\nby:\n  kind: self\n  who: {text.title(6)}\n"
        f"answers:\n{''.join(lines)}limits:\n  - {text.sentence(12)}\n"
    )


def _practice_page(portal: Portal, practice: Practice) -> str:
    text = InventedText(f"front {practice.id}")
    return (
        f"---\ntitle: {practice.title}\nsummary: {practice.summary}\nkind: {practice.kind}\n"
        f"places: [{practice.place}]\n"
        f"countries: [{practice.country}]\nyears: {practice.year}\noutcome: {practice.outcome}\nevidence:\n"
        f"  text: {text.sentence(12)}\n  quality: {text.chance.choice(QUALITIES)}\n"
        f"supports: [{', '.join(practice.supports)}]\nthemes: [{practice.theme}]\ntools: [{practice.tool}]\n"
        f"resources: {text.sentence(6)}\nsources:\n  - {_record(text)}\n  - {_record(text)}\n---\n\n"
        f"{_practice_body(portal, practice)}"
    )


def _practice_body(portal: Portal, practice: Practice) -> str:
    """About 600 words with headings, lists, a quotation and twelve links."""
    text = InventedText(f"body {practice.id}")
    pick = text.chance
    parts = []
    for heading in HEADINGS:
        parts += [f"## {heading}", text.paragraph(55)]
        if heading == "What was planned":
            parts.append("\n".join(f"- **{text.words(1)}** {text.sentence(11)}" for _ in range(5)))
        elif heading == "What was done":
            parts.append("\n".join(f"{n}. {text.sentence(12)} *{text.words(1)}*" for n in range(1, 5)))
        elif heading == "What happened":
            parts.append(f"> {text.sentence(24)}")
        criterion = portal.criteria[pick.randrange(len(portal.criteria))]
        place = portal.places[pick.randrange(len(portal.places))]
        parts.append(
            f"{text.paragraph(22)} See [{criterion.title}](../../criteria/{criterion.ref}.md) and "
            f"[{place.name}](../../../cities/{place.id}/index.md)."
        )
    return "\n\n".join(parts) + "\n"


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.authored", description="Make up a portal to measure with.")
    parser.add_argument("--pages", type=int, required=True, help="how many HTML pages are made of it")
    parser.add_argument("--out", type=Path, required=True, help="the folder, which is emptied first")
    given = parser.parse_args()
    print(f"{write_portal(Portal(given.pages), given.out)} files in {given.out}")


if __name__ == "__main__":
    main()
