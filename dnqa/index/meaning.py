"""Passages as vectors of what they mean, eight bits a number.

In the index, if an encoder was there when it was built:
meaning.rows    for each passage two rows of whole numbers from 0 to 255, 128 for 0: of its text behind the lead-in of
                its list, and of its text behind its heading
meaning.scales  what a number of each row stands for
The header has `meaning`: the fingerprint of the encoder, and how many numbers a row has.
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
    import numpy as np

    scales = np.abs(vectors).max(axis=1, keepdims=True) / _MOST
    rows = np.rint(vectors / np.maximum(scales, 1e-12)).astype(np.int16) + _MIDDLE
    writer.add("meaning.rows", rows.astype(np.uint8).tobytes())
    writer.add_floats("meaning.scales", scales.ravel().tolist())
    return {"meaning": {"encoder": fingerprint, "n_numbers": int(vectors.shape[1])}}


class Meaning:
    """The vectors of passages.

    encoder: the fingerprint of what made them.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self.encoder: str = store.header["meaning"]["encoder"]
        self._n_numbers: int = store.header["meaning"]["n_numbers"]

    @cached_property
    def _rows(self) -> "tuple[NDArray[np.uint8], NDArray[np.float32]]":
        import numpy as np

        rows = np.frombuffer(self._store.view("meaning.rows"), np.uint8).reshape(-1, self._n_numbers)
        return rows, np.frombuffer(self._store.numbers("meaning.scales"), np.float32)

    def score(self, vector: "NDArray[np.float32]") -> "NDArray[np.float32]":
        """How near every passage is to a question, by the cosine of their vectors, -1 to 1.

        The better of its text alone and of the mean of both rows. vector: of the question, of length 1.
        """
        import numpy as np

        rows, scales = self._rows
        cosines = np.empty(len(rows), np.float32)
        for start in range(0, len(rows), _ROWS_AT_ONCE):
            span = slice(start, start + _ROWS_AT_ONCE)
            cosines[span] = (rows[span].astype(np.float32) - _MIDDLE) @ vector
        own, headed = (cosines * scales).reshape(-1, 2).T
        better: NDArray[np.float32] = np.maximum(own, (own + headed) / 2)
        return better
