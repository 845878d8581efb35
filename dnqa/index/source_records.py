"""Sources as an index keeps them: all that was read of them, so that an unchanged one is not read again."""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

from dnqa.errors import DamagedIndexError
from dnqa.index.index import Index
from dnqa.index.store import open_store
from dnqa.records import Document, Doubt, Heading, Passage
from dnqa.sources.corpus import Known, Source
from dnqa.sources.sidecar import Move, Sidecar


def source_record(source: Source) -> dict[str, Any]:
    """A source without its passages, as JSON has it."""
    document, sidecar = source.document, source.sidecar
    return {
        "name": source.name,
        "file": source.path.name,
        "sha256": source.sha256,
        "made_of": source.made_of,
        "title": source.title,
        "unmatched": source.unmatched,
        "sidecar": [
            sidecar.title,
            sidecar.version,
            sidecar.reviewed,
            sidecar.handoff,
            sidecar.clinic,
            list(sidecar.references.items()),
            sidecar.moved,
        ],
        "n_passages": len(document.passages),
        "headings": [
            (heading.text, heading.depth, heading.line, heading.start, heading.end) for heading in document.headings
        ],
        "references": list(document.references.items()),
        "entries": list(source.references.items()),
        "convention": document.convention,
        "doubts": [(doubt.line, doubt.message) for doubt in document.doubts],
    }


class StoredSources:
    """The sources of an index, each read from it when it is wanted."""

    def __init__(self, index: Index, path: Path) -> None:
        """Sources of the corpus at a path."""
        self._index = index
        self._path = path

    def all(self) -> Iterator[Source]:
        """All of them, in name order. Raises DamagedIndexError."""
        passages = self._index.passages()
        for record in self._index.sources:
            yield self._restore(record, passages)

    def find(self, made_of: str) -> Source | None:
        """The source that is made of just this, None if there is none that can be trusted."""
        with suppress(DamagedIndexError):
            if place := self._places.get(made_of):
                return self._restore(self._index.sources[place.number], self._index.passages(place.row))
        return None

    @cached_property
    def _places(self) -> dict[str, "_Place"]:
        places = {}
        row = 0
        for number, record in enumerate(self._index.sources):
            places[record["made_of"]] = _Place(number, row)
            row += record["n_passages"]
        return places

    def _restore(self, record: dict[str, Any], passages: Iterator[Passage]) -> Source:
        path = self._path / record["file"] if self._path.is_dir() else self._path
        return _restore(record, path, islice(passages, record["n_passages"]))


def find_stored(files: Iterable[Path], corpus: Path) -> Known:
    """Finds a source of a corpus in the indexes that may have read it before, by what it is made of.

    files: of the indexes, one of which may be gone or of no use.
    """
    stored: list[StoredSources] = []
    for path in files:
        with suppress(OSError, DamagedIndexError):
            stored.append(StoredSources(Index(open_store(path)), corpus))
    return lambda made_of: next((found for sources in stored if (found := sources.find(made_of))), None)


class _Place(NamedTuple):
    """Where a source is among the sources, and its first passage among the passages."""

    number: int
    row: int


def _restore(record: dict[str, Any], path: Path, passages: Iterable[Passage]) -> Source:
    title, version, reviewed, handoff, clinic, references, moved = record["sidecar"]
    document = Document(
        tuple(passages),
        tuple(Heading(*heading) for heading in record["headings"]),
        dict(record["references"]),
        record["convention"],
        tuple(Doubt(*doubt) for doubt in record["doubts"]),
    )
    sidecar = Sidecar(title, version, reviewed, handoff, clinic, dict(references), tuple(Move(*move) for move in moved))
    return Source(
        record["name"],
        path,
        record["sha256"],
        record["title"],
        sidecar,
        document,
        tuple(record["unmatched"]),
        record["made_of"],
    )
