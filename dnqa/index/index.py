"""What asking needs to know of a corpus, read from a store as far as it is needed."""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property, lru_cache, partial
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple

from dnqa.index.field import Field
from dnqa.index.meaning import Meaning, MeantQuestions
from dnqa.index.neighbours import Neighbours
from dnqa.index.store import Store, unpack
from dnqa.index.table import Table
from dnqa.index.vocabulary import MANY_WORDS, Vocabulary
from dnqa.index.wordfield import WordField
from dnqa.records import Passage, identify
from dnqa.sources.synonyms import Synonyms

PASSAGES_PER_BLOCK, QUESTIONS_PER_BLOCK = 32, 64
"""Records that are read together: enough to be compressed well, few enough to be read at once."""
_CACHED_BLOCKS = 64
_ASKED, _QUESTIONS = range(2)  # places of the numbers of a feature in the table of features
_CACHED = 1 << 15  # features and terms of which it is remembered where they are
_CACHED_ROWS, _MOST_SHARES = 256, 1 << 10  # passages that are remembered, and of how many terms how far each holds them
_NOWHERE = (-1, -1)


class StoredQuestion(NamedTuple):
    """A known question.

    question: as people ask it.
    rows: the passages that answer it, best first; empty if the source does not.
    reviewed: whether a clinician has agreed.
    """

    question: str
    rows: Sequence[int]
    reviewed: bool


class HeadingName(NamedTuple):
    """What a heading is asked for by.

    terms: of its name.
    small: the stop words of its name.
    runs: the passages directly under it, as half-open runs of rows.
    """

    terms: Sequence[str]
    small: Sequence[str]
    runs: Iterable[tuple[int, int]]

    @property
    def rows(self) -> Iterable[int]:
        """The passages directly under it, ascending."""
        return chain.from_iterable(range(*run) for run in self.runs)


class Shares(dict[str, float]):
    """How far a passage holds each term, 0 to 1: wholly if the term is in its text, in part if it is in a heading above
    it or in known questions. Looked up when it is asked for, and mostly remembered."""

    def __init__(self, index: "Index", row: int) -> None:
        super().__init__()
        self._own = index.read_own(row)
        self._questions, self._agreed = index.questions, index.read_agreed(row)

    def __missing__(self, term: str) -> float:
        share = self._own(term)
        if self._agreed:
            share = max(share, self._agreed.get(self._questions.find(term), 0.0))
        if len(self) < _MOST_SHARES:
            self[term] = share
        return share


def unpack_passages(packed: bytes) -> list[Passage]:
    """The passages of a block."""
    return [
        Passage(name or identify(text), text, tuple(citations), section, tuple(path), *rest)
        for name, text, citations, section, path, *rest in unpack(packed)
    ]


