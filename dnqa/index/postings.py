# cython: boundscheck=False, initializedcheck=False
"""The passages that hold words: the sections of the index that say which, and what is noted while they are scored.

These are innermost loops, over numbers as they lie in the index. They are plain Python, quick enough for some thousands
of passages. `postings.pxd` says which types the names have in C: where there is a compiler, the same lines are compiled
when dnqa is installed, and are quick enough for millions. `dnqa.index.scorer` and `likeness` are made in the same way.

Compiled, no place is doubted twice: whoever reads numbers of a section has them checked first.
"""

from array import array
from collections.abc import Sequence
from typing import Any

from dnqa.index.store import BLOCK, Store

Numbers = Any
"""Numbers one behind the other: an array, or a part of the index."""
_END = 1 << 32
"""Stands behind the last passage that holds a word, and behind all others."""

_WINDOW = 1 << 14
"""Passages that are scored together: so many that it pays, so few that what is known of them stays at hand."""
_SEEK_COST = 16
"""Postings that are read while one is sought."""


class Section:
    """A section of numbers, each block of it checked before it is believed."""

    def __init__(self, store: Store, name: str, size: int) -> None:
        """Read a section of numbers of so many bytes each."""
        self.store = store
        self.name = name
        self.is_checked = store.is_checked
        self.begin = store.start(name)
        self.n_numbers = store.n_numbers(name)
        self.size = size
        self.block_bits = BLOCK.bit_length() - 1

    def check(self, start: int, stop: int) -> None:
        """Check the numbers from one to before another, as Store.check does bytes. Raises DamagedIndexError."""
        if start < 0 or stop < start or stop > self.n_numbers:
            self.store.numbers(self.name, start, stop)  # there are none, and it says so
        if start < stop:
            block = (self.begin + start * self.size) >> self.block_bits
            last = (self.begin + stop * self.size - 1) >> self.block_bits
            while block <= last:
                if not self.is_checked[block]:
                    self.store.check_block(block)
                block += 1


class Wholes(Section):
    """A section of whole numbers of four bytes."""

    def __init__(self, store: Store, name: str) -> None:
        super().__init__(store, name, 4)
        self.numbers = store.unchecked(name, "I")


class Floats(Section):
    """A section of other numbers of four bytes."""

    def __init__(self, store: Store, name: str) -> None:
        super().__init__(store, name, 4)
        self.numbers = store.unchecked(name, "f")


class Postings:
    """The passages that hold a word of a question, ascending, how far each does, and how far they have been read.

    spread: how far each of all passages does, 0 where one does not; None if that has to be sought.
    """

    def __init__(self) -> None:
        self.rows: Numbers = None
        self.shares: Numbers = None
        self.spread: Numbers = None
        self.start = self.place = self.stop = 0
        self.weight = 1.0

    def __len__(self) -> int:
        return self.stop - self.start

    def weigh(self, weight: float) -> "Postings":
        """The same, to be read from the beginning, with what the word weighs."""
        postings = make_postings(self.rows, self.shares, self.start, self.stop)
        postings.weight = weight
        postings.spread = self.spread
        return postings

    def spread_out(self, n_rows: int) -> None:
        """Know how far each of all passages holds the word."""
        spread = array("f", [0.0]) * n_rows
        for place in range(self.start, self.stop):
            row = self.rows[place]
            if row < n_rows:
                spread[row] = self.shares[place]
        self.spread = spread

    def row(self) -> int:
        """The passage that is to be read next."""
        return self.rows[self.place] if self.place < self.stop else _END

    def share(self) -> float:
        """How far that passage holds the word, times what it weighs."""
        share: float = self.weight * self.shares[self.place]
        return share

    def seek(self, row: int) -> float:
        """How far a passage holds the word, 0 if it does not; none before it will be sought any more."""
        step = 1
        low = self.place
        while low + step < self.stop and self.rows[low + step] < row:
            low += step
            step *= 2
        self.place = low = self.find(row, low, min(low + step, self.stop))
        return self.shares[low] if low < self.stop and self.rows[low] == row else 0.0

    def find(self, row: int, low: int, high: int) -> int:
        """The first place from one on, or the other, where no passage before some one stands."""
        while low < high:
            middle = (low + high) // 2
            if self.rows[middle] < row:
                low = middle + 1
            else:
                high = middle
        return low


class Held:
    """The passages that hold a word.

    word: its term.
    postings: which, and how far each does.
    most: how far any does at most.
    column: the number of its term in the index, -1 if no passage has it.
    """

    def __init__(self, word: str, postings: Postings, most: float, column: int) -> None:
        self.word, self.postings, self.most, self.column = word, postings, most, column

    def __len__(self) -> int:
        return len(self.postings)


def make_postings(rows: Numbers, shares: Numbers, start: int, stop: int) -> Postings:
    """Postings from one to before another of some rows and shares, whole numbers and other ones of four bytes each."""
    postings = Postings()
    postings.rows, postings.shares = rows, shares
    postings.start = postings.place = start
    postings.stop = stop
    return postings


def read_postings(rows: Wholes, shares: Floats, start: int, stop: int) -> Postings:
    """The same from sections of the index. Raises DamagedIndexError."""
    rows.check(start, stop)
    shares.check(start, stop)
    return make_postings(rows.numbers, shares.numbers, start, stop)


def intersect(words: Sequence[Postings]) -> Postings:
    """The passages that hold all of some words, as far as the word that they hold least; of one word, its own."""
    rows, shares = array("I"), array("f")
    first, *others = sorted(words, key=len)
    while others and first.row() < _END:
        row = first.row()
        share = first.shares[first.place]
        for other in others:
            share = min(share, other.seek(row))
        if share > 0:
            rows.append(row)
            shares.append(share)
        first.place += 1
    return make_postings(rows, shares, 0, len(rows)) if others else first


