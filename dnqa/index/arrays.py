"""Reads the words of many passages by numpy, to the same numbers as plain Python does."""

import threading
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np

from dnqa.index.store import BLOCK, Store, choose_code
from dnqa.index.vocabulary import Near, Vocabulary, read_lines, set_bits
from dnqa.index.wordfield import HEADING_SHARE, PAIR_REACH, SYNONYM_SHARE, Concept, Pair, WordField, saturate

Numbers = np.ndarray[Any, Any]

_DENSE = 5
"""So many places are written into an array of all passages in the time of finding one by halving."""
_RARE = 4096
"""Postings that are no more than that are remembered for a while."""
_COMMON = 64
"""A term that one passage in so many has is spread out, to be looked up at once; the last ones used are kept so."""
_FEW_NAMES = 16  # terms that are sooner compared one by one than looked up
_COUNTED_AT_ONCE = 1 << 22  # pairs times passages
_SMALL = 1 << 18
"""Bytes; a section that is no larger is checked as a whole, which takes a fifth of a millisecond at most."""
_SPREAD_BYTES = 1 << 26
"""So much memory common terms that are spread out may take."""


class Postings(NamedTuple):
    """The passages that hold a word of a question, ascending, and how far each does."""

    rows: Numbers
    shares: Numbers


class Column(NamedTuple):
    """A term in the index: its number, where its postings begin and end, and the greatest of its shares."""

    number: int
    start: int
    stop: int
    most: float


class Section:
    """A section of numbers of which any may be taken, each block of it checked before."""

    def __init__(self, store: Store, name: str) -> None:
        self.numbers = np.frombuffer(store.unchecked(name), store.code(name))
        self._store = store
        self._start = store.start(name)
        self._is_checked = np.frombuffer(store.is_checked, np.uint8)
        self._is_whole = 0 < self.numbers.nbytes <= _SMALL
        if self._is_whole:
            store.check(self._start, self._start + self.numbers.nbytes)

    def check(self, starts: Numbers, stops: Numbers | None = None) -> None:
        """Check the blocks that some numbers are in, or some spans of numbers, none of them longer than a block."""
        if self._is_whole:
            return
        size = self.numbers.itemsize
        firsts = (starts * size + self._start) // BLOCK
        self._check(firsts)
        if stops is not None:
            lasts = (np.maximum(stops, starts + 1) * size - 1 + self._start) // BLOCK
            if (lasts - firsts > 1).any():
                for first, last in zip(firsts.tolist(), lasts.tolist(), strict=True):
                    self._store.check(first * BLOCK, last * BLOCK + 1)
            self._check(lasts)

    def _check(self, blocks: Numbers) -> None:
        if not self._is_checked[blocks].all():
            for block in set(blocks.tolist()):
                if not self._store.is_checked[block]:
                    self._store.check_block(block)

    def take(self, places: Numbers) -> Numbers:
        """The numbers at some places."""
        self.check(places)
        return self.numbers.take(places)


def merge(parts: Sequence[Numbers]) -> Numbers:
    """All numbers of some parts, ascending, each once; numpy.unique would import a hundred milliseconds of numpy.ma."""
    every = np.sort(np.concatenate(parts))
    return every[np.concatenate([[True], every[1:] != every[:-1]])] if len(every) else every


class Word:
    """A word of a question among many passages: its term, and each of its synonyms of which all terms are there.

    bound: what it can add to a score at most.
    size: how many passages have it, at most.
    """

    def __init__(self, field: "ArrayWordField", concept: Concept) -> None:
        self._field = field
        self.weight = concept.weight
        self.column = field.find_column(concept.term)
        meanings = ([field.find_column(term) for term in meaning] for meaning in concept.meanings)
        self._meanings = [
            sorted(filter(None, meaning), key=lambda column: column.stop - column.start)
            for meaning in meanings
            if meaning and None not in meaning
        ]
        most = [SYNONYM_SHARE * min(column.most for column in meaning) for meaning in self._meanings]
        size = [meaning[0].stop - meaning[0].start for meaning in self._meanings]
        if self.column:
            most.append(self.column.most)
            size.append(self.column.stop - self.column.start)
        self.bound = self.weight * max(most, default=0.0)
        self.size = sum(size)

    def read(self) -> Postings:
        """All passages that hold the word, and how far."""
        parts = [self._field.read(self.column)] if self.column else []
        for rarest, *others in self._meanings:
            rows, shares = self._field.read(rarest)
            rows = rows.astype(np.intp)
            for column in others:
                held = self._field.look_up(column, rows)
                rows, shares = rows[held > 0], np.minimum(shares, held)[held > 0]
            parts.append(Postings(rows, SYNONYM_SHARE * shares.astype(np.float64)))
        if len(parts) == 1:
            return parts[0]
        rows = merge([part.rows for part in parts])
        shares = np.zeros(len(rows))
        for part in parts:
            places = rows.searchsorted(part.rows)
            shares[places] = np.maximum(shares[places], part.shares)
        return Postings(rows, shares)

    def look_up(self, rows: Numbers) -> Numbers:
        """How far some passages, ascending, hold the word."""
        held = self._field.look_up(self.column, rows) if self.column else np.zeros(len(rows))
        for meaning in self._meanings:
            parts = [self._field.look_up(column, rows) for column in meaning]
            held = np.maximum(held, SYNONYM_SHARE * np.minimum.reduce(parts))
        return held


