"""The words that questions are spelled by."""

from io import BytesIO

from hypothesis import given
from hypothesis import strategies as st

from dnqa.index.arrays import ArrayVocabulary
from dnqa.index.store import Store, StoreWriter
from dnqa.index.vocabulary import ASKED, OWN, STOP, Vocabulary, set_bits, write_vocabulary
from dnqa.spelling import Speller

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
def test_many_words_are_corrected_like_few(own: set[str], typed: str) -> None:
    """Leaving out words with other letters leaves out none that is near enough."""
    store = write(own | set(OWN_WORDS))
    few, many = Speller(Vocabulary(store)), Speller(ArrayVocabulary(store))
    assert few._find(typed) == many._find(typed)


@given(st.sampled_from(OWN_WORDS), st.integers(0, 11), st.sampled_from("aeiou"))
def test_slips_in_long_words_are_found_by_both(word: str, place: int, letter: str) -> None:
    """A letter too many, wherever it is, leads back to the word in either way."""
    store = write(set(OWN_WORDS))
    typed = word[:place] + letter + word[place:]
    assert Speller(ArrayVocabulary(store))._find(typed) == Speller(Vocabulary(store))._find(typed)


def test_letters_of_every_script_have_a_bit() -> None:
    """Letters beyond a to z share the bits that there are."""
    assert set_bits("") == 0
    assert set_bits("aab") == set_bits("ba")
    assert 0 < set_bits("naïve ψ") < 1 << 32
