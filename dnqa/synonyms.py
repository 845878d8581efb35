"""Synonyms in the Solr format: `a, b` for equivalents, `a, b => c` for one way, `#` for comments.

Two layers: a general one that serves any hand-out, and the corpus's own, whose entries replace
the general ones with the same left side.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from dnqa.analysis import Token, split_words, stem, terms
from dnqa.characters import clean_line
from dnqa.errors import CorpusError
from dnqa.textfile import read_utf8

GENERAL_FILE = Path(__file__).parent / "data" / "synonyms.txt"
FILE_NAME = "synonyms.txt"

_COMMA = re.compile(r"(?<!\\),")

Key = tuple[str, ...]
_CACHED = 1 << 13  # alternatives whose terms are remembered


class Match(NamedTuple):
    """A phrase of a question that has synonyms.

    start, end: half-open token numbers.
    alternatives: what it may be read as, as written in the file.
    """

    start: int
    end: int
    alternatives: tuple[str, ...]

    @property
    def meanings(self) -> list[tuple[str, ...]]:
        """The terms of each alternative, in the same order; () for one of stop words."""
        return [_read_meaning(alternative) for alternative in self.alternatives]


class Synonyms:
    """Synonyms by the stems of the words on the left, wherever they are kept."""

    def __init__(self, look_up: Callable[[Key], Sequence[str] | None], longest: int) -> None:
        """Synonyms.

        look_up: what a phrase may be read as, as written in the file.
        longest: the number of words of the longest phrase.
        """
        self._look_up = look_up
        self._longest = longest

    def find(self, tokens: Sequence[Token]) -> list[Match]:
        """The phrases of a question that have synonyms, longest first from the left, without overlap."""
        stems = [stem(token.word) for token in tokens]
        matches = []
        position = 0
        while position < len(stems):
            for length in range(min(self._longest, len(stems) - position), 0, -1):
                alternatives = self._look_up(tuple(stems[position : position + length]))
                if alternatives:
                    matches.append(Match(position, position + length, tuple(alternatives)))
                    position += length
                    break
            else:
                position += 1
        return matches


class SynonymList(Synonyms):
    """Synonyms as they were read from a file.

    entries: what each phrase may be read as.
    longest: the number of words of the longest phrase.
    words: all words of both sides, normalised; spelling knows them.
    """

    def __init__(self, entries: Mapping[Key, Sequence[str]], words: frozenset[str] = frozenset()) -> None:
        self.entries = dict(entries)
        self.longest = max(map(len, self.entries), default=0)
        self.words = words
        super().__init__(self.entries.get, self.longest)

    def over(self, general: "SynonymList") -> "SynonymList":
        """These synonyms with the general ones behind them."""
        return SynonymList({**general.entries, **self.entries}, self.words | general.words)


@lru_cache(_CACHED)
def _read_meaning(alternative: str) -> tuple[str, ...]:
    return tuple(terms(alternative))


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
