"""Names, kinds and places of files; images; and what the command prints about them."""

from __future__ import annotations

import json
import os
import struct
from pathlib import Path

import pytest

from tests.builders import as_page
from tests.hostile.sites import build, check, live_vectors, small_site, steers
from tests.reading.test_image_notes import GPS, VP8L, chunk, jpeg, png, segment, webp

NAMES = {
    "content/index.html": "unexpected-file", "content/x.js": "unexpected-file", "content/x.svg": "unexpected-file",
    "content/_headers": "refused-name", "content/_redirects": "refused-name", "content/CNAME": "refused-name",
    "content/.htaccess": "unexpected-file", "content/.git/config": "unexpected-file",
    "content/media/x.svg": "unexpected-file", "content/media/x.html": "unexpected-file",
    "content/About.md": "refused-name",
    "content/ABOUT.md": "refused-name", "content/abou\u0074\u0301.md": "refused-name",
    "content/é.md": "refused-name", "content/e\u0301.md": "refused-name", "content/a b.md": "refused-name",
    "content/<script>.md": "refused-name",
    "content/\"onclick=x.md": "refused-name", "content/a\nb.md": "refused-name",
    "content/::error::x.md": "refused-name",
    "content/\x1b[31mx.md": "refused-name", "content/\u202ex.md": "refused-name",
    "content/{{x}}.md": "refused-name",
    "content/%2e%2e.md": "refused-name", "content/javascript:x.md": "refused-name",
    "content/assets/x.md": "reserved-name", "content/search/x.md": "reserved-name", "content/404.md": "reserved-name",
    "content/pagefind/x.md": "reserved-name", "content/con.md": "reserved-name", "content/aux/x.md": "reserved-name",
    "cities/by/index.md": "reserved-name", "content/toolbox/tools/by/index.md": "reserved-name",
    "content/data/dictionary.md": "reserved-name", "content/cities/index.md": "reserved-name",
    "content/toolbox/practices/index.md": "reserved-name", "content/toolbox/tools/index.md": "reserved-name",
    "content/about/index.md": "same-address",
    "cities/alder/garden-rules.md": "unexpected-file", "cities/alder/assessments/x.yaml": "unexpected-file",
    "content/" + "a" * 210 + ".md": "refused-name", "content/a/b/c/d/e/f/g/h/i/j.md": "refused-file",
}  # fmt: skip


@pytest.mark.parametrize(("path", "code"), NAMES.items(), ids=range(len(NAMES)))
def test_a_file_that_may_not_stand_there_is_named_and_not_published(tmp_path: Path, path: str, code: str) -> None:
    made = small_site(tmp_path)
    made.write(path, as_page({"title": "X", "summary": "Y"}, "<script>x</script>\n"))
    done = check(made)
    assert done.code == 1, done.err
    assert code in [spot.rpartition(" ")[2] for spot in done.spots]
    assert not steers(done.out + done.err)
    assert not any(line.startswith("::") for line in (done.out + done.err).splitlines())
    assert build(made).code == 1
    assert not (tmp_path / "site").exists()


def test_links_pipes_and_folders_that_lead_out_are_not_followed(tmp_path: Path) -> None:
    made = small_site(tmp_path / "site-folder")
    secret = tmp_path / "secret.md"
    secret.write_text(as_page({"title": "Secret", "summary": "Y"}, "Secret.\n"))
    content = made.root / "content"
    (content / "link.md").symlink_to(secret)
    (content / "folder").symlink_to(tmp_path)
    (content / "loop").symlink_to(content)
    (made.root / "cities" / "dogwood").symlink_to(made.root / "cities" / "alder")
    os.mkfifo(content / "pipe.md")
    os.mkfifo(made.root / "cities" / "alder" / "observations.csv")
    done = check(made)
    assert done.code == 1
    assert {spot.rpartition(" ")[2] for spot in done.spots} == {"refused-file"}
    assert len(done.spots) == 6
    assert done.seconds < 2


@pytest.mark.parametrize("remembering", [False, True])
@pytest.mark.parametrize("path", ["content/vast.md", "cities/alder/observations.csv", "content/media/vast.png"])
def test_a_vast_file_is_refused_unread_also_where_builds_are_remembered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, path: str, remembering: bool
) -> None:
    monkeypatch.setenv("LCSITE_CACHE", str(tmp_path / "memory") if remembering else "")
    made = small_site(tmp_path / "site-folder")
    made.write(path, "")
    with (made.root / path).open("wb") as file:
        file.truncate(1 << 40)  # a terabyte that takes no room
    for done in (check(made), build(made), build(made)):
        assert done.code == 1
        assert f"{path}:1:1: error" in done.out + done.err
        assert done.seconds < 2


