"""Where the index of a corpus is kept, and whether it is still that of its sources.

Below the user's cache folder each corpus has a folder of its own, named by the digest of its path:

STATE-TIME.index
              an index. STATE is the digest of all that it was made from, TIME when that was. So no file is ever
              written over another that may be in use, and an index of what the corpus was before is not found.
digests.json  for each file of the corpus its size, times and number on disk, its digest, and when that was taken.
              A file is hashed again when any of these has changed, or when it was changed so shortly before that
              a later change might not show (as git does it, "racy git", Hamano 2006).
STATE-TIME.shard
              a shard of an index that has several; STATE is the digest of what it was made from.
.NAME         an index or a shard that is being written, by the number of the process.

Nothing here is trusted: an index whose name is not the digest of what its header says, or a part of which has not the
checksum that it should have, is built again.
"""

import json
import os
import stat
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, BinaryIO

from dnqa.errors import DamagedIndexError
from dnqa.index import Index, OpenShards, read_index
from dnqa.index.store import MAGIC, Store, open_store
from dnqa.sources.corpus import Source, combine_digests
from dnqa.sources.folder import find_sources, list_knowledge_files, read_state, sidecar_path
from dnqa.sources.synonyms import GENERAL_FILE
from dnqa.text import analysis
from dnqa.text.files import write_aside
from dnqa.text.meaning import find_encoder
from dnqa.version import VERSION

CACHE_VARIABLE = "DNQA_CACHE"
READING_VERSION = 9
"""Changes whenever the same source would be read otherwise; `text.analysis.VERSION` when it would be analysed so."""
_RACY_NS = 2_000_000_000
"""Nanoseconds; no file system's clock is coarser."""
_SUFFIX, _SHARD_SUFFIX = ".index", ".shard"
_FEW = 32  # sources, of which each is looked for by itself
_LOOK_EVERY = 0.1  # seconds
_STALLED = 30.0
"""Seconds without a word from who writes an index, after which nobody waits for it any longer."""

Facts = list[Any]
"""Of a file: size, times of change in nanoseconds, number on disk; its digest, and when that was taken."""


def cache_folder() -> Path:
    """The folder for all indexes: that of the environment, else the user's own for such things."""
    named = os.environ.get(CACHE_VARIABLE)
    if named:
        return Path(named).absolute()
    import platformdirs

    return Path(platformdirs.user_cache_dir("dnqa", appauthor=False))


