"""Bytes from a site, over https or from a folder, within limits of size and time. Nothing is kept and nothing is read.

No cookies, no passwords, no proxies, no other host than the one that was named, and no way into a private network: the
computer that really answered is looked at, not only its name. Certificates are always checked.
"""

from __future__ import annotations

import http.client
import ipaddress
import os
import queue
import ssl
import stat
import threading
import time
from pathlib import Path
from typing import Protocol
from urllib.parse import quote, urljoin, urlsplit

from lcsite import __version__

__all__ = ["AddressSource", "FolderSource", "NotAsItShould", "Source", "Unreachable"]

WAIT = 20.0
"""Seconds without a sign of life."""
TIME_LIMIT = 300.0
"""Seconds for all files of a site together."""
MOST_REDIRECTS = 3

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_OWN_MACHINE = frozenset({"localhost", "127.0.0.1", "::1"})
_CHUNK = 65_536


class Unreachable(Exception):
    """There is nobody to answer; the words say why."""


class NotAsItShould(Exception):
    """Somebody answers in a way that is not accepted; the words say how."""


class Source(Protocol):
    """Where the files of a site come from."""

    def get(self, name: str, most: int) -> bytes:
        """A file by its address from the root of the site, of `most` bytes at the longest.

        Raises Unreachable or NotAsItShould.
        """


class FolderSource:
    """A finished site in a folder of this computer. Links are not followed."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def get(self, name: str, most: int) -> bytes:
        try:
            handle = os.open(self._folder / name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
            with open(handle, "rb") as stream:
                inside = Path(os.path.realpath(self._folder / name)).is_relative_to(os.path.realpath(self._folder))
                if not stat.S_ISREG(os.fstat(handle).st_mode) or not inside:
                    raise NotAsItShould(f"{name} is no plain file of that folder")
                found = stream.read(most + 1)
        except OSError as error:
            raise Unreachable(f"{name} cannot be read there: {os.strerror(error.errno or 0)}") from error
        return _within(found, most, name)


class AddressSource:
    """A site at an https address; at a http address only where it stands on this very machine."""

    def __init__(self, address: str, *, wait: float = WAIT, time_limit: float = TIME_LIMIT) -> None:
        self._base = urlsplit(address.rstrip("/") + "/")
        self._wait = wait
        self._until = time.monotonic() + time_limit
        self._own_machine = self._base.hostname in _OWN_MACHINE
        if self._base.scheme != "https" and not self._own_machine:
            raise NotAsItShould("the address begins with http://, where anybody on the way can change what is sent")

    def get(self, name: str, most: int) -> bytes:
        path = self._base.path + quote(name)
        for _ in range(MOST_REDIRECTS + 1):
            found = self._in_time(path, most, name)
            if isinstance(found, bytes):
                return found
            path = found
        raise NotAsItShould(f"it sends readers of {name} on and on")

    def _in_time(self, path: str, most: int, name: str) -> bytes | str:
        """Ask, and wait no longer than there is time: a name, a handshake and headings can come drop by drop too."""
        answer: queue.SimpleQueue[bytes | str | Exception] = queue.SimpleQueue()

        def ask() -> None:
            try:
                answer.put(self._ask(path, most, name))
            except Exception as error:  # noqa: BLE001 - whatever it is, it belongs to whoever waits for the answer
                answer.put(error)

        threading.Thread(target=ask, daemon=True).start()
        try:
            found = answer.get(timeout=max(0.0, self._until - time.monotonic()))
        except queue.Empty:
            raise NotAsItShould("it takes too long") from None
        if not isinstance(found, Exception):
            return found
        try:
            raise found
        finally:
            del found  # it would keep this frame, and this frame it

    def _ask(self, path: str, most: int, name: str) -> bytes | str:
        """The content, or the path on the same host that the server sends its readers to."""
        connection = self._connect()
        try:
            try:
                connection.connect()
                self._look_who_answers(connection)
                headers = {"User-Agent": f"lcsite/{__version__}", "Accept-Encoding": "identity", "Connection": "close"}
                connection.request("GET", path, headers=headers)
                with connection.getresponse() as response:
                    if response.status in _REDIRECTS:
                        return self._further(path, response.getheader("Location") or "", name)
                    if response.status != 200:
                        raise Unreachable(f"it answers {response.status} to the question for {name}")
                    return self._body(response, most, name)
            except ssl.SSLCertVerificationError as error:
                raise Unreachable(f"its certificate is not good: {error.verify_message}") from error
            except (OSError, http.client.HTTPException) as error:
                raise Unreachable(f"{name} did not come: {str(error) or type(error).__name__}"[:200]) from error
        finally:
            connection.close()

    def _connect(self) -> http.client.HTTPConnection:
        host, port = self._base.hostname or "", self._base.port
        if self._base.scheme == "https":
            return http.client.HTTPSConnection(host, port, timeout=self._wait, context=ssl.create_default_context())
        return http.client.HTTPConnection(host, port, timeout=self._wait)

    def _look_who_answers(self, connection: http.client.HTTPConnection) -> None:
        """A name can lead anywhere, also to machines that only this computer can reach; those are not asked."""
        address = ipaddress.ip_address(str(connection.sock.getpeername()[0]).partition("%")[0])
        address = getattr(address, "ipv4_mapped", None) or address
        if not (address.is_loopback if self._own_machine else address.is_global):
            raise NotAsItShould(f"the name {self._base.hostname} leads into a private network ({address})")

    def _further(self, path: str, location: str, name: str) -> str:
        here = self._base._replace(path=path, query="", fragment="").geturl()
        there = urlsplit(urljoin(here, location))
        if (there.scheme, there.netloc) != (self._base.scheme, self._base.netloc):
            raise NotAsItShould(f"it sends readers of {name} on to another place: {there.geturl()[:100]}")
        return there.path or "/"

    def _body(self, response: http.client.HTTPResponse, most: int, name: str) -> bytes:
        if (response.getheader("Content-Encoding") or "identity").lower() != "identity":
            raise NotAsItShould(f"it sends {name} packed, which was not asked for")
        found = bytearray()
        while len(found) <= most:
            if time.monotonic() > self._until:
                raise NotAsItShould("it takes too long")
            chunk = response.read1(_CHUNK)
            if not chunk:
                break
            found += chunk
        return _within(bytes(found), most, name)


def _within(found: bytes, most: int, name: str) -> bytes:
    if len(found) > most:
        raise NotAsItShould(f"{name} is longer than the {most} bytes that it may have")
    return found