def unite(one: Postings, other: Postings) -> Postings:
    """The passages that hold either of two words, as far as the one that they hold more, times what that weighs."""
    rows, shares = array("I"), array("f")
    while True:
        row = min(one.row(), other.row())
        if row == _END:
            return make_postings(rows, shares, 0, len(rows))
        share = 0.0
        if one.row() == row:
            share = one.share()
            one.place += 1
        if other.row() == row:
            share = max(share, other.share())
            other.place += 1
        rows.append(row)
        shares.append(share)


class Window:
    """Passages that are scored together; what is known of them is 0 between two searches.

    begin: the first of them. Each is known by its place behind that.
    totals: what they score so far, without pairs.
    masks: which words of the question they hold, as bits.
    touched: those that hold any, the first n_touched of it.
    """

    def __init__(self) -> None:
        self.begin = 0
        self.totals = array("d", bytes(8 * _WINDOW))
        self.masks = array("I", bytes(4 * _WINDOW))
        self.touched = array("I", bytes(4 * (_WINDOW + 1)))
        self.n_touched = 0

    def add(self, word: Postings, bit: int) -> None:
        """Take in the passages that hold a word: add how far each does to its total, and a bit to its mask."""
        end = self.begin + _WINDOW
        if word.row() >= end:
            return
        rows, shares, weight, place = word.rows, word.shares, word.weight, word.place
        totals, masks, touched, n_touched = self.totals, self.masks, self.touched, self.n_touched
        while place < word.stop and rows[place] < end:
            slot = rows[place] - self.begin
            mask = masks[slot]
            touched[n_touched] = slot
            n_touched += mask == 0
            masks[slot] = mask | bit
            totals[slot] += weight * shares[place]
            place += 1
        word.place = place
        self.n_touched = n_touched

    def finish(self, word: Postings, bit: int) -> None:
        """The same, for passages alone that hold another word already."""
        if not self.n_touched:
            return
        word.seek(self.begin)
        start = word.place
        word.seek(self.begin + _WINDOW)
        stop = word.place
        if start == stop:
            return
        rows, shares, weight = word.rows, word.shares, word.weight
        totals, masks, touched = self.totals, self.masks, self.touched
        if word.spread is not None and self.n_touched < stop - start:
            spread = word.spread
            for number in range(self.n_touched):
                slot = touched[number]
                share = spread[self.begin + slot]
                masks[slot] |= bit * (share > 0)
                totals[slot] += weight * share
        elif self.n_touched * _SEEK_COST < stop - start:
            for number in range(self.n_touched):
                slot = touched[number]
                place = word.find(self.begin + slot, start, stop)
                if place < stop and rows[place] == self.begin + slot:
                    masks[slot] |= bit
                    totals[slot] += weight * shares[place]
        else:
            for place in range(start, stop):
                slot = rows[place] - self.begin
                if masks[slot]:
                    masks[slot] |= bit
                    totals[slot] += weight * shares[place]

    def clear(self) -> None:
        """Forget all passages."""
        for number in range(self.n_touched):
            slot = self.touched[number]
            self.totals[slot], self.masks[slot] = 0.0, 0
        self.n_touched = 0


class Best:
    """The n best passages so far, as a heap: none is better than those behind it, the worst stands first.

    size: how many there are.
    least: what the worst of n scores, 0 as long as there are fewer.
    """

    def __init__(self) -> None:
        self.n = self.size = 0
        self.least = 0.0
        self.scores = array("d", [0.0])
        self.rows = array("q", [0])

    def begin(self, n: int) -> None:
        """Begin anew, with none; n is at least 1."""
        if n > len(self.scores):
            self.scores = array("d", [0.0]) * n
            self.rows = array("q", [0]) * n
        self.n, self.size, self.least = n, 0, 0.0

    def is_better(self, place: int, score: float, row: int) -> bool:
        """Whether one is better than a passage that scores so much; of as good ones the first is."""
        return self.scores[place] > score or (self.scores[place] == score and self.rows[place] < row)

    def put(self, score: float, row: int) -> None:
        """Take a passage, if it is among the best."""
        if self.size == self.n:
            if not self.is_better(0, score, row):
                self.sink(score, row)
        else:
            place = self.size
            self.size += 1
            while place > 0 and self.is_better((place - 1) // 2, score, row):
                self.move((place - 1) // 2, place)
                place = (place - 1) // 2
            self.scores[place], self.rows[place] = score, row
        if self.size == self.n:
            self.least = self.scores[0]

    def sink(self, score: float, row: int) -> None:
        """Put a passage in the place of the worst."""
        place, below = 0, 1
        while below < self.size:
            if below + 1 < self.size and self.is_better(below, self.scores[below + 1], self.rows[below + 1]):
                below += 1
            if self.is_better(below, score, row):
                break
            self.move(below, place)
            place, below = below, 2 * below + 1
        self.scores[place], self.rows[place] = score, row

    def move(self, place: int, to: int) -> None:
        """Move a passage to another place."""
        self.scores[to], self.rows[to] = self.scores[place], self.rows[place]

    def take_all(self) -> list[tuple[int, float]]:
        """Take away all passages, with their scores, best first."""
        found = []
        while self.size > 0:
            found.append((self.rows[0], self.scores[0]))
            self.size -= 1
            self.sink(self.scores[self.size], self.rows[self.size])
        found.reverse()
        return found
