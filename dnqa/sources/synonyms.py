"""Synonyms in the Solr format: `a, b` for equivalents, `a, b => c` for one way, a line that begins with `#` for a
comment; a backslash takes its sense from a comma, an arrow or another sign.

Two layers: a general one that serves any hand-out, and the corpus's own, whose entries replace
the general ones with the same left side. A line `off: a, b => c` in it goes without that general line.
"""

import re
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from functools import cached_property, lru_cache
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from dnqa import words
from dnqa.errors import CorpusError
from dnqa.text.analysis import Token, split_words, stem, terms
from dnqa.text.characters import clean_line
from dnqa.text.files import read_utf8

GENERAL_FILE = words.FOLDER / "synonyms.txt"

_COMMA = re.compile(r"(?<!\\),")
_ARROW = re.compile(r"(?<!\\)=>")

_ESCAPED = re.compile(r"\\(.)")
_CACHED = 1 << 13  # stems whose phrases are remembered
_END = "\0"  # stands behind the last stem; no word has it

Key = tuple[str, ...]
Meaning = tuple[str, ...]
"""The terms of a phrase; () for one of stop words."""
Meanings = Mapping[str, tuple[Meaning, ...]]
"""By the term of a word of a question, what each phrase means that it may stand for, each once."""


class Phrase:
    """A phrase that has synonyms.

    alternatives: what it may be read as, as written in the file.
    is_own: whether the corpus itself says so; a general synonym helps to find, and never names a section.
    """

    def __init__(self, alternatives: Iterable[str], *, is_own: bool = False) -> None:
        self.alternatives = tuple(alternatives)
        self.is_own = is_own

    @cached_property
    def meanings(self) -> tuple[Meaning, ...]:
        """What each alternative means, in the same order."""
        return tuple(tuple(terms(alternative)) for alternative in self.alternatives)

    @cached_property
    def different_meanings(self) -> tuple[Meaning, ...]:
        """What the alternatives mean, each once."""
        return tuple(dict.fromkeys(self.meanings))

    @cached_property
    def terms(self) -> tuple[str, ...]:
        """The terms of all meanings, each once."""
        return tuple(dict.fromkeys(chain.from_iterable(self.meanings)))


class Match(NamedTuple):
    """Where a question has a phrase that has synonyms.

    start, end: half-open token numbers.
    """

    start: int
    end: int
    phrase: Phrase


class Entry(NamedTuple):
    """A phrase that has synonyms, as it is kept: the stems of its words, what it may be read as, and whether the corpus
    itself says so."""

    stems: Sequence[str]
    alternatives: Sequence[str]
    is_own: bool


class Synonyms:
    """Synonyms by the stems of the words on the left, wherever they are kept."""

    def __init__(self, look_up: Callable[[str], Sequence[Entry]]) -> None:
        """Synonyms.

        look_up: the phrases that begin with a stem.
        """
        self._look_up = lru_cache(_CACHED)(lambda first: _plant(look_up(first)))

    def find(self, tokens: Sequence[Token]) -> list[Match]:
        """The phrases of a question that have synonyms, longest first from the left, without overlap."""
        stems = [token.stem for token in tokens]
        following = [*stems, _END]
        matches = []
        end = 0
        for start, first in enumerate(map(self._look_up, stems)):
            if first is None or start < end:
                continue
            node: _Node | None = first
            found, place = None, start
            while node:
                place += 1
                if node.phrase:
                    found, end = node.phrase, place
                node = node.longer.get(following[place])
            if found:
                matches.append(Match(start, end, found))
        return matches


class _Node:
    """The phrases that begin with some stems: the one that ends there, and those that go on, by their next stem."""

    __slots__ = ("longer", "phrase")

    def __init__(self) -> None:
        self.phrase: Phrase | None = None
        self.longer: dict[str, _Node] = {}


def _plant(entries: Sequence[Entry]) -> _Node | None:
    """The phrases that begin with one stem, as a tree; None if there are none."""
    if not entries:
        return None
    first = _Node()
    for (_, *others), alternatives, is_own in entries:
        node = first
        for other in others:
            if other not in node.longer:
                node.longer[other] = _Node()
            node = node.longer[other]
        node.phrase = Phrase(alternatives, is_own=is_own)
    return first