class Cache:
    """The saved index of one corpus.

    folder: where it is.
    """

    def __init__(self, corpus: Path, open_shards: OpenShards | None = None) -> None:
        """The cache of the corpus at a path. open_shards: where they are asked, None for in this process."""
        self._corpus = corpus
        self._open_shards = open_shards
        path = os.path.realpath(os.fspath(corpus).replace("\0", ""))  # no file has a NUL in its name, as will be said
        self.folder = cache_folder() / _digest(os.fsencode(path))[:16]
        self._digests = _Digests(self.folder / "digests.json")

    def open(self) -> Index | None:
        """The saved index of the corpus as it is now, None if there is none.

        Raises CorpusError if there is no source, DamagedIndexError for an index that cannot be trusted.
        """
        made_of = self.digest_sources(find_sources(self._corpus))
        state = _name_state({path.name: digest for path, digest in made_of.items()}, self._digest_knowledge())
        self._digests.save()
        try:
            return self._open(state)
        except OSError:  # an index that cannot be read is as good as none
            return None

    def _open(self, state: str) -> Index | None:
        damage = None
        for path in sorted(self.folder.glob(f"{state}-*{_SUFFIX}"), reverse=True):
            try:
                store = open_store(path)
                header = store.header
                if _name_state(header.get("sources", {}), header.get("knowledge", {})) != state:
                    raise DamagedIndexError(f"{path}: this is the index of something else; it is built again")
                return read_index(store, self.folder, self._open_shards)
            except FileNotFoundError:  # removed by a process that has a newer one
                continue
            except DamagedIndexError as error:
                damage = error
        if damage:
            raise damage
        return None

    def wait_for_other(self) -> bool:
        """Wait while another process writes an index of the corpus; whether one did.

        Many desks notice a change at once: one of them builds, the others need neither its time nor its memory.
        """
        has_waited = False
        while self._is_written_by_other():
            has_waited = True
            time.sleep(_LOOK_EVERY)
        return has_waited

    def _is_written_by_other(self) -> bool:
        own = f".{os.getpid()}-"
        now = time.time()
        with suppress(OSError):  # the folder is not there, or the file is gone meanwhile
            return any(
                not path.name.startswith(own) and _is_running(path.name) and now - path.stat().st_mtime < _STALLED
                for path in self.folder.glob(".*-*")
            )
        return False

    @contextmanager
    def open_aside(self) -> Iterator[BinaryIO]:
        """A file beside the indexes, to write one into; it is gone in the end unless `keep` took it up.

        Raises OSError if nothing can be written there.
        """
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        aside = self.name_aside()
        try:
            with aside.open("xb") as file:
                yield file
        finally:
            for left in self.folder.glob(f"{aside.name}*"):
                with suppress(OSError):
                    left.unlink(missing_ok=True)

    def name_aside(self) -> Path:
        """A new file beside the indexes, for what is being written."""
        return self.folder / f".{os.getpid()}-{time.time_ns()}"

    def describe(self) -> dict[str, object]:
        """What the header of an index says of the corpus as it is now, beside its sources."""
        self._digests.forget()  # if one of them is wrong, it shall not be the reason to build again
        return {"knowledge": self._digest_knowledge(), "versions": versions()}

    def digest_sources(self, paths: Sequence[Path]) -> dict[Path, str]:
        """What sources are made of, by their paths."""
        is_many = len(paths) > _FEW  # most of them have no sidecar that need be looked for
        there = set(map(str.casefold, os.listdir(paths[0].parent))) if is_many else None
        return {path: self._digest_source(path, there) for path in paths}

    def keep_shard(self, file: Path) -> Store:
        """Give a shard that was written aside its name, if it has none yet, and open it. Raises OSError."""
        if file.suffix != _SHARD_SUFFIX:
            state = open_store(file).header["state"]
            file = file.rename(self.folder / f"{state}-{time.time_ns():x}{_SHARD_SUFFIX}")
        return open_store(file)

    def keep(self, file: BinaryIO, header: Mapping[str, Any]) -> Index:
        """Give an index that was written aside its name, remove those that nobody uses any more, and open it.

        file: as `open_aside` gave it; it is closed. header: what was written into it.
        An index of a corpus that has changed meanwhile is only read. Raises OSError.
        """
        file.close()
        aside = Path(file.name)
        if self._digest_knowledge() != header["knowledge"]:
            return read_index(Store(aside.read_bytes()), self.folder, self._open_shards)
        state = _name_state(header["sources"], header["knowledge"])
        path = self.folder / f"{state}-{time.time_ns():x}{_SUFFIX}"
        aside.rename(path)
        index = read_index(open_store(path), self.folder, self._open_shards)
        self._remove_others({path.name, *(name for name, _ in header.get("shards", ()))})
        self._digests.save()
        return index

    def _remove_others(self, kept: set[str]) -> None:
        """Remove older indexes with their shards, and what a process that was killed has left."""
        for path in self.folder.iterdir():
            is_left = path.name.startswith(".") and not _is_running(path.name)
            if (path.suffix in (_SUFFIX, _SHARD_SUFFIX) or is_left) and path.name not in kept:
                with suppress(OSError):  # on Windows, if it is in use
                    path.unlink()

    def find_read(self) -> Callable[[str], Source | None]:
        """Finds a source in the last index, by what it is made of."""
        from dnqa.index.source_records import find_stored

        return find_stored(self.list_last(), self._corpus)

    def list_last(self) -> list[Path]:
        """The files of the last index that was made by the same rules: itself, or its shards; [] if there is none."""
        saved: list[Path] = []
        with suppress(OSError):  # a folder that cannot be looked into
            saved = sorted(self.folder.glob(f"*{_SUFFIX}"), key=lambda path: path.stem.partition("-")[2])
        for path in reversed(saved):
            with suppress(OSError, DamagedIndexError):
                header = open_store(path).header
                if header.get("versions") == list(versions()):
                    return [self.folder / name for name, _ in header["shards"]] if "shards" in header else [path]
        return []

    def _digest_source(self, path: Path, there: set[str] | None) -> str:
        sidecar = sidecar_path(path)
        is_there = there is None or sidecar.name.casefold() in there
        return combine_digests(path.name, self._digests.find(path), self._digests.find(sidecar) if is_there else "")

    def _digest_knowledge(self) -> dict[str, str]:
        files = [GENERAL_FILE, *list_knowledge_files(self._corpus)]
        return {path.name if path != GENERAL_FILE else "": self._digests.find(path) for path in files}


