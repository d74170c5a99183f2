"""What an author may write, said from the models: schemas for editors, pages about each kind of file, forms to fill in.

The models are the only source. Nothing here reads an authored file, and nothing here knows a framework by name.
"""

from __future__ import annotations

from lcsite.describing.kinds import KINDS, FileKind

__all__ = ["KINDS", "FileKind"]
