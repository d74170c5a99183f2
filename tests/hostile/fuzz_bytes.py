"""Guided fuzzing of the readers: bytes in, a record or problems out, never a traceback, and never a text that harms.

Run it with `make fuzz-bytes`; it needs atheris, which exists for Linux and some Pythons only. It follows which lines of
the readers are reached, and finds its way into YAML, front matter, tables and prose by itself. What it finds is kept in
.cache/crash-…; put the text of it into `test_fuzz.py`.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["lcsite.reading", "lcsite.problems"]):
    from lcsite.problems import Problems, as_text
    from lcsite.reading.authored_files import read_file
    from lcsite.reading.layout import AuthoredFile, find_files

from lcsite.rendering.prose import render_prose
from tests.hostile.field_attacks import REFUSED as FIELDS
from tests.hostile.prose_attacks import REFUSED as PROSE
from tests.hostile.sites import CARET, small_site, steers


def _kinds(root: Path) -> list[AuthoredFile]:
    """One file of each kind of the small site."""
    made = small_site(root)
    made.observations("alder", {"indicator": "garden-rules/paths-1", "value": "3", "period": "2024"})
    files, _ = find_files(root)
    return list({file.kind: file for file in files}.values())


def _target(files: list[AuthoredFile]) -> Callable[[bytes], None]:
    def try_it(data: bytes) -> None:
        if not data:
            return
        file = files[data[0] % len(files)]
        content = read_file(file, data[1:])
        printed = as_text(Problems(content.problems))
        if steers(printed):
            raise AssertionError(f"the printed problems steer: {printed!r}")
        if len(printed) > 100_000:
            raise AssertionError("problems without end")
        if content.problems or content.record is None:
            return
        record = content.record
        text = record if isinstance(record, str) else getattr(record, "body", None) or getattr(record, "profile", None)
        if text and file.path.endswith(".md"):
            render_prose(text, resolve=lambda address: address)  # raises where the sanitiser had to mend

    return try_it


def _seeds(folder: Path, files: list[AuthoredFile]) -> None:
    for number, file in enumerate(files):
        raw = Path(file.on_disk).read_bytes()
        (folder / f"whole-{number}").write_bytes(bytes([number]) + raw)
        if file.path.endswith(".md"):
            for nth, text in enumerate(text for cases in PROSE.values() for text, _ in cases):
                attack = text.replace(CARET, "").encode("utf-8", "replace")
                (folder / f"prose-{number}-{nth}").write_bytes(bytes([number]) + raw + b"\n" + attack)
    paths = {file.path: number for number, file in enumerate(files)}
    for nth, (path, text, _) in enumerate(case for cases in FIELDS.values() for case in cases):
        if path in paths:
            attack = text.replace(CARET, "").encode("utf-8", "replace")[:20_000]
            (folder / f"field-{nth}").write_bytes(bytes([paths[path]]) + attack)


def main() -> None:
    """Fuzz until told to stop; the arguments are those of libFuzzer, such as -max_total_time=600."""
    with tempfile.TemporaryDirectory() as below:
        root, corpus = Path(below, "site"), Path(below, "corpus")
        corpus.mkdir()
        files = _kinds(root)
        _seeds(corpus, files)
        words = [sys.argv[0], str(corpus), "-timeout=10", "-rss_limit_mb=1500", "-max_len=6000", *sys.argv[1:]]
        atheris.Setup(words, _target(files))
        atheris.Fuzz()


if __name__ == "__main__":
    main()
