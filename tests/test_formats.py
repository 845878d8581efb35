"""Sources of any format: how they are recognised, read in a process of their own, imported and checked."""

import json
import os
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest

import dnqa
from dnqa.errors import FormatError
from dnqa.formats import guard
from dnqa.formats.choice import find_format
from dnqa.formats.guard import Guard
from dnqa.index.saving import Way
from dnqa.sources.corpus import read_corpus
from dnqa.sources.parsing import MANY
from dnqa.sources.proof import draw_proof
from tests.conftest import Run
from tests.typesetting import pdf
from tests.typesetting.handouts import HANDOUTS

KNEE = pdf.to_pdf(HANDOUTS["knee"], pdf.Style())
PAGE = b"<!doctype html><title>t</title><h1>Ice</h1><p>Ice eases pain<sup>4</sup>.</p>"


def write(folder: Path, **files: bytes) -> Path:
    """Write files, "_" in their names standing for a dot, and return the folder."""
    for name, data in files.items():
        (folder / name.replace("_", ".")).write_bytes(data)
    return folder


@pytest.mark.parametrize(
    ("suffix", "data", "kind"),
    [
        (".txt", b"Ice eases pain [4].", "text"),
        (".txt", KNEE, "PDF"),
        (".pdf", PAGE, "web page"),
        (".html", b"Ice", "web page"),
        (".docx", b"PK\x03\x04 broken", "Word"),
        (".md", b"<p>Ice</p>", "text"),
        (".txt", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "Word"),
    ],
)
def test_bytes_say_what_a_file_is(suffix: str, data: bytes, kind: str) -> None:
    """Before its name does."""
    assert find_format(suffix, data) == kind


def test_a_page_is_shown_and_kept(tmp_path: Path) -> None:
    """A passage of a PDF says its page, when it is asked of a saved index too."""
    write(tmp_path, knee_pdf=KNEE)
    for _ in range(2):
        answer = dnqa.load(tmp_path).ask("what is osteoarthritis?")
        assert answer.passages[0].page == 1
        assert answer.passages[0].citations == (1, 2)


def test_a_pdf_with_another_name_is_read_as_what_it_is(tmp_path: Path) -> None:
    """And check says so."""
    corpus = read_corpus(write(tmp_path, knee_txt=KNEE))
    assert len(corpus.passages) == 34
    assert corpus.sources[0].document.doubts[0].message == "this is a PDF, whatever its name says"


def test_one_bad_file_never_stops_the_rest(tmp_path: Path) -> None:
    """It is named once, by whoever reads the folder, and by check."""
    write(tmp_path, good_txt=b"Ice eases pain [4].", bad_pdf=b"%PDF-1.7 and no more", worse_txt=b"\xff\xfe\0")
    said: list[str] = []
    library = dnqa.load(tmp_path, saved=False, way=Way(report=said.append))
    assert library.ask("does ice ease pain?").passages[0].citations == (4,)
    assert ["bad.pdf" in line for line in said] == [True, False]
    assert [file.name for file in read_corpus(tmp_path).unread] == ["bad.pdf", "worse.txt"]


def test_only_bad_files_are_an_error(tmp_path: Path) -> None:
    """As nothing can be asked then."""
    write(tmp_path, bad_pdf=b"%PDF-1.7", worse_pdf=b"%PDF-1.7")
    with pytest.raises(dnqa.CorpusError, match=r"bad\.pdf"):
        read_corpus(tmp_path)


def test_many_sources_are_read_as_one_after_the_other_would_be(tmp_path: Path) -> None:
    """By several processes, with the same ids in the same order."""
    for number in range(MANY):
        (tmp_path / f"{number:03}.txt").write_text(f"Ice eases pain {number} [4].\nIce eases pain [5].\n", "utf-8")
    (tmp_path / "x.pdf").write_bytes(KNEE)
    many = read_corpus(tmp_path)
    alone = [read_corpus(path).passages for path in sorted(tmp_path.iterdir())]
    assert [passage.text for passage in many.passages] == [passage.text for one in alone for passage in one]
    assert many.passages[3].id.endswith("-2")


def test_a_file_that_takes_too_long_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    """And the next one is read by a new process."""
    with Guard() as reader:
        monkeypatch.setattr(guard, "SECONDS", 0.0)
        with pytest.raises(FormatError, match="takes too long"):
            reader.read("PDF", KNEE)
        monkeypatch.setattr(guard, "SECONDS", 60.0)
        assert len(reader.read("PDF", KNEE).passages) == 34


def _bomb() -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"<w>" + b" " * 300_000_000 + b"</w>")
    return file.getvalue()


def _laughs() -> bytes:
    entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "ha"}">' for n in range(10))
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("word/document.xml", f"<!DOCTYPE w [{entities}]><w>&l9;</w>")
    return file.getvalue()


