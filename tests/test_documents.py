"""Adding documents to a corpus of one's own, and the names that their files get."""

from collections.abc import Callable
from pathlib import Path

import pytest

import dnqa
from dnqa.teaching import add_document
from dnqa.text.files import name_for_all
from tests.conftest import Run

Write = Callable[[dict[str, str | bytes]], Path]


def test_documents_are_added_a_line_each(run: Run, write_corpus: Write, tmp_path: Path) -> None:
    """Those that can be read, whatever becomes of the others, which are named; then the status is 2."""
    folder = write_corpus({"ice.txt": "Ice eases pain [4]."})
    good, more, bad = tmp_path / "rest.txt", tmp_path / "möre.md", tmp_path / "bad.pdf"
    good.write_text("Rest heals a sprain [7].", encoding="utf-8")
    more.write_text("# More\n\nWalk on day two [1].\n", encoding="utf-8")
    bad.write_bytes(b"%PDF-1.7")
    done = run("add", str(good), str(more), "--corpus", str(folder))
    assert (done.returncode, done.stderr) == (0, b"")
    lines = done.stdout.decode().splitlines()
    assert [line.split(",")[0] for line in lines] == ["rest.txt: 1 passage", "möre.md: 1 passage"]
    done = run("add", str(bad), str(good), "--corpus", str(folder))
    assert done.returncode == 2
    assert [b"not a whole PDF" in line or b"there already" in line for line in done.stderr.splitlines()] == [True] * 2
    assert sorted(path.name for path in folder.iterdir()) == ["ice.txt", "möre.md", "rest.txt"]
    assert dnqa.load(folder).ask("when may I walk?").passages[0].citations == (1,)


@pytest.mark.parametrize(
    ("corpus", "says"), [([], b"dnqa init FOLDER"), (["--corpus", "FILE"], b"put it into a folder")]
)
def test_only_a_corpus_of_one_s_own_takes_documents(run: Run, tmp_path: Path, corpus: list[str], says: bytes) -> None:
    """The shipped one says how to copy it, a single file that it is none."""
    source = tmp_path / "rest.txt"
    source.write_text("Rest heals a sprain [7].", encoding="utf-8")
    done = run("add", str(source), *(str(source) if part == "FILE" else part for part in corpus))
    assert done.returncode == 2
    assert says in done.stderr
    assert done.stderr.count(b"\n") == 1


@pytest.mark.parametrize("name", ["README.md", ".hidden.txt", "synonyms.txt"])
def test_what_would_never_be_read_is_not_added(tmp_path: Path, name: str) -> None:
    """A name that makes a file no source, or another part of the corpus, is refused or made a source's."""
    folder = tmp_path / "mine"
    folder.mkdir()
    (tmp_path / name).write_text("Rest heals a sprain [7].", encoding="utf-8")
    if name.startswith("."):
        assert add_document(folder, tmp_path / name).startswith("hidden.txt: 1 passage")
        return
    with pytest.raises(dnqa.DnqaError, match="give it another name"):
        add_document(folder, tmp_path / name)
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("knee.pdf", "knee.pdf"),
        ("Knie — nach der OP (2).pdf", "Knie — nach der OP (2).pdf"),
        ("膝.docx", "膝.docx"),
        ("../../etc/passwd.txt", "-..-etc-passwd.txt"),
        ("C:\\clinic\\a.pdf", "C--clinic-a.pdf"),
        ('what? "a" <b> | *.md', "what- -a- -b- - -.md"),
        ("a\x00b\x1b[31m\n.txt", "ab.txt"),
        ("CON.txt", "_CON.txt"),
        ("lpt1.notes.md", "_lpt1.notes.md"),
        ("console.txt", "console.txt"),
        ("end. .txt ", "end.txt"),
        ("...", "document"),
        ("", "document"),
    ],
)
def test_names_are_what_every_system_takes(name: str, kept: str) -> None:
    """One part of a path, without what Windows forbids, and otherwise as it was."""
    assert name_for_all(name) == kept
    assert name_for_all(kept) == kept


def test_a_long_name_is_cut_before_its_suffix() -> None:
    """So that the kind of document is still known, and no system finds it too long."""
    assert name_for_all("é" * 300 + ".pdf").endswith("é.pdf")
    assert len(name_for_all("é" * 300 + ".pdf").encode()) <= 255
    assert len(name_for_all("a." + "b" * 300).encode()) <= 255


def test_line_mode_adds_and_lays_out(run: Run, write_corpus: Write, tmp_path: Path) -> None:
    """The same two commands, with a file behind each; a page that is there is not written over."""
    folder, source, page = (
        write_corpus({"ice.txt": "Ice eases pain [4]."}),
        tmp_path / "rest.txt",
        tmp_path / "proof.html",
    )
    source.write_text("Rest heals a sprain [7].", encoding="utf-8")
    typed = f"/add {source}\n/proof {page}\n/proof {page}\n"
    done = run("--plain", "--corpus", str(folder), stdin=typed.encode())
    assert b"Added. rest.txt: 1 passage" in done.stdout
    assert b"/proof" in done.stdout
    assert "Rest heals a sprain." in page.read_text(encoding="utf-8")
    assert b"is there already" in done.stdout
