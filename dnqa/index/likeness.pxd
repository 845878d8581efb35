# The types that the names of likeness.py have in C; nothing else is said here.

cimport cython


@cython.locals(number=Py_ssize_t, start=Py_ssize_t, stop=Py_ssize_t, share=double, place=Py_ssize_t)
cpdef void add_up(
    const unsigned int[::1] rows, const float[::1] weights, list spans, list shares, double[::1] scores
) except *


cdef class Nearest:
    cdef Py_ssize_t n_places, n_best
    cdef double[::1] weights, bests
    cdef unsigned int[::1] numbers

    @cython.locals(
        n_shares=Py_ssize_t, number=Py_ssize_t, similarity=double, start=Py_ssize_t, stop=Py_ssize_t, answer=Py_ssize_t
    )
    cpdef void add(
        self, double[::1] similarities, const unsigned int[::1] starts, const unsigned int[::1] places,
        double[::1] shares
    ) except *

    @cython.locals(first=Py_ssize_t, at=Py_ssize_t)
    cdef void put(self, Py_ssize_t place, double similarity, Py_ssize_t number) except *

    @cython.locals(whole=double, number=Py_ssize_t, place=Py_ssize_t, first=Py_ssize_t, total=double)
    cpdef list list_found(self)


@cython.locals(
    other="unsigned int[::1]", found=list, place=Py_ssize_t, number=Py_ssize_t, n_sets=Py_ssize_t, is_near=bint,
    is_heard=bint,
)
cpdef list find_alike(
    const unsigned int[::1] written, const unsigned int[::1] heard, object letters, object sounds, int most
)


@cython.locals(missing="unsigned int", more="unsigned int", _=int)
cdef bint differ_by(unsigned int one, unsigned int other, int most) except -1
