"""A stand-in for the origins of records: a location says which value it stands for."""

from __future__ import annotations

from lcsite.checking import check_portfolio
from lcsite.checking.whereabouts import Path
from lcsite.model.portfolio import Portfolio
from lcsite.problems import Location, Problems


class Spots:
    """Every value stands in a file that is named after it: `kind id path`."""

    def __init__(self, *broken: tuple[str, str]) -> None:
        self._broken = {*broken}

    def at(self, kind: str, record_id: str, path: Path = ()) -> Location:
        return Location(" ".join([kind, record_id, *map(str, path)]))

    def key(self, kind: str, record_id: str, path: Path) -> Location:
        return Location(" ".join([kind, record_id, *map(str, path), "(name)"]))

    def in_body(self, kind: str, record_id: str, offset: int) -> Location:
        return Location(f"{kind} {record_id} body", 1, offset + 1)

    def is_broken(self, kind: str, record_id: str = "") -> bool:
        return (kind, record_id) in self._broken or (not record_id and any(kind == each for each, _ in self._broken))

    def names_nobody(self, kind: str, record_id: str) -> bool:
        return False


def problems(portfolio: Portfolio, *broken: tuple[str, str]) -> Problems:
    return Problems(check_portfolio(portfolio, Spots(*broken)))


def found(portfolio: Portfolio, *broken: tuple[str, str], code: str = "") -> list[str]:
    """`where: message | hint` of each problem, of one code or of all but pages that are not written yet."""
    return [
        f"{p.location.file}: {p.message}" + (f" | {p.hint}" if p.hint else "")
        for p in problems(portfolio, *broken)
        if (p.code == code if code else p.code != "criterion-without-page")
    ]
