# cython: boundscheck=False, initializedcheck=False
"""The best passages for the words of a question, and what passages score.

Innermost loops, compiled where there is a compiler, as those of `dnqa.index.postings` are.
"""

from array import array
from collections.abc import Callable, Mapping, Sequence

from dnqa.index.postings import Best, Floats, Held, Postings, Wholes, Window
from dnqa.index.store import Store

_FEW_WORDS = 8
"""Most questions have no more; for more there is made room when they come."""
_MOST_BITS = 31
"""So many words of a question are told apart by bits; the last of these is shared by all that follow."""
_SIEVED = (1 << 10) - 1
"""The last bits of a term tell at once that it is none of a question's, most often."""
_SEVERAL = 255
_ROUNDING = 1 + 1e-6
"""Bounds are a little wider than what they bound, however sums and the numbers of the index were rounded."""


class Pairs:
    """The pairs of a question, and how often each is in a passage.

    terms: of the words of the question, n_words of them, -1 for one that no passage has.
    of: the pair of any two words, -1 for none.
    n: how many pairs.
    weights: what each pair counts. gains: what it adds to a score at most. counts: how often it is in the passage that
        is looked at. masks: its words, as bits.
    bounds: what pairs add to a score at most, by the words of a passage as bits; the first n_bounds are known.
    hides_some: whether bits do not tell if a passage has both terms of a pair.
    sieve: by the last bits of a term, a word that may have it, counted from 1; 0 if none has, _SEVERAL if several may.
    """

    def __init__(self, n_most: int) -> None:
        """No pairs yet; there may be those of so many words."""
        self.n_words = self.n = 0
        self.terms = array("q", [0]) * n_most
        self.of = array("i", [0]) * (n_most * n_most)
        self.weights = array("d", [0.0]) * (n_most * n_most)
        self.gains = array("d", [0.0]) * (n_most * n_most)
        self.counts = array("d", [0.0]) * (n_most * n_most)
        self.masks = array("I", [0]) * (n_most * n_most)
        self.hides_some = False
        self.sieve = array("B", bytes(_SIEVED + 1))
        self.bounds = array("d", bytes(8 << _FEW_WORDS))
        self.n_bounds = 0

    def begin(self, terms: list[int]) -> None:
        """Begin with the words of a question."""
        for number in range(self.n_words):
            self.sieve[self.terms[number] & _SIEVED] = 0
        self.n_words, self.n = len(terms), 0
        self.hides_some = False
        for number in range(self.n_words):
            term = terms[number]
            self.terms[number] = term
            if term >= 0:
                is_alone = self.sieve[term & _SIEVED] == 0 and number + 1 < _SEVERAL
                self.sieve[term & _SIEVED] = number + 1 if is_alone else _SEVERAL
        for cell in range(self.n_words * self.n_words):
            self.of[cell] = -1

    def add(self, one: int, other: int, weight: float, most: float) -> None:
        """Add a pair of two words; one that comes again counts more.

        most: how great a share it can have in a passage.
        """
        pair = self.of[one * self.n_words + other]
        if pair < 0:
            pair = self.n
            self.n += 1
            self.of[one * self.n_words + other] = self.of[other * self.n_words + one] = pair
            self.weights[pair] = self.gains[pair] = 0.0
            self.masks[pair] = mask = read_bit(one) | read_bit(other)
            self.hides_some = self.hides_some or mask & (mask - 1) == 0
        self.weights[pair] += weight
        self.gains[pair] += weight * most

    def finish(self) -> None:
        """Know the bounds of few words beforehand."""
        self.n_bounds = 0
        if self.n_words <= _FEW_WORDS:
            for mask in range(1 << self.n_words):
                self.bounds[mask] = self.add_up(mask)
            self.n_bounds = 1 << self.n_words

    def bound(self, mask: int) -> float:
        """What pairs add at most to the score of a passage with the words of some bits."""
        return self.bounds[mask] if mask < self.n_bounds else self.add_up(mask)

    def add_up(self, mask: int) -> float:
        """The same, found out."""
        if mask & (mask - 1) == 0 and not self.hides_some:
            return 0.0
        gain = 0.0
        for number in range(self.n):
            if mask & self.masks[number] == self.masks[number]:
                gain += self.gains[number]
        return gain

    def find(self, term: int) -> int:
        """The word that has a term, -1 if there is none."""
        word = self.sieve[term & _SIEVED]
        if word == 0:
            return -1
        if word < _SEVERAL:
            return word - 1 if self.terms[word - 1] == term else -1
        for number in range(self.n_words):
            if self.terms[number] == term:
                return number
        return -1


