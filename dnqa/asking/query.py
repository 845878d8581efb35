"""What is made of a question: words corrected, synonyms added, features weighed."""

import math
from collections import Counter
from collections.abc import Sequence
from itertools import chain
from typing import NamedTuple

from dnqa.asking.spelling import Speller
from dnqa.records import Interpretation
from dnqa.sources.synonyms import Match, Meaning, Meanings, Phrase, Synonyms
from dnqa.text.analysis import Token, analyse, find_words
from dnqa.text.features import list_features

SYNONYM_WEIGHT = 0.3
"""What a word of a synonym counts beside a word that was typed; 0.3 to 0.5 on the development questions are alike."""

CONTEXT_WEIGHT = 0.5
"""What a word of the turn before counts beside a word that was typed."""


class Query(NamedTuple):
    """A question as the index is asked.

    tokens: of the question as it was read, stop words included.
    corrections: what spelling read differently.
    synonyms: phrases that have synonyms, by token number.
    weights: by feature: 1 + ln of how often it was typed, or SYNONYM_WEIGHT.
    terms: those that were typed, in order, repeats kept; synonyms are not among them.
    meanings: by term, "" for stop words, the terms of each phrase that it may stand for, alone or with its neighbours;
        each once.
    """

    tokens: tuple[Token, ...]
    corrections: tuple[Interpretation, ...]
    synonyms: tuple[Match, ...]
    weights: dict[str, float]
    terms: tuple[str, ...]
    meanings: Meanings

    @property
    def words(self) -> tuple[str, ...]:
        """All words as they were read, stop words included."""
        return tuple([token.word for token in self.tokens])

    def leaning_on(self, earlier: "Query") -> "Query":
        """This query with the features of an earlier one at a lower weight."""
        weights = {feature: weight * CONTEXT_WEIGHT for feature, weight in earlier.weights.items()}
        return self._replace(weights={**weights, **self.weights})


def make_query(
    question: str, speller: Speller | None, synonyms: Synonyms, tokens: Sequence[Token] | None = None
) -> Query:
    """Make a query of a question: spelling first, if there is a speller, then synonyms.

    tokens: of the question, if it has been analysed.
    """
    tokens, corrections = _correct(question, speller, analyse(question) if tokens is None else tokens)
    matches = synonyms.find(tokens)
    features = list_features(tokens)
    typed = dict.fromkeys(features, 1.0)
    if len(typed) < len(features):  # some more than once
        typed = {feature: 1.0 + math.log(count) for feature, count in Counter(features).items()}
    terms = tuple([token.term for token in tokens if token.term])
    if not matches:
        return Query(tuple(tokens), tuple(corrections), (), typed, terms, {})
    meant = dict.fromkeys(chain.from_iterable([match.phrase.terms for match in matches]), SYNONYM_WEIGHT)
    return Query(
        tuple(tokens), tuple(corrections), tuple(matches), meant | typed, terms, _list_meanings(tokens, matches)
    )


def _list_meanings(tokens: Sequence[Token], matches: Sequence[Match]) -> Meanings:
    phrases: dict[str, dict[Phrase, None]] = {}
    for match in matches:
        for token in tokens[match.start : match.end]:
            phrases.setdefault(token.term, {})[match.phrase] = None
    return {term: _join_meanings(*of_one) for term, of_one in phrases.items()}


def _join_meanings(first: Phrase, *others: Phrase) -> tuple[Meaning, ...]:
    """What some phrases may be read as, each once."""
    if not others:
        return first.different_meanings
    return tuple(dict.fromkeys(chain(first.meanings, *[phrase.meanings for phrase in others])))


def _correct(
    question: str, speller: Speller | None, tokens: Sequence[Token]
) -> tuple[Sequence[Token], list[Interpretation]]:
    corrections = speller.correct(tokens) if speller else []
    if not corrections:
        return tokens, []
    places = find_words(question)
    pieces: list[str] = []
    readings: list[Interpretation] = []
    end = 0
    for correction in corrections:
        start, stop = places[correction.start][0], places[correction.end - 1][1]
        pieces += (question[end:start], correction.words)
        readings.append(Interpretation(question[start:stop], correction.words, "spelling"))
        end = stop
    return analyse("".join(pieces) + question[end:]), readings
