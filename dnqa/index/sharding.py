"""Build shards: each counts its sources by itself, and is then weighed by what all shards have together.

Both steps take values that can be pickled and leave a file behind, so that any process that sees the folder can do
them, on this computer or another, and can do them again if one that began was ended.
"""

import hashlib
import math
import pickle
from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from dnqa.index.building import count_sources, write_counts
from dnqa.index.counting import Counts
from dnqa.index.source_records import find_stored
from dnqa.index.store import StoreWriter
from dnqa.index.vocabulary import OWN, write_vocabulary
from dnqa.sources.corpus import Source, Unread, read_some
from dnqa.text.meaning import find_encoder

_SMALL, LARGE = 1 << 21, 1 << 25
"""Bytes of the files of a shard: so few at first, since a document that has changed costs a second or two then, and so
many in the end, since they are counted in memory."""
_MANY = 8
"""Shards up to which they are small. Each adds some hundred microseconds to a question where one processor asks all;
and each keeps the words that several have."""
_FEWEST_BYTES, _FEWEST_SOURCES = 1 << 22, 32
"""Below, one file is as quick to build, and simpler."""
_TEXT_SUFFIXES = (".txt", ".md")
_DENSE = 16  # bytes of a PDF or Word file for each of its text, about


@dataclass(frozen=True)
class Reading:
    """Reads the sources of a shard.

    corpus: their folder. paths: in name order. previous: indexes that may have read some of them before.
    """

    corpus: Path
    paths: Sequence[Path]
    previous: Sequence[Path]

    def __call__(self) -> Iterator[Source | Unread]:
        """Sources, and what cannot be read of them."""
        return read_some(self.paths, find_stored(self.previous, self.corpus))


class Task(NamedTuple):
    """Sources to be counted. file: where the shard will be. read: gives them, and can be pickled."""

    file: Path
    read: Callable[[], Iterable[Source | Unread]]


class Counted(NamedTuple):
    """What a shard has counted.

    file: where it will be. n_passages, n_terms: how many there are.
    made_of: of what each source is made, by the names of their files, in order. unread: those that cannot be read.
    """

    file: Path
    n_passages: int
    n_terms: int
    made_of: dict[str, str]
    unread: Sequence[Unread]


class Weighing(NamedTuple):
    """A shard that was counted.

    mean_length: of a passage of the whole corpus. header: what the file says of it besides.
    """

    file: Path
    mean_length: float
    header: dict[str, Any]


def choose_n_shards(paths: Sequence[Path]) -> int:
    """How many shards sources make: a power of two by their size, 1 for a corpus that needs none."""
    size = 0
    for path in paths:
        with suppress(OSError):  # whoever reads it says so
            is_text = path.suffix.lower() in _TEXT_SUFFIXES
            size += path.stat().st_size // (1 if is_text else _DENSE)
    if len(paths) < _FEWEST_SOURCES or size < _FEWEST_BYTES:
        return 1
    return max(min(_MANY, _power_of_two(size / _SMALL)), _power_of_two(size / LARGE))


def _power_of_two(number: float) -> int:
    """The smallest that is not below a number."""
    return 1 << max(0, math.ceil(math.log2(number)))


def choose_shard(name: str, n_shards: int) -> int:
    """The shard of a source, by the name of its file: always the same, whatever other sources there are."""
    return int.from_bytes(hashlib.sha256(name.encode("utf-8", "surrogateescape")).digest()[:4], "big") % n_shards


def count_shard(task: Task) -> Counted:
    """Read and count the sources of a shard, and write what is known of it so far."""
    unread: list[Unread] = []
    made_of: dict[str, str] = {}
    ids, sizes = array("I"), array("I")

    def read() -> Iterator[Source]:
        for source in task.read():
            made_of[source.path.name if isinstance(source, Source) else source.name] = source.made_of
            if isinstance(source, Unread):
                unread.append(source)
                continue
            passages = source.document.passages
            ids.extend(int(passage.id[1:9], 16) for passage in passages)
            sizes.append(len(passages))
            yield source

    with task.file.open("wb") as file:
        writer = StoreWriter(file)
        counts = count_sources(writer, read(), find_encoder(), keeps_ids=False)
    writer.let_go()
    with _beside(task.file).open("wb") as file:
        pickle.dump((writer, counts, ids, sizes), file, protocol=5)
    return Counted(task.file, counts.n_passages, counts.n_terms, made_of, unread)


def weigh_shard(weighing: Weighing) -> Path:
    """Finish a shard that was counted, and return its file."""
    with _beside(weighing.file).open("rb") as counted:
        writer, counts, ids, sizes = pickle.load(counted)  # written by ourselves, just before
    assert isinstance(counts, Counts)
    with weighing.file.open("r+b") as file:
        writer.go_on(file)
        encoder = find_encoder()
        facts = write_counts(writer, counts, encoder, weighing.mean_length)
        n_words = write_vocabulary(writer, {OWN: counts.words})
        writer.add_numbers("passages.ids", ids, "I")
        writer.add_numbers("sources.sizes", sizes, "I")
        writer.finish({**facts, "n_words": n_words, "mean_length": weighing.mean_length, **weighing.header})
    return weighing.file  # what was counted stays beside it, should this have to be done again


def _beside(file: Path) -> Path:
    return file.with_name(f"{file.name}.counts")
