"""The same protection on every server, and in every page where a server says nothing."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from lcsite.describing.desk import desk_policy
from lcsite.exporting.host_files import EMBED_POLICY, IN_OWN_FRAMES, OTHER_HEADERS, host_files
from lcsite.model.site import Desk, Site
from lcsite.rendering.frame import CONTENT_POLICY
from tests import builders

HOSTS = ("apache", "caddy", "github-pages", "netlify", "nginx")
THEME = Path(__file__).parents[2] / "lcsite" / "theme"


def written(**words: object) -> dict[str, str]:
    return {file.address: file.content().decode() for file in host_files(builders.site(**words))}


def test_a_site_that_asks_for_nothing_gets_no_file() -> None:
    assert written() == {}


def test_every_server_that_may_be_named_has_its_file() -> None:
    assert Site.model_fields["host_files"].annotation is not None
    assert list(written(host_files=HOSTS)) == [
        ".htaccess", "caddy-headers.conf", ".nojekyll", "_headers", "nginx-headers.conf",
    ]


@pytest.mark.parametrize("host", [host for host in HOSTS if host != "github-pages"])
def test_every_server_says_every_header(host: str) -> None:
    (text,) = written(host_files=[host]).values()
    assert all(name in text and value in text for name, value in OTHER_HEADERS.items())
    assert f"Content-Security-Policy{':' if host == 'netlify' else ''} " in text.replace(' "', " ").replace("$", "")
    assert CONTENT_POLICY in text


@pytest.mark.parametrize("host", ["apache", "caddy", "nginx"])
def test_cards_may_stand_in_the_frames_of_all_sites_and_pages_only_in_our_own(host: str) -> None:
    (text,) = written(host_files=[host], url="https://example.org/learning/").values()
    assert CONTENT_POLICY + IN_OWN_FRAMES in text
    assert "/learning/embed/" in text
    assert EMBED_POLICY in text
    assert "frame-ancestors" not in EMBED_POLICY


@pytest.mark.parametrize("host", ["apache", "caddy", "nginx"])
def test_the_editing_desk_has_the_policy_that_it_needs_and_pages_keep_theirs(host: str) -> None:
    desk = Desk(service="github", repository="a/b")
    (text,) = written(host_files=[host], admin=desk, url="https://example.org/learning/").values()
    assert "/learning/admin/" in text
    assert desk_policy(desk) in text
    assert CONTENT_POLICY + IN_OWN_FRAMES in text
    assert "/learning/admin/" not in written(host_files=[host], url="https://example.org/learning/").popitem()[1]


def test_where_rules_add_up_the_policy_is_left_to_the_pages_so_that_the_desk_runs() -> None:
    text = written(host_files=["netlify"], admin=Desk(service="github", repository="a/b"))["_headers"]
    assert "Content-Security-Policy" not in text
    assert all(f"{name}: {value}" in text for name, value in OTHER_HEADERS.items())


def test_where_rules_add_up_nothing_nothing_is_said_about_frames_so_that_cards_are_shown() -> None:
    assert "frame-ancestors" not in written(host_files=["netlify"])["_headers"]


@pytest.mark.parametrize("host", [host for host in HOSTS if host != "github-pages"])
def test_the_search_may_read_the_sites_that_the_configuration_names_and_no_other(host: str) -> None:
    other = "https://elder.example:8443/learn/"
    (file,) = host_files(builders.site(host_files=[host]), [other])
    assert "connect-src 'self' https://elder.example:8443;" in file.content().decode()
    assert "elder" not in "".join(written(host_files=[host]).values())


@pytest.mark.parametrize("host", [host for host in HOSTS if host != "github-pages"])
def test_below_a_sub_path_the_rules_speak_of_that_path(host: str) -> None:
    (text,) = written(host_files=[host], url="https://example.org/learning/").values()
    assert "/learning/data/" in text
    assert host == "netlify" or "/learning/404.html" in text


def test_the_policy_of_the_headers_is_that_of_the_pages() -> None:
    base = (THEME / "base.html").read_text("utf-8")
    assert re.search(r'site\.csp or "([^"]+)"', base)[1] == CONTENT_POLICY  # type: ignore[index]
    assert "unsafe-inline" not in CONTENT_POLICY
    assert '"' not in CONTENT_POLICY
