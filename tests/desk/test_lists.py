"""What the desk lists: the outline, what the finder finds, what is suggested, what may be typed behind a slash."""

from pathlib import Path

import pytest

import dnqa
from dnqa.desk.commands import read_command
from dnqa.desk.finder import Finder, Kind
from dnqa.desk.outline import outline_all
from dnqa.desk.suggestions import Suggestions, choose_examples
from dnqa.errors import UsageError
from dnqa.records import Status
from tests.app.driving import shipped


def test_every_passage_is_in_the_section_it_names() -> None:
    """Also one that the sidecar moved; each is there once, and the headings are those of the source."""
    corpus = shipped().corpus
    sections = outline_all(corpus)
    assert [section.heading for section in sections] == [h.text for h in corpus.sources[0].document.headings]
    assert sorted(p.start for section in sections for p in section.passages) == [p.start for p in corpus.passages]
    for section in sections:
        assert {p.section for p in section.passages} <= {section.heading}
    assert [len(section.passages) for section in sections[:4]] == [0, 4, 2, 6]


def test_headings_of_the_same_name_keep_their_own_passages(tmp_path: Path) -> None:
    """Two sections called alike are two."""
    path = tmp_path / "twice.md"
    path.write_text("# A\n\n## Care\n\nRest well [1].\n\n# B\n\n## Care\n\nMove soon [2].\n", encoding="utf-8")
    found = [[p.text for p in s.passages] for s in outline_all(dnqa.load(path).corpus) if s.heading == "Care"]
    assert found == [["Rest well."], ["Move soon."]]


def test_the_finder_lists_finds_and_counts() -> None:
    """Nothing typed: headings and citations; words: all must be there, case aside; a number: what it supports."""
    finder = Finder(shipped().corpus)
    everything = finder.find("", limit=100)
    assert [entry.kind for entry in everything.entries] == [Kind.HEADING] * 12 + [Kind.CITATION] * 8
    assert finder.find(" ", limit=5).n_entries == 20
    found = finder.find("PAIN neural", limit=100)
    assert found.n_entries == 2
    assert all("neural" in entry.text for entry in found.entries)
    for typed in ("5", "[5]", " [ 5 ] "):
        assert [entry.kind for entry in finder.find(typed, limit=9).entries] == [Kind.CITATION] + [Kind.PASSAGE] * 2
    assert finder.find("[99]", limit=9).entries == ()
    assert len(finder.find("e", limit=3).entries) == 3


def test_suggestions_begin_as_typed() -> None:
    """Only answered questions, from three characters on, what was typed kept as it was typed."""
    suggestions = Suggestions(shipped().knowledge.questions)
    assert suggestions.complete("What IS a tr") == "What IS a trigger point"
    assert suggestions.complete("wh") == ""
    assert suggestions.complete("zzz") == ""
    assert suggestions.complete("") == ""


@pytest.mark.parametrize("shipped_whole", [True, False])
def test_examples_are_answered(shipped_whole: bool) -> None:
    """Three different questions, each with an answer, with and without known questions."""
    library = shipped() if shipped_whole else dnqa.load(shipped().corpus.sources[0].path)
    examples = choose_examples(library)
    assert len(set(examples)) == 3
    assert all(library.ask(example).status is Status.ANSWERED for example in examples)


@pytest.mark.parametrize(
    ("line", "name", "rest"),
    [("/copy", "copy", ""), ("  /Sheet  my file.txt ", "sheet", "my file.txt"), ("/idle 5", "idle", "5")],
)
def test_commands_are_read(line: str, name: str, rest: str) -> None:
    """A slash and a name, any case, and what stands behind it."""
    command = read_command(line)
    assert command
    assert (command[0].name, command[1]) == (name, rest)


@pytest.mark.parametrize("line", ["copy", "what about and/or?", "/ copy", "/5", "/usr is a folder?", ""])
def test_questions_are_not_commands(line: str) -> None:
    """Everything else is a question."""
    assert read_command(line) is None


def test_a_single_unknown_word_behind_a_slash_is_a_mistake() -> None:
    """It is named, and the way to the list is."""
    with pytest.raises(UsageError, match="no command /fly; /help lists them"):
        read_command("/fly")
