"""Where that lies which comes with the program: frameworks, tools, learning pages and the method."""

from __future__ import annotations

from pathlib import Path

__all__ = ["BUILTIN", "PACKAGE"]

PACKAGE = Path(__file__).parent


def _builtin() -> Path | None:
    """The folder of what comes with the program: in an installed package `lcsite/builtin`, in a checkout `content`."""
    if (PACKAGE / "builtin").is_dir():
        return PACKAGE / "builtin"
    content = PACKAGE.parent / "content"
    return content if (PACKAGE.parent / "pyproject.toml").is_file() and content.is_dir() else None


BUILTIN = _builtin()
"""Laid out like `content`; None where the program was installed without it."""
