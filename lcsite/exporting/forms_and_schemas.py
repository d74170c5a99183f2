"""Forms to fill in, schemas for editors and the editing desk, as files of the site; decided elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from lcsite.describing.desk import DESK_FILES, desk_config, desk_page
from lcsite.describing.form_files import paper_form, text_form
from lcsite.describing.forms import FORMS, Form
from lcsite.describing.kinds import KINDS
from lcsite.describing.schemas import schema_bytes
from lcsite.exporting.sheets import word_sheet
from lcsite.model.site import Site
from lcsite.model.toolbox import Tool
from lcsite.pages import addresses
from lcsite.pages.page import Download

__all__ = ["desk_downloads", "form_downloads", "schema_downloads"]


def form_downloads(site: Site) -> Iterator[Download]:
    """Each form as a document to print or fill in, and as a text to send by mail."""
    for form in FORMS.values():
        yield Download(addresses.form(form.name, "docx"), partial(_document, form, site), form.title)
        yield Download(addresses.form(form.name, "md"), text_form(form).encode, form.title)


def _document(form: Form, site: Site) -> bytes:
    """A form is a sheet like those of the tools: a title, words, and room to write."""
    sheet = Tool(
        id=form.name, title=form.title, kind="form", summary=form.words, audience=("everybody",), time="a quarter hour",
        template=paper_form(form),
    )
    return word_sheet(sheet, site)


def desk_downloads(site: Site) -> Iterator[Download]:
    """The editing desk, where the site asks for one."""
    if site.admin is None:
        return
    yield Download(addresses.desk("index.html"), desk_page(site, site.admin).encode, "Editing desk")
    yield Download(addresses.desk("config.yml"), desk_config(site, site.admin).encode, "Editing desk")
    for name, path in DESK_FILES.items():
        yield Download(addresses.desk(name), path.read_bytes, "Editing desk")


def schema_downloads() -> Iterator[Download]:
    """The schemas for editors, at an address that stays."""
    for kind in KINDS.values():
        if kind.form != "table":
            yield Download(addresses.schema(kind.name), partial(schema_bytes, kind.name), kind.title)
