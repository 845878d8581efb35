"""A dictionary on disk: from a text to a value, without reading more than a few hundred bytes.

A table is two sections. NAME holds entries "KEY NUL VALUE LF", the value as JSON, in order of the CRC-32 of the key
modulo the number of buckets. NAME.starts holds where each bucket begins, and where the last one ends.
"""

import json
import zlib
from collections.abc import Callable, Iterable, Mapping
from operator import itemgetter
from typing import Any

from dnqa.index.store import Store, StoreWriter

_PER_BUCKET = 4
"""Entries in a bucket, on average."""
_KEY_END, _ENTRY_END = b"\0", b"\n"


def write_table(writer: StoreWriter, name: str, entries: Iterable[tuple[str, object]]) -> None:
    """Write a table.

    entries: keys, each once and without NUL or line feed, with values that JSON has.
    """
    import numpy as np

    encoded = [(_encode(text), value) for text, value in entries]
    n_buckets = max(1, len(encoded) // _PER_BUCKET)
    ordered = [(zlib.crc32(key) % n_buckets, key, value) for key, value in encoded]
    ordered.sort(key=itemgetter(0, 1))  # whatever order they came in
    lines = [b"%b%b%b%b" % (key, _KEY_END, _write_value(value), _ENTRY_END) for _, key, value in ordered]
    writer.add(name, b"".join(lines))
    ends = np.cumsum([0, *map(len, lines)])
    first_of = np.searchsorted([bucket for bucket, _, _ in ordered], np.arange(n_buckets + 1))
    writer.add_numbers(f"{name}.starts", ends[first_of].tolist())


def _encode(key: str) -> bytes:
    return key.encode("utf-8", "replace")


def _write_value(value: object) -> bytes:
    if type(value) is int:  # most are, and JSON writes them just so
        return b"%d" % value
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")


class Table:
    """Reads a table."""

    def __init__(self, store: Store, name: str) -> None:
        self._store = store
        self._name = name
        self._starts = f"{name}.starts"
        self._n_buckets = store.n_numbers(self._starts) - 1
        self.get: Callable[[str], Any] = self._read
        """The value of a key, None if it is not there. Raises DamagedIndexError."""

    def _read(self, key: str) -> Any:
        wanted = _encode(key)
        bucket = zlib.crc32(wanted) % self._n_buckets
        start, stop = self._store.span(self._starts, bucket)
        entries = bytes(self._store.view(self._name, start, stop))
        wanted += _KEY_END
        at = 0 if entries.startswith(wanted) else entries.find(_ENTRY_END + wanted) + 1
        if at == 0 and not entries.startswith(wanted):
            return None
        return json.loads(entries[at + len(wanted) : entries.index(_ENTRY_END, at)])

    def load(self) -> Mapping[str, Any]:
        """Read the whole table into memory, for many questions, and give it. Raises DamagedIndexError."""
        parts = bytes(self._store.view(self._name)).replace(_KEY_END, _ENTRY_END).decode().split(_ENTRY_END.decode())
        entries = dict(zip(parts[:-1:2], json.loads(f"[{','.join(parts[1::2])}]"), strict=True))
        self.get = entries.get
        return entries
