"""Passages and known questions as vectors of what they mean, eight bits a number.

In the index, if an encoder was there when it was built:
meaning.rows    for each passage two rows of whole numbers from 0 to 255, 128 for 0: of its text behind the lead-in of
                its list, and of its text behind its heading
meaning.scales  what a number of each row stands for
asking.rows, asking.scales  the same, a row for each known question, where there are not too many
The header has `meaning`: the fingerprint of the encoder, and how many numbers a row has; and `asking` if there are
vectors of known questions.
"""

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

from dnqa.index.store import Store, StoreWriter
from dnqa.records import Passage

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_MIDDLE, _MOST = 128, 127
_ROWS_AT_ONCE = 1 << 15


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

    def __init__(self, store: Store, name: str, n_numbers: int) -> None:
        import numpy as np

        self._rows = np.frombuffer(store.view(f"{name}.rows"), np.uint8).reshape(-1, n_numbers)
        self._scales = np.frombuffer(store.numbers(f"{name}.scales"), np.float32)

    def score(self, vector: "NDArray[np.float32]") -> "NDArray[np.float32]":
        """The cosine of every row with a vector of length 1."""
        import numpy as np

        cosines = np.empty(len(self._rows), np.float32)
        for start in range(0, len(self._rows), _ROWS_AT_ONCE):
            span = slice(start, start + _ROWS_AT_ONCE)
            cosines[span] = (self._rows[span].astype(np.float32) - _MIDDLE) @ vector
        found: NDArray[np.float32] = cosines * self._scales
        return found


class Meaning:
    """The vectors of passages and of known questions.

    encoder: the fingerprint of what made them. has_questions: whether known questions were encoded too.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self.encoder: str = store.header["meaning"]["encoder"]
        self.has_questions: bool = store.header.get("asking", False)

    def _read_rows(self, name: str) -> _Rows:
        return _Rows(self._store, name, self._store.header["meaning"]["n_numbers"])

    @cached_property
    def _passages(self) -> _Rows:
        return self._read_rows("meaning")

    @cached_property
    def _questions(self) -> _Rows:
        return self._read_rows("asking")

    def score(self, vector: "NDArray[np.float32]") -> "NDArray[np.float32]":
        """How near every passage is to a question, by the cosine of their vectors, -1 to 1.

        The better of its text alone and of the mean of both rows. vector: of the question, of length 1.
        """
        import numpy as np

        own, headed = self._passages.score(vector).reshape(-1, 2).T
        better: NDArray[np.float32] = np.maximum(own, (own + headed) / 2)
        return better

    def find_known(self, vector: "NDArray[np.float32]") -> tuple[int, float] | None:
        """The known question that is nearest to a question, and their cosine; None if none was encoded."""
        if not self.has_questions:
            return None
        cosines = self._questions.score(vector)
        nearest = int(cosines.argmax())
        return nearest, float(cosines[nearest])
