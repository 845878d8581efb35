# cython: language_level=3, boundscheck=False, wraparound=False, initializedcheck=False, cdivision=True
"""The innermost loops of asking, compiled. `reference` defines what each function gives, and `top` adds to it a way to
leave out most passages of a million.

Nothing is read that was not checked against its checksum: posting lists are checked by whoever passes them, and the
sequences of terms, which are read at random places, by `Section`.
"""

from array import array

from dnqa.index.store import BLOCK

cdef enum:
    WIDTH = 1 << 13  # passages of a window: their totals stay in the nearest cache
    SEEK_COST = 16  # postings that are read in the time in which one is sought
    N_BITS = 32  # words that a mask tells apart; those behind them share the last bit

cdef Py_ssize_t BLOCK_SIZE = BLOCK
cdef double ROUNDING = 1 + 1e-6  # upper bounds are so much wider than what they bound, however that was rounded

ctypedef const unsigned int[::1] Wholes
ctypedef const float[::1] Floats


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


cdef inline unsigned long long join(unsigned int one, unsigned int other):
    # Two terms as one number, whichever comes first.
    return <unsigned long long> min(one, other) << 32 | max(one, other)


cdef Py_ssize_t seek(Word *word, long long row):
    # Move to the first posting that is not before a passage, by steps that double, then by halving the last one.
    cdef Py_ssize_t step = 1
    while word.place + step < word.stop and word.rows[word.place + step] < row:
        word.place += step
        step *= 2
    word.place = halve(word.rows, row, word.place, min(word.place + step, word.stop))
    return word.place


cdef Py_ssize_t halve(const unsigned int *rows, long long row, Py_ssize_t low, Py_ssize_t high):
    # The first of some postings that is not before a passage, by binary search.
    cdef Py_ssize_t middle
    while low < high:
        middle = (low + high) // 2
        if rows[middle] < row:
            low = middle + 1
        else:
            high = middle
    return low