IMAGES = {
    "a-picture.png": (png(), ""), "a-picture.jpg": (jpeg(), ""), "a-picture.webp": (webp(VP8L), ""),
    "page.png": (b"<html><script>x</script>", "wrong-image"), "drawing.png": (b"<svg onload='x'/>", "wrong-image"),
    "other.jpg": (png(), "wrong-image"), "moving.webp": (b"GIF89a", "wrong-image"), "empty.png": (b"", "wrong-image"),
    "bomb.png": (png()[:16] + struct.pack(">II", 60_000, 60_000) + png()[24:], "wrong-image"),
    "nothing.png": (png()[:16] + struct.pack(">II", 0, 9) + png()[24:], "wrong-image"),
    "bomb.webp": (webp((b"VP8X", bytes(4) + b"\xff\xff\0\xff\xff\0")), "wrong-image"),
    "where.jpg": (jpeg(segment(0xE1, GPS)), "image-notes"), "where.png": (png(chunk(b"eXIf", GPS)), "image-notes"),
    "where.webp": (webp((b"VP8X", bytes(10)), VP8L, (b"EXIF", GPS)), "image-notes"),
    "author.png": (png(chunk(b"tEXt", b"Author\0me")), "image-notes"),
    "two-in-one.png": (png(behind=b"<script>x</script>"), "image-notes"),
    "large.jpg": (jpeg() + bytes(5 * 1024 * 1024), "file-too-large"),
}  # fmt: skip


@pytest.mark.parametrize(("name", "raw", "code"), [(n, *case) for n, case in IMAGES.items()], ids=IMAGES)
def test_an_image_is_only_a_picture_of_its_kind(tmp_path: Path, name: str, raw: bytes, code: str) -> None:
    made = small_site(tmp_path)
    (tmp_path / "cities/alder/media").mkdir()
    (tmp_path / "cities/alder/media" / name).write_bytes(raw)
    done = check(made)
    assert done.spots == ([f"cities/alder/media/{name}:1:1 {code}"] if code else [])
    assert done.code == bool(code)
    assert done.seconds < 2


# What is printed


OPTIONS = [[], ["--quiet"], ["--verbose"], ["--quiet", "--verbose"]] + [
    ["--format", form, *more] for form in ("text", "json",
    "github", "sarif") for more in ([], ["--quiet"], ["--verbose"])
]
HOSTILE = "\x1b]0;x\x07::error::owned\u202e\u2028"
SECRET = "rosebud-" * 20


def test_nothing_from_a_file_can_steer_a_terminal_or_a_build_server(tmp_path: Path) -> None:
    made = small_site(tmp_path)
    made.write(f"content/{HOSTILE}.md", "x")
    made.write("content/%0a::error::x.md", "x")
    made.write("content/site.yml", f'title: x\n"{"::error::x"}\\n::set-env name=x::y": {SECRET}\n')
    made.write("cities/alder/index.md", f"---\nname: X\nkind: '{SECRET}'\ncountry: '::error::x'\n---\n")
    made.page("about",
    "About", f"[x](javascript:{SECRET})\n\n![{HOSTILE[2:9]}](https://me:{SECRET}@example.org/x.png)\n")
    for options in OPTIONS:
        done = check(made, *options)
        printed = done.out + done.err
        assert done.code == 1
        assert not steers(printed), options
        assert SECRET[:60] not in printed
        commands = [line for line in printed.splitlines() if line.startswith("::")]
        assert all("github" in options and line.startswith(("::error file=", "::warning file=")) for line in commands)
    for form in ("json", "sarif"):
        assert json.loads(check(made, "--format", form).out)




def test_a_site_with_pictures_is_built_with_them(tmp_path: Path) -> None:
    made = small_site(tmp_path)
    (tmp_path / "cities/alder/media").mkdir()
    (tmp_path / "cities/alder/media/river.png").write_bytes(png())
    made.place("alder", "Alder", "![The \"river\" & <its> bank](media/river.png \"x' y\")\n".replace("<its>", "its"))
    assert build(made).code == 0
    assert (tmp_path / "site/cities/alder/media/river.png").read_bytes() == png()
    assert live_vectors(tmp_path / "site") == []
