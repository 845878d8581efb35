"""From text to terms."""

import hashlib

import pytest
import Stemmer
from hypothesis import given
from hypothesis import strategies as st

from dnqa.text.analysis import (
    _MAY_BE_BRITISH,
    STOP_WORDS,
    VERSION,
    _compile_atlantic,
    analyse,
    find_words,
    normalise,
    stem,
    terms,
)
from dnqa.text.english import WORDS_FILE

TERMS = {"3.1.0": (2, "b15a92a32771c499")}
"""By the version of the stemmer: VERSION, and the digest of many words with their terms."""

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
    """Each token is what stands where it was found; stop words are tokens without a term."""
    text = "What does Rosenbleuth’s non-opioid law say?"
    tokens = analyse(text)
    assert [text[start:end] for start, end in find_words(text)] == [token.text for token in tokens]
    assert [token.stem for token in tokens if token.term] == [token.term for token in tokens if token.term]
    assert [token.text for token in tokens if not token.term] == ["What", "does", "say"]


@given(st.text())
def test_normalising_again_changes_nothing(word: str) -> None:
    """normalise is idempotent on the words of any text."""
    for token in analyse(word):
        assert normalise(token.word) == token.word


def test_the_guard_passes_every_word_with_two_spellings() -> None:
    """No word that the guard lets by without a look would be changed."""
    for word in WORDS_FILE.read_text(encoding="utf-8").split():
        if not _MAY_BE_BRITISH.search(word):
            assert not any(pattern.search(word) for pattern, _ in _compile_atlantic()), word


def test_the_version_stands_for_the_terms() -> None:
    """Saved indexes are believed if the version is the same: raise VERSION when this fails, and put the digest here."""
    if Stemmer.version() not in TERMS:
        pytest.skip(f"the terms of Stemmer {Stemmer.version()} have not been written down")
    words = [*sorted(STOP_WORDS), *WORDS_FILE.read_text(encoding="utf-8").split()[::7], "non-opioid", "café", "C5’s"]
    digest = hashlib.sha256(
        repr([[(token.word, token.term) for token in analyse(word)] for word in words]).encode()
    ).hexdigest()[:16]
    assert (VERSION, digest) == TERMS[Stemmer.version()]
