"""How well questions are understood: floors that only go up."""

import pytest

import dnqa
from dnqa.asking.evaluation import ALL, Tally, evaluate, read_labelled, read_names
from tests.conftest import DATA

FLOORS = {"hit@1": 0.9, "wrong@1": 0.04, "false": 0.04}
"""On the development questions; the first may go up, the others down, never the other way."""


@pytest.fixture(scope="module")
def tally() -> Tally:
    """What became of the development questions."""
    library = dnqa.load()
    names = read_names(DATA / "passages.jsonl")
    return evaluate(library.ask, read_labelled(DATA / "questions_dev.jsonl", library.passages, names)).tallies[ALL]


def test_right_answers_stay_above_the_floor(tally: Tally) -> None:
    """hit@1 while free to refuse."""
    assert tally.n_right / tally.n_answerable >= FLOORS["hit@1"]


def test_wrong_and_false_answers_stay_below_the_ceiling(tally: Tally) -> None:
    """A wrong or invented answer is the worst that can happen."""
    assert tally.n_wrong / tally.n_answerable <= FLOORS["wrong@1"]
    assert tally.n_false / tally.n_unanswerable <= FLOORS["false"]


def test_every_passage_shown_is_the_sources_own() -> None:
    """Whatever is asked, what is shown is one of the passages, with exactly its numbers."""
    library = dnqa.load()
    passages = set(library.passages)
    for question in read_labelled(DATA / "questions_dev.jsonl", library.passages, read_names(DATA / "passages.jsonl")):
        answer = library.ask(question.question)
        assert {hit.passage for hit in (*answer.hits, *answer.close)} <= passages


def test_a_tally_counts() -> None:
    """Right, wrong, refused and false answers, with their cost."""
    tally = Tally()
    for answers, given in (({"a"}, ["a"]), ({"a"}, ["b", "a"]), (set(), ["b"]), (set(), [])):
        tally.add(frozenset(answers), given)
    tally.add(frozenset({"a"}), [], ["c", "d", "e", "a"])
    assert (tally.n_right, tally.n_wrong, tally.n_refused, tally.n_false) == (1, 1, 1, 1)
    assert tally.cost == 7
    assert tally.describe() == (
        "n=3 hit@1=0.333 wrong@1=0.333 refused=0.333 MRR=0.500 found@3=0.667 | n=2 false answers=0.500"
    )