class _Digests:
    """The digests of files, taken again only when they may have changed."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._known: dict[str, Facts] = {}
        self._has_changed = False
        with suppress(OSError, ValueError):
            known = json.loads(path.read_bytes())
            self._known = known if isinstance(known, dict) else {}

    def find(self, path: Path) -> str:
        """The hex digest of a file, "" if it is not there or no file; of one that cannot be read, what none has."""
        try:
            status = path.stat()
            return self._find(path, status) if stat.S_ISREG(status.st_mode) else ""
        except FileNotFoundError:
            return ""
        except OSError:  # whoever reads it says so
            return "?"

    def _find(self, path: Path, status: os.stat_result) -> str:
        name = os.path.abspath(path)
        state = read_state(status)
        now = time.time_ns()
        match self._known.get(name):
            case [*known, str(digest), int(taken)] if known == [*state]:
                if max(state.modified, state.changed) + _RACY_NS < taken <= now:
                    return digest
        digest = _digest(path.read_bytes())
        self._known[name] = [*state, digest, now]
        self._has_changed = True
        return digest

    def save(self) -> None:
        """Write down what was found, if that is possible and anything is new."""
        if self._has_changed:
            with suppress(OSError):  # a folder that is not there, or must not be written to
                write_aside(self._path, json.dumps(self._known).encode())
            self._has_changed = False

    def forget(self) -> None:
        """Forget all, here and on disk: what is asked for is taken again."""
        self._known.clear()
        self._has_changed = False
        with suppress(OSError):
            self._path.unlink(missing_ok=True)


def _digest(data: bytes) -> str:
    import hashlib

    return hashlib.sha256(data).hexdigest()


def versions() -> tuple[object, ...]:
    """What an index depends on besides its corpus."""
    import Stemmer

    encoder = find_encoder()
    fingerprint = encoder.fingerprint if encoder else ""
    return VERSION, MAGIC.decode(), sys.byteorder, READING_VERSION, analysis.VERSION, Stemmer.version(), fingerprint


def _name_state(made_of: Mapping[str, str], knowledge: Mapping[str, str]) -> str:
    """The name of all that an index is made from."""
    return _digest(json.dumps([versions(), list(made_of.items()), list(knowledge.items())]).encode())[:32]


def _is_running(name: str) -> bool:
    """Whether the process that a file aside was named by still runs."""
    number = name[1:].partition("-")[0]
    if not number.isdecimal():
        return False
    if sys.platform == "win32":  # a file that is open cannot be removed there anyway
        return False
    try:
        os.kill(int(number), 0)
    except ProcessLookupError:
        return False
    except (PermissionError, OverflowError):
        pass
    return True
