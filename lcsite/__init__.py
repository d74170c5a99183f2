"""lcsite turns Markdown and YAML into a learning-city portal.

The public face: the version, and nothing that takes time to import. Each room is imported by its own name.
"""

from __future__ import annotations

__all__ = ["__version__"]

__version__ = "0.1.0"
