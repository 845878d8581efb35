"""Who gets in, and what the page loads."""

import http.client
import os
import re
import select
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlencode, urlsplit

import pytest

from dnqa.web.desks import has_memory
from dnqa.web.server import DeskServer
from tests.conftest import Run
from tests.web.conftest import serve


class Reply(NamedTuple):
    """What the server answered."""

    status: int
    policy: str
    text: str


def get(served: str, path: str, **headers: str) -> Reply:
    """The answer to a request whose headers are given with _ for -."""
    with closing(http.client.HTTPConnection(urlsplit(served).netloc, timeout=30)) as connection:
        connection.putrequest("GET", path, skip_host="Host" in headers)
        for name, value in headers.items():
            connection.putheader(name.replace("_", "-"), value)
        connection.endheaders()
        with connection.getresponse() as reply:
            text = "" if reply.status == 101 else reply.read().decode("utf-8")
            return Reply(reply.status, reply.headers.get("Content-Security-Policy", ""), text)


def knock(served: str, **headers: str) -> int:
    """The status of an attempt to open the WebSocket."""
    opening = {"Connection": "Upgrade", "Upgrade": "websocket", "Sec_WebSocket_Version": "13"}
    return get(served, "/ws", **opening, Sec_WebSocket_Key="AAAAAAAAAAAAAAAAAAAAAA==", **headers).status


def test_the_page_loads_nothing_from_elsewhere(served: str) -> None:
    """No address but its own is in it, and the browser is told to allow none."""
    reply = get(served, "/")
    assert reply.status == 200
    assert re.findall(r"(?:https?:)//[\w.]", reply.text) == []
    assert "default-src 'self'" in reply.policy


@pytest.mark.parametrize("host", ["evil.example", "evil.example:{port}", "127.0.0.1:1", "", "127.0.0.1.evil:{port}"])
def test_a_foreign_host_is_refused(served: str, host: str) -> None:
    """A name that somebody else has bound to this address gets neither the page nor the WebSocket."""
    named = host.format(port=urlsplit(served).port)
    assert get(served, "/", Host=named).status == 403
    assert knock(served, Host=named, Origin=f"http://{named}") == 403


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "http://localhost:1", "file://", "{served}.evil"])
def test_a_foreign_origin_is_refused(served: str, origin: str) -> None:
    """A page from elsewhere cannot open the WebSocket, and so cannot type into the desk."""
    assert knock(served, Origin=origin.format(served=served)) == 403


def test_a_websocket_without_origin_is_refused(served: str) -> None:
    """Every browser names the page that opens a WebSocket; what does not is no browser."""
    assert knock(served) == 403


def test_its_own_page_is_let_in(served: str) -> None:
    """The same request with the server's own origin is upgraded."""
    assert knock(served, Origin=served) == 101
    port = urlsplit(served).port
    assert get(served, "/", Host=f"localhost:{port}").status == 200


@pytest.mark.parametrize(
    ("host", "named", "is_own"),
    [
        ("127.0.0.1", "127.0.0.1", True),
        ("127.0.0.1", "localhost", True),
        ("127.0.0.1", "192.168.1.5", False),
        ("0.0.0.0", "192.168.1.5", True),
        ("0.0.0.0", "desk.clinic.example", False),
    ],
)
def test_hosts_of_other_addresses(host: str, named: str, is_own: bool) -> None:
    """On all addresses any address of this computer will do, but no name that was not given."""
    server = DeskServer([], host=host, port=0, tell=print)
    assert server.is_own_host(f"{named}:{server.port}") is is_own
    server._socket.close()


def test_a_taken_port_is_said_in_one_line(served: str, run: Run) -> None:
    """A second server on the port ends with one line and status 2."""
    done = run("serve", "--port", str(urlsplit(served).port))
    assert done.returncode == 2
    assert b"name another --port" in done.stderr
    assert done.stderr.count(b"\n") == 1


