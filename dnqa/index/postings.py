"""The passages that hold the words of a question, and the best of them.

These are innermost loops, over numbers as they lie in the index. They are plain Python, quick enough for some thousands
of passages. `postings.pxd` says which types the names have in C: where there is a compiler, the same lines are compiled
when dnqa is installed, and are quick enough for millions.
"""

from array import array
from collections.abc import Callable, Sequence
from heapq import heappush, heapreplace
from typing import Any

from dnqa.index.store import BLOCK, Store

_MOST_BITS = 31
"""So many words of a question are told apart by bits; the last of these is shared by all that follow."""
_ALL_BITS = 0x7FFFFFFF
_SIEVED = 63
"""The last bits of a term tell at once that it is none of a question's, most often."""
_END = 1 << 32
"""Stands behind the last passage that holds a word."""
_WINDOW = 1 << 13
"""Passages that are scored together: so many that it pays, so few that what is known of them stays at hand."""
_ROUNDING = 1 + 1e-6
"""Bounds are a little wider than what they bound, however sums were rounded."""


class Section:
    """A section of numbers, each block of it checked before it is believed."""

    def __init__(self, store: Store, name: str, size: int) -> None:
        """Read a section of numbers of so many bytes each."""
        self.store = store
        self.is_checked = store.is_checked
        self.begin = store.start(name)
        self.size = size
        self.block = BLOCK

    def check(self, start: int, stop: int) -> None:
        """Check the numbers from one to before another, as Store.check does bytes. Raises DamagedIndexError."""
        if start < stop:
            block = (self.begin + start * self.size) // self.block
            last = (self.begin + stop * self.size - 1) // self.block
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


class Window:
    """Passages that are scored together, from one on; what is known of them is 0 between two searches.

    totals: what they score so far.
    masks: which words of the question they hold, as bits.
    touched: those that hold any, the first n_touched of it.
    """

    def __init__(self) -> None:
        self.totals = array("d", bytes(8 * _WINDOW))
        self.masks = array("I", bytes(4 * _WINDOW))
        self.touched = array("I", bytes(4 * _WINDOW))
        self.n_touched = 0


class Postings:
    """The passages that hold a word of a question, ascending, how far each does, and how far they have been read."""

    def __init__(self) -> None:
        self.rows: Any = None
        self.shares: Any = None
        self.start = self.place = self.stop = 0
        self.weight = 1.0

    def __len__(self) -> int:
        return self.stop - self.start

    def weigh(self, weight: float) -> "Postings":
        """The same, to be read from the beginning, with what the word weighs."""
        postings = make_postings(self.rows, self.shares, self.start, self.stop)
        postings.weight = weight
        return postings

    def row(self) -> int:
        """The passage that is to be read next."""
        return self.rows[self.place] if self.place < self.stop else _END

    def add(self, window: Window, begin: int, bit: int, leads: bool) -> None:
        """Add to the totals of a window how far its passages hold the word, and its bit to their masks.

        begin: the first passage of the window. leads: whether passages that hold no other word so far are taken in.
        """
        if not leads:
            if not window.n_touched:
                return
            self.seek(begin)
        rows, shares, weight = self.rows, self.shares, self.weight
        totals, masks, touched, n_touched = window.totals, window.masks, window.touched, window.n_touched
        place, stop = self.place, self.stop
        end = begin + _WINDOW
        while place < stop and rows[place] < end:
            slot = rows[place] - begin
            mask = masks[slot]
            if mask or leads:
                if not mask:
                    touched[n_touched] = slot
                    n_touched += 1
                masks[slot] = mask | bit
                totals[slot] += weight * shares[place]
            place += 1
        self.place = place
        window.n_touched = n_touched

    def seek(self, row: int) -> float:
        """How far a passage holds the word, 0 if it does not; none before it will be sought any more."""
        step = 1
        low = self.place
        while low + step < self.stop and self.rows[low + step] < row:
            low += step
            step *= 2
        high = min(low + step, self.stop)
        while low < high:
            middle = (low + high) // 2
            if self.rows[middle] < row:
                low = middle + 1
            else:
                high = middle
        self.place = low
        return self.shares[low] if low < self.stop and self.rows[low] == row else 0.0


def make_postings(rows: Any, shares: Any, start: int, stop: int) -> Postings:
    """Postings from one to before another of some rows and shares, whole numbers and other ones of four bytes each."""
    postings = Postings()
    postings.rows, postings.shares = rows, shares
    postings.start = postings.place = start
    postings.stop = stop
    return postings


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


