"""The innermost loops of asking: compiled where there is a compiler, and as plain Python.

`reference` is short and says what each function gives; `compiled` gives the same, bit for bit, and is quick enough for
millions of passages. The environment variable DNQA_PLAIN=1 chooses the reference, to compare them.
"""

import os

try:
    if os.environ.get("DNQA_PLAIN") == "1":
        raise ImportError
    from dnqa.index.loops.compiled import (
        Sequences,
        find_alike,
        find_nearest,
        intersect,
        measure_cosines,
        score,
        top,
        unite,
    )

    COMPILED = True
except ImportError:
    from dnqa.index.loops.reference import (
        Sequences,
        find_alike,
        find_nearest,
        intersect,
        measure_cosines,
        score,
        top,
        unite,
    )

    COMPILED = False

__all__ = [
    "COMPILED",
    "Sequences",
    "find_alike",
    "find_nearest",
    "intersect",
    "measure_cosines",
    "score",
    "top",
    "unite",
]
