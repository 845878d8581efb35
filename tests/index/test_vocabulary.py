"""The words that questions are spelled by."""

from io import BytesIO

from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from dnqa.asking.spelling import Speller
from dnqa.index.store import Store, StoreWriter
from dnqa.index.vocabulary import ASKED, OWN, SHORTEST, STOP, Vocabulary, set_bits, write_vocabulary
from dnqa.text.sounds import sound
from tests.index.loops import WAYS, either_way, run

words = st.text("abcdehiknopst", min_size=1, max_size=12)
OWN_WORDS = "acetylcholine serotonin inflammation swelling knee needle needling phosphate knuckle muscle".split()


def write(own: set[str], asked: set[str] = frozenset()) -> Store:  # type: ignore[assignment]  # a frozen set is one too
    """A store with a vocabulary."""
    file = BytesIO()
    writer = StoreWriter(file)
    write_vocabulary(writer, {OWN: own, STOP: {"the"}, ASKED: asked})
    writer.finish({})
    return Store(file.getvalue())


def test_a_word_knows_its_layers() -> None:
    """All that it belongs to, and none for a word that nobody has."""
    vocabulary = Vocabulary(write({"knee", "the"}, {"knee", "pain"}))
    assert [vocabulary.layers(word) for word in ("knee", "the", "pain", "hip")] == [OWN | ASKED, OWN | STOP, ASKED, 0]
    assert "knee" in vocabulary
    assert "pain" not in vocabulary


@given(st.sets(words, max_size=40), words)
def test_words_that_were_read_ahead_are_the_same(own: set[str], word: str) -> None:
    """For many questions all words are read at once."""
    vocabulary, ahead = Vocabulary(write(own)), Vocabulary(write(own))
    ahead.load()
    for known in (*own, word, "the"):
        assert ahead.layers(known) == vocabulary.layers(known)


@given(st.sets(words, max_size=40), words)
def test_words_that_are_near_are_not_left_out(own: set[str], typed: str) -> None:
    """Whatever is near enough as written is among the words that may be near, though most others are not."""
    near = {
        word
        for word in (own | set(OWN_WORDS))
        if len(word) >= SHORTEST and word[0] == typed[0] and OSA.distance(word, typed) <= 2
    }
    vocabulary = Vocabulary(write(own | set(OWN_WORDS)))
    for way in WAYS:
        with run(way):
            assert near <= set(vocabulary.near(typed, sound(typed), 2).words)


@either_way
@given(st.sampled_from(OWN_WORDS), st.integers(0, 11), st.sampled_from("aeiou"))
def test_slips_in_long_words_are_found(way: str, word: str, place: int, letter: str) -> None:
    """A letter too many, wherever it is, leads back to the word, if it does not begin otherwise."""
    typed = word[: place + 1] + letter + word[place + 1 :]
    with run(way):
        assert Speller(Vocabulary(write(set(OWN_WORDS))))._find(typed) == word


@given(st.text(max_size=12))
def test_letters_of_every_script_have_a_bit(letters: str) -> None:
    """Letters beyond a to z share the bits that there are."""
    assert set_bits("aab") == set_bits("ba")
    assert set_bits(letters) == sum({1 << ord(letter) % 32 for letter in letters})
