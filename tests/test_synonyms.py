"""Synonyms in the Solr format."""

from pathlib import Path

import pytest

import dnqa
from dnqa.sources.synonyms import GENERAL_FILE, Synonyms, read_synonyms
from dnqa.text.analysis import analyse, terms
from tests.conftest import CORPUS


def find(synonyms: Synonyms, question: str) -> list[tuple[str, tuple[str, ...]]]:
    """Phrases of a question with what they may be read as."""
    tokens = analyse(question)
    return [
        (" ".join(token.text for token in tokens[match.start : match.end]), match.phrase.alternatives)
        for match in synonyms.find(tokens)
    ]


def write(path: Path, text: str) -> Path:
    """A synonyms file."""
    file = path / "synonyms.txt"
    file.write_text(text, encoding="utf-8")
    return file


def test_reads_the_solr_format(tmp_path: Path) -> None:
    """Equivalents go both ways, => one way; comments, blank lines, escaped commas and arrows are understood, and a "#"
    inside a line is no comment."""
    file = write(
        tmp_path,
        "# a comment\n\nlift, elevator\nknot, muscle knot => trigger point\n"
        "no # 1, top => best\nx \\=> y, z\na\\, b => c\n",
    )
    synonyms = read_synonyms(file)
    assert find(synonyms, "Elevator?") == [("Elevator", ("lift",))]
    assert find(synonyms, "the lifts") == [("lifts", ("elevator",))]
    assert find(synonyms, "muscle knots hurt") == [("muscle knots", ("trigger point",))]
    assert find(synonyms, "trigger point") == []
    assert find(synonyms, "a b") == [("a b", ("c",))]
    assert find(synonyms, "?") == []


def test_own_entries_replace_the_general_ones(tmp_path: Path) -> None:
    """The corpus's entry with the same left side is the only one; other general entries stay."""
    general = read_synonyms(write(tmp_path, "jab => injection\nlift => elevator"))
    own = read_synonyms(write(tmp_path, "jab => needle"))
    assert find(own.over(general), "jab in the lift") == [("jab", ("needle",)), ("lift", ("elevator",))]


@pytest.mark.parametrize("line", ["alone", "a => ", "=> b", "a => b => c"])
def test_a_line_that_is_neither_form_is_named(tmp_path: Path, line: str) -> None:
    """The error names file and line."""
    with pytest.raises(dnqa.CorpusError, match=r"synonyms.txt, line 2"):
        read_synonyms(write(tmp_path, f"a, b\n{line}\n"))


def test_the_shipped_synonyms_lead_into_the_source() -> None:
    """Every right side of the corpus's own file has the source's words only."""
    known = {term for passage in dnqa.load().passages for text in (*passage.path, passage.text) for term in terms(text)}
    for line in (CORPUS / "synonyms.txt").read_text(encoding="utf-8").splitlines():
        right = line.partition("#")[0].partition("=>")[2]
        for alternative in filter(None, map(str.strip, right.split(","))):
            assert set(terms(alternative)) <= known, line


def test_the_general_synonyms_are_well_formed() -> None:
    """The general file reads, and is rich."""
    assert len(read_synonyms(GENERAL_FILE).words) > 1000
