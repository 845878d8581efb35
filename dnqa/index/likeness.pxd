# The types that the names of likeness.py have in C; nothing else is said here.

cimport cython

cdef int _N_BITS


cdef class Rows:
    cdef const double[::1] idf
    cdef const unsigned int[::1] starts, rows
    cdef const float[::1] weights
    cdef Py_ssize_t n_rows
    cdef double unknown

    @cython.locals(
        scores="double[::1]", starts="const unsigned int[::1]", rows="const unsigned int[::1]",
        weights="const float[::1]", features=list, shares=list, square=double, weight=double, length=double,
        number=Py_ssize_t, share=double, column=Py_ssize_t, place=Py_ssize_t,
    )
    cpdef object score(self, dict query, object find)


cdef class Nearest:
    cdef Py_ssize_t n_best
    cdef readonly Py_ssize_t unanswered
    cdef const unsigned int[::1] passages
    cdef double[::1] weights, bests
    cdef unsigned int[::1] numbers

    cpdef double best(self, Py_ssize_t place) except -1

    @cython.locals(total=double, whole=double, number=Py_ssize_t)
    cpdef double mean(self, Py_ssize_t place) except -1

    @cython.locals(place=Py_ssize_t)
    cpdef list list_rows(self)


cdef class Answers:
    cdef const unsigned int[::1] passages, starts, questions
    cdef const unsigned char[::1] ranks
    cdef double[::1] weights, shares

    @cython.locals(
        nearest=Nearest, starts="const unsigned int[::1]", questions="const unsigned int[::1]",
        ranks="const unsigned char[::1]", shares="double[::1]", bests="double[::1]", place=Py_ssize_t,
        first=Py_ssize_t, last=Py_ssize_t, least=double, at=Py_ssize_t, similarity=double, slot=Py_ssize_t,
    )
    cpdef Nearest find_nearest(self, double[::1] similarities)


cdef class Candidate:
    cdef readonly Py_ssize_t row
    cdef readonly double support, words, asked, neighbours
    cdef readonly object nearest


@cython.locals(
    found=list, place=Py_ssize_t, last=Py_ssize_t, of_words=double, of_asked=double, of_mean=double, number=Py_ssize_t,
    row=Py_ssize_t, candidate=Candidate, best=double, together=double,
)
cpdef list list_candidates(object rows, list words, double[::1] asked, Nearest nearest, tuple shares)


@cython.locals(letter=Py_UCS4, bits="unsigned int")
cpdef unsigned int set_bits(str letters)


@cython.locals(
    other="unsigned int[::1]", found=list, place=Py_ssize_t, stop=Py_ssize_t, most=int, number=Py_ssize_t,
    n_sets=Py_ssize_t, is_near=bint, is_heard=bint,
)
cpdef list find_alike(
    const unsigned int[::1] written, const unsigned int[::1] heard, list groups, object letters, object sounds
)


@cython.locals(missing="unsigned int", more="unsigned int", _=int)
cdef bint differ_by(unsigned int one, unsigned int other, int most) except -1