def find_first(words: list[Postings], n: int) -> int:
    """The passage that is to be read next of the first n of some words."""
    row = _END
    for number in range(n):
        word = words[number]
        row = min(row, word.row())
    return row


def unite(words: list[Postings]) -> Postings:
    """The passages that hold any of some words, as far as the one that they hold most, times what that weighs."""
    rows, shares = array("I"), array("f")
    while True:
        row = find_first(words, len(words))
        if row == _END:
            return make_postings(rows, shares, 0, len(rows))
        share = 0.0
        for word in words:
            if word.row() == row:
                share = max(share, word.weight * word.shares[word.place])
                word.place += 1
        rows.append(row)
        shares.append(share)


class Pairs:
    """The pairs of a question, and how often each is in a passage.

    terms: of the words of the question, -1 for one that no passage has. of: the pair of any two words, -1 for none.
    weights: what each pair counts. masks: its words, as bits.
    most: the greatest share of any pair in any passage.
    hides_some: whether bits do not tell if a passage has both terms of a pair.
    sieve: bits of the terms, by their last bits.
    """

    def __init__(self, terms: Sequence[int], n_most: int, most: float) -> None:
        """No pairs yet; there may be n_most."""
        self.n, self.n_words = 0, len(terms)
        self.terms = array("q", terms)
        self.of = array("i", [-1]) * (self.n_words * self.n_words)
        self.weights = array("d", [0.0]) * n_most
        self.counts = array("d", [0.0]) * n_most
        self.masks = array("I", [0]) * n_most
        self.most = most
        self.hides_some, self.sieve = False, 0
        for term in terms:
            if term >= 0:
                self.sieve |= 1 << (term & _SIEVED)

    def bound(self, mask: int) -> float:
        """What a passage can gain by pairs that has the words of some bits."""
        if mask & (mask - 1) == 0 and not self.hides_some:
            return 0.0
        gain = 0.0
        for number in range(self.n):
            if mask & self.masks[number] == self.masks[number]:
                gain += self.weights[number]
        return gain * self.most

    def find(self, term: int) -> int:
        """The word that has a term, -1 if there is none."""
        for number in range(self.n_words):
            if self.terms[number] == term:
                return number
        return -1


def read_bit(place: int) -> int:
    """The bit of a word by its place in the question; those behind the last bit share it."""
    return 1 << min(place, _MOST_BITS - 1)


