"""`lcsite new site`: a complete site for one place, made from the one in `lcsite/starter`."""

from __future__ import annotations

import re
from pathlib import Path

from lcsite.authoring.draft import Context, Draft, NewFile, Values
from lcsite.authoring.editor_help import schema_files
from lcsite.authoring.new_ci import CI_STEPS, HOSTS, ci_file
from lcsite.authoring.new_place import QUESTIONS as PLACE_QUESTIONS
from lcsite.authoring.new_place import profile
from lcsite.authoring.questions import Question, id_question
from lcsite.authoring.yaml_text import field
from lcsite.describing.form_files import form_files
from lcsite.model.site import Colour, Language
from lcsite.model.words import Day

__all__ = ["QUESTIONS", "STARTER", "draft_site"]

STARTER = Path(__file__).parent.parent / "starter"
"""A site that can be built as it stands, for an invented place."""

_EXAMPLE_PLACE = "sampleby"
_STORED_AS = {"gitignore.txt": ".gitignore"}
"""Files whose real name would mean something to the tools of this repository."""

_ABOUT_THE_PLACE = {question.key: question for question in PLACE_QUESTIONS}

QUESTIONS = (
    Question("title", "the name of the site, such as Sampleby learns"),
    Question("place", "the name of the place"),
    _ABOUT_THE_PLACE["kind"],
    _ABOUT_THE_PLACE["country"],
    _ABOUT_THE_PLACE["world_region"],
    Question("publisher", "who answers for the site"),
    Question("colour", 'the colour of the site, such as "#12436d"', fits=Colour, optional=True),
    Question("language", "the language of the site, such as en-GB", fits=Language, default="en-GB", quiet=True),
    Question(
        "as_of", "the day up to which the site speaks", fits=Day, quiet=True,
        default=lambda context, _: context.today.isoformat(),
    ),
    Question(
        "ci", "the host whose build server checks proposals and publishes the site", choices=("none", *HOSTS),
        default="none", quiet=True,
    ),
    _ABOUT_THE_PLACE["demonstration"],
    id_question("place", "folder"),
)


def draft_site(values: Values, context: Context) -> Draft:
    """Every file of the new site; paths are below its folder."""
    place = str(values["id"])
    own_profile = f"cities/{place}/index.md"
    files = [
        NewFile(path, _fill(path, text, values))
        for path, text in _starter_files() if not path.startswith(f"cities/{_EXAMPLE_PLACE}/")
    ]
    if values["ci"] in HOSTS:
        files.append(ci_file(str(values["ci"])))
    files.append(NewFile(own_profile, profile({**values, "name": values["place"]})))
    files += schema_files()
    files += [NewFile(path, text) for path, text in form_files()]
    return Draft(
        files=tuple(sorted(files, key=lambda file: file.path)),
        missing=(
            f"the profile of the place, in {own_profile}",
            "how readers reach you, the colour and the logo, in content/site.yml",
            "who you are, in content/about/index.md",
        ),
        steps=(
            "lcsite serve", f"write the profile in {own_profile}", f"lcsite new assessment {place}",
            *(CI_STEPS[:2] if values["ci"] in HOSTS else ()),
        ),
    )


def _starter_files() -> list[tuple[str, str]]:
    found = [
        (path.relative_to(STARTER).as_posix(), path.read_text("utf-8"))
        for path in STARTER.rglob("*") if path.is_file() and path.suffix in (".md", ".txt", ".yml")
    ]
    return [(_STORED_AS.get(path, path), text) for path, text in sorted(found)]


def _fill(path: str, text: str, values: Values) -> str:
    text = text.replace(f"cities/{_EXAMPLE_PLACE}/", f"cities/{values['id']}/")
    if path != "content/site.yml":
        return text
    for key in ("title", "as_of", "language", "publisher", "colour"):
        if value := values.get(key):
            lines = re.compile(rf"^#?{key}: .*\n", re.MULTILINE).split(text, maxsplit=1)
            text = field(key, str(value)).join(lines)
    return text
