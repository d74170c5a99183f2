"""Files for the server on which a site stands: the headers that protect its readers, in the words of each server.

A site works without them: the policy stands in every page too. Only the site's own configuration asks for such a file;
contributed files of these names are refused when they are read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from types import MappingProxyType
from urllib.parse import urlsplit

from lcsite.model.site import Site
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
"""Added to the policy of pages. Who may show a page in a frame can be said by the server only: a page that says it itself is not heard."""
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
            yield Download(name, partial(_bytes, write, base, policy))


def _bytes(write: Callable[[str, str], str], base: str, policy: str) -> bytes:
    return write(base, policy).encode("utf-8")


def _open_paths(base: str) -> str:
    return "|".join(f"^{base}{path.replace('.', '[.]')}" for path in OPEN_TO_ALL)


def _netlify(base: str, policy: str) -> str:
    """Where two rules fit an address both policies hold, so nothing is said here about frames: cards would be lost."""
    lines = "".join(f"  {name}: {value}\n" for name, value in {_POLICY: policy, **OTHER_HEADERS}.items())
    paths = (f"{base}{path}*" if path.endswith("/") else base + path for path in OPEN_TO_ALL)
    return f"{base}*\n{lines}" + "".join(f"{path}\n  Access-Control-Allow-Origin: *\n" for path in paths)


def _apache(base: str, policy: str) -> str:
    lines = "".join(f'  Header always set {name} "{value}"\n' for name, value in OTHER_HEADERS.items())
    return (
        f"ErrorDocument 404 {base}404.html\n"
        "<IfModule mod_headers.c>\n"
        f'  Header always set {_POLICY} "{policy}{IN_OWN_FRAMES}"\n'
        f"{lines}"
        "  <IfModule mod_setenvif.c>\n"
        f'    SetEnvIf Request_URI "{_open_paths(base)}" lcsite_data\n'
        '    Header always set Access-Control-Allow-Origin "*" env=lcsite_data\n'
        f'    SetEnvIf Request_URI "^{base}{EMBEDDED}" lcsite_embed\n'
        f'    Header always set {_POLICY} "{EMBED_POLICY}" env=lcsite_embed\n'
        "  </IfModule>\n"
        "</IfModule>\n"
    )


def _nginx(base: str, policy: str) -> str:
    lines = "".join(f'add_header {name} "{value}" always;\n' for name, value in OTHER_HEADERS.items())
    return (
        "# Inside server { } write: include /the/published/folder/nginx-headers.conf;\n"
        f"error_page 404 {base}404.html;\n"
        f"{lines}"
        f'set $lcsite_policy "{policy}{IN_OWN_FRAMES}";\n'
        f'if ($uri ~ "^{base}{EMBEDDED}") {{ set $lcsite_policy "{EMBED_POLICY}"; }}\n'
        f"add_header {_POLICY} $lcsite_policy always;\n"
        'set $lcsite_data "";\n'
        f'if ($uri ~ "{_open_paths(base)}") {{ set $lcsite_data "*"; }}\n'
        "add_header Access-Control-Allow-Origin $lcsite_data always;\n"
    )


def _caddy(base: str, policy: str) -> str:
    lines = "".join(f'\t{name} "{value}"\n' for name, value in OTHER_HEADERS.items())
    paths = " ".join(f"{base}{path}*" if path.endswith("/") else base + path for path in OPEN_TO_ALL)
    return (
        "# In the block of the site write: import /the/published/folder/caddy-headers.conf\n"
        f"header {{\n{lines}}}\n"
        f"@lcsite_pages not path {base}{EMBEDDED}*\n"
        f'header @lcsite_pages {_POLICY} "{policy}{IN_OWN_FRAMES}"\n'
        f"@lcsite_embed path {base}{EMBEDDED}*\n"
        f'header @lcsite_embed {_POLICY} "{EMBED_POLICY}"\n'
        f"@lcsite_data path {paths}\n"
        'header @lcsite_data Access-Control-Allow-Origin "*"\n'
        "handle_errors {\n"
        f"\trewrite * {base}404.html\n"
        "\tfile_server\n"
        "}\n"
    )


_POLICY = "Content-Security-Policy"
_HOSTS: Mapping[str, tuple[str, Callable[[str, str], str]]] = MappingProxyType({
    "apache": (".htaccess", _apache),
    "caddy": ("caddy-headers.conf", _caddy),
    "github-pages": (".nojekyll", lambda _, __: ""),
    "netlify": ("_headers", _netlify),
    "nginx": ("nginx-headers.conf", _nginx),
})