HOSTILE: dict[str, Callable[[], bytes]] = {
    "a zip bomb.docx": _bomb,
    "billion laughs.docx": _laughs,
    "truncated.docx": lambda: b"PK\x03\x04\x14\x00",
    "old word.docx": lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512),
    "truncated.pdf": lambda: KNEE[: len(KNEE) // 2],
    "random.pdf": lambda: b"%PDF-1.7\n" + os.urandom(5_000),
    "nested.html": lambda: b"<html><body>" + b"<div>" * 20_000 + b"Ice eases pain.",
    "nested lists.html": lambda: b"<html><body>" + b"<ul><li>" * 20_000 + b"Ice eases pain.",
    "script.html": lambda: b"<html><script>while(1){}</script><p>Ice eases pain.</p>",
    "entity.html": lambda: b'<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd">]><html><p>&x; Ice eases pain.</p>',
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_files_are_one_clear_line_or_read_in_peace(name: str, tmp_path: Path, run: Run) -> None:
    """No traceback, nothing executed or fetched, no other file in the answer."""
    path = tmp_path / name
    path.write_bytes(HOSTILE[name]())
    done = run("ask", "--no-cache", "--corpus", str(path), "does ice ease pain?")
    assert done.returncode in (0, 1, 2)
    assert done.stderr.count(b"\n") <= 1
    assert b"Traceback" not in done.stderr
    assert b"root:" not in done.stdout
    if done.returncode == 2:
        assert name.encode() in done.stderr


def test_import_writes_a_copy_that_is_read_as_the_original(run: Run, tmp_path: Path) -> None:
    """With its sidecar; nothing is written over, and what cannot be read is named."""
    write(tmp_path, knee_pdf=KNEE, bad_pdf=b"%PDF-1.7")
    copies = tmp_path / "copies"
    done = run("import", str(tmp_path / "knee.pdf"), str(tmp_path / "bad.pdf"), "--to", str(copies))
    assert done.returncode == 2
    assert done.stderr.count(b"\n") == 1
    assert sorted(path.name for path in copies.iterdir()) == ["knee.md", "knee.toml"]
    original, copied = read_corpus(tmp_path / "knee.pdf"), read_corpus(copies)
    assert [passage[1:5] for passage in copied.passages] == [passage[1:5] for passage in original.passages]
    assert copied.references["knee.md"] == original.references["knee.pdf"]
    text = (copies / "knee.md").read_text("utf-8")
    for passage in original.passages:  # what a passage's place counts in
        assert text[passage.start : passage.end].startswith(passage.text.split()[0])
        assert text.split("\n")[passage.line - 1].count(passage.text.split()[0])
    again = run("import", str(tmp_path / "knee.pdf"), "--to", str(copies))
    assert again.returncode == 2
    assert b"there already" in again.stderr


def test_check_is_short_and_shows_all_when_asked(run: Run, tmp_path: Path) -> None:
    """Two doubts of a kind, and how many there are more; and a page to look at that loads nothing."""
    write(tmp_path, knee_pdf=KNEE)
    short = run("check", "--corpus", str(tmp_path)).stdout.decode()
    whole = run("check", "--all", "--corpus", str(tmp_path), "--html", str(tmp_path / "proof.html")).stdout.decode()
    assert short.count("\n") <= 10
    assert short.startswith("knee.pdf: 34 passages on ")
    assert whole.count("no citation:") > short.count("no citation:") == 2
    page = (tmp_path / "proof.html").read_text("utf-8")
    assert page.count("data:image/png;base64,") == 2
    assert "http" not in page.replace("http-equiv", "")


def test_a_proof_shows_text_and_escapes_it(tmp_path: Path) -> None:
    """What is not read as text is grey; nothing of a source is taken for a mark of the page."""
    write(tmp_path, a_txt=b"Ice <script>alert(1)</script> eases pain [4].\n\nPage 3 of 4\n\nRest helps [5].\n")
    page = draw_proof(read_corpus(tmp_path))
    assert "<script>" not in page
    assert "Page 3 of 4" in page


def test_one_source_is_asked_alone(run: Run, tmp_path: Path) -> None:
    """By its name, with or without its suffix; what is in several sources is one passage with all their places."""
    write(tmp_path, ice_txt=b"Ice eases pain [4].", rest_txt=b"Rest heals. Ice eases pain [7].")
    both = json.loads(run("ask", "--json", "--corpus", str(tmp_path), "does ice ease pain?").stdout)
    assert [passage["source"] for passage in both["passages"]] == ["ice.txt"]
    assert [(passage["source"], passage["citations"]) for passage in both["passages"][0]["also"]] == [("rest.txt", [7])]
    alone = json.loads(
        run("ask", "--json", "--source", "rest", "--corpus", str(tmp_path), "does ice ease pain?").stdout
    )
    assert alone["passages"][0]["citations"] == [7]
    wrong = run("ask", "--source", "nose", "--corpus", str(tmp_path), "does ice ease pain?")
    assert (wrong.returncode, wrong.stderr.count(b"\n")) == (2, 1)
