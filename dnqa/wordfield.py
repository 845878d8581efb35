"""The passages' own words: how much of a question's meaning each passage holds.

A term counts by its inverse document frequency and by a saturated, length-normalised count
(Robertson and Zaragoza 2009); neighbouring words count as unordered pairs, a score of their own
at low weight. A word of a question may be held by its synonyms.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from dnqa.analysis import analyse

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

SATURATION, LENGTH_SHARE = 1.2, 0.75
"""Robertson's k1 and b, at their usual values; around them nDCG@10 on four public collections moves by
less than 0.003."""
PAIR_SHARE = 0.3
"""What pairs count beside terms. Mean nDCG@10 on four public collections: 0 gives 0.633, 0.2 0.649,
0.3 0.651, 0.5 0.648."""
_PAIR_REACH = 2  # words between the two of a pair, plus one: "nerve roots", "nerve or roots"
HEADING_SHARE = 0.5
"""What a word of a heading counts beside one of the passage; from 0.3 to 0.7 hit@1 moves by 0.01."""
SYNONYM_SHARE = 0.8
"""What a synonym covers of the word that was typed; from 0.65 to 1 hit@1 moves by 0.01."""

_PAIR = "\t"


class Concept(NamedTuple):
    """A word of a question.

    term: its term.
    weight: what it weighs.
    meanings: terms of each of its synonyms.
    """

    term: str
    weight: float
    meanings: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class WordField:
    """Postings of terms and pairs, as columns.

    n_rows: how many passages.
    columns: column by feature.
    starts: where each column starts in rows and counts; one more than there are columns.
    rows: passages, ascending within a column.
    counts: saturated counts: 1 for a word that stands once in a passage of mean length.
    """

    n_rows: int
    columns: Mapping[str, int]
    starts: "NDArray[np.int64]"
    rows: "NDArray[np.int32]"
    counts: "NDArray[np.float64]"

    @property
    def rarest(self) -> float:
        """The inverse document frequency of a term that one passage has."""
        return _idf(1, self.n_rows)

    def count_passages(self, term: str) -> int:
        """How many passages have a term."""
        column = self.columns.get(term)
        return 0 if column is None else int(self.starts[column + 1] - self.starts[column])

    def idf(self, feature: str) -> float | None:
        """The inverse document frequency of a term or pair, above 0; None if no passage has it."""
        n = self.count_passages(feature)
        return _idf(n, self.n_rows) if n else None

    def score(self, concepts: Sequence[Concept], pairs: Iterable[str]) -> "NDArray[np.float64]":
        """How much of a question each passage holds: 1 for all its words once in a passage of mean length.

        pairs: of the question, as list_pairs gives them.
        """
        import numpy as np

        total = np.zeros(self.n_rows)
        weight = sum(concept.weight for concept in concepts)
        if not weight:
            return total
        for concept in concepts:
            held = self._hold((concept.term,))
            for meaning in concept.meanings:
                held = np.maximum(held, SYNONYM_SHARE * self._hold(meaning))
            total += concept.weight * held
        for pair in pairs:
            idf = self.idf(pair)
            if idf:
                total += PAIR_SHARE * idf * self._hold((pair,))
        return total / weight

    def _hold(self, terms: Sequence[str]) -> "NDArray[np.float64]":
        """How far each passage holds all of some terms: as far as the one that it holds least."""
        import numpy as np

        least: Any = None
        for term in terms:
            column = self.columns.get(term)
            held = np.zeros(self.n_rows)
            if column is not None:
                span = slice(self.starts[column], self.starts[column + 1])
                held[self.rows[span]] = self.counts[span]
            least = held if least is None else np.minimum(least, held)
        return np.zeros(self.n_rows) if least is None else least


def list_pairs(terms: Sequence[str]) -> list[str]:
    """The unordered pairs of terms that stand next to each other or with one between them, repeats kept."""
    return [
        _PAIR.join(sorted((terms[i], terms[j])))
        for i in range(len(terms))
        for j in range(i + 1, min(i + 1 + _PAIR_REACH, len(terms)))
    ]


def build_word_field(texts: Sequence[str], headings: Sequence[Sequence[str]]) -> WordField:
    """The word field of passages, by scikit-learn's counts.

    texts: of the passages, row by row.
    headings: above each of them.
    """
    import numpy as np
    from sklearn.feature_extraction.text import CountVectorizer

    vectorizer = CountVectorizer(analyzer=_list_features, dtype=np.float64)
    try:
        vectorizer.fit([(text, *above) for text, above in zip(texts, headings, strict=True)])
    except ValueError:  # no passage has a term
        empty = np.zeros(0)
        return WordField(len(texts), {}, np.zeros(1, np.int64), empty.astype(np.int32), empty)
    own = vectorizer.transform([(text,) for text in texts])
    counted = (own + HEADING_SHARE * vectorizer.transform(headings)).tocsc()
    counted.sort_indices()
    n_terms = np.asarray([len(_list_terms(text)) for text in texts], dtype=np.float64)
    length = n_terms / (n_terms.mean() or 1.0)
    damping = SATURATION * (1 - LENGTH_SHARE + LENGTH_SHARE * length[counted.indices])
    counts = counted.data * (SATURATION + 1) / (counted.data + damping)
    columns = {str(feature): int(column) for feature, column in vectorizer.vocabulary_.items()}
    return WordField(len(texts), columns, counted.indptr.astype(np.int64), counted.indices, counts)


def _list_features(texts: Sequence[str]) -> list[str]:
    features: list[str] = []
    for text in texts:
        terms = _list_terms(text)
        features += terms
        features += list_pairs(terms)
    return features


def _list_terms(text: str) -> list[str]:
    return [token.term for token in analyse(text) if token.term]


def _idf(n: int, n_rows: int) -> float:
    """Robertson's inverse document frequency, kept above 0."""
    return math.log(1 + (n_rows - n + 0.5) / (n + 0.5))