class _Scratch(threading.local):
    """Arrays for all passages, used again and again.

    is_seen: whether a passage has been found; False for all between two uses.
    places: where a passage stands among some postings, if it stands there; anything between two uses.
    counting: 0, 1, 2 and so on.
    """

    def __init__(self, n_rows: int) -> None:
        self.is_seen = np.zeros(n_rows, bool)
        self.places = np.zeros(n_rows, np.int32)
        self.counting = np.arange(n_rows // _COMMON + 1, dtype=np.int32)


class ArrayWordField(WordField):
    """The passages' own words, of many passages."""

    def __init__(self, store: Store, n_rows: int) -> None:
        super().__init__(store, n_rows)
        self.find_column = lru_cache(1 << 15)(self._find_column)
        self._values = np.array(self._shares, np.float32)
        self._values_or_none = np.array([0.0, *self._shares])
        self._damping = Section(store, "words.damping")
        self._above = Section(store, "words.headings")
        self._begins = Section(store, "words.sequences")
        self._order = Section(store, "words.order")
        self._has_headings = bool(store.header["has_headings"])
        self.most_pair = float(store.header["most_pair"])
        """The greatest share of any pair in any passage."""
        self.most_per_word = 1 / HEADING_SHARE if self._has_headings else 1.0
        """How often a pair can be there at most for each time that each of its words is."""
        self.scratch = _Scratch(n_rows)
        self._read_rare = lru_cache(maxsize=256)(self._read)
        self._spread_code = choose_code(len(self._shares) + 1)
        size = n_rows * np.dtype(self._spread_code).itemsize
        self._spread = lru_cache(max(1, _SPREAD_BYTES // size))(self._spread_out)

    def _find_column(self, term: str) -> Column | None:
        number = self.column(term)
        if number is None:
            return None
        start, stop = self._span(number)
        return Column(number, start, stop, self._store.number("words.most", number))

    def read(self, column: Column) -> Postings:
        """All passages that have a term, and their shares."""
        return self._read_rare(column) if column.stop - column.start <= _RARE else self._read(column)

    def _read(self, column: Column) -> Postings:
        rows, shares = (self._read_numbers(name, column) for name in ("words.rows", "words.shares"))
        return Postings(rows, self._values.take(shares))

    def _read_numbers(self, name: str, column: Column) -> Numbers:
        numbers = self._store.numbers(name, column.start, column.stop)
        return np.frombuffer(numbers, self._store.code(name))

    def look_up(self, column: Column, rows: Numbers) -> Numbers:
        """The shares of a term in some passages, ascending; 0 for those that do not have it."""
        n = column.stop - column.start
        if n * _COMMON > self.n_rows:
            return self._values_or_none.take(self._spread(column).take(rows))
        own = self._read_numbers("words.rows", column)
        if len(rows) * _DENSE > n:
            at = self.scratch.places  # what others have left there is told by its row
            at[own.astype(np.intp)] = self.scratch.counting[:n]
            places: Numbers = at.take(rows)
        else:
            places = own.searchsorted(rows.astype(own.dtype))
        found = (own.take(places, mode="clip") == rows).nonzero()[0]
        held = np.zeros(len(rows))
        held[found] = self._values.take(self._read_numbers("words.shares", column).take(places.take(found)))
        return held

    def _spread_out(self, column: Column) -> Numbers:
        """For every passage which share of a common term it has, counted from 1; 0 for none."""
        own = self._read_numbers("words.rows", column)
        spread = np.zeros(self.n_rows, self._spread_code)
        spread[own.astype(np.intp)] = self._read_numbers("words.shares", column) + spread.dtype.type(1)
        return spread

    def take_damping(self, rows: Numbers) -> Numbers:
        """What counts of some passages are divided by, less the count."""
        return self._damping.take(rows).astype(np.float64)

    def score(self, concepts: Sequence[Concept], pairs: Sequence[Pair], rows: Sequence[int]) -> list[float]:
        """How much of a question some passages, ascending, hold; as WordField.score."""
        weight = sum(concept.weight for concept in concepts)
        totals = np.zeros(len(rows))
        if not weight or not rows:
            return totals.tolist()
        wanted = np.asarray(rows, np.intp)
        for concept in concepts:
            totals += concept.weight * Word(self, concept).look_up(wanted)
        totals += self.score_pairs(self.weigh_pairs(pairs), wanted)
        scores: list[float] = (totals / weight).tolist()
        return scores

    def top(self, concepts: Sequence[Concept], pairs: Sequence[Pair], depth: int) -> list[tuple[int, float]]:
        """The best passages and their scores, as WordField.top."""
        from dnqa.index.maxscore import find_best

        words = [word for word in (Word(self, concept) for concept in concepts) if word.size]
        rows, totals = find_best(self, words, self.weigh_pairs(pairs), depth)
        scores = totals / (sum(concept.weight for concept in concepts) or 1.0)
        return list(zip(rows.tolist(), scores.tolist(), strict=True))

    def score_pairs(self, weights: Mapping[tuple[int, int], float], rows: Numbers) -> Numbers:
        """What pairs add to the scores of some passages."""
        n_at_once = max(1, _COUNTED_AT_ONCE // max(1, len(weights)))
        if len(rows) > n_at_once:
            parts = [rows[start : start + n_at_once] for start in range(0, len(rows), n_at_once)]
            return np.concatenate([self.score_pairs(weights, part) for part in parts])
        gained = np.zeros(len(rows))
        if not weights or not len(rows):
            return gained
        counts = self._count_in_sequences(list(weights), rows)
        if self._has_headings:
            above_each = self._above.take(rows)
            above = merge([above_each])
            places = above.searchsorted(above_each)
            of_headings = self._count_in_sequences(list(weights), above.astype(np.intp) + self.n_rows)
            counts = counts + HEADING_SHARE * of_headings[:, places]
        damping = self.take_damping(rows)
        for weight, count in zip(weights.values(), counts, strict=True):
            gained += weight * saturate(count, damping)
        return gained

    def _count_in_sequences(self, pairs: Sequence[tuple[int, int]], numbers: Numbers) -> Numbers:
        """How often each of some pairs is in each of some sequences; a row for each pair."""
        starts, stops = self._begins.take(numbers).astype(np.int64), self._begins.take(numbers + 1).astype(np.int64)
        self._order.check(starts, stops)
        lengths = stops - starts
        owners = np.repeat(np.arange(len(numbers)), lengths)
        places = np.arange(len(owners)) + np.repeat(starts - (lengths.cumsum() - lengths), lengths)
        terms = self._order.numbers.take(places)
        columns = np.array(sorted({column for pair in pairs for column in pair}))
        if len(columns) <= _FEW_NAMES:
            names = np.full(len(terms), len(columns), np.uint8)
            for name, column in enumerate(columns):
                names[terms == column] = name
            at = (names < len(columns)).nonzero()[0]
        else:
            names = columns.searchsorted(terms).clip(max=len(columns) - 1)
            at = (columns.take(names) == terms).nonzero()[0]
        named, owner = names.take(at).astype(np.int64), owners.take(at)
        keys = [columns.searchsorted(one) * len(columns) + columns.searchsorted(other) for one, other in pairs]
        wanted = np.array(sorted(keys))
        found: list[Numbers] = []
        for step in range(1, PAIR_REACH + 1):  # of terms that are named, a neighbour is no further than one in the text
            near = ((at[step:] - at[:-step] <= PAIR_REACH) & (owner[step:] == owner[:-step])).nonzero()[0]
            one, other = named.take(near), named.take(near + step)
            key = np.minimum(one, other) * len(columns) + np.maximum(one, other)
            place = wanted.searchsorted(key).clip(max=len(wanted) - 1)
            is_wanted = (wanted.take(place) == key).nonzero()[0]
            found.append(place.take(is_wanted) * len(numbers) + owner.take(near.take(is_wanted)))
        counts = np.bincount(np.concatenate(found), minlength=len(wanted) * len(numbers)).reshape(-1, len(numbers))
        return counts[wanted.searchsorted(keys)]


class ArrayVocabulary(Vocabulary):
    """Many words that questions are spelled by."""

    def __init__(self, store: Store) -> None:
        super().__init__(store)
        self._starts = Section(store, "spellings.starts")
        self._lines = Section(store, "spellings")
        self._bytes = store.unchecked("spellings")
        self._letters = Section(store, "spellings.letters")
        self._heard = Section(store, "spellings.sounds")

    def near(self, word: str, heard: str, edits: int) -> Near:
        """The words that may be near, as Vocabulary.near, but for most that have too many other letters."""
        groups = list(self.find_groups(word, heard, edits))
        if not groups:
            return Near([], [], [])
        places = np.concatenate([np.arange(start, stop) for _, start, stop in groups])
        lengths = np.repeat([length for length, _, _ in groups], [stop - start for _, start, stop in groups])
        written = (np.abs(lengths - len(word)) <= edits) & _differ_by(self._letters.take(places), set_bits(word), edits)
        found = places[written | _differ_by(self._heard.take(places), set_bits(heard), 1)]
        starts, stops = self._starts.take(found).astype(np.int64), self._starts.take(found + 1).astype(np.int64)
        self._lines.check(starts, stops)
        spans = zip(starts.tolist(), stops.tolist(), strict=True)
        return read_lines(b"".join([self._bytes[start:stop] for start, stop in spans]))


def _differ_by(bits: Numbers, others: int, most: int) -> Numbers:
    """Whether letters, as bits, lack at most so many of others, and have at most so many that those have not."""
    has_most = np.bitwise_count(~bits & np.uint32(others)) <= most
    is_near: Numbers = has_most & (np.bitwise_count(bits & ~np.uint32(others)) <= most)
    return is_near
