"""Questions by number and by section."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

import dnqa
from dnqa.asking.named import asks_for_bibliography, drop_frame, find_numbers, may_name_reference
from tests.conftest import DATA

NUMBERS = {
    "[8]?": [8], "8": [8], "#4": [4], "citation 12": [12], "source number three": [3], "the third reference": [3],
    "refs 3 and 5": [3, 5], "what does [4] say": [4], "the number 9 bus": [], "is 4 needles enough": [],
    "C5 and C6": [], "what happened in 2019": [], "refs 1-3": [1, 2, 3], "[1,2]": [1, 2], "[1000]": [1000],
    "is there a second source": [], "more than one reference": [], "and 6?": [6], "4th reference": [4],
}  # fmt: skip


@pytest.fixture(scope="module")
def library() -> dnqa.Library:
    """The default corpus."""
    return dnqa.load()


@pytest.mark.parametrize(("question", "numbers"), NUMBERS.items(), ids=NUMBERS.keys())
def test_finds_the_numbers_that_are_citations(question: str, numbers: list[int]) -> None:
    """A number counts when it stands alone, in brackets, or beside a word for a reference."""
    assert find_numbers(question) == numbers


def test_what_names_a_reference_may_name_one() -> None:
    """Questions that are not looked through for numbers and frames have none."""
    lines = (DATA / "questions_dev.jsonl").read_text("utf-8").splitlines()
    asked = [*NUMBERS, *(json.loads(line)["question"] for line in lines if line), "WHO CITED IT?", "cİtation for pain"]
    others = [question for question in asked if not may_name_reference(question)]
    assert 0 < len(others) < len(asked) - 2
    assert may_name_reference("cİtation for pain")
    for question in others:
        assert drop_frame(question) == question
        assert not asks_for_bibliography(question)


def test_a_number_gives_all_its_passages_in_order(library: dnqa.Library) -> None:
    """Whatever `top` says, and none other."""
    passages = library.ask("what does source 6 say?", top=1).passages
    assert len(passages) == 5
    assert all(6 in passage.citations for passage in passages)
    assert [passage.line for passage in passages] == sorted(passage.line for passage in passages)


def test_a_number_that_does_not_exist_is_never_answered(library: dnqa.Library) -> None:
    """The refusal says so, and what numbers there are."""
    answer = library.ask("[12]?")
    assert answer.status is dnqa.Status.NOT_IN_SOURCE
    assert answer.reason == "There is no citation [12]; it has [1] to [8]."


def test_the_source_of_a_statement_is_that_of_its_passage(library: dnqa.Library) -> None:
    """Words that ask for a reference are not looked for in the text."""
    assert library.ask("Which paper backs the platelet growth factor statement?").passages[0].citations == (4,)
    assert library.ask("is the calcium spiral referenced?").passages[0].citations == (5,)


def test_bibliographic_details_are_not_invented(library: dnqa.Library) -> None:
    """The source lists no entries, so author, journal and year of a reference are refused."""
    answer = library.ask("Who are the authors of reference 4?")
    assert answer.status is dnqa.Status.NOT_IN_SOURCE
    assert "no more of its references" in answer.reason


@pytest.mark.parametrize("question", ["What's in the pain effects section?", "list the pain effects", "pain effects"])
def test_a_section_gives_its_passages_in_order(library: dnqa.Library, question: str) -> None:
    """A question that names a heading and asks nothing further lists what stands under it."""
    assert [passage.section for passage in library.ask(question, top=1).passages] == ["Pain Effects", "Pain Effects"]


def test_a_phrase_of_small_words_may_name_a_section(write_corpus: Callable[[dict[str, str | bytes]], Path]) -> None:
    """By a synonym, though none of its words means anything alone."""
    text = "# Mechanism\n\nNeedles reset the muscle [1].\n\n# Fees\n\nA visit is free [2].\n"
    library = dnqa.load(write_corpus({"a.md": text, "synonyms.txt": "why does it => mechanism\n"}))
    assert [passage.citations for passage in library.ask("why does it?").passages] == [(1,)]
