# cython: language_level=3, boundscheck=False, wraparound=False, initializedcheck=False, cdivision=True
"""What passages score, compiled. `reference` defines what each function gives; `top` leaves out most of a million
passages without scoring them.

Nothing is read that was not checked against its checksum: posting lists are checked by whoever passes them, and the
sequences of terms, which are read at random places, by `Section`.
"""

cimport cython

from dnqa.index.store import BLOCK

cdef enum:
    WIDTH = 1 << 13  # passages of a window: their totals stay in the nearest cache
    SEEK_COST = 16  # postings that are read in the time in which one is sought
    N_BITS = 32  # words that a mask tells apart; those behind them share the last bit

cdef Py_ssize_t BLOCK_SIZE = BLOCK
cdef double ROUNDING = 1 + 1e-6  # upper bounds are so much wider than what they bound, however that was rounded


cdef struct Word:
    # A posting list with its word's weight; `place` is the next posting to be read.
    const unsigned int *rows
    const float *shares
    Py_ssize_t place, stop
    double weight
    unsigned int bit


cdef struct Pair:
    # Two terms as one key, their words' bits, what the pair weighs and adds at most, and how often it was found.
    unsigned long long key
    unsigned int bits
    double weight, most, count


cdef char *claim(list memory, Py_ssize_t n_bytes) except NULL:
    # Zeroed memory that lives as long as the list.
    cdef bytearray block = bytearray(n_bytes)
    memory.append(block)
    return block


cdef inline unsigned long long join(unsigned int one, unsigned int other) noexcept:
    # Two terms as one number, whichever comes first.
    return <unsigned long long> min(one, other) << 32 | max(one, other)


cdef Py_ssize_t seek(Word *word, long long row) noexcept:
    # Move to the first posting that is not before a passage, by steps that double, then by halving the last one.
    cdef Py_ssize_t step = 1
    while word.place + step < word.stop and word.rows[word.place + step] < row:
        word.place += step
        step *= 2
    word.place = halve(word.rows, row, word.place, min(word.place + step, word.stop))
    return word.place


cdef Py_ssize_t halve(const unsigned int *rows, long long row, Py_ssize_t low, Py_ssize_t high) noexcept:
    # The first of some postings that is not before a passage, by binary search.
    cdef Py_ssize_t middle
    while low < high:
        middle = (low + high) // 2
        if rows[middle] < row:
            low = middle + 1
        else:
            high = middle
    return low


