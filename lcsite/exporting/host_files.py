"""Files for the server on which a site stands: the headers that protect its readers, in the words of each server.

A site works without them: the policy stands in every page too. Only the site's own configuration asks for such a file;
contributed files of these names are refused when they are read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from types import MappingProxyType
from urllib.parse import urlsplit

from lcsite.describing.desk import desk_policy
from lcsite.model.site import Site
from lcsite.pages import addresses
from lcsite.pages.addresses import EMBEDDED
from lcsite.pages.page import Download
from lcsite.rendering.frame import content_policy

__all__ = ["EMBED_POLICY", "IN_OWN_FRAMES", "OPEN_TO_ALL", "OTHER_HEADERS", "host_files"]

OTHER_HEADERS: Mapping[str, str] = MappingProxyType({
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cross-Origin-Opener-Policy": "same-origin",
})
"""What every answer of the server says besides the policy. https://owasp.org/www-project-secure-headers/"""

IN_OWN_FRAMES = "; frame-ancestors 'self'"
"""Added to the policy of pages. Who may show a page in a frame only the server can say: a page is not heard on it."""
EMBED_POLICY = "default-src 'none'; style-src 'self' 'unsafe-inline'; base-uri 'none'; form-action 'none'"
"""For badges and cards, which any site may show: they hold no program, and a badge has its dark palette within."""

OPEN_TO_ALL = ("data/", "pagefind/", "lcsite.json")
"""What programs on other sites may read too: open data, the index of the search, what the site says of itself."""


def host_files(site: Site, searched: Iterable[str] = ()) -> Iterator[Download]:
    """The files that the site asks for, in a fixed order. They stand at the top of the published folder.

    `searched` are the addresses of other sites whose index the search reads.
    """
    base = urlsplit(site.url or "").path.rstrip("/") + "/"
    policy = content_policy(searched)
    for host, (name, write) in _HOSTS.items():
        if host in site.host_files:
            yield Download(name, partial(_bytes, write, base, policy, _apart(site)))


_Apart = Mapping[str, tuple[str, str]]
"""A short name -> (path below the site, its own policy): what is no page."""


def _apart(site: Site) -> _Apart:
    desk = {"desk": (addresses.desk(""), desk_policy(site.admin))} if site.admin else {}
    return {"embed": (EMBEDDED, EMBED_POLICY), **desk}


def _bytes(write: Callable[[str, str, _Apart], str], base: str, policy: str, apart: _Apart) -> bytes:
    return write(base, policy, apart).encode("utf-8")


def _open_paths(base: str) -> str:
    return "|".join(f"^{base}{path.replace('.', '[.]')}" for path in OPEN_TO_ALL)


def _netlify(base: str, policy: str, apart: _Apart) -> str:
    """Where two rules fit an address both policies hold, so nothing is said here about frames: cards would be lost.

    An editing desk would not run at all under the policy of pages; with one, the policy is left to the pages.
    """
    policies = {} if "desk" in apart else {_POLICY: policy}
    lines = "".join(f"  {name}: {value}\n" for name, value in {**policies, **OTHER_HEADERS}.items())
    paths = (f"{base}{path}*" if path.endswith("/") else base + path for path in OPEN_TO_ALL)
    return f"{base}*\n{lines}" + "".join(f"{path}\n  Access-Control-Allow-Origin: *\n" for path in paths)


def _apache(base: str, policy: str, apart: _Apart) -> str:
    lines = "".join(f'  Header always set {name} "{value}"\n' for name, value in OTHER_HEADERS.items())
    return (
        f"ErrorDocument 404 {base}404.html\n"
        "<IfModule mod_headers.c>\n"
        f'  Header always set {_POLICY} "{policy}{IN_OWN_FRAMES}"\n'
        f"{lines}"
        "  <IfModule mod_setenvif.c>\n"
        f'    SetEnvIf Request_URI "{_open_paths(base)}" lcsite_data\n'
        '    Header always set Access-Control-Allow-Origin "*" env=lcsite_data\n'
        + "".join(
            f'    SetEnvIf Request_URI "^{base}{path}" lcsite_{name}\n'
            f'    Header always set {_POLICY} "{own}" env=lcsite_{name}\n' for name, (path, own) in apart.items()
        )
        + "  </IfModule>\n"
        "</IfModule>\n"
    )


def _nginx(base: str, policy: str, apart: _Apart) -> str:
    lines = "".join(f'add_header {name} "{value}" always;\n' for name, value in OTHER_HEADERS.items())
    return (
        "# Inside server { } write: include /the/published/folder/nginx-headers.conf;\n"
        f"error_page 404 {base}404.html;\n"
        f"{lines}"
        f'set $lcsite_policy "{policy}{IN_OWN_FRAMES}";\n'
        + "".join(
            f'if ($uri ~ "^{base}{path}") {{ set $lcsite_policy "{own}"; }}\n' for path, own in apart.values()
        )
        + f"add_header {_POLICY} $lcsite_policy always;\n"
        'set $lcsite_data "";\n'
        f'if ($uri ~ "{_open_paths(base)}") {{ set $lcsite_data "*"; }}\n'
        "add_header Access-Control-Allow-Origin $lcsite_data always;\n"
    )


def _caddy(base: str, policy: str, apart: _Apart) -> str:
    lines = "".join(f'\t{name} "{value}"\n' for name, value in OTHER_HEADERS.items())
    paths = " ".join(f"{base}{path}*" if path.endswith("/") else base + path for path in OPEN_TO_ALL)
    return (
        "# In the block of the site write: import /the/published/folder/caddy-headers.conf\n"
        f"header {{\n{lines}}}\n"
        f"@lcsite_pages not path {' '.join(f'{base}{path}*' for path, _ in apart.values())}\n"
        f'header @lcsite_pages {_POLICY} "{policy}{IN_OWN_FRAMES}"\n'
        + "".join(
            f'@lcsite_{name} path {base}{path}*\nheader @lcsite_{name} {_POLICY} "{own}"\n'
            for name, (path, own) in apart.items()
        )
        + f"@lcsite_data path {paths}\n"
        'header @lcsite_data Access-Control-Allow-Origin "*"\n'
        "handle_errors {\n"
        f"\trewrite * {base}404.html\n"
        "\tfile_server\n"
        "}\n"
    )


_POLICY = "Content-Security-Policy"
_HOSTS: Mapping[str, tuple[str, Callable[[str, str, _Apart], str]]] = MappingProxyType({
    "apache": (".htaccess", _apache),
    "caddy": ("caddy-headers.conf", _caddy),
    "github-pages": (".nojekyll", lambda *_: ""),
    "netlify": ("_headers", _netlify),
    "nginx": ("nginx-headers.conf", _nginx),
})
