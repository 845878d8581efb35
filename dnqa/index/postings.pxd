# The types that the names of postings.py have in C; nothing else is said here.

cimport cython

cdef long long _END
cdef long long _WINDOW
cdef Py_ssize_t _SEEK_COST


cdef class Section:
    cdef object store, name
    cdef const unsigned char[::1] is_checked
    cdef Py_ssize_t begin, n_numbers, size, block_bits

    @cython.locals(block=Py_ssize_t, last=Py_ssize_t)
    cdef int check(self, Py_ssize_t start, Py_ssize_t stop) except -1


cdef class Wholes(Section):
    cdef const unsigned int[::1] numbers


cdef class Floats(Section):
    cdef const float[::1] numbers


cdef class Postings:
    cdef const unsigned int[::1] rows
    cdef const float[::1] shares, spread
    cdef Py_ssize_t start, stop, place
    cdef double weight

    @cython.locals(postings=Postings)
    cpdef Postings weigh(self, double weight)

    @cython.locals(spread="float[::1]", place=Py_ssize_t, row=Py_ssize_t)
    cpdef int spread_out(self, Py_ssize_t n_rows) except -1

    cdef long long row(self) except -1

    cdef double share(self) except -1

    @cython.locals(step=Py_ssize_t, low=Py_ssize_t)
    cdef double seek(self, long long row) except -1

    @cython.locals(middle=Py_ssize_t)
    cdef Py_ssize_t find(self, long long row, Py_ssize_t low, Py_ssize_t high) except -1


cdef class Held:
    cdef readonly object word
    cdef readonly Postings postings
    cdef readonly double most
    cdef readonly long long column


@cython.locals(postings=Postings)
cdef Postings make_postings(
    const unsigned int[::1] rows, const float[::1] shares, Py_ssize_t start, Py_ssize_t stop
)


cpdef Postings read_postings(Wholes rows, Floats shares, Py_ssize_t start, Py_ssize_t stop)


@cython.locals(first=Postings, other=Postings, row="long long", share=double)
cpdef Postings intersect(object words)


@cython.locals(row="long long", share=double)
cpdef Postings unite(Postings one, Postings other)


cdef class Window:
    cdef long long begin
    cdef double[::1] totals
    cdef unsigned int[::1] masks, touched
    cdef Py_ssize_t n_touched

    @cython.locals(
        rows="const unsigned int[::1]", shares="const float[::1]", weight=double, place=Py_ssize_t,
        totals="double[::1]", masks="unsigned int[::1]", touched="unsigned int[::1]", n_touched=Py_ssize_t,
        end="long long", slot=Py_ssize_t, mask="unsigned int",
    )
    cdef void add(self, Postings word, unsigned int bit) except *

    @cython.locals(
        start=Py_ssize_t, stop=Py_ssize_t, rows="const unsigned int[::1]", shares="const float[::1]", weight=double,
        totals="double[::1]", masks="unsigned int[::1]", touched="unsigned int[::1]", number=Py_ssize_t,
        slot="unsigned int", place=Py_ssize_t, spread="const float[::1]", share=double,
    )
    cdef void finish(self, Postings word, unsigned int bit) except *

    @cython.locals(number=Py_ssize_t, slot=Py_ssize_t)
    cdef int clear(self) except -1


cdef class Best:
    cdef Py_ssize_t n, size
    cdef double least
    cdef double[::1] scores
    cdef long long[::1] rows

    cdef int begin(self, Py_ssize_t n) except -1

    cdef bint is_better(self, Py_ssize_t place, double score, long long row) except -1

    @cython.locals(place=Py_ssize_t)
    cdef int put(self, double score, long long row) except -1

    @cython.locals(place=Py_ssize_t, below=Py_ssize_t)
    cdef int sink(self, double score, long long row) except -1

    cdef int move(self, Py_ssize_t place, Py_ssize_t to) except -1

    cdef list take_all(self)
