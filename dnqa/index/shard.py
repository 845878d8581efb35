"""A shard: the index of some sources of a corpus, as the index of the whole asks it.

Every method asks for much at a time and gives plain values, so that a shard may be in another process or on another
machine. Rows are the shard's own.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from dnqa.index.index import HeadingName, Index
from dnqa.index.vocabulary import Near
from dnqa.index.wordfield import Weights, Whole
from dnqa.sources.synonyms import Meanings

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


class Asked(NamedTuple):
    """A question as the passages' own words are asked, as `dnqa.index.wordfield.WordField.top` describes it."""

    weights: Weights
    meanings: Meanings
    terms: Sequence[str]


class Survey(NamedTuple):
    """What a shard says of a question before it is asked.

    n_held: how many passages hold each word. n_pairs: how many have each pair.
    """

    n_held: Sequence[int]
    n_pairs: Sequence[int]


class Shard:
    """Answers for the passages of one store."""

    def __init__(self, index: Index) -> None:
        self._index = index

    def count(self, terms: Iterable[str]) -> list[int]:
        """How many passages have each of some terms."""
        found = map(self._index.words.find, terms)
        return [term.n_passages if term else 0 for term in found]

    def survey(self, asked: Asked, pairs: Iterable[tuple[str, str]]) -> Survey:
        """How many passages hold each word of a question, and have each of its pairs."""
        words = self._index.words
        return Survey(words.count_held(asked.weights, asked.meanings), [words.count_pair(*pair) for pair in pairs])

    def top(self, asked: Asked, depth: int, whole: Whole) -> list[tuple[int, float]]:
        """The best passages for a question and their scores, best first, then in document order."""
        return self._index.words.top(*asked, depth, whole)

    def score(self, asked: Asked, rows: Sequence[int], whole: Whole) -> list[float]:
        """What some passages, ascending, score for a question."""
        return self._index.words.score(*asked, rows, whole)

    def layers(self, words: Iterable[str]) -> list[int]:
        """The layers of the vocabulary that each of some words belongs to."""
        return list(map(self._index.vocabulary.layers, words))

    def near(self, word: str, heard: str, edits: int) -> Near:
        """The words that a misspelt one may be, as `dnqa.index.vocabulary.Vocabulary.near` gives them."""
        return self._index.vocabulary.near(word, heard, edits)

    def blocks(self, numbers: Iterable[int]) -> list[bytes]:
        """Blocks of passages by their numbers, packed."""
        return list(map(self._index.read_packed, numbers))

    def headings(self, terms: Iterable[str]) -> list[HeadingName]:
        """The names of headings all of whose terms are among those given."""
        return self._index.find_headings(terms)

    def cited(self, numbers: Iterable[int]) -> list[int]:
        """The passages that carry any of some citation numbers, ascending."""
        return self._index.find_cited(numbers)

    def measure(self, vector: "NDArray[np.float32]", n: int, rows: Sequence[int]) -> Mapping[int, float]:
        """The cosines of the n passages nearest to a question, and of some more."""
        assert self._index.meaning
        return self._index.meaning.measure(vector, n, rows)

    def records(self) -> list[dict[str, Any]]:
        """All that was read of the sources."""
        return self._index.sources

    def measure_bytes(self) -> int:
        """The size of the file."""
        return self._index.n_bytes

    def check(self) -> None:
        """Check the whole file. Raises DamagedIndexError."""
        self._index.check_all()

    def expect_many(self) -> None:
        """Get ready for many questions."""
        self._index.load_words()
