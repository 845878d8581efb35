"""A corpus that can be asked: its sources, what it knows besides, and its index."""

from collections.abc import Callable, Container, Iterable, Mapping
from functools import cached_property, partial
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, TypeVar

from dnqa.answering import DEFAULT_TOP, LONGEST_QUESTION, Answerer
from dnqa.answers import Answer
from dnqa.cache import Cache
from dnqa.corpus import Corpus, Source, default_path, find_sources, find_stray_sidecars, read_corpus, read_sources
from dnqa.errors import DamagedIndexError
from dnqa.index import Index
from dnqa.index.store import Store
from dnqa.query import Query
from dnqa.records import Passage

if TYPE_CHECKING:
    from dnqa.index.building import Progress
    from dnqa.knowledge import Knowledge

__all__ = ["DEFAULT_TOP", "LONGEST_QUESTION", "Library", "load"]

Report = Callable[[str], None]
T = TypeVar("T")


class Library:
    """A corpus with its index, which is built when the first question is asked if none is saved.

    path: of the corpus.
    """

    def __init__(
        self,
        path: Path,
        *,
        corpus: Corpus | None = None,
        index: Index | None = None,
        cache: Cache | None = None,
        report: Report = lambda _: None,
    ) -> None:
        """A library of a corpus that was read, of its index, or of both.

        cache: where an index that has to be built is saved; None for nowhere.
        report: told, in a line, what was wrong with a saved index.
        """
        self.path = path
        self._cache = cache
        self._report = report
        if corpus is not None:
            self.corpus = corpus
        if index is not None:
            self.index = index

    @cached_property
    def corpus(self) -> Corpus:
        """The sources as they were read. Raises CorpusError if they have to be read again and cannot."""
        if "index" not in self.__dict__:
            return read_corpus(self.path)
        from dnqa.index.sources import StoredSources

        sources = self._try(lambda: tuple(StoredSources(self.index, self.path).all()))
        return Corpus(self.path, sources, find_stray_sidecars(self.path, [source.path for source in sources]))

    @property
    def passages(self) -> tuple[Passage, ...]:
        """All passages of the corpus, in document order."""
        return self.corpus.passages

    @property
    def references(self) -> Mapping[str, Mapping[int, str]]:
        """Reference entries by source name and number."""
        return self.corpus.references

    @property
    def handoff(self) -> str:
        """The clinic's line under every refusal, "" if it has none."""
        return self.index.handoff

    @cached_property
    def knowledge(self) -> "Knowledge":
        """The synonyms and known questions of the corpus."""
        from dnqa.knowledge import read_knowledge

        return read_knowledge(self.path, self.passages)

    @property
    def words(self) -> Container[str]:
        """All words of the passages, headings and synonyms, normalised."""
        return self.index.vocabulary

    @cached_property
    def index(self) -> Index:
        """What is asked."""
        return self._build()

    @cached_property
    def _answerer(self) -> Answerer:
        return Answerer(self.index)

    def build(self) -> None:
        """Build now what the first question would have to wait for. Raises CorpusError."""
        _ = self._answerer

    def _build(self) -> Index:
        corpus = self.__dict__.get("corpus")
        return build(self.path, self._cache, sources=corpus and corpus.sources)

    def _try(self, read: Callable[[], T]) -> T:
        """Read from the index; one that cannot be trusted is built again."""
        try:
            return read()
        except DamagedIndexError as error:
            self._report(str(error))
            self.__dict__.pop("_answerer", None)
            self.index = self._build()
            return read()

    def ask(self, question: str, *, top: int = DEFAULT_TOP, context: str = "") -> Answer:
        """Answer a question from the corpus, or refuse it.

        top: how many passages to give at most, from 1. Equal questions give equal answers.
        context: an earlier question that this one leans on; it helps to find, at a lower weight.
        Raises ValueError if top is below 1; any string is a question. Raises CorpusError if the index
        has to be built and a file of the corpus cannot be read.
        """
        return self._try(lambda: self._answerer.ask(question, top=top, context=context))

    def read(self, question: str) -> Query:
        """A question as the index is asked: corrected, with synonyms."""
        return self._try(lambda: self._answerer.read(question))

    def holds(self, passage: Passage, question: str) -> bool:
        """Whether a passage has every word of a question that means something, directly or by a synonym."""
        return self._try(lambda: self._answerer.holds(passage, question))

    def list_following(self, passage: Passage, n: int) -> list[Passage]:
        """The next n passages behind one that stand under the same headings, in document order."""
        return self._try(lambda: self._answerer.list_following(passage, n))


def load(
    path: str | Path | None = None, *, saved: bool = True, ahead: bool = False, report: Report = lambda _: None
) -> Library:
    """Load a corpus: a folder of sources or a single file.

    path: without one, the folder named by the environment variable DNQA_CORPUS, else the corpus
        shipped with dnqa.
    saved: whether to use the saved index, and to save one that has to be built.
    ahead: build what is not saved now, source by source, instead of with the first question.
    report: told, in a line, what was wrong with a saved index.
    Raises dnqa.CorpusError, in one line that says what to do, if it cannot be read.
    """
    found = Path(path) if path is not None else default_path()
    cache = Cache(found) if saved else None
    index = None
    try:
        index = cache.open() if cache else None
    except DamagedIndexError as error:
        report(str(error))
    if index is None and ahead:
        index = build(found, cache)
    corpus = read_corpus(found) if index is None else None
    return Library(found, corpus=corpus, index=index, cache=cache, report=report)


def build(
    path: Path,
    cache: Cache | None,
    *,
    sources: "tuple[Source, ...] | None" = None,
    progress: "Progress" = lambda _sources, _passages: None,
) -> Index:
    """Build the index of a corpus, and save it if it can be saved.

    sources: if they have been read already.
    progress: told how many sources and passages have been read.
    Raises CorpusError if a source, synonyms or known questions cannot be read.
    """
    write = partial(_write_index, path, progress)
    if cache is not None:
        return cache.build(write, sources)
    file = BytesIO()
    write(file, read_sources(find_sources(path)) if sources is None else sources, {"knowledge": {}})
    return Index(Store(file.getvalue(), "index in memory"))


def _write_index(
    path: Path, progress: "Progress", file: BinaryIO, sources: Iterable[Source], header: Mapping[str, object]
) -> Mapping[str, Any]:
    from dnqa.index.building import build_index
    from dnqa.knowledge import questions_path, read_knowledge

    return build_index(
        file,
        sources,
        partial(read_knowledge, path),
        header=header,
        keeps_passages=path.is_dir() and questions_path(path).is_file(),
        progress=progress,
    )
