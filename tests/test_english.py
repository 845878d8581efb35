"""Looking up everyday English."""

import random

import pytest

from dnqa.text.english import WORDS_FILE, is_english


@pytest.mark.parametrize("word", ["a", "swelling", "Physiotherapist", "don't", "don’t", "colour", "color", "zoos"])
def test_knows_everyday_words(word: str) -> None:
    """Words in any case, British and American, with either apostrophe, are known."""
    assert is_english(word)


@pytest.mark.parametrize("word", ["", "acetylcoline", "sweling", "a\nb", "naïve漢", "zzzz", "!"])
def test_knows_no_others(word: str) -> None:
    """Misspellings and what is no word are not known."""
    assert not is_english(word)


def test_finds_every_word_of_its_list() -> None:
    """A binary search finds the first, the last and any other word."""
    words = WORDS_FILE.read_text(encoding="utf-8").split("\n")[:-1]
    assert words == sorted(words)
    for word in (words[0], words[-1], *random.Random(1).sample(words, 500)):
        assert is_english(word)
