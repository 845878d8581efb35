"""Finding and reading the sources of a corpus."""

import hashlib
import os
from collections.abc import Callable
from pathlib import Path

import pytest

import dnqa
from dnqa.sources.checking import find_doubts
from dnqa.sources.corpus import read_corpus
from tests.conftest import CORPUS, read_jsonl

Write = Callable[[dict[str, str | bytes]], Path]


def test_the_shipped_source_is_the_users_byte_for_byte() -> None:
    """The digest of the document in corpus/ is that of the user's own file."""
    digest = hashlib.sha256((CORPUS / "dry-needling-physiology.txt").read_bytes()).hexdigest()
    assert digest == "57beb21f30dfd2caf8d0f5d7d54cad2882e07abb40d0e9d169b6a5a158e2be83"


def test_the_default_corpus_is_as_a_person_reads_it() -> None:
    """All 23 passages have the text, the section and the citations of the hand-made list, the text box too."""
    found = [(p.section, list(p.citations), p.text) for p in dnqa.load().passages]
    assert found == [(gold["section"], gold["citations"], gold["text"]) for gold in read_jsonl("passages.jsonl")]


def test_nothing_is_doubtful_in_the_default_corpus() -> None:
    """The shipped corpus passes its own check."""
    assert find_doubts(dnqa.load().corpus) == []


def test_sources_are_text_and_markdown_in_name_order(write_corpus: Write) -> None:
    """Synonyms, known questions, read-me files, hidden files and other kinds are no sources."""
    names = ("b.md", "a.txt", "synonyms.txt", "README.md", ".c.txt", "d.odt", "questions.jsonl")
    folder = write_corpus(dict.fromkeys(names, "Rest first."))
    assert [source.name for source in read_corpus(folder).sources] == ["a.txt", "b.md"]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such file names")
def test_file_names_are_shown_without_control_characters(write_corpus: Write) -> None:
    """A source may be called anything; what is shown of its name is clean."""
    folder = write_corpus({"a\x1b[31m\u202e.txt": "Rest first."})
    assert read_corpus(folder).passages[0].source == "a.txt"


def test_a_heading_that_heads_nothing_is_a_doubt(write_corpus: Write) -> None:
    """Text that was taken for a heading is reported, so that nothing is lost unseen."""
    corpus = read_corpus(write_corpus({"a.txt": "Title\n\nRest\n\nWalk\n\nGo slowly."}))
    assert any('"Rest"' in finding.message for finding in find_doubts(corpus))


def test_ids_are_unique_in_a_corpus(write_corpus: Write) -> None:
    """A sentence that two sources share has two ids."""
    ids = [passage.id for passage in read_corpus(write_corpus({"a.txt": "Rest.", "b.txt": "Rest."})).passages]
    assert ids[1] == f"{ids[0]}-2"


def test_offsets_count_the_byte_order_mark_and_line_ends_as_they_are(write_corpus: Write) -> None:
    """source[start:end] of the decoded file is the passage."""
    text = "\ufeffRest first.\r\n\r\nThen walk [2]."
    source = read_corpus(write_corpus({"a.txt": text})).sources[0]
    assert [text[p.start : p.end] for p in source.document.passages] == ["Rest first.", "Then walk [2]."]


BAD = {
    "empty": (b"", "is empty"),
    "blank": (b" \n ", "is empty"),
    "binary": (b"text\0more", "byte 5 is NUL"),
    "not UTF-8": (b"one\ntwo \xe9t\xe9", "byte 9 (line 2) is not UTF-8"),
    "UTF-16": ("text".encode("utf-16"), "UTF-16"),
    "no passage": (b"---\n", "no passage"),
    "one endless line": (b"word " * 1_000_001, "longer than 5,000,000"),
}


@pytest.mark.parametrize(("content", "message"), BAD.values(), ids=BAD.keys())
def test_bad_sources_say_what_is_wrong(write_corpus: Write, content: bytes, message: str) -> None:
    """A source that cannot be read is refused in one line that names the file."""
    with pytest.raises(dnqa.SourceError) as caught:
        read_corpus(write_corpus({"a.txt": content}))
    assert message in str(caught.value)
    assert "a.txt" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_missing_path_and_an_empty_folder_say_so(tmp_path: Path) -> None:
    """Both are corpus errors that name the path."""
    with pytest.raises(dnqa.CorpusError, match="no such file or folder"):
        read_corpus(tmp_path / "nowhere")
    with pytest.raises(dnqa.CorpusError, match="no source in this folder"):
        read_corpus(tmp_path)