cdef class Section:
    """A section of the index, of numbers of four bytes, each block of which is checked before it is read."""

    cdef object store, name
    cdef const unsigned char[::1] is_checked
    cdef Wholes wholes
    cdef Floats floats
    cdef Py_ssize_t begin, n_numbers

    def __init__(self, store, name, code):
        self.store, self.name, self.is_checked = store, name, store.is_checked
        self.begin, self.n_numbers = store.start(name), store.n_numbers(name)
        if code == "f":
            self.floats = store.unchecked(name, code)
        else:
            self.wholes = store.unchecked(name, code)

    cdef int check(self, Py_ssize_t start, Py_ssize_t stop) except -1:
        """Check the numbers from `start` to before `stop`. Raises DamagedIndexError, also if there are no such."""
        cdef Py_ssize_t block
        if not 0 <= start < stop <= self.n_numbers:
            self.store.numbers(self.name, start, stop)
            return 0
        for block in range((self.begin + 4 * start) // BLOCK_SIZE, (self.begin + 4 * stop - 1) // BLOCK_SIZE + 1):
            if not self.is_checked[block]:
                self.store.check_block(block)
        return 0


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


cdef class Question:
    """The words and pairs of a question. What they point at lives as long as `memory` and `kept`."""

    cdef Word *words
    cdef Pair *pairs
    cdef Py_ssize_t n_words, n_pairs
    cdef unsigned long long sieve  # the last six bits of each term of a pair: most other terms are told by them
    cdef object memory, kept

    def __init__(self, words, weights, pairs):
        cdef Wholes rows
        cdef Floats shares
        cdef Word *word
        cdef Pair *pair
        cdef unsigned int one, other
        cdef bytearray for_words = bytearray(len(words) * sizeof(Word))
        cdef bytearray for_pairs = bytearray(len(pairs) * sizeof(Pair))
        self.words, self.pairs = <Word *> <char *> for_words, <Pair *> <char *> for_pairs
        self.memory, self.kept = (for_words, for_pairs), words
        for rows, shares, _, _ in words:
            word = &self.words[self.n_words]
            word.stop = min(len(rows), len(shares))
            if word.stop:
                word.rows, word.shares = &rows[0], &shares[0]
            word.weight = weights[self.n_words]
            word.bit = 1 << <unsigned int> min(self.n_words, N_BITS - 1)
            self.n_words += 1
        for first, second, weight, most in pairs:
            pair = &self.pairs[self.n_pairs]
            one, other = words[first][3], words[second][3]
            pair.key, pair.bits = join(one, other), self.words[first].bit | self.words[second].bit
            pair.weight, pair.most = weight, weight * most
            self.sieve |= 1ULL << (one & 63) | 1ULL << (other & 63)
            self.n_pairs += 1

    cdef double bound(self, unsigned int mask):
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
            self.count(sequences, sequences.n_rows + sequences.above.wholes[row], sequences.heading_share)
        sequences.damping.check(row, row + 1)
        damping = sequences.damping.floats[row]
        for number in range(self.n_pairs):
            pair = &self.pairs[number]
            if pair.count > 0:
                gained += pair.weight * (pair.count * (sequences.saturation + 1) / (pair.count + damping))
        return gained

    cdef int count(self, Sequences sequences, Py_ssize_t sequence, double share) except -1:
        """Add a share to each pair for each time that it is in a sequence of terms."""
        cdef Py_ssize_t start, stop, place, before, number
        cdef unsigned long long key
        cdef Wholes order = sequences.order.wholes
        sequences.starts.check(sequence, sequence + 2)
        start, stop = sequences.starts.wholes[sequence], sequences.starts.wholes[sequence + 1]
        sequences.order.check(start, stop)
        for place in range(start + 1, stop):
            if self.sieve >> (order[place] & 63) & 1:
                for before in range(max(start, place - sequences.reach), place):
                    if self.sieve >> (order[before] & 63) & 1:
                        key = join(order[place], order[before])
                        for number in range(self.n_pairs):
                            if self.pairs[number].key == key:
                                self.pairs[number].count += share
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


cdef class Window:
    """Passages that are scored together, each by its place in the window.

    touched: those that hold any word, n_touched of them. totals: what they score so far. masks: the words they hold.
    """

    cdef long long begin, end
    cdef double *totals
    cdef unsigned int *masks
    cdef unsigned int *touched
    cdef Py_ssize_t n_touched
    cdef object memory

    def __init__(self, Py_ssize_t width):
        cdef bytearray totals = bytearray(8 * width)
        cdef bytearray masks = bytearray(4 * width)
        cdef bytearray touched = bytearray(4 * (width + 1))
        self.memory = (totals, masks, touched)
        self.totals = <double *> <char *> totals
        self.masks, self.touched = <unsigned int *> <char *> masks, <unsigned int *> <char *> touched

    cdef int add(self, Word *word) except -1:
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
        return 0

    cdef int complete(self, Word *word) except -1:
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
        return 0


cdef class Best:
    """The n best passages so far, best first; `least` is the score of the last of n, 0 while there are fewer."""

    cdef Py_ssize_t n, size
    cdef double least
    cdef double[::1] scores
    cdef long long[::1] rows

    def __init__(self, n):
        self.n, self.scores, self.rows = n, array("d", bytes(8 * n)), array("q", bytes(8 * n))

    cdef int put(self, double score, long long row) except -1:
        """Insert a passage where it belongs; of several with the same score the first comes first."""
        cdef Py_ssize_t place = self.size
        if place == self.n:
            place -= 1
            if score < self.scores[place] or score == self.scores[place] and row > self.rows[place]:
                return 0
        else:
            self.size += 1
        while place and (self.scores[place - 1] < score or self.scores[place - 1] == score and self.rows[place - 1] > row):
            self.scores[place], self.rows[place] = self.scores[place - 1], self.rows[place - 1]
            place -= 1
        self.scores[place], self.rows[place] = score, row
        if self.size == self.n:
            self.least = self.scores[self.n - 1]
        return 0


def top(words, weights, pairs, Sequences sequences, Py_ssize_t n, Py_ssize_t width=WIDTH):
    """The best n passages, from 1, and their scores; see `reference.top`.

    Passages are scored in windows, in document order. As soon as the n best score more than any passage can that holds
    only the commonest words, these words no longer lead to passages, but are only added to passages that the others
    lead to (MaxScore, Turtle and Flood 1995).

    width: passages of a window.
    """
    cdef Question question = Question(words, weights, pairs)
    cdef Window window = Window(width)
    cdef Best best = Best(n)
    cdef Py_ssize_t number, n_leading = question.n_words
    cdef unsigned int slot, mask, later = 0
    cdef double total, most, rest = 0.0
    cdef double[::1] rests = array("d", bytes(8 * n_leading))  # what a word adds at most with all that follow
    cdef Word *word
    for number in range(n_leading - 1, -1, -1):
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
        while n_leading and rests[n_leading - 1] < best.least:
            n_leading -= 1


def intersect(one, other):
    """The passages that hold two words; see `reference.intersect`."""
    cdef Wholes rows = one[0], other_rows = other[0]
    cdef Floats shares = one[1], other_shares = other[1]
    cdef Py_ssize_t place = 0, at = 0, n = 0
    both, least = array("I", bytes(4 * len(rows))), array("f", bytes(4 * len(rows)))
    cdef unsigned int[::1] found = both
    cdef float[::1] found_shares = least
    while place < len(rows) and at < len(other_rows):
        if rows[place] == other_rows[at]:
            found[n], found_shares[n] = rows[place], min(shares[place], other_shares[at])
            n, place, at = n + 1, place + 1, at + 1
        elif rows[place] < other_rows[at]:
            place += 1
        else:
            at += 1
    return both[:n], least[:n]


def unite(one, other, double weight):
    """The passages that hold either of two words; see `reference.unite`."""
    cdef Wholes rows = one[0], other_rows = other[0]
    cdef Floats shares = one[1], other_shares = other[1]
    cdef Py_ssize_t place = 0, at = 0, n = 0, size = len(rows), other_size = len(other_rows)
    either, most = array("I", bytes(4 * (size + other_size))), array("f", bytes(4 * (size + other_size)))
    cdef unsigned int[::1] found = either
    cdef float[::1] found_shares = most
    while place < size or at < other_size:
        if at == other_size or place < size and rows[place] < other_rows[at]:
            found[n], found_shares[n] = rows[place], shares[place]
            place += 1
        elif place == size or other_rows[at] < rows[place]:
            found[n], found_shares[n] = other_rows[at], weight * other_shares[at]
            at += 1
        else:
            found[n], found_shares[n] = rows[place], max(<double> shares[place], weight * other_shares[at])
            place, at = place + 1, at + 1
        n += 1
    return either[:n], most[:n]


def measure_cosines(dict query, Wholes starts, Wholes rows, Floats weights, Py_ssize_t n_rows):
    """The cosine of a sparse query with every row; see `reference.measure_cosines`."""
    found = array("d", bytes(8 * n_rows))
    cdef double[::1] cosines = found
    cdef double share
    cdef Py_ssize_t feature, place
    for feature, share in query.items():
        for place in range(starts[feature], starts[feature + 1]):
            cosines[rows[place]] += share * weights[place]
    return found


def find_nearest(const double[::1] similarities, answers, const double[::1] shares, const double[::1] weights):
    """How near the nearest known questions of each passage are; see `reference.find_nearest`."""
    cdef Wholes starts = answers[0], questions = answers[1]
    cdef const unsigned char[::1] ranks = answers[2]
    cdef Py_ssize_t n = len(starts) - 1, n_near = len(weights), passage, place, slot
    cdef double similarity, total, whole = 0.0
    bests, means, numbers = array("d", bytes(8 * n)), array("d", bytes(8 * n)), array("I", bytes(4 * n))
    cdef double[::1] best = bests, mean = means, near = array("d", bytes(8 * n_near))
    cdef unsigned int[::1] number = numbers
    for slot in range(n_near):
        whole += weights[slot]
    for passage in range(n):
        near[:] = 0.0
        for place in range(starts[passage], starts[passage + 1]):
            similarity = similarities[questions[place]] * shares[ranks[place]]
            if similarity > near[n_near - 1]:
                slot = n_near - 1
                while slot and near[slot - 1] < similarity:
                    near[slot] = near[slot - 1]
                    slot -= 1
                near[slot] = similarity
                if slot == 0:
                    number[passage] = questions[place]
        total = 0.0
        for slot in range(n_near):
            total += weights[slot] * near[slot]
        best[passage], mean[passage] = near[0], total / whole
    return bests, means, numbers


def find_alike(Wholes written, Wholes heard, groups, letters, sounds):
    """The words that may be what another word was meant to be; see `reference.find_alike`."""
    cdef Py_ssize_t n_sets = len(letters), word = 0, stop
    cdef Wholes other = array("I", letters), other_heard = array("I", sounds)
    cdef int most
    found = []
    for stop, most in groups:
        while word < stop:
            if differ_by(&written[word * n_sets], &other[0], n_sets, most) or differ_by(
                &heard[word * n_sets], &other_heard[0], n_sets, 1
            ):
                found.append(word)
            word += 1
    return found


cdef bint differ_by(const unsigned int *sets, const unsigned int *others, Py_ssize_t n_sets, int most):
    # Whether no set has more than so many bits that its counterpart has not, nor the other way round.
    cdef Py_ssize_t number
    cdef unsigned int more, missing
    for number in range(n_sets):
        more, missing = sets[number] & ~others[number], others[number] & ~sets[number]
        for _ in range(most):
            more &= more - 1
            missing &= missing - 1
        if more or missing:
            return False
    return most >= 0