@cython.final
cdef class Section:
    """A section of the index, of numbers of four bytes, each block of which is checked before it is read."""

    cdef object store, name
    cdef const unsigned char[::1] is_checked
    cdef const unsigned int[::1] numbers
    cdef Py_ssize_t begin

    def __init__(self, store, name, code):
        self.store, self.name, self.is_checked = store, name, store.is_checked
        self.begin, self.numbers = store.start(name), store.unchecked(name, code).cast("B").cast("I")

    cdef int check(self, Py_ssize_t start, Py_ssize_t stop) except -1:
        """Check the numbers from `start` to before `stop`. Raises DamagedIndexError, also if there are no such."""
        cdef Py_ssize_t block
        if not 0 <= start < stop <= len(self.numbers):
            self.store.numbers(self.name, start, stop)
            return 0
        for block in range((self.begin + 4 * start) // BLOCK_SIZE, (self.begin + 4 * stop - 1) // BLOCK_SIZE + 1):
            if not self.is_checked[block]:
                self.store.check_block(block)
        return 0


@cython.final
cdef class Sequences:
    """Each passage, and each group of headings, as the sequence of its terms."""

    cdef Section starts, order, above, damping
    cdef Py_ssize_t n_rows, reach
    cdef double saturation, heading_share

    def __init__(self, store, double saturation, double heading_share, Py_ssize_t reach):
        self.n_rows, self.reach = store.header["n_passages"], reach
        self.saturation, self.heading_share = saturation, heading_share
        self.starts, self.order = Section(store, "words.sequences", "I"), Section(store, "words.order", "I")
        self.above, self.damping = Section(store, "words.headings", "I"), Section(store, "words.damping", "f")


@cython.final
cdef class Question:
    """The words and pairs of a question; `memory` keeps what they point at."""

    cdef Word *words
    cdef Pair *pairs
    cdef Py_ssize_t n_words, n_pairs
    cdef unsigned char sieve[1024]  # whether a pair may have a term with such last bits; most terms are none
    cdef list memory

    def __init__(self, words, weights, pairs):
        cdef const unsigned int[::1] rows
        cdef const float[::1] shares
        cdef Word *word
        cdef Pair *pair
        cdef unsigned int one, other
        self.memory = [words]
        self.words = <Word *> claim(self.memory, len(words) * sizeof(Word))
        self.pairs = <Pair *> claim(self.memory, len(pairs) * sizeof(Pair))
        for rows, shares, _, _ in words:
            word = &self.words[self.n_words]
            word.stop = min(len(rows), len(shares))
            if word.stop:
                word.rows, word.shares = &rows[0], &shares[0]
            word.weight = weights[self.n_words]
            word.bit = 1 << <unsigned int> min(self.n_words, N_BITS - 1)
            self.n_words += 1
        for first, second, most, weight in pairs:
            pair = &self.pairs[self.n_pairs]
            one, other = words[first][3], words[second][3]
            pair.key, pair.bits = join(one, other), self.words[first].bit | self.words[second].bit
            pair.weight, pair.most = weight, weight * most
            self.sieve[one & 1023] = self.sieve[other & 1023] = 1
            self.n_pairs += 1

    cdef inline double bound(self, unsigned int mask) noexcept:
        """The upper bound of what pairs add to the score of a passage that holds the words of a mask."""
        cdef double most = 0.0
        cdef Py_ssize_t number
        for number in range(self.n_pairs):
            if mask & self.pairs[number].bits == self.pairs[number].bits:
                most += self.pairs[number].most
        return most

    cdef double gain(self, Sequences sequences, Py_ssize_t row) except -1:
        """What pairs add to the score of a passage."""
        cdef Py_ssize_t number
        cdef Pair *pair
        cdef double damping, gained = 0.0
        for number in range(self.n_pairs):
            self.pairs[number].count = 0.0
        self.count(sequences, row, 1.0)
        if sequences.heading_share:
            sequences.above.check(row, row + 1)
            self.count(sequences, sequences.n_rows + sequences.above.numbers[row], sequences.heading_share)
        sequences.damping.check(row, row + 1)
        damping = (<const float *> &sequences.damping.numbers[row])[0]
        for number in range(self.n_pairs):
            pair = &self.pairs[number]
            if pair.count > 0:
                gained += pair.weight * (pair.count * (sequences.saturation + 1) / (pair.count + damping))
        return gained

    cdef int count(self, Sequences sequences, Py_ssize_t sequence, double share) except -1:
        """Add a share to each pair for each time that it is in a sequence of terms."""
        cdef Py_ssize_t start, stop, place, before, last, number
        cdef unsigned long long key
        cdef const unsigned int[::1] order = sequences.order.numbers
        sequences.starts.check(sequence, sequence + 2)
        start, stop = sequences.starts.numbers[sequence], sequences.starts.numbers[sequence + 1]
        sequences.order.check(start, stop)
        last = start - sequences.reach - 1
        for place in range(start, stop):
            if self.sieve[order[place] & 1023]:
                if place - last <= sequences.reach:
                    for before in range(max(start, place - sequences.reach), place):
                        key = join(order[place], order[before])
                        for number in range(self.n_pairs):
                            if self.pairs[number].key == key:
                                self.pairs[number].count += share
                last = place
        return 0


def score(words, weights, pairs, Sequences sequences, rows):
    """What some passages score; see `reference.score`."""
    cdef Question question = Question(words, weights, pairs)
    cdef Py_ssize_t number, place
    cdef unsigned int row, mask
    cdef double total
    cdef Word *word
    found = []
    for row in rows:
        total, mask = 0.0, 0
        for number in range(question.n_words):
            word = &question.words[number]
            place = seek(word, row)
            if place < word.stop and word.rows[place] == row:
                total += word.weight * word.shares[place]
                mask |= word.bit
        if question.bound(mask) > 0:
            total += question.gain(sequences, row)
        found.append(total)
    return found


@cython.final
cdef class Best:
    """The n best passages so far, best first; `least` is what n passages score at least, 0 while there are fewer."""

    cdef Py_ssize_t n, size
    cdef double least
    cdef double *scores
    cdef long long *rows
    cdef list memory

    def __init__(self, Py_ssize_t n):
        self.n, self.memory = n, []
        self.scores = <double *> claim(self.memory, n * sizeof(double))
        self.rows = <long long *> claim(self.memory, n * sizeof(long long))

    cdef void put(self, double score, long long row) noexcept:
        """Insert a passage where it belongs; of several with the same score the first comes first."""
        cdef Py_ssize_t place = self.size
        if place < self.n:
            self.size += 1
        elif not self.is_behind(place - 1, score, row):
            return
        else:
            place -= 1
        while place and self.is_behind(place - 1, score, row):
            self.scores[place], self.rows[place] = self.scores[place - 1], self.rows[place - 1]
            place -= 1
        self.scores[place], self.rows[place] = score, row
        if self.size == self.n:
            self.least = max(self.least, self.scores[self.n - 1])

    cdef inline bint is_behind(self, Py_ssize_t place, double score, long long row) noexcept:
        """Whether the passage at a place comes behind another one."""
        return self.scores[place] < score or self.scores[place] == score and self.rows[place] > row


@cython.final
cdef class Window:
    """Passages that are scored together, each by its place in the window.

    touched: those that hold any word, n_touched of them. totals: what they score so far. masks: the words they hold.
    """

    cdef long long begin, end
    cdef double *totals
    cdef unsigned int *masks
    cdef unsigned int *touched
    cdef Py_ssize_t n_touched
    cdef list memory

    def __init__(self, Py_ssize_t width):
        self.memory = []
        self.totals = <double *> claim(self.memory, width * sizeof(double))
        self.masks = <unsigned int *> claim(self.memory, width * sizeof(int))
        self.touched = <unsigned int *> claim(self.memory, (width + 1) * sizeof(int))  # one is written before it counts

    cdef void add(self, Word *word) noexcept:
        """Add a word to all passages that hold it."""
        cdef Py_ssize_t place = word.place, n_touched = self.n_touched
        cdef unsigned int slot
        while place < word.stop and word.rows[place] < self.end:
            slot = word.rows[place] - self.begin
            self.touched[n_touched] = slot
            n_touched += self.masks[slot] == 0
            self.masks[slot] |= word.bit
            self.totals[slot] += word.weight * word.shares[place]
            place += 1
        word.place, self.n_touched = place, n_touched

    cdef void complete(self, Word *word) noexcept:
        """Add a word to those passages that another word has touched."""
        cdef Py_ssize_t start = seek(word, self.begin), stop = seek(word, self.end), place, number
        cdef unsigned int slot
        if self.n_touched * SEEK_COST < stop - start:
            for number in range(self.n_touched):
                slot = self.touched[number]
                place = halve(word.rows, self.begin + slot, start, stop)
                if place < stop and word.rows[place] == self.begin + slot:
                    self.masks[slot] |= word.bit
                    self.totals[slot] += word.weight * word.shares[place]
        else:
            for place in range(start, stop):
                slot = word.rows[place] - self.begin
                if self.masks[slot]:
                    self.masks[slot] |= word.bit
                    self.totals[slot] += word.weight * word.shares[place]

    cdef double find_floor(self, Best best) noexcept:
        """What the n best of these passages score at least, so far and without pairs; 0 if there are fewer."""
        cdef Py_ssize_t number
        best.size, best.least = 0, 0.0
        for number in range(self.n_touched):
            best.put(self.totals[self.touched[number]], number)
        return best.least


def top(words, weights, pairs, Sequences sequences, Py_ssize_t n, Py_ssize_t width=WIDTH):
    """The best n passages, from 1, and their scores; see `reference.top`.

    Passages are scored in windows, in document order. As soon as the n best score more than any passage can that holds
    only the commonest words, these words no longer lead to passages, but are only added to passages that the others
    lead to (MaxScore, Turtle and Flood 1995).

    width: passages of a window.
    """
    cdef Question question = Question(words, weights, pairs)
    cdef Window window = Window(width)
    cdef Best best = Best(n), best_here = Best(n)
    cdef Py_ssize_t number, n_leading = question.n_words
    cdef unsigned int slot, mask, later = 0
    cdef double total, most, rest = 0.0
    cdef double *rests = <double *> claim(question.memory, n_leading * sizeof(double))
    cdef Word *word
    for number in range(n_leading - 1, -1, -1):  # the upper bound of passages that hold only some last words
        rest += question.words[number].weight * <double> words[number][2]
        later |= question.words[number].bit
        rests[number] = (rest + question.bound(later)) * ROUNDING
    while True:
        window.begin = sequences.n_rows
        for number in range(n_leading):
            word = &question.words[number]
            if word.place < word.stop:
                window.begin = min(window.begin, word.rows[word.place])
        if window.begin >= sequences.n_rows:
            return [(best.rows[number], best.scores[number]) for number in range(best.size)]
        window.end, window.n_touched = window.begin + width, 0
        for number in range(question.n_words):
            if number < n_leading:
                window.add(&question.words[number])
                if best.size < n <= window.n_touched:
                    best.least = max(best.least, window.find_floor(best_here))
                    n_leading = count_leading(rests, n_leading, best.least)
            else:
                window.complete(&question.words[number])
        for number in range(window.n_touched):
            slot = window.touched[number]
            total, mask = window.totals[slot], window.masks[slot]
            window.totals[slot], window.masks[slot] = 0.0, 0
            most = question.bound(mask)
            if (total + most) * ROUNDING >= best.least:
                if most > 0:
                    total += question.gain(sequences, window.begin + slot)
                if total > 0:
                    best.put(total, window.begin + slot)
        n_leading = count_leading(rests, n_leading, best.least)


cdef Py_ssize_t count_leading(double *rests, Py_ssize_t n, double least) noexcept:
    # How many words lead to passages: those behind them do not score enough without one of these.
    while n and rests[n - 1] < least:
        n -= 1
    return n
