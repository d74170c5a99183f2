"""Places and practices in the form in which they are written, for other sites that gather them.

The same strict reader that reads a site's own files reads these. They are written anew from what was read, so that they
hold no comment, no picture and nothing that this site itself does not publish: what fewer than five people said stays
out.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator
from operator import attrgetter
from typing import Any

from lcsite.exporting.portable_text import portable_text
from lcsite.exporting.yaml_text import as_texts, yaml_text
from lcsite.model.assessment import Assessment, Observation
from lcsite.model.place import Place
from lcsite.model.portfolio import Portfolio
from lcsite.model.toolbox import Practice
from lcsite.model.words import Record
from lcsite.reading.csv_rows import COLUMNS

__all__ = ["Resolve", "Written", "file_of_practice", "files_of_place", "source_bytes"]

Resolve = Callable[[str, str], str]
"""From a file and a link as it is written there to the whole address; empty where the site does not know its own."""

_COUNTED = re.compile(r"[0-9]+ of ([0-9]+)")


Written = Place | Practice | Assessment | tuple[Observation, ...]
"""What stands in one file."""


def files_of_place(portfolio: Portfolio, place: Place) -> Iterator[tuple[str, Written]]:
    """The files of one place: the path of each in a site's folder, and what stands in it."""
    from lcsite.exporting.observation_rows import is_too_few  # with all that scores: a practice does without

    folder = f"cities/{place.id}"
    yield f"{folder}/index.md", place
    for assessment in portfolio.assessments_of(place.id):
        yield f"{folder}/assessments/{assessment.file_id}.yml", assessment
    rows = tuple(
        row for row in portfolio.observations.get(place.id, ())
        if not is_too_few(portfolio.frameworks.get(row.framework_id), row)
    )
    if rows:
        yield f"{folder}/observations.csv", rows


def file_of_practice(practice: Practice) -> str:
    """The path of the file of one practice in a site's folder."""
    return f"content/toolbox/practices/{practice.id}.md"


def source_bytes(path: str, written: Written, resolve: Resolve) -> bytes:
    """The bytes of the file at a path in a site's folder."""
    if isinstance(written, Practice):
        return _page(written, ("id", "body"), written.body, path, resolve)
    if isinstance(written, Place):
        return _page(written, ("id", "profile"), written.profile, path, resolve)
    return _assessment(written) if isinstance(written, Assessment) else _observations(written)


def _page(record: Record, beside: tuple[str, ...], body: str, path: str, resolve: Resolve) -> bytes:
    text = portable_text(body, path, resolve).strip("\n")
    return f"---\n{yaml_text(_fields(record, *beside))}---\n{text}\n".encode()


def _assessment(assessment: Assessment) -> bytes:
    # Most answers are a value and nothing else, and need not go through the model.
    bare = {node: answer.value for node, answer in assessment.answers.items() if _BESIDE_VALUE(answer) == _NOTHING}
    fields = assessment.model_dump(
        mode="json", by_alias=True, exclude_defaults=True,
        exclude={"place": True, "file_id": True, "answers": dict.fromkeys(bare, True)},
    )
    others = fields.get("answers", {})
    answers = {
        node: bare[node] if node in bare else others[node]
        for node, answer in assessment.answers.items() if not _says_too_much(answer.value or "")
    }
    return yaml_text({**fields, "answers": answers}).encode()


_BESIDE_VALUE = attrgetter("not_applicable", "year", "grade", "because", "note", "evidence", "resources")
_NOTHING = None, None, None, None, None, (), None


def _says_too_much(written: str) -> bool:
    if " of " not in written:
        return False
    from lcsite.scoring.scales import FEWEST_RESPONDENTS

    found = _COUNTED.fullmatch(written)
    return found is not None and int(found.group(1)) < FEWEST_RESPONDENTS


def _observations(rows: tuple[Observation, ...]) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for row in rows:
        fields = {name: value for name, value in _fields(row).items() if name != "source"}
        fields |= {f"source_{name}": value for name, value in _fields(row.source).items()}
        texts = as_texts(fields)
        writer.writerow([texts.get(name, "") for name in COLUMNS])
    return out.getvalue().encode()


def _fields(record: Record, *beside: str) -> dict[str, Any]:
    """What was stated, under the names of the files."""
    return record.model_dump(mode="json", by_alias=True, exclude_defaults=True, exclude=set(beside))
