"""Which downloads are best made together: all of a place, a table that needs nobody else, some practices, all sheets.

Two processes can share the lots between them, but for the tables of all places, which gather what each of these tells.
What is in no lot names all others, such as the index and the account of the site, of which the rest has a lot of its
own; or it takes so little that nobody gains by sharing it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial

from lcsite.describing.forms import FORMS
from lcsite.describing.kinds import KINDS
from lcsite.exporting.files import DataFiles
from lcsite.exporting.site_manifest import account_of_site
from lcsite.model.portfolio import Portfolio
from lcsite.pages import addresses
from lcsite.pages.page import Download, Lot
from lcsite.rendering.social_cards import CARD_NAMES, USUAL

__all__ = ["lots_of"]


def lots_of(portfolio: Portfolio, files: DataFiles, downloads: Iterable[Download]) -> tuple[Lot, ...]:
    """The lots of a site's downloads, in a fixed order. None holds a download that is not among those given."""
    at_hand = {download.address: download for download in downloads}

    def among(wanted: Iterable[str]) -> tuple[Download, ...]:
        return tuple(at_hand[address] for address in wanted if address in at_hand)

    def of_data(names: tuple[str, ...], place: str) -> Lot:
        wanted = (*map(addresses.data_file, names), *(_beside_data(portfolio, place) if place else ()))
        page = addresses.place(place) if place else ""
        return Lot(among(wanted), partial(files.tell, names, place), files.learn, page)

    def all_data(about: str) -> Iterator[Lot]:
        return (of_data(names, "") for (kind, _), names in files.lots.items() if kind == about)

    # Places stand in the order of their pages, so that what is told of them need not wait; small lots come last, so
    # that neither process waits for the other in the end.
    places = (of_data(files.lots["place", place], place) for place in portfolio.places)
    others = (Lot(found) for wanted in _without_data(portfolio) if (found := among(wanted)))
    gathered = Lot(among(map(addresses.data_file, files.lots["places", ""])), gathers=True)
    account = Lot((), partial(account_of_site, files), partial(setattr, files, "account"))
    return *places, gathered, *all_data("table"), account, *others, *all_data("practices")


def _beside_data(portfolio: Portfolio, place: str) -> Iterator[str]:
    yield addresses.place_feed(place)
    for framework in portfolio.frameworks:
        yield addresses.badge(place, framework)
        yield addresses.card_to_embed(place, framework)


def _without_data(portfolio: Portfolio) -> Iterator[tuple[str, ...]]:
    """What takes long enough to be worth sharing. The feeds of criteria look through the same assessments."""
    yield addresses.feed, *(
        addresses.criterion_feed(framework.id, criterion.id)
        for framework in portfolio.frameworks.values() for criterion in framework.criteria
    )
    for name in CARD_NAMES:
        if name not in USUAL:  # those are drawn by then, or by the process that asked for it
            yield (addresses.card(name),)
    yield (  # one process asks for the document that all sheets share, and for the models behind forms and schemas
        *(addresses.tool_template(tool, ending) for tool in sorted(portfolio.tools) for ending in ("docx", "md")),
        *(addresses.form(form, ending) for form in FORMS for ending in ("docx", "md")),
        *map(addresses.schema, KINDS),
    )
