"""Read the sources of a corpus."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from dnqa.errors import SidecarError, SourceError
from dnqa.records import Document, Passage, identify_next
from dnqa.sources.folder import find_sources, find_stray_sidecars, sidecar_path
from dnqa.text.characters import clean_line
from dnqa.text.files import read_data

if TYPE_CHECKING:
    from dnqa.sources.sidecar import Sidecar

_LONGEST_LINE = 5_000_000
"""Characters. A hand-out has line breaks; a longer line is data, and is refused before it costs memory."""


class Source(NamedTuple):
    """A file of a corpus as it was read.

    name: file name, cleaned for showing.
    path: where it was read from.
    sha256: hex digest of its bytes.
    title: from the sidecar, else the first heading, else "".
    sidecar: what the sidecar says, empty if there is none.
    document: passages with ids that are unique in the corpus, sections moved as the sidecar says.
    unmatched: sidecar entries that match nothing, as text.
    made_of: hex digest of its name, its bytes and its sidecar's, "" if it comes from no file.
    """

    name: str
    path: Path
    sha256: str
    title: str
    sidecar: "Sidecar"
    document: Document
    unmatched: tuple[str, ...] = ()
    made_of: str = ""

    @property
    def references(self) -> dict[int, str]:
        """Reference entries by citation number: the source's own list, completed by its sidecar."""
        return {**self.sidecar.references, **self.document.references}


class Corpus:
    """The sources of a folder, or one file, in name order.

    path: the folder or file.
    sources: at least one.
    stray_sidecars: names of sidecars in the folder whose source is not there.
    """

    def __init__(self, path: Path, sources: Sequence[Source], stray_sidecars: Sequence[str] = ()) -> None:
        self.path = path
        self.sources = tuple(sources)
        self.stray_sidecars = tuple(stray_sidecars)

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        """All passages, in document order, sources in name order."""
        return tuple(passage for source in self.sources for passage in source.document.passages)

    @cached_property
    def references(self) -> dict[str, dict[int, str]]:
        """Reference entries by source name."""
        return {source.name: source.references for source in self.sources}

    @cached_property
    def handoff(self) -> str:
        """The clinic's line under every refusal, "" if no sidecar has one."""
        return next((source.sidecar.handoff for source in self.sources if source.sidecar.handoff), "")


def read_corpus(path: Path) -> Corpus:
    """Read a folder of sources or a single source.

    Raises CorpusError, in one line that says what to do, if there is nothing to read or a
    source or sidecar cannot be read.
    """
    paths = find_sources(path)
    return Corpus(path, tuple(read_sources(paths)), find_stray_sidecars(path, paths))


def read_sources(paths: Iterable[Path], known: Callable[[str], Source | None] = lambda _: None) -> Iterator[Source]:
    """Read sources one by one, with passage ids that are unique among them.

    known: gives a source that was read before by what it is made of; it is not read again.
    Raises CorpusError for one that cannot be read.
    """
    repeats: Counter[str] = Counter()
    for path in paths:
        yield _read_source(path, repeats, known)


def _read_source(path: Path, repeats: Counter[str], known: Callable[[str], Source | None]) -> Source:
    import hashlib

    data = read_data(path, SourceError)
    beside = sidecar_path(path)
    beside_data = read_data(beside, SidecarError) if beside.is_file() else None
    digest = hashlib.sha256(data).hexdigest()
    made_of = combine_digests(path.name, digest, "" if beside_data is None else hashlib.sha256(beside_data).hexdigest())
    source = known(made_of)
    if source is None:
        sidecar = _parse_sidecar(beside, beside_data)
        source = _make_source(path, data, sidecar)._replace(sha256=digest, made_of=made_of)
    document = source.document
    passages = tuple(passage._replace(id=identify_next(passage.text, repeats)) for passage in document.passages)
    return source._replace(path=path, document=document._replace(passages=passages))


def _parse_sidecar(path: Path, data: bytes | None) -> "Sidecar":
    from dnqa.sources.sidecar import Sidecar, parse_sidecar

    return Sidecar() if data is None else parse_sidecar(path, data)


def combine_digests(name: str, source: str, sidecar: str) -> str:
    """The hex digest of what a source is made of.

    name: of its file. source, sidecar: hex digests of the bytes of both files, "" for a sidecar that is not there.
    """
    import hashlib

    return hashlib.sha256("\n".join((name, source, sidecar)).encode("utf-8", "surrogateescape")).hexdigest()


def _make_source(path: Path, data: bytes, sidecar: "Sidecar") -> Source:
    from dnqa.reading import read_text

    document = read_text(_decode(path, data))
    if not document.passages:
        raise SourceError(f"{path}: no passage in this file; a source needs at least one sentence")
    name = clean_line(path.name)  # a file name may hold anything, and is shown
    title = sidecar.title or (document.headings[0].text if document.headings else "")
    passages, unmatched = _move(document, sidecar)
    for number in sidecar.references:
        if not any(number in passage.citations for passage in passages):
            unmatched.append(f"reference {number} is cited nowhere")
    passages = [passage._replace(source=name, title=title) for passage in passages]
    document = document._replace(passages=tuple(passages))
    return Source(name, path, "", title, sidecar, document, tuple(unmatched))


def _decode(path: Path, data: bytes) -> str:
    if not data.strip():
        raise SourceError(f"{path}: the file is empty; put the text of the hand-out in it")
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise SourceError(f"{path}: byte 1 is not UTF-8, this looks like UTF-16; save the file as UTF-8")
    if (nul := data.find(b"\0")) >= 0:
        raise SourceError(f"{path}: byte {nul + 1} is NUL, this is not a text file; export it as plain text first")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise SourceError(
            f"{path}: byte {error.start + 1} (line {line}) is not UTF-8; save the file as UTF-8"
        ) from error
    if len(text) > _LONGEST_LINE and (line := _find_long_line(text)):
        raise SourceError(f"{path}: line {line} is longer than {_LONGEST_LINE:,} characters; break the text into lines")
    return text


def _find_long_line(text: str) -> int:
    """The number of the first line that is too long, 0 if none is."""
    start = 0
    number = 1
    while (end := text.find("\n", start)) >= 0:
        if end - start > _LONGEST_LINE:
            return number
        start, number = end + 1, number + 1
    return number if len(text) - start > _LONGEST_LINE else 0


def _move(document: Document, sidecar: "Sidecar") -> tuple[list[Passage], list[str]]:
    """The passages under the headings that the sidecar gives them, and the entries that match nothing."""
    passages = list(document.passages)
    unmatched = []
    for move in sidecar.moved:
        found = [i for i, passage in enumerate(passages) if passage.text.startswith(move.begins)]
        path = _heading_path(document, move.section)
        if len(found) != 1:
            unmatched.append(f'moved: {len(found)} passages begin with "{move.begins}"')
        elif not path:
            unmatched.append(f'moved: no heading "{move.section}"')
        else:
            passages[found[0]] = passages[found[0]]._replace(section=move.section, path=path)
    return passages, unmatched


def _heading_path(document: Document, section: str) -> tuple[str, ...]:
    """A heading with all headings above it, () if the document has no such heading."""
    return next((path for path in heading_paths(document) if path[-1] == section), ())


def heading_paths(document: Document) -> list[tuple[str, ...]]:
    """Every heading of a document with all headings above it, outermost first, in document order."""
    paths: list[tuple[str, ...]] = []
    above: list[str] = []
    for heading in document.headings:
        above[heading.depth :] = [heading.text]
        paths.append(tuple(above))
    return paths
