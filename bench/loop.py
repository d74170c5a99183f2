"""The author's loop: how long it takes from saving a file to the page that shows it, while `lcsite serve` runs."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.request import urlopen

__all__ = ["seconds_from_save_to_page"]

_PATIENCE = 900
_PAGE = "toolbox/practices/practice-00000/"


def seconds_from_save_to_page(portal: Path, edited: str, *, rounds: int, environment: dict[str, str]) -> list[float]:
    """Serve a portal, add a sentence to one practice and wait for the page to have it; the seconds of each round."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"
    serving = subprocess.Popen(
        [sys.executable, "-m", "lcsite", "serve", ".", "--address", address], cwd=portal,
        env={**os.environ, **environment, "LCSITE_CACHE": "../memory-of-loop"},
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )
    try:
        _wait(address, "")
        return [_seconds(portal / edited, address, nth) for nth in range(rounds)]
    finally:
        serving.terminate()
        serving.wait()


def _seconds(page: Path, address: str, nth: int) -> float:
    time.sleep(2)  # so that the index and whatever else follows a build is done
    sentence = f"Said while it was served, for the {nth + 1}th time of {time.time_ns()}."
    with page.open("a", encoding="utf-8") as text:
        text.write(f"\n{sentence}\n")
    start = time.perf_counter()
    _wait(address, sentence)
    return round(time.perf_counter() - start, 3)


def _wait(address: str, words: str) -> None:
    end = time.monotonic() + _PATIENCE
    while time.monotonic() < end:
        try:
            with urlopen(f"http://{address}/{_PAGE}", timeout=60) as answer:
                if words in answer.read().decode():
                    return
        except OSError:
            pass
        time.sleep(0.02)
    raise TimeoutError(f"the page did not show: {words}")
