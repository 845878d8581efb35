"""A corpus that can be asked: its sources, what it knows besides, and its index."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property, partial
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, TypeVar

from dnqa.asking.answering import DEFAULT_TOP, LONGEST_QUESTION, Answerer
from dnqa.asking.query import Query
from dnqa.errors import DamagedIndexError
from dnqa.index import Index
from dnqa.index.cache import Cache
from dnqa.index.store import Store
from dnqa.records import Answer, Passage
from dnqa.sources.corpus import (
    Corpus,
    Source,
    default_path,
    find_sources,
    find_stray_sidecars,
    read_corpus,
    read_sources,
)

if TYPE_CHECKING:
    from dnqa.sources.knowledge import Knowledge

__all__ = ["DEFAULT_TOP", "LONGEST_QUESTION", "Library", "load"]

Report = Callable[[str], None]
Progress = Callable[[int, int, int], None]
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
        from dnqa.index.source_records import StoredSources

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
        from dnqa.sources.knowledge import read_knowledge

        return read_knowledge(self.path, self.passages)

    def knows(self, word: str) -> bool:
        """Whether a normalised word is in the passages, the headings or the synonyms."""
        return self._try(lambda: word in self.index.vocabulary)

    @cached_property
    def index(self) -> Index:
        """What is asked."""
        return self._build()

    @cached_property
    def _answerer(self) -> Answerer:
        return Answerer(self.index)

    def _expect_many(self) -> None:
        self.index.expect_many()

    def reload(self) -> "Library":
        """A library of the corpus as it is now. Raises CorpusError."""
        return load(self.path, saved=self._cache is not None, report=self._report)

    def build(self) -> None:
        """Build now what the first question would have to wait for. Raises CorpusError."""
        _ = self._answerer

    def expect_many(self) -> None:
        """Spend the time of some dozens of questions on answering many more quickly. Raises CorpusError."""
        self._try(self._expect_many)

    def _build(self) -> Index:
        corpus = self.__dict__.get("corpus")
        return _build(self.path, self._cache, sources=corpus and corpus.sources)

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

    def ask_all(self, questions: Sequence[str], *, top: int = DEFAULT_TOP) -> list[Answer]:
        """Answer some dozens of questions, each as `ask` does, in less time than one after the other.

        Raises ValueError if top is below 1, and CorpusError as `ask` does.
        """
        return self._try(lambda: self._answerer.ask_all(questions, top=top))

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
    index = _open(cache, report) if cache else None
    if index is None and ahead:
        index = _build(found, cache)
    corpus = read_corpus(found) if index is None else None
    return Library(found, corpus=corpus, index=index, cache=cache, report=report)


def build_ahead(
    path: Path | None, *, report: Report = lambda _: None, progress: Progress | None = None
) -> tuple[Index, bool]:
    """The saved index of a corpus, whole and checked; and whether it had to be built.

    path: of the corpus, as for `load`.
    report: told, in a line, what was wrong with a saved index.
    progress: told, after each source, how many were read of how many, and how many passages they have.
    The index lies in memory if it could not be saved. Raises CorpusError if a file of the corpus cannot be read.
    """
    found = path or default_path()
    cache = Cache(found)
    index = _open(cache, report)
    if index is not None:
        try:
            index.store.check_all()
        except DamagedIndexError as error:
            report(str(error))
        else:
            return index, False
    return _build(found, cache, progress=progress), True


def _open(cache: Cache, report: Report) -> Index | None:
    try:
        return cache.open()
    except DamagedIndexError as error:
        report(str(error))
        return None


def _build(
    path: Path, cache: Cache | None, *, sources: tuple[Source, ...] | None = None, progress: Progress | None = None
) -> Index:
    """Build the index of a corpus, and save it if it can be saved.

    sources: if they have been read already.
    """
    write = partial(_write_index, path, progress)
    if cache is not None:
        return cache.build(write, sources)
    file = BytesIO()
    write(file, read_sources(find_sources(path)) if sources is None else sources, {"knowledge": {}})
    return Index(Store(file.getvalue()))


def _write_index(
    path: Path, progress: Progress | None, file: BinaryIO, sources: Iterable[Source], header: Mapping[str, object]
) -> Mapping[str, Any]:
    from dnqa.index.building import build_index
    from dnqa.sources.knowledge import questions_path, read_knowledge

    n_sources = len(find_sources(path)) if progress else 0

    def tell(n_read: int, n_passages: int) -> None:
        if progress:
            progress(n_read, n_sources, n_passages)

    return build_index(
        file,
        sources,
        partial(read_knowledge, path),
        header=header,
        keeps_passages=path.is_dir() and questions_path(path).is_file(),
        progress=tell,
    )
