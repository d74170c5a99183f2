"""What was made of things once is found again by who these things are, which is quicker than by what is in them.

Thousands of places give the same few answers, and scoring gives the same numbers to what is answered alike.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar, TypeVarTuple

__all__ = ["found_again"]

Ts = TypeVarTuple("Ts")
T = TypeVar("T")


def found_again(*, most: int) -> Callable[[Callable[[*Ts], T]], Callable[[*Ts], T]]:
    """A function of things that never change, which works out the last `most` of its results or more only once.

    The things are kept too, so that no other object can come to have the same identity.
    """

    def decorate(make: Callable[[*Ts], T]) -> Callable[[*Ts], T]:
        known: dict[tuple[int, ...], tuple[object, T]] = {}

        def find(*things: *Ts) -> T:
            key = tuple(map(id, things))
            found = known.get(key)
            if found is None:
                if len(known) >= most:
                    known.clear()
                found = known[key] = things, make(*things)
            return found[1]

        return find

    return decorate
