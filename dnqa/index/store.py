"""One file of named sections, each part of it checked before it is believed.

    "dnqa index 6\\n"     16 bytes, padded with spaces
    sections              one after the other, each beginning at a multiple of 8
    checksums             of every 16 KiB from the beginning of the file, CRC-32, four bytes each
    directory             JSON: {"header": {...}, "sections": {name: [start, length, code]}}
    trailer               where the checksums begin and how long the directory is, eight bytes each; CRC-32 of both

The code of a section says what it holds, as in Python's module array: "B" for bytes, "H", "I" and "Q" for whole
numbers of two, four and eight bytes, "f" and "d" for others of four and eight, in the byte order of the machine. A part
is checked when it is first read, so that opening a large file costs no more than opening a small one.
"""

import json
import mmap
import struct
import zlib
from array import array
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, BinaryIO

from dnqa.errors import DamagedIndexError

MAGIC = b"dnqa index 7\n".ljust(16)
BLOCK = 1 << 14
"""Bytes under one checksum: 10 microseconds to check, and few are read for a question."""
_TRAILER = struct.Struct("<QQI")
_ALIGNED = 8
_SIZES = {code: array(code).itemsize for code in "BHIQfd"}
_WHOLE = "BHIQ"


class StoreWriter:
    """Writes a store to a file from its beginning to its end, each byte once."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._sections: dict[str, tuple[int, int, str]] = {}
        self._open = ""  # the section that is being written
        self._length = 0
        self._partial = 0  # checksum of the block that is not full yet
        self._checksums: list[int] = []
        self._write(MAGIC)

    def let_go(self) -> None:
        """Hold the file no longer, so that the writer can be pickled; `go_on` gives it back."""
        del self._file

    def go_on(self, file: BinaryIO) -> None:
        """Go on behind what was written: to the same file, opened again. Raises OSError."""
        file.seek(self._length)
        self._file = file

    def begin(self, name: str, code: str = "B") -> None:
        """Begin a section of numbers of a kind; what is appended from now on belongs to it."""
        self._write(bytes(-self._length % _ALIGNED))
        self._open = name
        self._sections[name] = (self._length, 0, code)

    def append(self, data: "bytes | memoryview") -> None:
        """Add bytes to the section that was begun last. Raises OSError."""
        start, length, code = self._sections[self._open]
        self._sections[self._open] = (start, length + len(data), code)
        self._write(data)

    def add(self, name: str, data: bytes) -> None:
        """Write a whole section of bytes."""
        self.begin(name)
        self.append(data)

    def add_json(self, name: str, value: object) -> None:
        """Write a whole section: a value as compressed JSON, with whatever characters a file name may have."""
        self.add(name, zlib.compress(json.dumps(value, separators=(",", ":")).encode()))

    def add_numbers(self, name: str, numbers: Iterable[int], code: str = "") -> None:
        """Write a whole section of whole numbers from 0 on: of a kind, or in no more bytes than the greatest needs."""
        values = array("Q", numbers)
        code = code or choose_code(max(values, default=0))
        self.begin(name, code)
        self.append(array(code, values).tobytes())

    def add_floats(self, name: str, numbers: Iterable[float]) -> None:
        """Write a whole section of numbers of four bytes."""
        self.begin(name, "f")
        self.append(array("f", numbers).tobytes())

    def finish(self, header: Mapping[str, object]) -> None:
        """Write what makes the file readable; until then it is none."""
        self._write(bytes(-self._length % _ALIGNED))
        start = self._length
        if start % BLOCK:
            self._checksums.append(self._partial)
        checksums = struct.pack(f"<{len(self._checksums)}I", *self._checksums)
        directory = json.dumps({"header": header, "sections": self._sections}).encode()
        self._file.write(checksums + directory)
        self._file.write(_TRAILER.pack(start, len(directory), zlib.crc32(checksums + directory)))
        self._file.flush()

    def _write(self, data: "bytes | memoryview") -> None:
        self._file.write(data)
        free = BLOCK - self._length % BLOCK
        self._length += len(data)
        if len(data) < free:  # most are small
            self._partial = zlib.crc32(data, self._partial)
            return
        view = memoryview(data)
        while len(view) >= free:
            self._checksums.append(zlib.crc32(view[:free], self._partial))
            self._partial = 0
            view = view[free:]
            free = BLOCK
        self._partial = zlib.crc32(view)


class Store:
    """Reads a store.

    header: what its writer said of it.
    path: where it is, None if it lies in memory.
    """

    def __init__(self, data: "bytes | mmap.mmap", path: Path | None = None) -> None:
        """Open a store that lies in memory or is mapped. Raises DamagedIndexError if it is not a whole one."""
        self.path = path
        self._data = memoryview(data)
        try:
            start, length, checksum = _TRAILER.unpack(self._data[-_TRAILER.size :])
            tail = self._data[start : -_TRAILER.size]
            n_blocks = -(-start // BLOCK)
            if len(tail) != 4 * n_blocks + length or zlib.crc32(tail) != checksum:
                raise self._error()
            directory = json.loads(bytes(tail[4 * n_blocks :]))
        except (struct.error, ValueError, IndexError) as error:
            raise self._error() from error
        self._checksums = struct.unpack(f"<{n_blocks}I", tail[: 4 * n_blocks])
        self._end = start
        self.is_checked = bytearray(n_blocks)
        self.header: dict[str, Any] = directory["header"]
        self._sections: dict[str, tuple[int, int, str]] = directory["sections"]
        self._opened: dict[str, tuple[int, int, memoryview[Any]]] = {}
        self.check(0, len(MAGIC))
        if self._data[: len(MAGIC)] != MAGIC:
            raise self._error()

    def _error(self) -> DamagedIndexError:
        return DamagedIndexError(f"{self.path}: the index is damaged; it is built again from its sources")

    @property
    def n_bytes(self) -> int:
        """The size of the file."""
        return len(self._data)

    def _find(self, name: str) -> tuple[int, int, str]:
        """Where a section begins, its length, and its code."""
        found = self._sections.get(name)
        if found is None:  # written by other rules than these
            raise self._error()
        return found

    def n_numbers(self, name: str) -> int:
        """How many numbers a section has."""
        _, length, code = self._find(name)
        return length // _SIZES[code]

    def start(self, name: str) -> int:
        """Where a section begins in the file."""
        return self._find(name)[0]

    def view(self, name: str, start: int = 0, stop: int | None = None) -> memoryview:
        """Bytes of a section of bytes, from `start` to before `stop`. Raises DamagedIndexError."""
        return self.numbers(name, start, stop)

    def numbers(self, name: str, start: int = 0, stop: int | None = None) -> "memoryview[Any]":
        """Numbers of a section, from `start` to before `stop`, checked.

        Raises DamagedIndexError if they are not what was written.
        """
        begin, size, numbers = self._opened.get(name) or self._open(name)
        stop = len(numbers) if stop is None else stop
        if not 0 <= start <= stop <= len(numbers):
            raise self._error()
        if start < stop:
            self.check(begin + size * start, begin + size * stop)
        return numbers[start:stop]

    def _open(self, name: str) -> "tuple[int, int, memoryview[Any]]":
        """Where a section begins, the bytes of one of its numbers, and all of these as they lie there, not checked."""
        begin, length, code = self._find(name)
        numbers: memoryview[Any] = self._data[begin : begin + length].cast(code)  # type: ignore[call-overload]  # of an array
        self._opened[name] = begin, _SIZES[code], numbers
        return self._opened[name]

    def number(self, name: str, place: int) -> Any:
        """One number of a section. Raises DamagedIndexError."""
        return self.numbers(name, place, place + 1)[0]

    def span(self, name: str, place: int) -> tuple[int, int]:
        """Where a part begins and ends, of a section that says where each begins. Raises DamagedIndexError."""
        start, stop = self.numbers(name, place, place + 2)
        return start, stop

    def read_json(self, name: str) -> Any:
        """A section that was written as JSON."""
        return unpack(self.view(name))

    def unchecked(self, name: str, code: str) -> "memoryview[Any]":
        """All numbers of a section of a kind as they lie there; whoever reads some calls `check` for these first.

        Raises DamagedIndexError if the section has others.
        """
        numbers = self._open(name)[2]
        if numbers.format != code:
            raise self._error()
        return numbers

    def check(self, start: int, stop: int) -> None:
        """Check all blocks that a span of the file touches, each once. Raises DamagedIndexError."""
        first, last = start // BLOCK, (stop - 1) // BLOCK
        block = self.is_checked.find(0, first, last + 1)
        while block >= 0:
            self.check_block(block)
            block = self.is_checked.find(0, block + 1, last + 1)

    def check_all(self) -> None:
        """Check the whole file. Raises DamagedIndexError."""
        self.check(0, self._end)

    def check_block(self, block: int) -> None:
        """Check one block of the file. Raises DamagedIndexError."""
        end = min((block + 1) * BLOCK, self._end)
        if zlib.crc32(self._data[block * BLOCK : end]) != self._checksums[block]:
            raise self._error()
        self.is_checked[block] = 1


def open_store(path: Path) -> Store:
    """Map a store. Raises OSError if it cannot be read, DamagedIndexError if it is not a whole one."""
    with path.open("rb") as file:
        try:
            mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        except ValueError as error:  # an empty file cannot be mapped
            raise DamagedIndexError(f"{path}: the index is empty; it is built again from its sources") from error
    return Store(mapped, path)


def choose_code(most: int) -> str:
    """The code of the smallest whole numbers that reach so far."""
    return next(code for code in _WHOLE if most < 1 << 8 * _SIZES[code])


def pack(value: object) -> bytes:
    """A value as compressed JSON."""
    return zlib.compress(json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace"), 3)


def unpack(data: "bytes | memoryview") -> Any:
    """The value that was packed."""
    return json.loads(zlib.decompress(data))