class Words:
    """The passages' own words, as `dnqa.index.wordfield.WordField` keeps them.

    heading_share: what a pair in a heading counts beside one in the passage, 0 if no heading has a term.
    reach: how far from each other the terms of a pair are at most.
    most_pair: the greatest share of any pair in any passage.
    """

    def __init__(self, store: Store, n_rows: int, saturation: float, heading_share: float, reach: int) -> None:
        self.n_rows = n_rows
        self.saturation = saturation
        self.heading_share = heading_share
        self.reach = reach
        self.most_pair = store.header["most_pair"]
        self.rows = Wholes(store, "words.rows")
        self.shares = Floats(store, "words.shares")
        self.damping = Floats(store, "words.damping")
        self.above = Wholes(store, "words.headings")
        self.sequences = Wholes(store, "words.sequences")
        self.order = Wholes(store, "words.order")
        self.windows: list[Window] = []  # that no search uses; one that is interrupted keeps its own

    def read(self, start: int, stop: int) -> Postings:
        """The postings of a term. Raises DamagedIndexError."""
        self.rows.check(start, stop)
        self.shares.check(start, stop)
        return make_postings(self.rows.numbers, self.shares.numbers, start, stop)

    def pair(self, terms: list[int], order: list[int], weigh: Callable[[int, int], float]) -> Pairs:
        """The unordered pairs of words that stand near each other in a question; one that comes again counts more.

        terms: of its words, -1 for one that no passage has. order: the words as they were asked, by their places; -1
        for what does not count. weigh: what a pair counts, by the lower and the higher term.
        """
        n_words = len(terms)
        pairs = Pairs(terms, min(self.reach * len(order), n_words * n_words), self.most_pair)
        for distance in range(1, self.reach + 1):
            for at in range(distance, len(order)):
                one, other = order[at - distance], order[at]
                if one < 0 or other < 0 or terms[one] < 0 or terms[other] < 0:
                    continue
                pair = pairs.of[one * n_words + other]
                if pair < 0:
                    pair = pairs.n
                    pairs.n += 1
                    pairs.of[one * n_words + other] = pairs.of[other * n_words + one] = pair
                    pairs.masks[pair] = mask = read_bit(one) | read_bit(other)
                    pairs.hides_some = pairs.hides_some or mask & (mask - 1) == 0
                pairs.weights[pair] += weigh(min(terms[one], terms[other]), max(terms[one], terms[other]))
        return pairs

    def take_window(self) -> Window:
        """A window that no other search uses."""
        try:
            return self.windows.pop()
        except IndexError:
            return Window()

    def top(self, words: list[Postings], bounds: Sequence[float], pairs: Pairs, n: int) -> list[tuple[float, int]]:
        """The best passages: what they score and their numbers, those negated, in no order; at most n, from 1.

        Passages are taken up in document order, some thousands at a time, wherever a word leads to any. Once the best
        so far score more than any passage can that has only the commonest words, these no longer lead, but are added to
        what the others lead to (MaxScore, Turtle and Flood 1995).

        words: of the question, from the rarest to the commonest. bounds: what each can add to a score at most.
        """
        window = self.take_window()
        n_leading = len(words)
        best: list[tuple[float, int]] = []
        least = rest = 0.0
        while True:
            begin = find_first(words, n_leading)
            if begin == _END:
                self.windows.append(window)
                return best
            for number in range(len(words)):
                word = words[number]
                word.add(window, begin, read_bit(number), number < n_leading)
            for number in range(window.n_touched):
                slot = window.touched[number]
                total, mask = window.totals[slot], window.masks[slot]
                window.totals[slot], window.masks[slot] = 0.0, 0
                gain = pairs.bound(mask)
                if (total + gain) * _ROUNDING < least:
                    continue
                if gain > 0:
                    total += self.gain(pairs, begin + slot)
                    if total < least:
                        continue
                found = (total, -begin - slot)
                if len(best) < n:
                    heappush(best, found)
                elif found > best[0]:
                    heapreplace(best, found)
                if len(best) == n:
                    least = best[0][0]
            window.n_touched = 0
            while n_leading > 0:
                following = _ALL_BITS - (read_bit(n_leading - 1) - 1)
                if (rest + bounds[n_leading - 1] + pairs.bound(following)) * _ROUNDING >= least:
                    break
                n_leading -= 1
                rest += bounds[n_leading]

    def score(self, words: list[Postings], pairs: Pairs, rows: Sequence[int]) -> list[float]:
        """What some passages score, ascending."""
        scores = []
        for row in rows:
            total, mask = 0.0, 0
            for number in range(len(words)):
                word = words[number]
                share = word.seek(row)
                if share > 0:
                    total += word.weight * share
                    mask |= read_bit(number)
            if pairs.bound(mask) > 0:
                total += self.gain(pairs, row)
            scores.append(total)
        return scores

    def gain(self, pairs: Pairs, row: int) -> float:
        """What pairs add to the score of a passage."""
        for number in range(pairs.n):
            pairs.counts[number] = 0.0
        self.count(pairs, row, 1.0)
        if self.heading_share:
            self.above.check(row, row + 1)
            self.count(pairs, self.n_rows + self.above.numbers[row], self.heading_share)
        self.damping.check(row, row + 1)
        damping = self.damping.numbers[row]
        gained = 0.0
        for number in range(pairs.n):
            count = pairs.counts[number]
            if count > 0:
                gained += pairs.weights[number] * (count * (self.saturation + 1) / (count + damping))
        return gained

    def count(self, pairs: Pairs, sequence: int, share: float) -> None:
        """Add a share for each time that a pair is in a sequence of terms."""
        self.sequences.check(sequence, sequence + 2)
        start, stop = self.sequences.numbers[sequence], self.sequences.numbers[sequence + 1]
        self.order.check(start, stop)
        order, sieve = self.order.numbers, pairs.sieve
        for place in range(start, stop):
            term = order[place]
            if not sieve >> (term & _SIEVED) & 1:
                continue
            number = pairs.find(term)
            if number >= 0:
                for before in range(max(start, place - self.reach), place):
                    other = pairs.find(order[before])
                    if other >= 0:
                        pair = pairs.of[number * pairs.n_words + other]
                        if pair >= 0:
                            pairs.counts[pair] += share
