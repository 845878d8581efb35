# The types that the names of postings.py have in C; nothing else is said here.

cimport cython

cdef double _ROUNDING
cdef long long _END
cdef unsigned int _ALL_BITS, _SIEVED
cdef Py_ssize_t _MOST_BITS, _WINDOW


cdef class Section:
    cdef object store
    cdef const unsigned char[::1] is_checked
    cdef Py_ssize_t begin, size, block

    @cython.locals(block=Py_ssize_t, last=Py_ssize_t)
    cdef void check(self, Py_ssize_t start, Py_ssize_t stop) except *


cdef class Wholes(Section):
    cdef const unsigned int[::1] numbers


cdef class Floats(Section):
    cdef const float[::1] numbers


cdef class Window:
    cdef double[::1] totals
    cdef unsigned int[::1] masks, touched
    cdef Py_ssize_t n_touched


cdef class Postings:
    cdef const unsigned int[::1] rows
    cdef const float[::1] shares
    cdef Py_ssize_t start, stop, place
    cdef double weight

    @cython.locals(postings=Postings)
    cpdef Postings weigh(self, double weight)

    cdef long long row(self) except -1

    @cython.locals(
        rows="const unsigned int[::1]", shares="const float[::1]", weight=double, totals="double[::1]",
        masks="unsigned int[::1]", touched="unsigned int[::1]", n_touched=Py_ssize_t, place=Py_ssize_t,
        stop=Py_ssize_t, end="long long", slot=Py_ssize_t, mask="unsigned int",
    )
    cdef void add(self, Window window, long long begin, unsigned int bit, bint leads) except *

    @cython.locals(step=Py_ssize_t, low=Py_ssize_t, high=Py_ssize_t, middle=Py_ssize_t)
    cdef double seek(self, long long row) except -1


@cython.locals(postings=Postings)
cdef Postings make_postings(
    const unsigned int[::1] rows, const float[::1] shares, Py_ssize_t start, Py_ssize_t stop
)


@cython.locals(first=Postings, other=Postings, row="long long", share=double)
cpdef Postings intersect(object words)


@cython.locals(row="long long", number=Py_ssize_t, word=Postings)
cdef long long find_first(list words, Py_ssize_t n) except -1


@cython.locals(row="long long", word=Postings, share=double)
cpdef Postings unite(list words)


cdef class Pairs:
    cdef Py_ssize_t n, n_words
    cdef long long[::1] terms
    cdef unsigned int[::1] masks
    cdef double[::1] weights, counts
    cdef int[::1] of
    cdef double most
    cdef bint hides_some
    cdef unsigned long long sieve

    @cython.locals(number=Py_ssize_t, gain=double)
    cdef double bound(self, unsigned int mask) except -1

    @cython.locals(number=Py_ssize_t)
    cdef Py_ssize_t find(self, unsigned int term) except -2


cdef unsigned int read_bit(Py_ssize_t place)


cdef class Words:
    cdef Py_ssize_t n_rows, reach
    cdef double saturation, heading_share, most_pair
    cdef Wholes rows, above, sequences, order
    cdef Floats shares, damping
    cdef list windows

    cpdef Postings read(self, Py_ssize_t start, Py_ssize_t stop)

    @cython.locals(
        n_words=Py_ssize_t, pairs=Pairs, distance=Py_ssize_t, at=Py_ssize_t, one=Py_ssize_t, other=Py_ssize_t, pair=int,
        mask="unsigned int",
    )
    cpdef Pairs pair(self, list terms, list order, object weigh)

    cdef Window take_window(self)

    @cython.locals(
        window=Window, n_leading=Py_ssize_t, least=double, rest=double, begin="long long", number=Py_ssize_t,
        word=Postings, slot=Py_ssize_t, total=double, mask="unsigned int", gain=double, following="unsigned int",
    )
    cpdef object top(self, list words, object bounds, Pairs pairs, Py_ssize_t n)

    @cython.locals(row="long long", total=double, mask="unsigned int", number=Py_ssize_t, word=Postings, share=double)
    cpdef object score(self, list words, Pairs pairs, object rows)

    @cython.locals(number=Py_ssize_t, damping=double, gained=double, count=double)
    cdef double gain(self, Pairs pairs, Py_ssize_t row) except -1

    @cython.locals(
        start=Py_ssize_t, stop=Py_ssize_t, order="const unsigned int[::1]", sieve="unsigned long long",
        place=Py_ssize_t, term="unsigned int", number=Py_ssize_t, before=Py_ssize_t, other=Py_ssize_t, pair=int,
    )
    cdef void count(self, Pairs pairs, Py_ssize_t sequence, double share) except *