def read_bit(place: int) -> int:
    """The bit of a word by its place in the question; those behind the last bit share it."""
    return 1 << min(place, _MOST_BITS - 1)


def read_bits(start: int, stop: int) -> int:
    """The bits of the words of a question from one to before another."""
    return 2 * read_bit(stop - 1) - read_bit(start)


def read_weighed(words: Sequence[Held], weights: Mapping[str, float], together: float) -> list[Postings]:
    """The postings of some words, with what each weighs as a part of what they weigh together."""
    readers = []
    for number in range(len(words)):
        word = words[number]
        readers.append(word.postings.weigh(weights[word.word] / together))
    return readers


def place_terms(words: Sequence[Held], terms: Sequence[str]) -> list[int]:
    """The terms of a question in order, by the places of its words; -1 for what is none of them."""
    places = {}
    for number in range(len(words)):
        word = words[number]
        places[word.word] = number
    return [places.get(term, -1) for term in terms]


def find_first(words: list[Postings], n: int, end: int) -> int:
    """The passage that is to be read next of the first n of some words, an end if there is none."""
    first = end
    for number in range(n):
        word = words[number]
        first = min(first, word.row())
    return first


def find_floor(window: Window, floors: Best, n: int) -> float:
    """The n-th highest total of a window, which is what the n best score at least; 0 if there are fewer."""
    if n > window.n_touched:
        return 0.0
    floors.begin(n)
    for number in range(window.n_touched):
        total = window.totals[window.touched[number]]
        if total > floors.least:
            floors.put(total, 0)
    return floors.least


def count_leading(rests: list[float], pairs: Pairs, n: int, least: float) -> int:
    """How many words lead to passages that score enough: not those that are too little together.

    rests: what each of the words can add to a score at most, with all that follow. n: how many led so far.
    """
    n_words = len(rests) - 1
    while n > 0 and (rests[n - 1] + pairs.bound(read_bits(n - 1, n_words))) * _ROUNDING < least:
        n -= 1
    return n


def keep(window: Window, pairs: Pairs, least: float) -> None:
    """Forget the passages that score less, with all the pairs that they may have."""
    n_kept = 0
    for number in range(window.n_touched):
        slot = window.touched[number]
        if (window.totals[slot] + pairs.bound(window.masks[slot])) * _ROUNDING < least:
            window.totals[slot], window.masks[slot] = 0.0, 0
        else:
            window.touched[n_kept] = slot
            n_kept += 1
    window.n_touched = n_kept


