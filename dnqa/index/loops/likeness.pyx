# cython: language_level=3, boundscheck=False, wraparound=False, initializedcheck=False, cdivision=True
"""How alike questions and words are, and the union of posting lists, compiled. `reference` defines what each function
gives. All that is read was checked against its checksum by whoever passes it.
"""

from array import array

ctypedef const unsigned int[::1] Wholes
ctypedef const float[::1] Floats


def merge(one, other, double weight, bint is_all):
    """The passages that hold either of two words, or both; see `reference.merge`."""
    cdef Wholes rows = one[0], other_rows = other[0]
    cdef Floats shares = one[1], other_shares = other[1]
    cdef Py_ssize_t place = 0, at = 0, n = 0, size = len(rows), other_size = len(other_rows)
    cdef double share, other_share
    held_by, held = array("I", bytes(4 * (size + other_size))), array("f", bytes(4 * (size + other_size)))
    cdef unsigned int[::1] found = held_by
    cdef float[::1] found_shares = held
    while place < size or at < other_size:
        share = other_share = 0.0
        if at == other_size or place < size and rows[place] <= other_rows[at]:
            found[n], share = rows[place], shares[place]
        if place == size or at < other_size and other_rows[at] <= rows[place]:
            found[n], other_share = other_rows[at], weight * other_shares[at]
        place += share > 0
        at += other_share > 0
        found_shares[n] = min(share, other_share) if is_all else max(share, other_share)
        n += found_shares[n] > 0
    return held_by[:n], held[:n]


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


cdef bint differ_by(const unsigned int *sets, const unsigned int *others, Py_ssize_t n_sets, int most) noexcept:
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
