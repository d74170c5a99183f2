"""Fetches the editing desk (Sveltia CMS) and its fonts at pinned versions and puts them into lcsite/desk.

Run by a maintainer, never in a build: `python scripts/vendor_desk.py`. Every package is compared with its fingerprint
before anything of it is used. What the desk would load from elsewhere is turned to files beside it, so that it asks
nobody but the service in which the files of a site are kept.
"""

from __future__ import annotations

import base64
import hashlib
import io
import json
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

DESK = Path(__file__).parents[1] / "lcsite" / "desk"

PACKAGES = {
    "@sveltia/cms@0.221.1":
        "sha512-J+Qoik9kGMk2L7vNpOQrnDmFRi+NB6vwJ0f657YtsxWH0P8WYSYRRSRC2pQ/jGGbVlM//Pg/WIgmkpswqoo3gQ==",
    "@fontsource-variable/source-sans-3@5.3.0":
        "sha512-dpi0GZk7EQe2tYpg6Q0Fx0OmUgnuGu+0rHPgtXqtKhglYmJuP7jZ12Mu1uN+NfRaJRY1Emn8AQJEWzmoZ4wa9g==",
    "@fontsource/noto-mono@5.3.0":
        "sha512-QZieY3OyKEImCXg3HRiF6p6/H0GXX94uEb53ayLyQgCTB20LdkvsyJIgigo6lAGmVw3WEs40DdG5KTqpxfwgGg==",
    "@fontsource-variable/material-symbols-outlined@5.3.7":
        "sha512-d6kLamaMdad40AYoyJEBgCH63fRLklC7GW7bgb7WWbPh/UzuW483Dlyfmn3vxpiNsHLIMBOcYYkZDtOC9Y3MUA==",
}
TAKEN = {
    "@sveltia/cms": {"dist/sveltia-cms.js": "sveltia-cms.js", "LICENSE.txt": "LICENSE-sveltia-cms.txt"},
    "@fontsource-variable/source-sans-3": {
        "files/source-sans-3-latin-wght-normal.woff2": "fonts/source-sans-3.woff2",
        "LICENSE": "fonts/LICENSE-source-sans-3.txt",
    },
    "@fontsource/noto-mono": {
        "files/noto-mono-latin-400-normal.woff2": "fonts/noto-mono.woff2", "LICENSE": "fonts/LICENSE-noto-mono.txt",
    },
    "@fontsource-variable/material-symbols-outlined": {
        "files/material-symbols-outlined-latin-wght-normal.woff2": "fonts/material-symbols.woff2",
        "LICENSE": "fonts/LICENSE-material-symbols.txt",
    },
}
FONTS = "https://cdn.jsdelivr.net/fontsource/fonts/"
TURNED = {
    f"{FONTS}material-symbols-outlined:vf@5.3.7/latin-wght-normal.woff2": "fonts/material-symbols.woff2",
    f"{FONTS}noto-mono@5.3.0/latin-400-normal.woff2": "fonts/noto-mono.woff2",
    f"{FONTS}source-sans-3:vf@5.3.0/latin-wght-normal.woff2": "fonts/source-sans-3.woff2",
    "https://unpkg.com/": "./not-here/",
}
"""Addresses in the program, and what stands in their place; the last is where it would look for newer versions."""


def fetched(name: str, fingerprint: str, folder: Path) -> tarfile.TarFile:
    """The package, if it is the one that was pinned."""
    done = subprocess.run(
        ["npm", "pack", "--silent", name], cwd=folder, capture_output=True, text=True, check=True
    )
    raw = (folder / done.stdout.split()[-1]).read_bytes()
    found = "sha512-" + base64.b64encode(hashlib.sha512(raw).digest()).decode()
    if found != fingerprint:
        sys.exit(f"{name} is not the package that was pinned: {found}")
    return tarfile.open(fileobj=io.BytesIO(raw))


def main() -> None:
    files: dict[str, bytes] = {}
    with tempfile.TemporaryDirectory() as folder:
        for name, fingerprint in PACKAGES.items():
            with fetched(name, fingerprint, Path(folder)) as package:
                for path, target in TAKEN[name.rpartition("@")[0]].items():
                    member = package.extractfile(f"package/{path}")
                    assert member is not None, path
                    files[target] = member.read()
    program = files["sveltia-cms.js"].decode("utf-8")
    for address, instead in TURNED.items():
        if address not in program:
            sys.exit(f"{address} is no longer in the program; look again at what it loads")
        program = program.replace(address, instead)
    files["sveltia-cms.js"] = program.encode("utf-8")
    for target, content in files.items():
        (DESK / target).parent.mkdir(parents=True, exist_ok=True)
        (DESK / target).write_bytes(content)
    about = {
        "packages": list(PACKAGES), "changed": "addresses of fonts and of newer versions in sveltia-cms.js",
        "sha256": {name: hashlib.sha256(content).hexdigest() for name, content in sorted(files.items())},
    }
    (DESK / "vendored.json").write_text(json.dumps(about, indent=2) + "\n", "utf-8")
    print(f"{len(files)} files in {DESK}")


if __name__ == "__main__":
    main()
