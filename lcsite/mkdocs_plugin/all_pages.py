"""What stands where a template finds all pages or the engine's menu, while only one page is at hand."""

from __future__ import annotations

from typing import Any

__all__ = ["NOT_ALL", "NeedsAll"]


class NeedsAll(Exception):
    """A template looks at all pages, or at the engine's menu."""


class _NotAll:
    """Stands where a template finds all pages or the engine's menu."""

    def _refuse(self, *_: object) -> Any:
        raise NeedsAll("a template of the site looks at all pages")

    __getattr__ = __getitem__ = __iter__ = __len__ = __bool__ = __str__ = __contains__ = __eq__ = _refuse
    __hash__ = None  # type: ignore[assignment]


NOT_ALL: Any = _NotAll()
