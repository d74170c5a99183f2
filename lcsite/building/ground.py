"""What a build can rest on while nothing but texts changes: what was read, and what was said of it.

It holds for the moment at which a whole site was read. Whoever rests on it reads each text again that has changed since
then, and reads everything where a check would have anything to say of one.
"""

from __future__ import annotations

import copyreg
import io
import pickle
from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from lcsite.building.built import OnlyWhole
from lcsite.checked_text import Beside, read_quietly
from lcsite.light_classes import dataclass
from lcsite.model.portfolio import Portfolio
from lcsite.model.toolbox import Practice
from lcsite.problems import Problem
from lcsite.reading.layout import Kind, kind_of
from lcsite.reading.origins import Origins
from lcsite.tidying import put_off

if TYPE_CHECKING:
    from lcsite.building.order import Good

__all__ = ["Ground", "GroundLost", "lay"]

_LATE = ("assessments", "observations")
"""The parts of a portfolio of which most pages know nothing, and which take as long to unpack as all others."""

_HOLDERS = {
    Kind.PRACTICE: ("practices", "body"), Kind.TOOL: ("tools", "body"), Kind.PLACE: ("places", "profile"),
    Kind.PROSE: ("prose", "body"), Kind.CRITERION_PAGE: ("criterion_pages", "body"),
}  # fmt: skip
"""Kind of file -> the part of a portfolio that holds its records, and the field of a record that is the text."""


class GroundLost(OnlyWhole):
    """A part that was put aside or left out is asked for, and is not there."""


class _LatePortfolio(Portfolio):
    """A portfolio that fetches its largest parts when somebody asks for them."""

    def __init__(self, parts: Mapping[str, Any], fetch: Callable[[], Mapping[str, Any]]) -> None:
        self.__dict__.update(parts, _fetch=fetch)

    def __getattr__(self, name: str) -> Any:
        if name not in _LATE:
            raise AttributeError(name)
        self.__dict__.update(self._fetch())
        return self.__dict__[name]


class _LeftOut:
    """Stands for the text of a case study. All of these are most of what stands in a portfolio, and nobody asks for
    them while one is shown as it is now.
    """

    def __str__(self) -> str:
        raise GroundLost


@dataclass(frozen=True, slots=True)
class Ground:
    """A site as it was read, with the addresses of its pages."""

    portfolio: Portfolio
    beside: Beside
    targets: Mapping[str, str]
    """Authored file -> the address of the page that shows it."""
    spoken_of: frozenset[str]
    """The files of which the check had something to say."""

    @classmethod
    def of(
        cls, portfolio: Portfolio, origins: Origins, problems: Iterable[Problem], targets: Mapping[str, str]
    ) -> Ground:
        """What was read and said of a whole site."""
        spoken_of = frozenset(problem.location.file for problem in problems)
        return cls(portfolio, Beside.of(portfolio, origins), targets, spoken_of)

    def with_texts(self, root: Path, files: Iterable[str]) -> Portfolio | None:
        """The portfolio with the texts of these files of the site in `root` as they are now, their fields unchanged.

        None where a check of the whole site would say something of one of them, or did so before.
        """
        changed: dict[str, dict[Any, Any]] = {}
        for path in files:
            kind, id_ = kind_of(path)
            holder, field = _HOLDERS.get(kind, ("", "")) if kind is not None else ("", "")
            key = tuple(id_.split("/", 1)) if kind is Kind.CRITERION_PAGE else id_
            content = read_quietly(root, path, self.beside) if holder and path not in self.spoken_of else None
            if content is None or key not in getattr(self.portfolio, holder):
                return None
            records = changed.setdefault(holder, dict(getattr(self.portfolio, holder)))
            records[key] = records[key].model_copy(update={field: getattr(content.record, field)})
        return self._with({name: MappingProxyType(records) for name, records in changed.items()})

    def _with(self, changed: Mapping[str, Any]) -> Portfolio:
        parts, late = _divided(self.portfolio)
        return _LatePortfolio({**parts, **changed}, late)

    def packed(self) -> tuple[bytes, bytes]:
        """As bytes: what is always asked for, and what mostly is not. The texts of case studies are left out."""
        parts, late = _divided(self.portfolio)
        return _dumps((parts, self.beside, self.targets, self.spoken_of)), _dumps(late())

    @classmethod
    def unpacked(cls, first: bytes, rest: Callable[[], bytes | None]) -> Ground:
        """What was packed by this very program. Asking it for `rest` raises GroundLost where that is gone."""

        def late() -> Any:
            packed = rest()
            if packed is None:
                raise GroundLost
            return _loads(packed)

        parts, *others = _loads(first)
        return cls(_LatePortfolio(parts, late), *others)


def lay(good: Good, targets: Mapping[str, str] | None = None) -> Ground:
    """The ground for the next builds, where all was read. Texts lead to no other addresses than those that are known.

    `targets`: where they are known already.
    """
    if targets is None:
        from lcsite.pages.site_plan import source_targets
        from lcsite.pipeline import planned_pages

        targets = source_targets(good.portfolio, planned_pages(good.portfolio))
    return Ground.of(good.portfolio, good.origins, good.problems, targets)


def _divided(portfolio: Portfolio) -> tuple[dict[str, Any], Callable[[], Mapping[str, Any]]]:
    names = [field.name for field in fields(Portfolio)]
    parts = {name: getattr(portfolio, name) for name in names if name not in _LATE}
    return parts, lambda: {name: getattr(portfolio, name) for name in _LATE}


def _without_text(practice: Practice) -> tuple[Any, ...]:
    return practice.packed(body=_LeftOut())


class _Pickler(pickle.Pickler):
    """Knows how to pack a mapping that nobody may write to, and a case study without its text."""

    dispatch_table = copyreg.dispatch_table | {
        MappingProxyType: lambda found: (_frozen, (dict(found),)), Practice: _without_text,
    }


def _frozen(found: dict[Any, Any]) -> MappingProxyType[Any, Any]:
    return MappingProxyType(found)


def _dumps(value: object) -> bytes:
    out = io.BytesIO()
    _Pickler(out, protocol=5).dump(value)
    return out.getvalue()


def _loads(packed: bytes) -> Any:
    with put_off():
        return pickle.loads(packed)  # noqa: S301 - of this person's own store, see `lcsite.cache.open_store`
