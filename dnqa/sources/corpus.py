"""Read the sources of a corpus."""

from collections import Counter, deque
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from dnqa.errors import CorpusError, SidecarError, SourceError
from dnqa.records import Document, Passage, identify_next
from dnqa.sources.folder import find_sources, find_stray_sidecars, sidecar_path
from dnqa.text.characters import clean_line
from dnqa.text.files import read_data

if TYPE_CHECKING:
    from dnqa.sources.parsing import Parser
    from dnqa.sources.sidecar import Sidecar


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


class Unread(NamedTuple):
    """A file of a corpus that could not be read.

    name: of the file. made_of: as of a source. error: what is wrong, in one line that says what to do.
    """

    name: str
    made_of: str
    error: CorpusError

    @property
    def message(self) -> str:
        """What is wrong."""
        return str(self.error)

    @property
    def record(self) -> list[str]:
        """The same as JSON has it."""
        return [self.name, self.made_of, self.message]


Known = Callable[[str], Source | None]
"""Gives a source that was read before by what it is made of."""


class Corpus:
    """The sources of a folder, or one file, in name order.

    path: the folder or file.
    sources: at least one.
    stray_sidecars: names of sidecars in the folder whose source is not there.
    unread: the files that could not be read.
    """

    def __init__(
        self, path: Path, sources: Sequence[Source], stray_sidecars: Sequence[str] = (), unread: Sequence[Unread] = ()
    ) -> None:
        self.path = path
        self.unread = tuple(unread)
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

    Raises CorpusError, in one line that says what to do, if there is nothing to read, or no
    source of the folder can be read.
    """
    paths = find_sources(path)
    unread: list[Unread] = []
    sources = tuple(read_sources(paths, unread=unread))
    return Corpus(path, sources, find_stray_sidecars(path, paths), unread)


def read_sources(
    paths: Sequence[Path], known: Known = lambda _: None, unread: list[Unread] | None = None
) -> Iterator[Source]:
    """Read sources one by one, with passage ids that are unique among them.

    known: gives a source that was read before by what it is made of; it is not read again.
    unread: takes up those that cannot be read, as long as any can.
    Raises CorpusError for one that cannot be read, and where none can.
    """
    from dnqa.sources.parsing import MANY

    errors: list[CorpusError] = []
    n_read = 0
    for read in read_some(paths, known, is_many=len(paths) >= MANY):
        if isinstance(read, Source):
            n_read += 1
            yield read
        else:
            if unread is None or len(paths) == 1:
                raise read.error
            errors.append(read.error)
            unread.append(read)
    if errors and not n_read:
        raise errors[0]


def read_some(
    paths: Sequence[Path], known: Known = lambda _: None, *, is_many: bool = False
) -> Iterator[Source | Unread]:
    """Read sources one by one, with passage ids that are unique among them; what cannot be read is among them.

    is_many: whether they are read on all processors.
    """
    from dnqa.sources.parsing import Parser

    repeats: Counter[str] = Counter()
    with Parser(is_many=is_many) as parser:
        files: deque[_File] = deque()

        def list_tasks() -> Iterator[_File | Document]:
            for path in paths:
                files.append(_open(path, known))
                yield files[-1].source.document if files[-1].source else files[-1]

        for give in parser.map(lambda file: file.parse(parser), list_tasks()):
            file = files.popleft()
            try:
                source = file.make(give())
            except CorpusError as error:
                yield Unread(file.path.name, file.made_of, error)
                continue
            document = source.document
            passages = tuple(passage._replace(id=identify_next(passage.text, repeats)) for passage in document.passages)
            yield source._replace(path=file.path, document=document._replace(passages=passages))


class _File(NamedTuple):
    """A file that is about to be read.

    data: its bytes; beside: those of its sidecar, None without one. error: what kept them from being read.
    source: that was read from just this before.
    """

    path: Path
    data: bytes
    beside: bytes | None
    digest: str
    made_of: str
    error: CorpusError | None = None
    source: Source | None = None

    def parse(self, parser: "Parser") -> Document:
        """The document in it. Raises CorpusError."""
        if self.error:
            raise self.error
        _parse_sidecar(sidecar_path(self.path), self.beside)  # what is wrong there is said before the work
        return parser.parse(self.path, self.data)

    def make(self, document: Document) -> Source:
        """The source that its document makes. Raises SidecarError."""
        if self.source:
            return self.source
        sidecar = _parse_sidecar(sidecar_path(self.path), self.beside)
        return _make_source(self.path, document, sidecar)._replace(sha256=self.digest, made_of=self.made_of)


def _open(path: Path, known: Callable[[str], Source | None]) -> _File:
    errors: list[CorpusError] = []

    def read(file: Path, kind: type[CorpusError]) -> tuple[bytes, str]:
        import hashlib

        try:
            data = read_data(file, kind)
        except CorpusError as error:
            errors.append(error)
            return b"", "?"
        return data, hashlib.sha256(data).hexdigest()

    data, digest = read(path, SourceError)
    beside = sidecar_path(path)
    beside_data, beside_digest = read(beside, SidecarError) if beside.is_file() else (None, "")
    made_of = combine_digests(path.name, digest, beside_digest)
    error = errors[0] if errors else None
    return _File(path, data, beside_data, digest, made_of, error, None if error else known(made_of))


def _parse_sidecar(path: Path, data: bytes | None) -> "Sidecar":
    from dnqa.sources.sidecar import Sidecar, parse_sidecar

    return Sidecar() if data is None else parse_sidecar(path, data)


def combine_digests(name: str, source: str, sidecar: str) -> str:
    """The hex digest of what a source is made of.

    name: of its file. source, sidecar: hex digests of the bytes of both files, "" for a sidecar that is not there.
    """
    import hashlib

    return hashlib.sha256("\n".join((name, source, sidecar)).encode("utf-8", "surrogateescape")).hexdigest()


def _make_source(path: Path, document: Document, sidecar: "Sidecar") -> Source:
    name = clean_line(path.name)  # a file name may hold anything, and is shown
    title = sidecar.title or (document.headings[0].text if document.headings else "")
    passages, unmatched = _move(document, sidecar)
    for number in sidecar.references:
        if not any(number in passage.citations for passage in passages):
            unmatched.append(f"reference {number} is cited nowhere")
    passages = [passage._replace(source=name, title=title) for passage in passages]
    document = document._replace(passages=tuple(passages))
    return Source(name, path, "", title, sidecar, document, tuple(unmatched))


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
