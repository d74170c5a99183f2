"""Fetches what other sites publish and keeps a copy of it in this site's folder, so that builds need no network.

The only room that asks another computer for anything, and only when a person runs `lcsite gather`. It writes below
`gathered/` and nowhere else. What a file means, and whether it is right, the reading room decides.
"""

from __future__ import annotations

from lcsite.gathering.gather import Outcome, gather

__all__ = ["Outcome", "gather"]
