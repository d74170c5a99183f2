"""The only room that opens authored files: from bytes to a Portfolio, with a Location for every value.

It reports every mistake of the whole tree in one run and decides nothing that needs two files; that is `checking`.
"""

from __future__ import annotations

from lcsite.reading.origins import Origins
from lcsite.reading.portfolio_reader import read_portfolio

__all__ = ["Origins", "read_portfolio"]
