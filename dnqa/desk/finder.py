"""Find headings, citations and passages while a person types."""

import re
from collections import Counter
from enum import Enum
from itertools import islice
from typing import NamedTuple

from dnqa.desk.outline import outline_all
from dnqa.records import Passage
from dnqa.sources.corpus import Corpus
from dnqa.text.characters import fold

_NUMBER = re.compile(r"\[?\s*(\d{1,3})\s*\]?")


class Kind(Enum):
    """What an entry of the finder is."""

    HEADING = "heading"
    CITATION = "citation"
    PASSAGE = "passage"


class Entry(NamedTuple):
    """Something that can be opened.

    kind: what it is.
    text: a heading, a passage, or the entry of a reference ("" if the source lists none).
    numbers: of a citation the number itself, of a passage its citations.
    n_passages: how many passages belong to it.
    passage: the first of them; None under a heading that only headings follow.
    source: file name.
    path: of a heading, all headings down to it.
    """

    kind: Kind
    text: str
    numbers: tuple[int, ...]
    n_passages: int
    passage: Passage | None
    source: str
    path: tuple[str, ...] = ()


class Found(NamedTuple):
    """Entries, and how many there are in all."""

    entries: tuple[Entry, ...]
    n_entries: int


class Finder:
    """The headings, citations and passages of a corpus, and what of them matches what was typed."""

    def __init__(self, corpus: Corpus) -> None:
        self._headings: list[Entry] = []
        self._citations: list[Entry] = []
        self._all: list[tuple[str, Entry]] = []  # case folded text and entry, in document order
        for section in outline_all(corpus):
            first = next(iter(section.passages), None)
            if section.heading:
                entry = Entry(
                    Kind.HEADING, section.heading, (), len(section.passages), first, section.source, section.path
                )
                self._headings.append(entry)
                self._all.append((section.heading.casefold(), entry))
            for passage in section.passages:
                entry = Entry(Kind.PASSAGE, passage.text, passage.citations, 1, passage, passage.source)
                self._all.append((passage.text.casefold(), entry))
        for source in corpus.sources:
            entries = corpus.references[source.name]
            passages = source.document.passages
            counts = Counter(number for passage in passages for number in passage.citations)
            first_of = {number: passage for passage in reversed(passages) for number in passage.citations}
            self._citations += (
                Entry(
                    Kind.CITATION,
                    entries.get(number, ""),
                    (number,),
                    counts[number],
                    first_of.get(number),
                    source.name,
                )
                for number in sorted(set(entries) | set(counts))
            )

    def find(self, typed: str, *, limit: int) -> Found:
        """What matches: everything to open for "", what a citation supports for its number, else all words.

        limit: how many entries to give at most, from 1; in document order, citations after headings.
        """
        words = fold(typed).casefold().split()
        if not words:
            listed = [*self._headings, *self._citations]
            return Found(tuple(listed[:limit]), len(listed))
        if number := _NUMBER.fullmatch(fold(typed)):
            return self._find_number(int(number[1]), limit)
        matching = self._all
        for word in words:
            matching = [row for row in matching if word in row[0]]
        return Found(tuple(entry for _, entry in matching[:limit]), len(matching))

    def _find_number(self, number: int, limit: int) -> Found:
        """A citation and the passages that carry it."""
        cited = [entry for entry in self._citations if number in entry.numbers]
        passages = [entry for _, entry in self._all if number in entry.numbers]
        return Found(tuple(islice((*cited, *passages), limit)), len(cited) + len(passages))
