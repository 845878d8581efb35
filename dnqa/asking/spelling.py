"""Correct words that nobody knows, against the words of the corpus.

A word is corrected only if it is neither everyday English nor a word of the corpus, its synonyms
or its known questions. Candidates are compared as written and as they sound, by the optimal
string alignment distance (Damerau 1964, restricted); ties go to the word of the higher layer,
then to the alphabet. A candidate begins like the word, or sounds like it at the beginning.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from dnqa.index.vocabulary import HEARD_REACH, MANY_WORDS, OWN, SHORTEST, Vocabulary
from dnqa.text.analysis import Token
from dnqa.text.english import is_english

_LONGEST = 40
"""Letters. No word is longer; what is, is left alone."""
_LIMITS = ((5, 1), (8, 2), (2 * _LONGEST, 3))
"""Up to how many letters, how many edits: one slip in a short word, three in "norepinephrine"."""
_LIMIT_OF_MANY = 2
"""Up to how many edits among many words."""
_CACHED = 1 << 12  # words whose correction is remembered
_CACHED_KNOWN = 1 << 14  # words of which it is remembered that they need none


class Correction(NamedTuple):
    """Words of a question that were read as others.

    start, end: half-open token numbers.
    words: what they were read as.
    """

    start: int
    end: int
    words: str


class Speller:
    """Corrects questions against the layers of a vocabulary, the corpus's own words first."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._layers = vocabulary.layers
        self._near = vocabulary.near
        self._limit = _LIMIT_OF_MANY if vocabulary.n_words >= MANY_WORDS else _LIMITS[-1][1]
        self._find = lru_cache(_CACHED)(self._look_for)
        self.is_known = lru_cache(_CACHED_KNOWN)(self._is_known)
        """Whether a normalised word needs no correction."""

    def _is_known(self, word: str) -> bool:
        return (
            not SHORTEST <= len(word) <= _LONGEST
            or not word.isalpha()
            or bool(self._layers(word))
            or is_english(word)
            or (word.endswith("s") and (bool(self._layers(word[:-1])) or is_english(word[:-1])))
        )

    def _is_own(self, word: str) -> bool:
        return bool(self._layers(word) & OWN)

    def correct(self, tokens: Sequence[Token]) -> list[Correction]:
        """What the unknown words of a question may be, in order, without overlap."""
        if all(map(self.is_known, [token.word for token in tokens])):
            return []
        corrections: list[Correction] = []
        taken = 0
        for number in range(len(tokens)):
            if number < taken:
                continue
            found = self._join(tokens, number) or self._correct(tokens, number)
            if found:
                corrections.append(found)
                taken = found.end
        return corrections

    def _join(self, tokens: Sequence[Token], number: int) -> Correction | None:
        """Two words that are one word of the corpus: "sero tonin", "nor epinefrine"."""
        if number + 1 == len(tokens):
            return None
        first, second = tokens[number].word, tokens[number + 1].word
        if not (first.isalpha() and second.isalpha()) or (self.is_known(first) and self.is_known(second)):
            return None
        joined = first + second
        if self._is_own(joined):
            return Correction(number, number + 2, joined)
        if self.is_known(second) or len(joined) < 9 or len(first) > 5:
            return None
        from rapidfuzz.distance import OSA

        alone = self._find(second)
        edits = OSA.distance(second, alone) if alone and self._is_own(alone) else _LONGEST
        if edits <= 1:  # what is joined is no word of the corpus, so that none is nearer to it
            return None
        best = self._find(joined)
        if best and self._is_own(best) and OSA.distance(joined, best) < edits:
            return Correction(number, number + 2, best)
        return None

    def _correct(self, tokens: Sequence[Token], number: int) -> Correction | None:
        word = tokens[number].word
        if self.is_known(word):
            return None
        in_capitals = all(token.text.isupper() for token in tokens)
        is_name = tokens[number].text[0].isupper() and not in_capitals and (number > 0 or tokens[number].text.isupper())
        if is_name:
            return None
        for cut in range(3, len(word) - 2):
            if self._is_own(word[:cut]) and self._is_own(word[cut:]):
                return Correction(number, number + 1, f"{word[:cut]} {word[cut:]}")
        best = self._find(word)
        return Correction(number, number + 1, best) if best else None

    def _look_for(self, word: str) -> str | None:
        """The word that is nearest as written or as it sounds, None if none is near enough."""
        from rapidfuzz import process
        from rapidfuzz.distance import OSA

        from dnqa.text.sounds import sound

        limit = min(self._limit, next(edits for length, edits in _LIMITS if len(word) <= length))
        heard = sound(word)
        heard_limit = min(limit, max(0, len(heard) - 3) // 2)
        words, sounds, layers = self._near(word, heard, limit)
        near: list[tuple[float, int, str]] = []
        for found, distance, number in process.extract(
            word, words, scorer=OSA.distance, score_cutoff=limit, limit=None
        ):
            if layers[number] & OWN or distance <= 1:  # only the corpus's own words may be far off
                near.append((_cost(distance, OSA.distance(heard, sounds[number])), _first(layers[number]), found))
        for _, distance, number in process.extract(
            heard, sounds, scorer=OSA.distance, score_cutoff=min(1, heard_limit), limit=None
        ):
            found = words[number]
            written = OSA.distance(word, found)
            allowed = limit + HEARD_REACH if found[:2] == word[:2] and not distance else limit + 1
            if written <= allowed and (not distance or layers[number] & OWN):
                near.append((_cost(written, distance), _first(layers[number]), found))
        return min(near)[2] if near else None


def _first(layers: int) -> int:
    """The highest of some layers."""
    return layers & -layers


def _cost(written: float, heard: float) -> float:
    """How far two words are apart: what is heard differently weighs more than what is written differently."""
    return 0.4 * written + heard
