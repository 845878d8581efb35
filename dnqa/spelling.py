"""Correct words that nobody knows, against the words of the corpus.

A word is corrected only if it is neither everyday English nor a word of the corpus, its synonyms
or its known questions. Candidates are compared as written and as they sound, by the optimal
string alignment distance (Damerau 1964, restricted); ties go to the word of the higher layer,
then to the alphabet.
"""

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from dnqa.analysis import Token, split_words
from dnqa.english import is_english

_SHORTEST = 4
"""Letters. Shorter unknown words are names and codes more often than mistakes."""
_LONGEST = 40
"""Letters. No word is longer; what is, is left alone."""
_LIMITS = ((5, 1), (8, 2), (2 * _LONGEST, 3))
"""Up to how many letters, how many edits: one slip in a short word, three in "norepinephrine"."""

_SOUNDS = (
    (re.compile(r"^(?:kn|gn|pn)"), "n"),
    (re.compile(r"^wr"), "r"),
    (re.compile(r"^ps"), "s"),
    (re.compile(r"ph"), "f"),
    (re.compile(r"ght"), "t"),
    (re.compile(r"gh"), ""),
    (re.compile(r"sc(?=[eiyl])|c(?=[eiy])"), "s"),
    (re.compile(r"ck|ch(?=[lrom])|c|q"), "k"),
    (re.compile(r"x"), "ks"),
    (re.compile(r"z"), "s"),
    (re.compile(r"mb$"), "m"),
    (re.compile(r"tion|sion"), "shn"),
    (re.compile(r"ae|oe|ea|ee|ie|ei|ai|ay|ey|y"), "e"),
    (re.compile(r"ou|au|oo"), "u"),
    (re.compile(r"(.)\1+"), r"\1"),
    (re.compile(r"(?<=..)e$"), ""),
    (re.compile(r"(?<=.)[aeiou]+(?=[rnl]|$)"), "e"),
)


class Correction(NamedTuple):
    """Words of a question that were read as others.

    start, end: half-open token numbers.
    words: what they were read as.
    """

    start: int
    end: int
    words: str


class Speller:
    """Corrects questions against layers of words, the corpus's own first."""

    def __init__(self, *layers: Iterable[str]) -> None:
        self._layer: dict[str, int] = {}
        for number, words in enumerate(layers):
            for word in words:
                self._layer.setdefault(word, number)
        self._candidates = sorted(word for word in self._layer if len(word) >= _SHORTEST and word.isalpha())
        self._sounds = [sound(word) for word in self._candidates]

    def is_known(self, word: str) -> bool:
        """Whether a normalised word needs no correction."""
        return (
            not _SHORTEST <= len(word) <= _LONGEST
            or not word.isalpha()
            or word in self._layer
            or is_english(word)
            or (word.endswith("s") and (word[:-1] in self._layer or is_english(word[:-1])))
        )

    def correct(self, tokens: Sequence[Token]) -> list[Correction]:
        """What the unknown words of a question may be, in order, without overlap."""
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
        if self._layer.get(joined) == 0:
            return Correction(number, number + 2, joined)
        if self.is_known(second) or len(joined) < 9 or len(first) > 5:
            return None
        best = self._find(joined)
        alone = self._find(second)
        if best is None or self._layer[best] > 0:
            return None
        from rapidfuzz.distance import OSA

        if alone is None or self._layer[alone] > 0 or OSA.distance(second, alone) > OSA.distance(joined, best):
            return Correction(number, number + 2, best)
        return None

    def _correct(self, tokens: Sequence[Token], number: int) -> Correction | None:
        word = tokens[number].word
        in_capitals = all(token.text.isupper() for token in tokens)
        is_name = tokens[number].text[0].isupper() and not in_capitals and (number > 0 or tokens[number].text.isupper())
        if is_name or self.is_known(word):
            return None
        for cut in range(3, len(word) - 2):
            if self._layer.get(word[:cut]) == 0 and self._layer.get(word[cut:]) == 0:
                return Correction(number, number + 1, f"{word[:cut]} {word[cut:]}")
        best = self._find(word)
        return Correction(number, number + 1, best) if best else None

    def _find(self, word: str) -> str | None:
        """The word that is nearest as written or as it sounds, None if none is near enough."""
        from rapidfuzz import process
        from rapidfuzz.distance import OSA

        limit = next(edits for length, edits in _LIMITS if len(word) <= length)
        heard = sound(word)
        heard_limit = min(limit, max(0, len(heard) - 3) // 2)
        near: list[tuple[float, int, str]] = []
        for found, distance, _ in process.extract(
            word, self._candidates, scorer=OSA.distance, score_cutoff=limit, limit=None
        ):
            if self._layer[found] == 0 or distance <= 1:  # only the corpus's own words may be far off
                near.append((_cost(distance, OSA.distance(heard, sound(found))), self._layer[found], found))
        for _, distance, index in process.extract(
            heard, self._sounds, scorer=OSA.distance, score_cutoff=min(1, heard_limit), limit=None
        ):
            found = self._candidates[index]
            written = OSA.distance(word, found)
            allowed = limit + 2 if found[:2] == word[:2] and not distance else limit + 1
            if written <= allowed and not (distance and self._layer[found]):
                near.append((_cost(written, distance), self._layer[found], found))
        near = [
            entry for entry in near if entry[2][0] == word[0] or sound(entry[2])[:1] == heard[:1] or entry[0] <= 0.5
        ]
        return min(near)[2] if near else None


def _cost(written: float, heard: float) -> float:
    """How far two words are apart: what is heard differently weighs more than what is written differently."""
    return 0.4 * written + heard


def sound(word: str) -> str:
    """A rough spelling of how a word sounds: the same for words that are written alike by ear."""
    for pattern, replacement in _SOUNDS:
        word = pattern.sub(replacement, word)
    return word


def words_of(texts: Iterable[str]) -> Iterable[str]:
    """The normalised words of texts."""
    return (word for text in texts for word in split_words(text))
