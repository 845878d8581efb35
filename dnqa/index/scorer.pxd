# The types that the names of scorer.py have in C; nothing else is said here.

cimport cython
from dnqa.index.postings cimport Best, Floats, Held, Postings, Wholes, Window

cdef double _ROUNDING
cdef unsigned int _SIEVED, _SEVERAL
cdef Py_ssize_t _FEW_WORDS, _MOST_BITS


@cython.final
cdef class Pairs:
    cdef Py_ssize_t n, n_words
    cdef long long[::1] terms
    cdef unsigned int[::1] masks
    cdef double[::1] weights, gains, counts
    cdef int[::1] of
    cdef bint hides_some
    cdef unsigned char[::1] sieve
    cdef double[::1] bounds
    cdef unsigned int n_bounds

    @cython.locals(number=Py_ssize_t, term="long long", is_alone=bint, cell=Py_ssize_t)
    cdef int begin(self, list terms) except -1

    @cython.locals(pair=int, mask="unsigned int")
    cdef int add(self, Py_ssize_t one, Py_ssize_t other, double weight, double most) except -1

    @cython.locals(mask="unsigned int")
    cdef int finish(self) except -1

    cdef double bound(self, unsigned int mask) except -1

    @cython.locals(number=Py_ssize_t, gain=double)
    cdef double add_up(self, unsigned int mask) except -1

    @cython.locals(word="unsigned int", number=Py_ssize_t)
    cdef Py_ssize_t find(self, unsigned int term) except -2


cdef unsigned int read_bit(Py_ssize_t place)


cdef unsigned int read_bits(Py_ssize_t start, Py_ssize_t stop)


@cython.locals(readers=list, number=Py_ssize_t, word=Held)
cdef list read_weighed(list words, object weights, double together)


@cython.locals(number=Py_ssize_t, word=Held)
cdef list place_terms(list words, object terms)


@cython.locals(first="long long", number=Py_ssize_t, word=Postings)
cdef long long find_first(list words, Py_ssize_t n, long long end) except -1


@cython.locals(number=Py_ssize_t, total=double)
cdef double find_floor(Window window, Best floors, Py_ssize_t n) except -1


@cython.locals(n_words=Py_ssize_t)
cdef Py_ssize_t count_leading(list rests, Pairs pairs, Py_ssize_t n, double least) except -1


@cython.locals(n_kept=Py_ssize_t, number=Py_ssize_t, slot=Py_ssize_t)
cdef int keep(Window window, Pairs pairs, double least) except -1


@cython.final
cdef class Scorer:
    cdef Py_ssize_t n_rows, reach
    cdef object weigh
    cdef double saturation, heading_share
    cdef Wholes above, sequences, order
    cdef Floats damping
    cdef list windows, pairs

    @cython.locals(
        terms=list, order=list, pairs=Pairs, distance=Py_ssize_t, at=Py_ssize_t, one=Py_ssize_t, other=Py_ssize_t, weight=double,
        most=double,
    )
    cdef Pairs pair(self, list words, double together, object asked)

    @cython.locals(
        together=double, pairs=Pairs, window=Window, best=Best, floors=Best, readers=list, rests=list,
        number=Py_ssize_t, word=Held, reader=Postings, least=double, n_leading=Py_ssize_t, found=list,
    )
    cpdef list top(self, list words, object weights, object asked, Py_ssize_t n)

    @cython.locals(
        good=double, comes_first=bint, number=Py_ssize_t, slot=Py_ssize_t, total=double, gain=double,
    )
    cdef double choose(self, Window window, Pairs pairs, Best best, double least) except -1

    @cython.locals(
        together=double, pairs=Pairs, readers=list, row="long long", total=double, mask="unsigned int",
        number=Py_ssize_t, reader=Postings, share=double,
    )
    cpdef list score(self, list words, object weights, object asked, object rows)

    @cython.locals(number=Py_ssize_t, gained=double, count=double)
    cdef double gain(self, Pairs pairs, Py_ssize_t row) except -1

    @cython.locals(
        start=Py_ssize_t, stop=Py_ssize_t, order="const unsigned int[::1]", last=Py_ssize_t, place=Py_ssize_t,
        number=Py_ssize_t, before=Py_ssize_t, other=Py_ssize_t, pair=int,
    )
    cdef int count(self, Pairs pairs, Py_ssize_t sequence, double share) except -1