def test_a_corpus_that_cannot_be_read_is_said_at_once(run: Run) -> None:
    """Nothing is served then."""
    done = run("serve", "--port", "0", "--corpus", "nowhere")
    assert done.returncode == 2
    assert b"no such file or folder" in done.stderr


class Site(NamedTuple):
    """A server behind a password, as its own process, and where it is."""

    address: str
    password: str


@pytest.fixture(scope="module")
def guarded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A desk that asks for a password, for one visitor at a time."""
    home = tmp_path_factory.mktemp("guarded")
    (home / "password").write_text("correct horse\nnot this\n", encoding="utf-8")
    with serve(home, "--password-file", str(home / "password"), "--visitors", "1") as address:
        yield Site(address, "correct horse")


def sign_in(site: Site, password: str) -> tuple[int, str]:
    """The status of an attempt, and the cookie that came of it."""
    with closing(http.client.HTTPConnection(urlsplit(site.address).netloc, timeout=30)) as connection:
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Origin": site.address}
        connection.request("POST", "/sign-in", urlencode({"password": password}), headers)
        with connection.getresponse() as reply:
            return reply.status, reply.headers.get("Set-Cookie", "")


def test_nobody_gets_in_without_the_password(guarded: Site) -> None:
    """Neither to the page nor to the WebSocket nor to a file; with it, by a cookie that no script can read."""
    assert get(guarded.address, "/").status == 401
    assert get(guarded.address, "/static/js/textual.js").status == 401
    assert knock(guarded.address, Origin=guarded.address) == 401
    assert sign_in(guarded, "correct")[0] == 401
    status, cookie = sign_in(guarded, guarded.password)
    assert status == 303
    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie
    assert get(guarded.address, "/", Cookie=cookie.split(";")[0]).status == 200
    assert get(guarded.address, "/", Cookie="dnqa=made-up").status == 401


def test_wrong_passwords_are_counted(guarded: Site) -> None:
    """After five nobody from there gets in for a minute, with the right one neither."""
    statuses = [sign_in(guarded, "wrong")[0] for _ in range(6)]
    assert statuses[-1] == 429
    assert sign_in(guarded, guarded.password)[0] == 429


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (["--password-file", "nowhere"], b"nowhere"),
        (["--certificate", "nowhere"], b"no certificate"),
        (["--key", "nowhere"], b"belongs to a certificate"),
    ],
)
def test_doors_that_cannot_be_shut_are_said_in_one_line(run: Run, options: list[str], says: bytes) -> None:
    """And nothing is served."""
    done = run("serve", "--port", "0", *options)
    assert done.returncode == 2
    assert says in done.stderr
    assert done.stderr.count(b"\n") == 1


def test_without_memory_no_desk_is_started(tmp_path: Path) -> None:
    """Where the system says how much there is; elsewhere there is no such limit."""
    table = tmp_path / "meminfo"
    assert has_memory(table)
    for free, is_enough in ((300_000, False), (8_000_000, True)):
        table.write_text(f"MemTotal:  16000000 kB\nMemAvailable:   {free} kB\n", encoding="ascii")
        assert has_memory(table) is is_enough


@pytest.mark.skipif(not hasattr(os, "pidfd_open"), reason="only Linux tells when another's process ends")
@pytest.mark.parametrize("sign", ["SIGTERM", "SIGKILL"])
def test_no_desk_outlives_its_server(tmp_path: Path, sign: str) -> None:
    """Not even one that nobody has sat at, nor when the server is killed."""
    with subprocess.Popen(
        [sys.executable, "-m", "dnqa", "serve", "--port", "0"],
        stderr=subprocess.PIPE,
        env={**os.environ, "HOME": str(tmp_path)},
    ) as server:
        assert server.stderr
        address = server.stderr.readline().split()[5].decode()
        assert knock(address, Origin=address) == 101
        children = Path(f"/proc/{server.pid}/task/{server.pid}/children").read_text(encoding="ascii").split()
        assert children
        ends = [os.pidfd_open(int(number)) for number in children]
        server.send_signal(getattr(signal, sign))
        for end in ends:
            assert select.select([end], [], [], 60)[0]
            os.close(end)
