"""What the exit codes of `lcsite` mean."""

from __future__ import annotations

__all__ = ["CONTENT", "DONE", "ENVIRONMENT", "FAULT", "INTERRUPTED", "USAGE"]

DONE = 0
CONTENT = 1
"""Mistakes in the content."""
USAGE = 2
"""A mistake in the call or the configuration."""
ENVIRONMENT = 3
"""Disk, permission or lock."""
FAULT = 4
"""A fault of ours."""
INTERRUPTED = 130
"""Stopped by the person."""