class Scorer:
    """The passages' own words, as `dnqa.index.wordfield.WordField` keeps them.

    weigh: what a pair counts, by the lower and the higher term, and how great a share it can have.
    saturation: the most that a count is worth, less 1.
    heading_share: what a pair in a heading counts beside one in the passage, 0 if no heading has a term.
    reach: how far from each other the terms of a pair are at most.
    """

    def __init__(
        self,
        store: Store,
        weigh: Callable[[int, int], tuple[float, float]],
        saturation: float,
        heading_share: float,
        reach: int,
    ) -> None:
        self.n_rows = store.header["n_passages"]
        self.weigh = weigh
        self.saturation = saturation
        self.heading_share = heading_share
        self.reach = reach
        self.damping = Floats(store, "words.damping")
        self.above = Wholes(store, "words.headings")
        self.sequences = Wholes(store, "words.sequences")
        self.order = Wholes(store, "words.order")
        self.windows: list[tuple[Window, Best, Best]] = []  # that no search uses; one that is interrupted keeps its own
        self.pairs: list[Pairs] = []  # the same

    def pair(self, words: Sequence[Held], together: float, asked: Sequence[str]) -> Pairs:
        """The unordered pairs of words that stand near each other in a question, as `top` takes them.

        together: what its words weigh together.
        """
        terms = [word.column for word in words]
        order = place_terms(words, asked)
        try:
            pairs = self.pairs.pop()
        except IndexError:
            pairs = Pairs(_FEW_WORDS)
        if len(pairs.terms) < len(terms):
            pairs = Pairs(len(terms))
        pairs.begin(terms)
        for distance in range(1, self.reach + 1):
            for at in range(distance, len(order)):
                one, other = order[at - distance], order[at]
                if one >= 0 and other >= 0 and terms[one] >= 0 and terms[other] >= 0:
                    weight, most = self.weigh(min(terms[one], terms[other]), max(terms[one], terms[other]))
                    pairs.add(one, other, weight / together, most)
        pairs.finish()
        return pairs

    def top(
        self, words: Sequence[Held], weights: Mapping[str, float], asked: Sequence[str], n: int
    ) -> list[tuple[int, float]]:
        """The best passages and their scores, best first, then in document order; at most n, from 1, all above 0.

        A score is 1 for all words once in a passage of mean length.

        Passages are taken up in document order, some thousands at a time, wherever a word leads to any. Once the best
        so far score more than any passage can that has only the commonest words, these no longer lead, but are added to
        what the others lead to (MaxScore, Turtle and Flood 1995).

        words: of the question, from the rarest to the commonest. weights: what each counts, by its term. asked: the
        terms of the whole question in order; what is none of the words does not count.
        """
        together = sum(weights.values()) or 1.0
        pairs = self.pair(words, together, asked)
        try:
            window, best, floors = self.windows.pop()
        except IndexError:
            window, best, floors = Window(), Best(), Best()
        readers = read_weighed(words, weights, together)
        rests = [0.0] * (len(words) + 1)
        for number in range(len(words) - 1, -1, -1):
            word, reader = words[number], readers[number]
            rests[number] = rests[number + 1] + word.most * reader.weight
        best.begin(n)
        least = 0.0
        n_leading = len(words)
        while True:
            window.begin = find_first(readers, n_leading, self.n_rows)
            if window.begin >= self.n_rows:
                break
            for number in range(len(words)):
                if number < n_leading:
                    window.add(readers[number], read_bit(number))
                    if best.size < n:
                        least = max(least, find_floor(window, floors, n))
                        n_leading = count_leading(rests, pairs, n_leading, least)
                else:
                    window.finish(readers[number], read_bit(number))
            least = self.choose(window, pairs, best, least)
            n_leading = count_leading(rests, pairs, n_leading, least)
        found = best.take_all()
        self.windows.append((window, best, floors))
        self.pairs.append(pairs)
        return found

    def choose(self, window: Window, pairs: Pairs, best: Best, least: float) -> float:
        """Take the passages of a window among the best, and forget it; what the last of these scores at least.

        Those come first that are good without their pairs, so that there are few of which these have to be counted.

        least: what the last scores so far.
        """
        good = least
        keep(window, pairs, least)
        for comes_first in (True, False):
            for number in range(window.n_touched):
                slot = window.touched[number]
                total = window.totals[slot]
                if (total >= good) != comes_first:
                    continue
                gain = pairs.bound(window.masks[slot])
                if (total + gain) * _ROUNDING < least:
                    continue
                if gain > 0:
                    total += self.gain(pairs, window.begin + slot)
                if total > 0:
                    best.put(total, window.begin + slot)
                least = max(least, best.least)
        window.clear()
        return least

    def score(
        self, words: Sequence[Held], weights: Mapping[str, float], asked: Sequence[str], rows: Sequence[int]
    ) -> list[float]:
        """What some passages score, ascending.

        words, weights, asked: as `top` takes them, the words in any order.
        """
        together = sum(weights.values()) or 1.0
        pairs = self.pair(words, together, asked)
        readers = read_weighed(words, weights, together)
        scores = []
        for row in rows:
            total, mask = 0.0, 0
            for number in range(len(readers)):
                reader = readers[number]
                share = reader.seek(row)
                if share > 0:
                    total += reader.weight * share
                    mask |= read_bit(number)
            if pairs.bound(mask) > 0:
                total += self.gain(pairs, row)
            scores.append(total)
        self.pairs.append(pairs)
        return scores

    def gain(self, pairs: Pairs, row: int) -> float:
        """What pairs add to the score of a passage."""
        for number in range(pairs.n):
            pairs.counts[number] = 0.0
        self.count(pairs, row, 1.0)
        if self.heading_share:
            self.above.check(row, row + 1)
            self.count(pairs, self.n_rows + self.above.numbers[row], self.heading_share)
        gained = 0.0
        for number in range(pairs.n):
            count = pairs.counts[number]
            if count > 0:
                self.damping.check(row, row + 1)
                gained += pairs.weights[number] * (count * (self.saturation + 1) / (count + self.damping.numbers[row]))
        return gained

    def count(self, pairs: Pairs, sequence: int, share: float) -> None:
        """Add a share for each time that a pair is in a sequence of terms."""
        self.sequences.check(sequence, sequence + 2)
        start, stop = self.sequences.numbers[sequence], self.sequences.numbers[sequence + 1]
        self.order.check(start, stop)
        order = self.order.numbers
        last = start - self.reach - 1
        for place in range(start, stop):
            number = pairs.find(order[place])
            if number < 0:
                continue
            if place - last <= self.reach:
                for before in range(max(start, place - self.reach), place):
                    other = pairs.find(order[before])
                    if other >= 0:
                        pair = pairs.of[number * pairs.n_words + other]
                        if pair >= 0:
                            pairs.counts[pair] += share
            last = place
