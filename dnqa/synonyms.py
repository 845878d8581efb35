"""Synonyms in the Solr format: `a, b` for equivalents, `a, b => c` for one way, `#` for comments.

Two layers: a general one that serves any hand-out, and the corpus's own, whose entries replace
the general ones with the same left side.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from dnqa.analysis import Token, split_words, stem, terms
from dnqa.characters import clean_line
from dnqa.errors import CorpusError
from dnqa.textfile import read_utf8

GENERAL_FILE = Path(__file__).parent / "data" / "synonyms.txt"

_COMMA = re.compile(r"(?<!\\),")

Key = tuple[str, ...]
_CACHED = 1 << 13  # stems whose phrases are remembered, and phrases whose meanings are


class Match(NamedTuple):
    """A phrase of a question that has synonyms.

    start, end: half-open token numbers.
    alternatives: what it may be read as, as written in the file.
    meanings: the terms of each alternative, in the same order; () for one of stop words.
    """

    start: int
    end: int
    alternatives: tuple[str, ...]
    meanings: tuple[tuple[str, ...], ...]


class Entry(NamedTuple):
    """A phrase that has synonyms.

    stems: of its words.
    alternatives: what it may be read as, as written in the file.
    """

    stems: Sequence[str]
    alternatives: Sequence[str]


class Synonyms:
    """Synonyms by the stems of the words on the left, wherever they are kept."""

    def __init__(self, look_up: Callable[[str], Sequence[Entry]]) -> None:
        """Synonyms.

        look_up: the phrases that begin with a stem.
        """
        self._look_up = lru_cache(_CACHED)(lambda first: _group(look_up(first)))

    def find(self, tokens: Sequence[Token]) -> list[Match]:
        """The phrases of a question that have synonyms, longest first from the left, without overlap."""
        stems = tuple([token.stem for token in tokens])
        matches = []
        end = 0
        for start, (phrases, following) in enumerate(zip(map(self._look_up, stems), (*stems, "")[1:], strict=True)):
            if not phrases or start < end:
                continue
            for phrase, alternatives in (*phrases.get(following, ()), *phrases.get("", ())):
                stop = start + len(phrase)
                if stems[start:stop] == phrase:
                    matches.append(Match(start, stop, alternatives, _read_meanings(alternatives)))
                    end = stop
                    break
        return matches


_Phrases = dict[str, list[tuple[Key, tuple[str, ...]]]]
"""The phrases that begin with a stem, by the stem that follows, "" for none, the longest first: their stems, and what
each may be read as."""


def _group(entries: Iterable[Entry]) -> _Phrases:
    phrases: _Phrases = {}
    for stems, alternatives in sorted(entries, key=lambda entry: -len(entry[0])):
        following = stems[1] if len(stems) > 1 else ""
        phrases.setdefault(following, []).append((tuple(stems), tuple(alternatives)))
    return phrases


@lru_cache(_CACHED)
def _read_meanings(alternatives: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(terms(alternative)) for alternative in alternatives)


class SynonymList(Synonyms):
    """Synonyms as they were read from a file.

    entries: by the first stem of a phrase.
    words: all words of both sides, normalised; spelling knows them.
    """

    def __init__(self, entries: Mapping[Key, Sequence[str]], words: frozenset[str] = frozenset()) -> None:
        self._alternatives = {key: tuple(alternatives) for key, alternatives in entries.items() if key and alternatives}
        self.entries: dict[str, list[Entry]] = {}
        for key, readings in self._alternatives.items():
            self.entries.setdefault(key[0], []).append(Entry(key, readings))
        self.words = words
        super().__init__(lambda first: self.entries.get(first, ()))

    def over(self, general: "SynonymList") -> "SynonymList":
        """These synonyms with the general ones behind them."""
        return SynonymList({**general._alternatives, **self._alternatives}, self.words | general.words)


def read_synonyms(path: Path) -> SynonymList:
    """Read a synonyms file.

    Raises CorpusError, naming file and line, for a line that is neither form or is not UTF-8.
    """
    entries: dict[Key, list[str]] = {}
    words: set[str] = set()
    for number, line in enumerate(read_utf8(path, CorpusError).splitlines(), 1):
        written = clean_line(line.partition("#")[0])
        if not written:
            continue
        left, arrow, right = written.partition("=>")
        phrases = _split(left)
        targets = _split(right)
        if not phrases or (arrow and not targets) or (not arrow and len(phrases) < 2) or "=>" in right:
            raise CorpusError(f'{path}, line {number}: write "a, b => c" or "a, b"')
        words.update(word for phrase in (*phrases, *targets) for word in split_words(phrase))
        for phrase in phrases:
            key = tuple(stem(word) for word in split_words(phrase))
            known = entries.setdefault(key, [])
            known += (target for target in targets or phrases if target not in (phrase, *known))
    return SynonymList(entries, frozenset(words))


def _split(side: str) -> list[str]:
    return [phrase for part in _COMMA.split(side) if (phrase := " ".join(part.replace("\\,", ",").split()))]
