"""The words of a passage: markers out, white space folded, broken words joined."""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property

from dnqa.reading.lines import Edit
from dnqa.reading.sentences import Marker
from dnqa.text.characters import fold
from dnqa.text.english import common_words, is_english

_BROKEN = re.compile(r"(?<=\w)[-‐][^\S\n\f]*[\n\f]\s*(?=\w)")
_TIGHT = re.compile(r"((?<=\w)/|(?<=\d)[–—])[^\S\n\f]*[\n\f]\s*(?=\w)")
"""What stands at a line end and parts nothing: "kg/", "5–"."""
_RIGHT_HALF = re.compile(r"[\w'’]{1,40}")
_COMPOUND = re.compile(r"\b[^\W\d_]+(?:-[^\W\d_]+)+\b")
_WORD = re.compile(r"[^\W\d_]{4,}")
_JOINING_WORDS = frozenset(("and", "or", "to"))  # "short-" at a line end, "and long-term" on the next
_SOLID_PREFIXES = frozenset(
    "super hyper hypo inter intra over under sub trans neuro electro micro macro physio cardio myo musculo psycho "
    "radio thermo vaso broncho gastro osteo chemo immuno patho bio photo peri epi endo exo dys un re dis".split()
)
_PARTICLES = frozenset("up off out in on down through over by".split())
"""What makes a compound of a verb: "follow-up", "sit-ups"."""
_HYPHENATED_PREFIXES = frozenset("non self ex anti pre post well all half cross semi pro quasi".split())


class Wording:
    """Turns spans of a cleaned text into the words that are shown."""

    def __init__(self, text: str, edits: Sequence[Edit] = ()) -> None:
        """Of a text, some characters of which are shown as others."""
        self._text = text
        self._edits = sorted(edits)

    def read(
        self,
        start: int,
        end: int,
        markers: Iterable[Marker],
        spell: Callable[[Sequence[int]], str] = lambda _: "",
    ) -> str:
        """The words of text[start:end]: markers left out, lines joined, white space folded.

        A word broken by a hyphen at a line end is joined; the hyphen stays in a compound
        ("evidence-/based"), beside a digit or capitals ("L1-/L2"), and where the text has the
        compound, or its singular or plural, unbroken elsewhere.
        spell: gives what is written for the numbers of a marker, nothing if they are left out.
        """
        changes = [Edit(marker.start, marker.end, spell(marker.numbers)) for marker in markers]
        if self._edits:
            first, last = bisect_left(self._edits, (start,)), bisect_left(self._edits, (end,))
            changes = sorted([*changes, *self._edits[first:last]])
        pieces: list[str] = []
        for change in changes:
            if change.start >= start:
                pieces += (self._text[start : change.start], change.text)
                start = change.end
        pieces.append(self._text[start:end])
        words = "".join(pieces)
        return self.join_lines(words)

    def join_lines(self, words: str) -> str:
        """Lines as one: a word broken at their ends joined, white space folded."""
        if "\n" not in words and "\f" not in words:
            return fold(words)
        return fold(_TIGHT.sub(r"\1", _BROKEN.sub(self._join, words)))

    def _join(self, match: re.Match[str]) -> str:
        """What replaces the hyphen and the line break behind it."""
        text = match.string
        first = match.start()
        while first > 0 and match.start() - first < 40 and (text[first - 1].isalnum() or text[first - 1] in "'’-"):
            first -= 1
        left = text[first : match.start()]
        right = _RIGHT_HALF.match(text, match.end())[0]  # type: ignore[index]  # a word character follows
        if right.lower() in _JOINING_WORDS:
            return match[0]
        return match[0][0] if self._keeps_hyphen(left, right) else ""

    def _keeps_hyphen(self, left: str, right: str) -> bool:
        last = left.rsplit("-", 1)[-1]
        if not left:  # an underscore stands there, and no word to be joined
            return True
        if left[-1].isdigit() or right[0].isdigit() or right[0].isupper() or (len(last) > 1 and last.isupper()):
            return True
        left, last, right = left.lower(), last.lower(), right.lower()
        if any(f"{left}-{form}" in self._compounds for form in (right, right.removesuffix("s"), f"{right}s")):
            return True
        if right in _PARTICLES and is_english(last) and f"{last}{right}" not in common_words():
            return True
        if last == "by" and is_english(right):
            return True
        if f"{last}{right}" in self._words or is_english(last + right) or last in _SOLID_PREFIXES:
            return False
        return (is_english(last) or last in _HYPHENATED_PREFIXES) and is_english(right) and len(right) > 2

    @cached_property
    def _compounds(self) -> frozenset[str]:
        return frozenset(match[0].lower() for match in _COMPOUND.finditer(self._text))

    @cached_property
    def _words(self) -> frozenset[str]:
        return frozenset(match[0].lower() for match in _WORD.finditer(self._text))
