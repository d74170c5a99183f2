"""What a link or an image in a text may lead to. Knows addresses, not Markdown.

An address is judged as a browser would read it: entities and percent signs decoded, blanks and case set aside.
"""

from __future__ import annotations

import html
import posixpath
import re
from functools import lru_cache
from urllib.parse import unquote, urlsplit

from lcsite.problems import quoted

__all__ = ["Refusal", "file_part", "image_file", "linked_file", "refuse_image", "refuse_link"]

Refusal = tuple[str, str, str]
"""Code, message, hint."""

_LONGEST = 2_000
_SCHEMES = frozenset({"http", "https", "mailto", "tel"})
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):")
_NOT_IN_ADDRESSES = re.compile(r"[\s<>\[\]`\\{}|^\"\x00-\x20\x7f-\x9f]")
_IGNORED = re.compile("[\x00-\x20\x7f-\xa0\u00ad\u200b-\u200f\u2028-\u202f\u2060-\u2064\ufeff]")
_NAMES = {" ": "a blank", "\n": "a line break", '"': "a quotation mark"}
_HOST = re.compile(r"[\w-]+(?:\.[\w-]+)*\.?")
_ALLOWED = "allowed are http, https, mailto and tel, and links to other pages such as ../method/index.md"


def _decoded(address: str) -> str:
    for _ in range(3):
        plain = html.unescape(address)
        if plain == address:
            break
        address = plain
    return address


def _as_browsers_read(address: str) -> str:
    return _IGNORED.sub("", unquote(_decoded(address))).lower()


@lru_cache(2_000)  # texts of a site link to the same few pages
def refuse_link(address: str) -> Refusal | None:
    """Why a link may not lead to `address`, or None."""
    if not address:
        return "refused-link", "this link leads nowhere", "write the address between the round brackets"
    if len(address) > _LONGEST:
        return "refused-link", f"this address is longer than {_LONGEST} characters", "use a shorter one"
    if found := _NOT_IN_ADDRESSES.search(address):
        hint = "write a blank as %20, brackets as %5B and %5D; a title stands in double quotation marks behind it"
        sign = _NAMES.get(found.group()) or quoted(found.group())
        return "refused-link", f"{sign} cannot stand in the address {quoted(' '.join(address.split()))}", hint
    plain = _as_browsers_read(address)
    if plain.startswith(("//", "/\\", "\\")):
        return "refused-link", f"the address {quoted(address)} does not say how to get there", "begin it with https://"
    scheme = _SCHEME.match(plain)
    if scheme is None:
        if ":" in re.split(r"[/?#]", plain, maxsplit=1)[0]:
            return "refused-link", f"a colon cannot stand in the address {quoted(address)}", "write it as ./ and %3A"
        return None
    if scheme.group(1) not in _SCHEMES:
        return "refused-link", f'links that begin with "{quoted(scheme.group(0))[1:]} are not allowed', _ALLOWED
    if not re.match(r"[A-Za-z]+:", address):
        hint = "write the beginning of the address in plain letters"
        return "refused-link", f"the address {quoted(address)} hides how it begins", hint
    return _refuse_host(address) if scheme.group(1) in ("http", "https") else None


def _refuse_host(address: str) -> Refusal | None:
    wrong = ("refused-link", f"{quoted(address)} is not a complete web address", "write it as https://example.org/page")
    try:
        parts = urlsplit(_decoded(address))
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return wrong
    if "@" in parts.netloc or "%40" in parts.netloc:
        hint = "leave out what stands between // and @"
        return "address-with-login", "an address carries a user name or a password", hint
    if port == 0 or not re.match(r"https?://(?!/)", address, re.IGNORECASE) or not _HOST.fullmatch(host):
        return wrong
    last = host.rstrip(".").rpartition(".")[2]
    if last.isdigit() or last.startswith("0x"):
        octets = host.split(".")
        if len(octets) != 4 or not all(re.fullmatch(r"0|[1-9][0-9]{0,2}", o) and int(o) < 256 for o in octets):
            return wrong
    if not host.isascii() or "xn--" in host:
        try:
            host.encode("idna").decode("idna")
        except UnicodeError:
            return wrong
    return None


@lru_cache(2_000)
def file_part(address: str) -> str | None:
    """The file that a link names, without the part of its page; None where it leads elsewhere or stays on its page."""
    path = address.partition("#")[0]
    return None if not path or _SCHEME.match(_as_browsers_read(address)) else path


def linked_file(path: str, file: str) -> str | None:
    """The path, relative to the site's folder, to which a link in `file` leads; None where it leads out of the site."""
    return None if path.startswith("/") else _from_folder(path, _folder_of(file))


_folder_of = lru_cache(2_000)(posixpath.dirname)


@lru_cache(2_000)
def _from_folder(path: str, folder: str) -> str | None:
    whole = posixpath.normpath(posixpath.join(folder, unquote(path)))
    return None if whole.startswith("..") else whole


def image_file(address: str, file: str) -> str | None:
    """The path, relative to the site's folder, of an image written in `file`; None where it leads out of the site."""
    path = unquote(_decoded(address))
    if path.startswith("/") or "\\" in path or "\x00" in path:
        return None
    whole = posixpath.normpath(posixpath.join(posixpath.dirname(file), path))
    return None if whole.startswith("..") else whole


def refuse_image(address: str, file: str) -> Refusal | None:
    """Why `file` may not show the image at `address`, or None."""
    plain = _as_browsers_read(address)
    if _SCHEME.match(plain) or plain.startswith(("/", "\\")) or "?" in plain:
        hint = "put the image into the folder media beside this file and write media/its-name.jpg"
        return "refused-image", f"the image {quoted(address)} does not stand in this repository", hint
    if (refusal := refuse_link(address)) is not None:
        return "refused-image", *refusal[1:]
    if image_file(address, file) is None:
        return "refused-image", f"the image {quoted(address)} lies outside this site", "put it into the folder media"
    return None
