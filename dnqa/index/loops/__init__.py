"""The innermost loops of asking: compiled where there is a compiler, and as plain Python.

`reference` is short and says what each function gives. `scores` and `likeness` give the same, bit for bit, and are
quick enough for millions of passages. The environment variable DNQA_PLAIN=1 chooses the reference, to compare them.
"""

import os

try:
    if os.environ.get("DNQA_PLAIN") == "1":
        raise ImportError
    from dnqa.index.loops.likeness import find_alike, find_nearest, measure_cosines, merge
    from dnqa.index.loops.scores import Sequences, score, top

    COMPILED = True
except ImportError:
    from dnqa.index.loops.reference import Sequences, find_alike, find_nearest, measure_cosines, merge, score, top

    COMPILED = False

__all__ = ["COMPILED", "Sequences", "find_alike", "find_nearest", "measure_cosines", "merge", "score", "top"]
