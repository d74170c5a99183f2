"""Files for the server on which a site stands: the headers that protect its readers, in the words of each server.

A site works without them: the policy stands in every page too. Only the site's own configuration asks for such a file;
contributed files of these names are refused when they are read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from types import MappingProxyType
from urllib.parse import urlsplit

from lcsite.model.site import Site
from lcsite.pages.page import Download
from lcsite.rendering.frame import CONTENT_POLICY

__all__ = ["HEADERS", "OPEN_TO_ALL", "host_files"]

HEADERS: Mapping[str, str] = MappingProxyType({
    # Who may show a page in a frame can be said by the server only: a page that says it itself is not heard.
    "Content-Security-Policy": f"{CONTENT_POLICY}; frame-ancestors 'self'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cross-Origin-Opener-Policy": "same-origin",
})
"""What every answer of the server says. https://owasp.org/www-project-secure-headers/"""

OPEN_TO_ALL = "data/"
"""The folder of open data, which programs on other sites may read too."""


def host_files(site: Site) -> Iterator[Download]:
    """The files that the site asks for, in a fixed order. They stand at the top of the published folder."""
    base = urlsplit(site.url or "").path.rstrip("/") + "/"
    for host, (name, write) in _HOSTS.items():
        if host in site.host_files:
            yield Download(name, partial(_bytes, write, base))


def _bytes(write: Callable[[str], str], base: str) -> bytes:
    return write(base).encode("utf-8")


def _netlify(base: str) -> str:
    lines = "".join(f"  {name}: {value}\n" for name, value in HEADERS.items())
    return f"{base}*\n{lines}{base}{OPEN_TO_ALL}*\n  Access-Control-Allow-Origin: *\n"


def _apache(base: str) -> str:
    lines = "".join(f'  Header always set {name} "{value}"\n' for name, value in HEADERS.items())
    return (
        f"ErrorDocument 404 {base}404.html\n"
        "<IfModule mod_headers.c>\n"
        f"{lines}"
        "  <IfModule mod_setenvif.c>\n"
        f'    SetEnvIf Request_URI "^{base}{OPEN_TO_ALL}" lcsite_data\n'
        '    Header always set Access-Control-Allow-Origin "*" env=lcsite_data\n'
        "  </IfModule>\n"
        "</IfModule>\n"
    )


def _nginx(base: str) -> str:
    lines = "".join(f'add_header {name} "{value}" always;\n' for name, value in HEADERS.items())
    return (
        "# Inside server { } write: include /the/published/folder/nginx-headers.conf;\n"
        f"error_page 404 {base}404.html;\n"
        f"{lines}"
        'set $lcsite_data "";\n'
        f'if ($uri ~ "^{base}{OPEN_TO_ALL}") {{ set $lcsite_data "*"; }}\n'
        "add_header Access-Control-Allow-Origin $lcsite_data always;\n"
    )


def _caddy(base: str) -> str:
    lines = "".join(f'\t{name} "{value}"\n' for name, value in HEADERS.items())
    return (
        "# In the block of the site write: import /the/published/folder/caddy-headers.conf\n"
        f"header {{\n{lines}}}\n"
        f"@lcsite_data path {base}{OPEN_TO_ALL}*\n"
        'header @lcsite_data Access-Control-Allow-Origin "*"\n'
        "handle_errors {\n"
        f"\trewrite * {base}404.html\n"
        "\tfile_server\n"
        "}\n"
    )


_HOSTS: Mapping[str, tuple[str, Callable[[str], str]]] = MappingProxyType({
    "apache": (".htaccess", _apache),
    "caddy": ("caddy-headers.conf", _caddy),
    "github-pages": (".nojekyll", lambda _: ""),
    "netlify": ("_headers", _netlify),
    "nginx": ("nginx-headers.conf", _nginx),
})
