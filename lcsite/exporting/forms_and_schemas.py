"""The forms to fill in and the schemas for editors, as files of the site. What stands in them is decided elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from lcsite.describing.form_files import paper_form, text_form
from lcsite.describing.forms import FORMS, Form
from lcsite.describing.kinds import KINDS
from lcsite.describing.schemas import schema_bytes
from lcsite.exporting.sheets import word_sheet
from lcsite.model.site import Site
from lcsite.model.toolbox import Tool
from lcsite.pages import addresses
from lcsite.pages.page import Download

__all__ = ["form_downloads", "schema_downloads"]


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


def schema_downloads() -> Iterator[Download]:
    """The schemas for editors, at an address that stays."""
    for kind in KINDS.values():
        if kind.form != "table":
            yield Download(addresses.schema(kind.name), partial(schema_bytes, kind.name), kind.title)