class SynonymList(Synonyms):
    """Synonyms as they were read from a file.

    alternatives: by the stems of a phrase.
    entries: the same by its first stem.
    words: all words of both sides, normalised; spelling knows them.
    """

    def __init__(
        self,
        entries: Mapping[Key, Sequence[str]],
        words: frozenset[str] = frozenset(),
        own: Container[Key] = frozenset(),
    ) -> None:
        """Synonyms.

        own: the phrases of which the corpus itself says so.
        """
        self.alternatives = {key: tuple(alternatives) for key, alternatives in entries.items() if key and alternatives}
        self.entries: dict[str, list[Entry]] = {}
        for key, readings in self.alternatives.items():
            self.entries.setdefault(key[0], []).append(Entry(key, readings, key in own))
        self.words = words
        super().__init__(lambda first: self.entries.get(first, ()))

    def over(self, general: "SynonymList") -> "SynonymList":
        """These synonyms with the general ones behind them."""
        both = {**general.alternatives, **self.alternatives}
        return SynonymList(both, self.words | general.words, own=self.alternatives)


_UNITS_OF_TIME = frozenset(
    f"{unit}{ending}" for unit in "second minute hour day night week month year time".split() for ending in ("", "s")
)
"""What no general synonym may lead to alone: every hand-out has some, of something else."""


OFF = "off:"
"""Begins a line of a corpus's synonyms that names a general line it goes without."""


def read_general(off: Container[str] = frozenset()) -> SynonymList:
    """The synonyms that serve any hand-out.

    off: lines to go without, as `list_lines` gives them.
    """
    found = _read_lines(GENERAL_FILE, [line for line in list_lines(GENERAL_FILE) if line[1] not in off])
    entries = {
        key: [name for name in alternatives if name not in _UNITS_OF_TIME]
        for key, alternatives in found.alternatives.items()
    }
    return SynonymList(entries, found.words)


def read_synonyms(path: Path) -> SynonymList:
    """Read a synonyms file.

    Raises CorpusError, naming file and line, for a line that is neither form or is not UTF-8.
    """
    return _read_lines(path, [line for line in list_lines(path) if not line[1].startswith(OFF)])


def list_lines(path: Path) -> list[tuple[int, str]]:
    """The lines of a synonyms file that say something, with their numbers, from 1; comments left out."""
    lines = enumerate(read_utf8(path, CorpusError).splitlines(), 1)
    return [(number, text) for number, line in lines if (text := clean_line(line)) and not text.startswith("#")]


def list_off(path: Path) -> frozenset[str]:
    """The general lines that a synonyms file goes without."""
    return frozenset(clean_line(text.removeprefix(OFF)) for _, text in list_lines(path) if text.startswith(OFF))


def check_line(line: str) -> None:
    """Raise CorpusError, in one line, if a line is neither form."""
    _parse(line)


def _read_lines(path: Path, lines: Iterable[tuple[int, str]]) -> SynonymList:
    entries: dict[Key, list[str]] = {}
    words: set[str] = set()
    for number, line in lines:
        try:
            phrases, targets = _parse(line)
        except CorpusError as error:
            raise CorpusError(f"{path}, line {number}: {error}") from error
        words.update(word for phrase in (*phrases, *targets) for word in split_words(phrase))
        for phrase in phrases:
            key = tuple(stem(word) for word in split_words(phrase))
            known = entries.setdefault(key, [])
            known += (target for target in targets or phrases if target not in (phrase, *known))
    return SynonymList(entries, frozenset(words))


def _parse(line: str) -> tuple[list[str], list[str]]:
    """The phrases of a line, and what they may be read as, [] if that is each other."""
    sides = _ARROW.split(line)
    phrases, targets = _split(sides[0]), _split(sides[1]) if len(sides) > 1 else []
    if not phrases or len(sides) > 2 or (len(sides) > 1 and not targets) or (len(sides) == 1 and len(phrases) < 2):
        raise CorpusError('write "a, b => c" or "a, b"')
    if wordless := next((phrase for phrase in (*phrases, *targets) if not split_words(phrase)), ""):
        raise CorpusError(f'"{wordless}" has no word; write "a, b => c" or "a, b" in words')
    return phrases, targets


def _split(side: str) -> list[str]:
    return [phrase for part in _COMMA.split(side) if (phrase := " ".join(_ESCAPED.sub(r"\1", part).split()))]
