"""Files that the desk watches and writes."""

import os
import threading
from pathlib import Path

import pytest

from dnqa.desk.unanswered import Unanswered
from dnqa.errors import UsageError
from dnqa.sources.folder import Watch
from dnqa.text.files import read_path, write_aside
from tests.app.driving import own_corpus, shipped


def test_changes_are_noticed_once(tmp_path: Path) -> None:
    """A file that is changed, added or removed is named once; others are not looked at."""
    own_corpus(tmp_path)
    folder = tmp_path / "corpus"
    watch = Watch(folder)
    assert watch.find_changed() == []
    (folder / "after.md").write_text("# New\n\nNothing is as it was [1].\n", encoding="utf-8")
    (folder / "questions.jsonl").write_text("", encoding="utf-8")
    (folder / "after.toml").unlink()
    (folder / "README.md").write_text("x", encoding="utf-8")
    (folder / "notes.odt").write_text("x", encoding="utf-8")
    assert watch.find_changed() == ["after.md", "after.toml", "questions.jsonl"]
    assert watch.find_changed() == []


def test_a_single_file_is_watched_with_its_sidecar(tmp_path: Path) -> None:
    """Its neighbours are not."""
    own_corpus(tmp_path)
    path = tmp_path / "corpus" / "after.md"
    watch = Watch(path)
    (path.parent / "other.md").write_text("x", encoding="utf-8")
    os.utime(path, (1, 1))
    path.with_suffix(".toml").unlink()
    assert watch.find_changed() == ["after.md", "after.toml"]
    path.unlink()
    assert watch.find_changed() == ["after.md"]


def test_refused_questions_are_kept_masked(tmp_path: Path) -> None:
    """Only refused ones, a line each, behind what is there already."""
    path = tmp_path / "kept.txt"
    path.write_text("an earlier line without its end", encoding="utf-8")
    kept = Unanswered(path)
    library = shipped()
    for question in ("is parking free for John, 3 hours?", "does it help with swelling?", "thanks"):
        kept.add(library.ask(question), library)
    text = path.read_text(encoding="utf-8")
    assert text == "an earlier line without its end\nis parking free for ___, # hours?\n"


@pytest.mark.parametrize("name", ["", "none/kept.txt"])
def test_a_file_that_cannot_be_written_is_refused_at_once(tmp_path: Path, name: str) -> None:
    """A folder, or a file in a folder that is not there: one line."""
    with pytest.raises(UsageError, match="name a"):
        Unanswered(tmp_path / name)


def test_a_failed_write_leaves_the_file_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The text is written aside first, nothing is left of it, and the error names the file that was meant."""
    path = tmp_path / "sheet.txt"
    path.write_text("one\n", encoding="utf-8")

    def fail(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(OSError, match=r"No space.*sheet\.txt"):
        write_aside(path, b"two")
    assert path.read_text(encoding="utf-8") == "one\n"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("typed", ["~nobody-of-this-name/x", "/", ".", "", "a\0b", "x" * 5000])
def test_names_that_no_file_can_have(typed: str) -> None:
    """Each is refused in one line."""
    with pytest.raises(UsageError):
        read_path(typed)


def test_several_desks_keep_every_question(tmp_path: Path) -> None:
    """Lines that are added at the same time are all there."""
    path = tmp_path / "kept.txt"
    library = shipped()
    refused = library.ask("is parking free?")
    desks = [Unanswered(path) for _ in range(4)]
    threads = [threading.Thread(target=lambda d=desk: [d.add(refused, library) for _ in range(25)]) for desk in desks]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert path.read_text(encoding="utf-8") == "is parking free?\n" * 100
