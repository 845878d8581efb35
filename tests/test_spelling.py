"""Correcting words that nobody knows."""

import pytest

import dnqa

CORRECTED = {
    "to much acetylcoline": [("acetylcoline", "acetylcholine")],
    "is seratonin the reason": [("seratonin", "serotonin")],
    "sero tonin": [("sero tonin", "serotonin")],
    "nor epinefrine": [("nor epinefrine", "norepinephrine")],
    "triggerpoints": [("triggerpoints", "trigger points")],
    "does it help with sweling": [("sweling", "swelling")],
    "tite mussles": [("tite", "tight"), ("mussles", "muscles")],
}
LEFT = [
    "is it safe with warfarin",  # unknown, and near nothing
    "does botox help",
    "the brain steam",  # English words are never corrected
    "my friend Phil",  # a name
    "C5 and L4",
    "xyz qqq",
    "q" * 100,
    "h" * 60 + " " + "e" * 60,
]


@pytest.fixture(scope="module")
def library() -> dnqa.Library:
    """The default corpus."""
    return dnqa.load()


@pytest.mark.parametrize(("question", "expected"), CORRECTED.items(), ids=CORRECTED.keys())
def test_corrects(library: dnqa.Library, question: str, expected: list[tuple[str, str]]) -> None:
    """Slips, sounds, splits and joins are read as words of the corpus."""
    assert [(reading.typed, reading.as_) for reading in library.make_query(question).corrections] == expected


@pytest.mark.parametrize("question", LEFT)
def test_leaves_alone(library: dnqa.Library, question: str) -> None:
    """English words, names, codes and words that are like nothing stay as typed."""
    assert library.make_query(question).corrections == ()


def test_an_answer_says_what_was_read_differently(library: dnqa.Library) -> None:
    """Corrections and synonyms that led to the answer are reported in order."""
    readings = [tuple(reading) for reading in library.ask("does it help with sweling?").read]
    assert readings == [("sweling", "swelling", "spelling"), ("swelling", "inflammation", "synonym")]
