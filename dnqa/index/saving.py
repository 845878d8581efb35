"""Build the index of a corpus, and save it where it can be saved."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

from dnqa.errors import DamagedIndexError
from dnqa.index import Index, OpenShards
from dnqa.index.cache import Cache, versions
from dnqa.index.store import Store
from dnqa.index.workers import Run, run_here
from dnqa.records import Answer
from dnqa.sources.corpus import Source, Unread, read_sources
from dnqa.sources.folder import default_path, find_sources
from dnqa.text.meaning import find_encoder

Report = Callable[[str], None]
Progress = Callable[[int, int, int], None]


class Way(NamedTuple):
    """How an index is built.

    run: does the work on shards, wherever that is; open_shards: opens them where they are asked, None for here.
    ask_all: answers many questions from the index in a file, in order; None for in this process.
    report: told, in a line, what was wrong with a saved index or a file.
    progress: told how many sources were read of how many, and how many passages they have.
    """

    run: Run[Any, Any] = run_here
    open_shards: OpenShards | None = None
    ask_all: Callable[[Path, Sequence[str]], Iterator[Answer]] | None = None
    report: Report = lambda _: None
    progress: Progress = lambda *_: None


PLAIN_WAY = Way()
"""In this process, and nothing is told."""


def build_ahead(path: Path | None, way: Way = PLAIN_WAY) -> tuple[Index, bool]:
    """The saved index of a corpus, whole and checked; and whether it had to be built.

    path: of the corpus, as for `dnqa.load`.
    The index lies in memory if it could not be saved. Raises CorpusError if a file of the corpus cannot be read.
    """
    found = path or default_path()
    cache = Cache(found, way.open_shards)
    index = open_saved(cache, way.report)
    if index is not None and not index.unread:  # what could not be read is tried again
        try:
            index.check_all()
        except DamagedIndexError as error:
            way.report(str(error))
        else:
            return index, False
    return build(found, cache, way=way), True


def open_saved(cache: Cache, report: Report) -> Index | None:
    """The saved index, or the one that another process is saving; None if there is none that can be trusted."""
    index = _open(cache, report)
    return _open(cache, report) if index is None and cache.wait_for_other() else index


def _open(cache: Cache, report: Report) -> Index | None:
    try:
        return cache.open()
    except DamagedIndexError as error:
        report(str(error))
        return None


def is_large(path: Path) -> bool:
    """Whether the index of a corpus is built in shards, from the files alone. Raises CorpusError."""
    from dnqa.index.sharding import choose_n_shards

    return choose_n_shards(find_sources(path)) > 1


def build(path: Path, cache: Cache | None, sources: Sequence[Source] | None = None, *, way: Way = PLAIN_WAY) -> Index:
    """Build the index of a corpus, and save it if it can be saved.

    cache: where; None for nowhere. sources: if they have been read already. Raises CorpusError.
    """
    builder = _Builder(path, sources, way)
    index = None
    if cache is not None:
        with suppress(OSError):  # a folder that is read-only, a disk that is full
            index = builder.save(cache)
    index = index or builder.build_in_memory()
    for file in builder.unread:
        way.report(file.message)
    return index


class _Builder:
    """Builds the index of a corpus.

    unread: the files that could not be read.
    """

    def __init__(self, path: Path, sources: Sequence[Source] | None, way: Way) -> None:
        self._path, self._sources, self._way = path, sources, way
        self.unread: list[Unread] = []

    def build_in_memory(self) -> Index:
        """An index that is kept nowhere."""
        memory = BytesIO()
        self._write(memory, None)
        return Index(Store(memory.getvalue()))

    def save(self, cache: Cache) -> Index:
        """An index that is saved. Raises OSError."""
        with cache.open_aside() as file:
            write = self._write_shards if is_large(self._path) else self._write
            return cache.keep(file, write(file, cache))

    def _write(self, file: BinaryIO, cache: Cache | None) -> Mapping[str, Any]:
        """Write an index in one file, and return its header."""
        from dnqa.index.building import build_index
        from dnqa.sources.knowledge import read_knowledge

        self.unread.clear()
        described = cache.describe() if cache else {"knowledge": {}}
        known = read_knowledge(self._path)
        sources = self._read(cache) if self._sources is None else self._sources
        return build_index(file, sources, known, header=described, encoder=find_encoder(), unread=self.unread)

    def _read(self, cache: Cache | None) -> Iterator[Source]:
        """Read sources, and tell after each how many were read of how many, and how many passages they have."""
        n_passages = 0
        known = cache.find_read() if cache else lambda _: None
        paths = find_sources(self._path)
        for n_read, source in enumerate(read_sources(paths, known, self.unread), 1):
            yield source
            n_passages += len(source.document.passages)
            self._way.progress(n_read + len(self.unread), len(paths), n_passages)

    def _write_shards(self, file: BinaryIO, cache: Cache) -> Mapping[str, Any]:
        """Write the shards of an index beside each other and their root into a file, and return its header."""
        from dnqa.index.assembling import Plan, build_shards, write_root
        from dnqa.sources.knowledge import read_knowledge

        described = cache.describe()
        known = read_knowledge(self._path)  # what is wrong there is said before the work
        corpus = self._path.absolute() if self._way.open_shards else self._path  # workers are in folders of their own
        made_of = cache.digest_sources(find_sources(corpus))
        is_far = self._way.open_shards is not None
        plan = Plan(corpus, made_of, file.name, cache.list_last(), versions(), is_far)
        built = build_shards(plan, self._way.run, self._way.progress)
        self.unread[:] = built.unread
        shards = [cache.keep_shard(shard) for shard in built.files]
        return write_root(
            file, shards, known, find_encoder(), {**described, "unread": [file.record for file in built.unread]}
        )
