"""`python -m lcsite` is the command `lcsite`."""

from __future__ import annotations

from lcsite.cli import main

if __name__ == "__main__":
    main()
