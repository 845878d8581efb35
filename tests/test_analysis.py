"""From text to terms."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dnqa.analysis import analyse, normalise, stem, terms

SAME = [
    ("colour", "color"), ("fibre", "fiber"), ("ischaemic", "ischemic"), ("normalise", "normalizes"),
    ("anaesthetic", "anesthetic"), ("oedema", "edema"), ("travelling", "traveling"), ("haemorrhage", "hemorrhage"),
    ("aetiology", "etiology"), ("analyse", "analyze"), ("sensitisation", "sensitization"), ("labelled", "labeled"),
    ("orthopaedic", "orthopedic"), ("needles", "needling"), ("café", "cafes"),
]  # fmt: skip


@pytest.mark.parametrize(("one", "other"), SAME)
def test_both_spellings_are_one_term(one: str, other: str) -> None:
    """British and American spellings and the forms of a word have the same stem."""
    assert stem(normalise(one)) == stem(normalise(other))


def test_non_opioid_is_not_opioid() -> None:
    """A word with non- is one of its own, hyphen or space; other compounds are their parts."""
    assert terms("non-opioid") == terms("Non opioid") == ["nonopioid"]
    assert "opioid" in terms("opioid-based")
    assert terms("chemical/cellular") == [stem("chemical"), stem("cellular")]


def test_tokens_point_into_the_text() -> None:
    """Each token is what stands at its offsets; stop words are tokens without a term."""
    text = "What does Rosenbleuth’s non-opioid law say?"
    tokens = analyse(text)
    assert [text[token.start : token.end] for token in tokens] == [token.text for token in tokens]
    assert [token.text for token in tokens if not token.term] == ["What", "does", "say"]


@given(st.text())
def test_normalising_again_changes_nothing(word: str) -> None:
    """normalise is idempotent on the words of any text."""
    for token in analyse(word):
        assert normalise(token.word) == token.word
