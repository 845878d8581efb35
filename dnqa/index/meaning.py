"""Passages and known questions as vectors of what they mean, eight bits a number.

In the index, if an encoder was there when it was built:
meaning.rows    for each passage two rows of whole numbers from 0 to 255, 128 for 0: of its text behind the lead-in of
                its list, and of its text behind its heading
meaning.scales  what a number of each row stands for
asking.rows, asking.scales  the same, a row for each known question, where there are not too many
The header has `meaning`: the fingerprint of the encoder, and how many numbers a row has; and `asking` if there are
vectors of known questions.
"""

from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

from dnqa.index.store import Store, StoreWriter
from dnqa.records import Passage

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_MIDDLE, _MOST = 128, 127
_ROWS_AT_ONCE = 1 << 15
_FINENESS = 4096.0
"""What the numbers of a question's vector are counted in: a cosine moves by less than 0.001, and no sum of the products
with a row, whose numbers reach 127, leaves the whole numbers that four bytes can hold exactly."""


def list_sentences(passages: Sequence[Passage]) -> list[str]:
    """What of each passage is encoded: its text behind its lead-in, and behind its heading."""
    sentences: list[str] = []
    for place, passage in enumerate(passages):
        lead_in = [passages[place - passage.lead].text] if passage.lead else []
        sentences += (" ".join((*lead_in, passage.text)), ". ".join((*passage.path[-1:], passage.text)))
    return sentences


def write_meaning(writer: StoreWriter, vectors: "NDArray[np.float32]", fingerprint: str) -> dict[str, Any]:
    """Write the vectors of all passages, two rows each, and return what belongs into the header."""
    _write_rows(writer, "meaning", vectors)
    return {"meaning": {"encoder": fingerprint, "n_numbers": int(vectors.shape[1])}}


def write_asking(writer: StoreWriter, vectors: "NDArray[np.float32]") -> dict[str, Any]:
    """Write the vectors of all known questions, and return what belongs into the header."""
    _write_rows(writer, "asking", vectors)
    return {"asking": True}


def _write_rows(writer: StoreWriter, name: str, vectors: "NDArray[np.float32]") -> None:
    import numpy as np

    scales = np.abs(vectors).max(axis=1, keepdims=True) / _MOST
    rows = np.rint(vectors / np.maximum(scales, 1e-12)).astype(np.int16) + _MIDDLE
    writer.add(f"{name}.rows", rows.astype(np.uint8).tobytes())
    writer.add_floats(f"{name}.scales", scales.ravel().tolist())


class _Rows:
    """Vectors as they are stored."""

    def __init__(self, store: Store, name: str) -> None:
        import numpy as np

        n_numbers = store.header["meaning"]["n_numbers"]
        self._rows = np.frombuffer(store.view(f"{name}.rows"), np.uint8).reshape(-1, n_numbers)
        self._scales = np.frombuffer(store.numbers(f"{name}.scales"), np.float32)

    def score(self, vector: "NDArray[np.float32]") -> "NDArray[np.float32]":
        """The cosine of every row with a vector of length 1, to the last bit the same wherever the row stands."""
        import numpy as np

        whole = np.rint(vector * _FINENESS)  # sums of whole numbers are exact in whatever order they are added up
        cosines = np.empty(len(self._rows), np.float32)
        for start in range(0, len(self._rows), _ROWS_AT_ONCE):
            span = slice(start, start + _ROWS_AT_ONCE)
            cosines[span] = (self._rows[span].astype(np.float32) - _MIDDLE) @ whole
        found: NDArray[np.float32] = cosines / _FINENESS * self._scales
        return found


class Meaning:
    """The vectors of passages.

    encoder: the fingerprint of what made them.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self.encoder: str = store.header["meaning"]["encoder"]

    @cached_property
    def _passages(self) -> _Rows:
        return _Rows(self._store, "meaning")

    def measure(self, vector: "NDArray[np.float32]", n: int, rows: Iterable[int] = ()) -> dict[int, float]:
        """The cosines of the n passages that are nearest to a question, and of some more, -1 to 1, by their rows.

        The better of a passage's text alone and of the mean of both its rows. vector: of the question, of length 1.
        """
        import numpy as np

        own, headed = self._passages.score(vector).reshape(-1, 2).T
        better: NDArray[np.float32] = np.maximum(own, (own + headed) / 2)
        nearest = np.argpartition(-better, n - 1)[:n] if n < len(better) else np.arange(len(better))
        least = better[nearest].min(
            initial=np.inf
        )  # all that are as near as the last: which of them is not ours to say
        return {row: float(better[row]) for row in {*np.flatnonzero(better >= least).tolist(), *rows}}


class MeantQuestions:
    """The vectors of known questions."""

    def __init__(self, store: Store) -> None:
        self._rows = _Rows(store, "asking")

    def find(self, vector: "NDArray[np.float32]") -> tuple[int, float]:
        """The known question that is nearest to a question, and their cosine. vector: of the question, of length 1."""
        cosines = self._rows.score(vector)
        nearest = int(cosines.argmax())
        return nearest, float(cosines[nearest])
