"""The file of an index."""

import random
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dnqa.errors import DamagedIndexError
from dnqa.index.store import BLOCK, Store, StoreWriter, open_store
from dnqa.index.table import Table, write_table

keys = st.text(st.characters(exclude_characters="\0\n", exclude_categories=["Cs"]), max_size=12)
values = st.one_of(st.integers(), st.text(max_size=5), st.lists(st.integers(), max_size=3))


def write(sections: dict[str, bytes]) -> bytes:
    """A store with some sections."""
    file = BytesIO()
    writer = StoreWriter(file)
    for name, data in sections.items():
        writer.add(name, data)
    writer.finish({"made": "here"})
    return file.getvalue()


@given(st.dictionaries(st.text(max_size=5), st.binary(max_size=3 * BLOCK), max_size=4))
def test_what_was_written_is_read(sections: dict[str, bytes]) -> None:
    """Every section comes back, byte for byte, whatever its length."""
    store = Store(write(sections))
    assert store.header == {"made": "here"}
    assert {name: bytes(store.view(name)) for name in sections} == sections


def test_only_what_is_read_is_checked() -> None:
    """A part of a section is read without looking at the rest of it."""
    store = Store(write({"long": bytes(10 * BLOCK)}))
    store.view("long", 5 * BLOCK, 5 * BLOCK + 10)
    assert sum(store.is_checked) <= 3
    store.check_all()
    assert all(store.is_checked)


def test_numbers_are_read_by_their_place() -> None:
    """From one to before another, of whatever size."""
    file = BytesIO()
    writer = StoreWriter(file)
    writer.add_numbers("odd", range(1, 100, 2))
    writer.add_numbers("great", [1, 70_000])
    writer.add_floats("real", [0.5, 0.25])
    writer.finish({})
    store = Store(file.getvalue())
    assert store.numbers("odd", 3, 6).tolist() == [7, 9, 11]
    assert (store.numbers("odd").format, store.numbers("great").format) == ("B", "I")
    assert store.number("great", 1) == 70_000
    assert store.numbers("real").tolist() == [0.5, 0.25]
    with pytest.raises(DamagedIndexError):
        store.numbers("odd", 49, 51)


def test_a_changed_byte_is_noticed() -> None:
    """Wherever it is: no section is ever read that is not as it was written."""
    sections = {"a": random.Random(1).randbytes(2 * BLOCK + 100), "b": b"short"}
    whole = write(sections)
    for place in [*range(16), *range(16, len(whole), 97), *range(len(whole) - 300, len(whole))]:
        damaged = bytearray(whole)
        damaged[place] ^= 0x40
        try:
            store = Store(bytes(damaged))
            read = {name: bytes(store.view(name)) for name in sections}
            store.check_all()
        except DamagedIndexError:
            continue
        assert read == sections, place


def test_a_cut_file_is_noticed(tmp_path: Path) -> None:
    """However much is missing, and an empty file too."""
    whole = write({"a": bytes(3 * BLOCK)})
    path = tmp_path / "cut.index"
    for length in (0, 1, 15, 16, 100, BLOCK, 2 * BLOCK, len(whole) - 21, len(whole) - 1):
        path.write_bytes(whole[:length])
        with pytest.raises(DamagedIndexError, match=r"cut\.index"):
            open_store(path)


@given(st.dictionaries(keys, values, max_size=30), keys)
def test_a_table_is_a_dictionary(entries: dict[str, object], other: str) -> None:
    """Each key gives its value, any other gives nothing, on disk and in memory."""
    file = BytesIO()
    writer = StoreWriter(file)
    write_table(writer, "table", entries.items())
    writer.finish({})
    table = Table(Store(file.getvalue()), "table")
    for _ in range(2):
        assert {key: table.get(key) for key in entries} == entries
        assert table.get(other) == entries.get(other)
        table.load()
