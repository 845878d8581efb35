"""Documents that are handed over in the browser."""

import http.client
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote, urlsplit

import pytest

from dnqa.web.documents import LARGEST, add_command
from tests.conftest import Run
from tests.web.conftest import serve

TEXT = b"Rest heals a sprain [7].\n"


class Site(NamedTuple):
    """A desk that takes documents, its corpus, and where it puts them aside."""

    address: str
    folder: Path
    aside: Path


@pytest.fixture(scope="module")
def open_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A desk that takes documents for a corpus of one's own."""
    home = tmp_path_factory.mktemp("desk")
    folder, aside = home / "hand outs", home / "aside"
    folder.mkdir()
    aside.mkdir()
    (folder / "ice.txt").write_text("Ice eases pain [4].", encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TMPDIR", str(aside))
        with serve(home, "--corpus", str(folder), "--allow-documents") as address:
            yield Site(address, folder, aside)


def send(address: str, name: str, data: bytes, **headers: str) -> tuple[int, str]:
    """What a desk says to a document that its own page sends; headers are given with _ for -."""
    with closing(http.client.HTTPConnection(urlsplit(address).netloc, timeout=60)) as connection:
        given = {"Origin": address} | {key.replace("_", "-"): value for key, value in headers.items()}
        connection.request("POST", f"/documents?name={quote(name)}", data, {k: v for k, v in given.items() if v})
        with connection.getresponse() as reply:
            return reply.status, reply.read().decode("utf-8")


def test_a_document_is_added_and_said_in_a_line(open_site: Site) -> None:
    """What was read of it comes back; its name is cleaned, and nothing is left aside."""
    status, said = send(open_site.address, "../rést <b>.txt", TEXT)
    assert status == 200
    assert said.startswith("Added. -rést -b-.txt: 1 passage, ")
    assert said.count("\n") == 1
    assert (open_site.folder / "-rést -b-.txt").read_bytes() == TEXT
    assert list(open_site.aside.iterdir()) == []


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("ice.txt", TEXT, "there already"),
        ("a.zip", TEXT, "no kind of document"),
        ("bad.pdf", b"%PDF-1.7", "bad.pdf: not a whole PDF"),
        ("empty.txt", b"", "the file is empty"),
        ("", TEXT, "no kind of document"),
    ],
)
def test_what_cannot_be_added_is_said_in_a_line(open_site: Site, name: str, data: bytes, says: str) -> None:
    """It names no folder of the server's but the corpus, and leaves nothing behind."""
    before = sorted(open_site.folder.iterdir())
    status, said = send(open_site.address, name, data)
    assert status == 422
    assert says in said
    assert str(open_site.aside) not in said
    assert said.count("\n") == 1
    assert sorted(open_site.folder.iterdir()) == before
    assert list(open_site.aside.iterdir()) == []


def test_a_document_that_is_too_large_is_refused(open_site: Site) -> None:
    """By what is announced, before anything of it is taken; and by what comes, where nothing is announced."""
    with closing(http.client.HTTPConnection(urlsplit(open_site.address).netloc, timeout=60)) as connection:
        connection.putrequest("POST", "/documents?name=a.txt")
        connection.putheader("Origin", open_site.address)
        connection.putheader("Content-Length", str(LARGEST + 1))
        connection.endheaders()
        with connection.getresponse() as reply:
            assert (reply.status, b"30 MB" in reply.read()) == (413, True)
    with closing(http.client.HTTPConnection(urlsplit(open_site.address).netloc, timeout=60)) as connection:
        pieces = (b"x" * (1 << 20) for _ in range(LARGEST // (1 << 20) + 2))
        try:
            connection.request("POST", "/documents?name=a.txt", pieces, {"Origin": open_site.address})
        except (BrokenPipeError, ConnectionResetError):  # it says so before the last piece, and takes no more
            pass
        else:
            assert connection.getresponse().status == 413
    assert send(open_site.address, "a.zip", TEXT)[0] == 422  # it is free for the next
    assert list(open_site.aside.iterdir()) == []


@pytest.mark.parametrize("headers", [{"Origin": "http://evil.example"}, {"Origin": "null"}, {"Origin": ""}])
def test_only_its_own_page_may_send(open_site: Site, headers: dict[str, str]) -> None:
    """What names another page, or none, is refused like a WebSocket of that kind."""
    before = sorted(open_site.folder.iterdir())
    assert send(open_site.address, "other.txt", TEXT, **headers)[0] == 403
    assert send(open_site.address, "other.txt", TEXT, Host="evil.example")[0] == 403
    assert sorted(open_site.folder.iterdir()) == before


def test_documents_are_taken_only_where_that_was_asked_for(served: str) -> None:
    """Else it says which option it takes."""
    status, said = send(served, "rest.txt", TEXT)
    assert status == 403
    assert "--allow-documents" in said


def test_nobody_adds_documents_without_the_password(tmp_path: Path) -> None:
    """It is asked for first."""
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "ice.txt").write_text("Ice eases pain [4].", encoding="utf-8")
    (tmp_path / "password").write_text("correct horse", encoding="utf-8")
    options = ["--corpus", str(folder), "--allow-documents", "--password-file", str(tmp_path / "password")]
    with serve(tmp_path, *options) as address:
        assert [send(address, "rest.txt", TEXT)[0] for _ in range(6)] == [401] * 6  # nor is it taken for a password
    assert sorted(path.name for path in folder.iterdir()) == ["ice.txt"]


def test_the_shipped_corpus_takes_none(run: Run) -> None:
    """Whoever starts the desk is told how to copy it, and nothing is served."""
    done = run("serve", "--port", "0", "--allow-documents")
    assert done.returncode == 2
    assert b"dnqa init FOLDER" in done.stderr


def test_the_command_needs_no_quoting() -> None:
    """Whatever is in a path: it is handed over as it is."""
    path, folder = Path(tempfile.gettempdir()) / "a & b 'c' ü.pdf", Path("C:/R&D/hand outs")
    assert add_command(path, folder)[-4:] == ["add", str(path), "--corpus", str(folder)]
