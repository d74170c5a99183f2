"""Whoever answers at an address may be anybody: what is taken from there, and what is not."""

from __future__ import annotations

import shutil
import socket
import ssl
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from lcsite.gathering import fetching
from lcsite.gathering.fetching import AddressSource, FolderSource, NotAsItShould, Unreachable
from tests.browser.hosts import host
from tests.gathering.conftest import County

Answer = Callable[[BaseHTTPRequestHandler], None]


@contextmanager
def server(answer: Answer, certificate: Path | None = None) -> Iterator[str]:
    """The address of a server on this machine that answers every question in one way."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.server.asked.append((self.path, dict(self.headers)))  # type: ignore[attr-defined]
            answer(self)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            return

    made = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    made.asked = []  # type: ignore[attr-defined]
    if certificate is not None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        made.socket = context.wrap_socket(made.socket, server_side=True)
    made.handle_error = lambda *_: None  # type: ignore[method-assign]
    made.daemon_threads = True
    threading.Thread(target=made.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    try:
        yield f"http{'s' if certificate else ''}://127.0.0.1:{made.server_port}/learn/"
    finally:
        made.shutdown()
        made.server_close()


def says(body: bytes, status: int = 200, **headers: str) -> Answer:
    def answer(asked: BaseHTTPRequestHandler) -> None:
        asked.send_response(status)
        for name, value in headers.items():
            asked.send_header(name.replace("_", "-"), value)
        asked.end_headers()
        asked.wfile.write(body)

    return answer


def test_a_file_is_asked_for_without_cookies_packing_or_a_word_about_the_asker() -> None:
    seen: list[dict[str, str]] = []

    def answer(asked: BaseHTTPRequestHandler) -> None:
        seen.append(dict(asked.headers))
        says(asked.path.encode(), Set_Cookie="a=b")(asked)

    with server(answer) as address:
        source = AddressSource(address)
        assert source.get("data/v1/a b.md", 100) == b"/learn/data/v1/a%20b.md"
        source.get("lcsite.json", 100)
    assert [headers.keys() for headers in seen] == [{"Host", "User-Agent", "Accept-Encoding", "Connection"}] * 2
    assert seen[0]["Accept-Encoding"] == "identity"
    assert seen[0]["User-Agent"].startswith("lcsite/")


@pytest.mark.parametrize(
    ("answer", "error", "words"),
    [
        (says(b"", 404), Unreachable, "answers 404"),
        (says(b"", 500), Unreachable, "answers 500"),
        (says(b"x" * 11), NotAsItShould, "longer than the 10 bytes"),
        (says(b"x", Content_Encoding="gzip"), NotAsItShould, "packed"),
        (says(b"", 302, Location="https://elsewhere.example/lcsite.json"), NotAsItShould, "on to another place"),
        (says(b"", 302, Location="//169.254.169.254/latest/"), NotAsItShould, "on to another place"),
        (says(b"", 302, Location="file:///etc/passwd"), NotAsItShould, "on to another place"),
        (says(b"", 302, Location="/again"), NotAsItShould, "on and on"),
        (says(b"", 302), NotAsItShould, "on and on"),
    ],
)
def test_what_is_not_a_plain_answer_of_that_host_is_refused(answer: Answer, error: type, words: str) -> None:
    with server(answer) as address, pytest.raises(error, match=words):
        AddressSource(address).get("lcsite.json", 10)


def test_a_host_may_send_its_readers_to_another_of_its_own_addresses() -> None:
    def answer(asked: BaseHTTPRequestHandler) -> None:
        moved = asked.path == "/learn/lcsite.json"
        (says(b"", 301, Location="../new/lcsite.json") if moved else says(b"here"))(asked)

    with server(answer) as address:
        assert AddressSource(address).get("lcsite.json", 10) == b"here"


def test_an_answer_that_comes_drop_by_drop_is_given_up() -> None:
    def answer(asked: BaseHTTPRequestHandler) -> None:
        asked.send_response(200)
        asked.end_headers()
        for _ in range(100):
            asked.wfile.write(b"x")
            time.sleep(0.05)

    with server(answer) as address, pytest.raises(NotAsItShould, match="takes too long"):
        AddressSource(address, time_limit=0.2).get("lcsite.json", 1000)


@pytest.mark.parametrize("begin", [b"", b"HTTP/1.0 200 OK\r\nX-Long: "], ids=["the first line", "a heading"])
def test_what_stands_above_an_answer_may_not_come_drop_by_drop_either(begin: bytes) -> None:
    ended = threading.Event()

    def answer(asked: BaseHTTPRequestHandler) -> None:
        asked.wfile.write(begin)
        while not ended.wait(0.05):
            asked.wfile.write(b"x")
            asked.wfile.flush()

    with server(answer) as address:
        started = time.monotonic()
        try:
            with pytest.raises(NotAsItShould, match="it takes too long"):
                AddressSource(address, wait=5, time_limit=0.5).get("lcsite.json", 10_000)
            assert time.monotonic() - started < 4
        finally:
            ended.set()


def test_silence_is_given_up() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent, pytest.raises(Unreachable, match="timed out"):
        AddressSource(f"http://127.0.0.1:{silent.getsockname()[1]}/", wait=0.2).get("lcsite.json", 10)


def test_nobody_at_the_address_is_unreachable() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    with pytest.raises(Unreachable, match="did not come"):
        AddressSource(f"http://127.0.0.1:{port}/").get("lcsite.json", 10)


def test_only_this_very_machine_is_asked_without_encryption() -> None:
    with pytest.raises(NotAsItShould, match="http://"):
        AddressSource("http://example.org/")


@pytest.mark.parametrize("address", ["127.0.0.1", "10.0.0.1", "192.168.1.1", "169.254.169.254", "::1", "::ffff:a00:1"])
def test_a_name_that_leads_into_a_private_network_is_not_asked(monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    """Whatever the name service says: the computer that really answers is looked at."""

    class Connection:
        def __init__(self) -> None:
            self.sock = self

        def getpeername(self) -> tuple[str, int]:
            return address, 443

        def connect(self) -> None:
            return

        def close(self) -> None:
            return

    monkeypatch.setattr(AddressSource, "_connect", lambda _: Connection())
    with pytest.raises(NotAsItShould, match="private network"):
        AddressSource("https://portal.example/").get("lcsite.json", 10)


@pytest.mark.skipif(shutil.which("openssl") is None, reason="makes a certificate with openssl, which is missing")
def test_a_certificate_that_nobody_vouches_for_is_refused(tmp_path: Path) -> None:
    made = tmp_path / "own.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
         "-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", str(made), "-out",
         str(tmp_path / "cert.pem")],
        check=True, capture_output=True,
    )  # fmt: skip
    made.write_bytes(made.read_bytes() + (tmp_path / "cert.pem").read_bytes())
    with server(says(b"{}"), made) as address, pytest.raises(Unreachable, match="certificate is not good"):
        AddressSource(address).get("lcsite.json", 10)


def test_a_folder_gives_only_plain_files_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    (tmp_path / "secret").write_text("x")
    (tmp_path / "site" / "a.md").write_text("A.")
    (tmp_path / "site" / "link.md").symlink_to(tmp_path / "secret")
    (tmp_path / "site" / "folder").symlink_to(tmp_path)
    source = FolderSource(tmp_path / "site")
    assert source.get("a.md", 10) == b"A."
    for name, error in {"link.md": Unreachable, "folder/secret": NotAsItShould, "none.md": Unreachable}.items():
        with pytest.raises(error):
            source.get(name, 10)
    with pytest.raises(NotAsItShould, match="longer"):
        source.get("a.md", 1)


def test_a_site_is_gathered_over_the_wire_as_from_a_folder(county: County, capsys: pytest.CaptureFixture[str]) -> None:
    county.name(county.a_site("fiction", rename={"alder": "fiction"}))
    assert county.gather() == 0
    copied = county.copy("fiction")
    with host(county.fiction) as address:
        county.name({**county.a_site("fiction", rename={"alder": "fiction"}), "from": address})
        assert county.gather() == 0
        again = county.copy("fiction")
        assert county.gather() == 0
        assert county.copy("fiction") == again
    assert {path for path, raw in again.items() if copied[path] != raw} == {"copied.yml"}
    assert again["copied.yml"].startswith(f'from: "{address}"'.encode())
    assert county.gather() == 3
    assert "copy-unreachable" in capsys.readouterr().err
    assert county.copy("fiction") == again


def test_the_limits_are_those_that_the_guide_names() -> None:
    assert (fetching.WAIT, fetching.TIME_LIMIT, fetching.MOST_REDIRECTS) == (20, 300, 3)
