"""TF-IDF over passages, over the questions that belong to them, and over each known question.

words      a row for each passage: its own words, see dnqa.wordfield
asked      a row for each passage: its words and all known questions that it answers (document
           expansion, as in doc2query, Nogueira et al. 2019)
questions  a row for each known question, those that the source does not answer too

The weights of the last two are scikit-learn's TF-IDF with sublinear counts (1 + ln tf) and smoothed idf; rows
have Euclidean length 1.
"""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from dnqa.analysis import split_words
from dnqa.features import is_term, list_all_features, list_terms, weigh
from dnqa.questions import KnownQuestion
from dnqa.records import Passage
from dnqa.wordfield import HEADING_SHARE, WordField, build_word_field

_UNKNOWN = 0.4
"""What a term that a field does not have adds to the length of a query, as a share of the rarest
term's square: a question of unknown words is like nothing. From 0 to 1 hit@1 moves by 0.02."""

RICH = 5
"""From so many known questions a passage on, known questions carry the ranking; below, the words do."""
AGREED = 3
"""So many known questions with a term make it the passage's own; one may be a word of its story."""


class Posting(NamedTuple):
    """A row that a feature occurs in, and the weight it has there."""

    row: int
    weight: float


@dataclass(frozen=True)
class Field:
    """Rows of text that a query can be compared with.

    n_rows: how many.
    idf: inverse document frequency by feature, scaled by the weight of its kind, above 0.
    postings: by feature, rows ascending.
    rarest: the idf of a term that occurs in one row.
    """

    n_rows: int
    idf: Mapping[str, float]
    postings: Mapping[str, Sequence[Posting]]
    rarest: float

    def score(self, query: Mapping[str, float]) -> list[float]:
        """The cosine of a query with every row, 0 to 1.

        query: weight by feature, before idf.
        """
        scores = [0.0] * self.n_rows
        square = 0.0
        for feature, weight in query.items():
            idf = self.idf.get(feature)
            if idf is None:
                if is_term(feature):
                    square += _UNKNOWN * (weight * self.rarest) ** 2
                continue
            share = weight * idf
            square += share * share
            for row, row_weight in self.postings[feature]:
                scores[row] += share * row_weight
        if not square:
            return scores
        length = square**0.5
        return [score / length for score in scores]


@dataclass(frozen=True)
class Index:
    """The three fields of a corpus, with what their rows stand for.

    passages: row by row of `words` and `asked`.
    known: row by row of `questions`.
    by_words: known questions by all their words.
    held: for each passage, how far it holds each term of its own or of its known questions, 0 to 1.
    row_of: rows of the passages by their ids.
    is_rich: whether there are enough known questions to rank and decide by; without, `asked` is empty.
    """

    passages: tuple[Passage, ...]
    known: tuple[KnownQuestion, ...]
    words: WordField
    asked: Field
    questions: Field
    by_words: Mapping[tuple[str, ...], KnownQuestion]
    held: tuple[Mapping[str, float], ...]
    row_of: Mapping[str, int]
    is_rich: bool


def build_index(passages: Sequence[Passage], known: Sequence[KnownQuestion]) -> Index:
    """Index passages with their known questions."""
    is_rich = len(known) >= RICH * len(passages) > 0
    own = [(*passage.path, passage.text) for passage in passages]
    answered: dict[str, list[str]] = {passage.id: [] for passage in passages}
    for question in known:
        for answer in question.passages:
            answered[answer].append(question.question)
    expanded = [(*texts, *answered[passage.id]) for texts, passage in zip(own, passages, strict=True)]
    return Index(
        tuple(passages),
        tuple(known),
        words=build_word_field([passage.text for passage in passages], [passage.path for passage in passages]),
        asked=_build_field(expanded if is_rich else ()),
        questions=_build_field([(question.question,) for question in known]),
        by_words={words: question for question in known if (words := tuple(split_words(question.question)))},
        held=tuple(_hold(texts, answered[passage.id]) for texts, passage in zip(own, passages, strict=True)),
        row_of={passage.id: row for row, passage in enumerate(passages)},
        is_rich=is_rich,
    )


def _hold(texts: Sequence[str], asked: Sequence[str]) -> dict[str, float]:
    """How far a passage holds a term: wholly if it is in its text, in part if in a heading above it
    or in known questions, by how many of these agree on it."""
    counts = Counter(term for question in asked for term in set(list_terms((question,))))
    held = {term: min(1.0, count / AGREED) for term, count in counts.items()}
    *headings, text = texts
    for term in list_terms(headings):
        held[term] = max(held.get(term, 0.0), HEADING_SHARE)
    return {**held, **dict.fromkeys(list_terms((text,)), 1.0)}


def _build_field(rows: Sequence[Sequence[str]]) -> Field:
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.preprocessing import normalize

    vectorizer = TfidfVectorizer(analyzer=list_all_features, sublinear_tf=True, norm=None)
    try:
        counted = vectorizer.fit_transform(rows)
    except ValueError:  # no row has a feature
        return Field(len(rows), {}, {}, 1.0)
    features = [str(feature) for feature in vectorizer.get_feature_names_out()]
    kinds = [weigh(feature) for feature in features]
    columns = normalize(counted.multiply([kinds]).tocsr()).tocsc()
    columns.sort_indices()
    postings = {}
    for column, feature in enumerate(features):
        span = slice(columns.indptr[column], columns.indptr[column + 1])
        pairs = zip(columns.indices[span].tolist(), columns.data[span].tolist(), strict=True)
        postings[feature] = [Posting(row, weight) for row, weight in pairs]
    idf = {
        feature: kind * value for feature, kind, value in zip(features, kinds, vectorizer.idf_.tolist(), strict=True)
    }
    return Field(len(rows), idf, postings, rarest=_idf(len(rows)))


def _idf(n_rows: int) -> float:
    """The smoothed inverse document frequency of a feature that one of n rows has, as scikit-learn has it."""
    return math.log((1 + n_rows) / 2) + 1