class Index:
    """The index of a corpus.

    words: the passages' own words, a row for each passage.
    asked: a row for each passage: its words and all known questions that it answers (document expansion, as in
        doc2query, Nogueira et al. 2019).
    questions: a row for each known question, those that the source does not answer too.
    n_passages, n_questions: how many.
    is_rich: whether there are enough known questions to rank and decide by; without, `asked` is empty.
    handoff: the clinic's line under every refusal, "" if it has none.
    cited: the lowest and the highest citation number, () if there is none.
    lists_references: whether the corpus has an entry for any reference.

    Besides the sections of these parts, a store has: passages, in compressed blocks that begin at passages.starts;
    sources, all that was read of them; citations, a table from number to passages; headings, a table from a term to
    headings; known, known.starts and known.words, the known questions in blocks and by their words; agreed.starts,
    agreed.terms and agreed.shares, how far each passage holds terms by its known questions, these terms by their
    numbers in questions; features, a table from a feature to its numbers in asked and questions; synonyms, a table;
    common, the stems of everyday words.
    """

    def __init__(self, store: Store) -> None:
        self.store = store
        header = store.header
        self.n_passages: int = header["n_passages"]
        self.n_questions: int = header.get("n_questions", 0)
        self.is_rich: bool = header.get("is_rich", False)
        self.handoff: str = header["handoff"]
        self.cited: Sequence[int] = header["cited"]
        self.lists_references: bool = header["lists_references"]
        if self.n_questions:
            self._by_words = Table(store, "known.words")
            self._features = Table(store, "features")
            self._numbers_of = lru_cache(_CACHED)(self._read_numbers)
        self.shares = lru_cache(_CACHED_ROWS)(partial(Shares, self))
        """How far a passage, by its number, holds each term."""
        self.passage = lru_cache(_CACHED_ROWS)(self._read_passage)
        """A passage by its number in document order."""
        self._block = lru_cache(_CACHED_BLOCKS)(self._read_block)
        self._headings_with = lru_cache(_CACHED)(self._read_headings)
        self._known_block = lru_cache(_CACHED_BLOCKS)(self._read_known_block)

    @cached_property
    def _citations(self) -> Table:
        return Table(self.store, "citations")

    @cached_property
    def _headings(self) -> Table:
        return Table(self.store, "headings")

    @cached_property
    def _synonyms(self) -> Table:
        return Table(self.store, "synonyms")

    @property
    def path(self) -> Path | None:
        """Where it is saved, None if it lies in memory."""
        return self.store.path

    @property
    def n_bytes(self) -> int:
        """The size of all that is saved of it."""
        return self.store.n_bytes

    def check_all(self) -> None:
        """Check all that is saved of it. Raises DamagedIndexError."""
        self.store.check_all()

    def expect(self, words: Iterable[str], terms: Iterable[str]) -> None:
        """Be told which words and terms are about to be looked up; here nothing is gained by it."""

    def expect_rows(self, rows: Iterable[int]) -> None:
        """Be told which passages are about to be read; here nothing is gained by it."""

    @cached_property
    def unread(self) -> list[list[str]]:
        """The files that could not be read: name, what they are made of, and what is wrong."""
        found: list[list[str]] = self.store.header.get("unread", [])
        return found

    @cached_property
    def words(self) -> WordField:
        """The passages' own words."""
        return WordField(self.store, self.n_passages)

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """What spelling knows."""
        return Vocabulary(self.store)

    @cached_property
    def asked(self) -> Field:
        """The passages with their known questions."""
        return self._field("asked", self.n_passages if self.is_rich else 0, _ASKED)

    @cached_property
    def questions(self) -> Field:
        """The known questions."""
        return self._field("questions", self.n_questions, _QUESTIONS)

    def _field(self, name: str, n_rows: int, place: int) -> Field:
        return Field(self.store, name, n_rows, lambda feature: self._number(feature, place))

    def _number(self, feature: str, place: int) -> int | None:
        number = self._numbers_of(feature)[place] if self.n_questions else -1
        return None if number < 0 else number

    def _read_numbers(self, feature: str) -> Sequence[int]:
        return self._features.get(feature) or _NOWHERE

    @cached_property
    def meaning(self) -> Meaning | None:
        """The vectors of the passages, None if they were not encoded."""
        return Meaning(self.store) if "meaning" in self.store.header else None

    @cached_property
    def meant(self) -> MeantQuestions | None:
        """The vectors of the known questions, None if they were not encoded."""
        return MeantQuestions(self.store) if self.store.header.get("asking") else None

    @cached_property
    def neighbours(self) -> Neighbours:
        """Which known questions are like a query."""
        return Neighbours(self.store, self.questions)

    def expect_many(self) -> None:
        """Spend the time of some dozens of questions on answering many more quickly. Raises DamagedIndexError."""
        if self.vocabulary.n_words < MANY_WORDS:
            self.load_words()
            self._synonyms.load()
        self._load_questions()

    def load_words(self) -> None:
        """Know all words, terms and headings of the passages. Raises DamagedIndexError."""
        self.vocabulary.load()
        self.words.load()
        self._headings.load()

    def _load_questions(self) -> None:
        if self.n_questions:
            self._by_words.load()
            features = self._features.load()
            for field, place in ((self.asked, _ASKED), (self.questions, _QUESTIONS)):
                if field.n_rows:
                    field.load((name, numbers[place]) for name, numbers in features.items() if numbers[place] >= 0)

    def read_own(self, row: int) -> Callable[[str], float]:
        """A function that says how far the words of a passage, and of the headings above it, hold a term, 0 to 1."""
        find, own = self.words.find, self.words.read_shares(row)

        def measure(term: str) -> float:
            found = find(term)
            return own.get(found.column, 0.0) if found else 0.0

        return measure

    def _read_passage(self, row: int) -> Passage:
        block, place = divmod(row, PASSAGES_PER_BLOCK)
        return self._block(block)[place]

    def passages(self, start: int = 0) -> Iterator[Passage]:
        """All passages in document order, from one on."""
        first, skipped = divmod(start, PASSAGES_PER_BLOCK)
        for number in range(first, -(-self.n_passages // PASSAGES_PER_BLOCK)):
            yield from self._read_block(number)[skipped:]
            skipped = 0

    def _read_block(self, number: int) -> list[Passage]:
        return unpack_passages(self.read_packed(number))

    def read_packed(self, number: int) -> bytes:
        """A block of passages as it is kept. Raises DamagedIndexError."""
        start, stop = self.store.span("passages.starts", number)
        return bytes(self.store.view("passages", start, stop))

    def find_row(self, passage: Passage) -> int:
        """The number of a passage of this index. Raises ValueError if it is not there."""
        first = 0
        for source in self.sources:
            rows = range(first, first + source["n_passages"])
            if source["name"] == passage.source:
                row = first + bisect_left(rows, passage.start, key=lambda row: self.passage(row).start)
                if row < rows.stop and self.passage(row) == passage:
                    return row
            first = rows.stop
        raise ValueError(passage.id)

    def known_question(self, number: int) -> StoredQuestion:
        """A known question by its number."""
        block, place = divmod(number, QUESTIONS_PER_BLOCK)
        return self._known_block(block)[place]

    def _read_known_block(self, number: int) -> list[StoredQuestion]:
        start, stop = self.store.span("known.starts", number)
        return [StoredQuestion(*record) for record in unpack(self.store.view("known", start, stop))]

    def find_known(self, words: Iterable[str]) -> StoredQuestion | None:
        """The known question that has just some words, in order."""
        number = self._by_words.get(" ".join(words)) if self.n_questions else None
        return None if number is None else self.known_question(number)

    def find_cited(self, numbers: Iterable[int]) -> list[int]:
        """The passages that carry any of some citation numbers, ascending."""
        found = (self._citations.get(str(number)) or () for number in numbers)
        return sorted(set().union(*found))

    def find_headings(self, terms: Iterable[str]) -> list[HeadingName]:
        """The names of headings all of whose terms are among those given, in no order."""
        wanted = set(terms)
        return [name for name in chain.from_iterable(map(self._headings_with, wanted)) if wanted.issuperset(name.terms)]

    def _read_headings(self, term: str) -> list[HeadingName]:
        return [HeadingName(*name) for name in self._headings.get(term) or ()]

    def read_agreed(self, row: int) -> dict[int | None, float]:
        """How far a passage holds terms by its known questions, by the numbers of these terms in questions."""
        if not self.n_questions:
            return {}
        start, stop = self.store.span("agreed.starts", row)
        numbers = self.store.numbers("agreed.terms", start, stop)
        return dict(zip(numbers, self.store.numbers("agreed.shares", start, stop), strict=True))

    def read_taught(self, row: int) -> Callable[[str], float]:
        """A function that says how far a passage holds a term by its known questions, 0 to 1."""
        agreed = self.read_agreed(row)
        find = self.questions.find if agreed else None
        return lambda term: agreed.get(find(term), 0.0) if find else 0.0

    @cached_property
    def synonyms(self) -> Synonyms:
        """The synonyms, the corpus's own over the general ones."""
        return Synonyms(lambda first: self._synonyms.get(first) or ())

    @cached_property
    def common_terms(self) -> frozenset[str]:
        """The terms of everyday words."""
        return frozenset(bytes(self.store.view("common")).decode().split("\n"))

    @cached_property
    def references(self) -> dict[str, dict[int, str]]:
        """Reference entries by source name and number."""
        return {record["name"]: dict(record["entries"]) for record in self.sources}

    @cached_property
    def sources(self) -> list[dict[str, Any]]:
        """All that was read of the sources, as `dnqa.index.source_records` keeps it."""
        records: list[dict[str, Any]] = self.store.read_json("sources")
        return records
