"""A corpus that can be asked: its sources, what it knows besides, and its index."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from dnqa.asking.answering import DEFAULT_TOP, LONGEST_QUESTION, Answerer
from dnqa.asking.deciding import refuse
from dnqa.asking.query import Query
from dnqa.errors import CorpusError, DamagedIndexError, UsageError
from dnqa.index import Index
from dnqa.index.cache import Cache
from dnqa.index.saving import PLAIN_WAY, Way, build, is_large, open_saved
from dnqa.records import Answer, Passage
from dnqa.sources.corpus import Corpus, Unread, read_corpus
from dnqa.sources.folder import default_path, find_stray_sidecars
from dnqa.text.analysis import terms
from dnqa.text.characters import clean_line

if TYPE_CHECKING:
    from dnqa.sources.knowledge import Knowledge

__all__ = ["DEFAULT_TOP", "LONGEST_QUESTION", "Library", "load"]

_MOST_NAMES = 12
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
        way: Way = PLAIN_WAY,
    ) -> None:
        """A library of a corpus that was read, of its index, or of both; ValueError without either.

        cache: where an index that has to be built is saved; None for nowhere.
        way: how that is built.
        """
        if corpus is None and index is None:
            raise ValueError("a library needs a corpus or an index")
        self.path = path
        self._corpus = corpus
        self._answerer = Answerer(index) if index else None
        self._cache = cache
        self._way = way

    @property
    def corpus(self) -> Corpus:
        """The sources as they were read. Raises CorpusError if they have to be read again and cannot."""
        if self._corpus is None:
            from dnqa.index.source_records import StoredSources

            sources = self._try(lambda answerer: tuple(StoredSources(answerer.index, self.path).all()))
            strays = find_stray_sidecars(self.path, [source.path for source in sources])
            unread = self._try(lambda answerer: answerer.index.unread)
            self._corpus = Corpus(
                self.path,
                sources,
                strays,
                [Unread(name, made_of, CorpusError(message)) for name, made_of, message in unread],
            )
        return self._corpus

    @property
    def passages(self) -> tuple[Passage, ...]:
        """All passages of the corpus, in document order."""
        return self.corpus.passages

    @property
    def references(self) -> Mapping[str, Mapping[int, str]]:
        """Reference entries by source name and number."""
        return self.corpus.references

    @cached_property
    def knowledge(self) -> "Knowledge":
        """The synonyms and known questions of the corpus."""
        from dnqa.sources.knowledge import read_knowledge

        return read_knowledge(self.path).match(self.passages)

    @property
    def index(self) -> Index:
        """What is asked; built if there is none yet. Raises CorpusError."""
        return self._open_answerer().index

    def _open_answerer(self) -> Answerer:
        if self._answerer is None:
            if self._corpus and not self._corpus.unread:
                index = build(self.path, self._cache, self._corpus.sources, way=self._way)
            else:  # what could not be read is tried again
                index = build(self.path, self._cache, way=self._way)
            self._answerer = Answerer(index)
        return self._answerer

    def _try(self, read: Callable[[Answerer], T]) -> T:
        """Read from the index; one that cannot be trusted is built again."""
        try:
            return read(self._open_answerer())
        except DamagedIndexError as error:
            self._way.report(str(error))
            self._answerer = None
            return read(self._open_answerer())

    def reload(self, path: Path | None = None) -> "Library":
        """A library of the corpus as it is now, or of another one under the same conditions. Raises CorpusError."""
        return load(path or self.path, saved=self._cache is not None, way=self._way)

    def narrow(self, name: str) -> "Library":
        """A library of one source of this corpus, with all that is known of the corpus; its index is kept nowhere.

        name: of the source's file, with or without its suffix. Raises UsageError if there is not just one of it.
        """
        named = [source for source in self.corpus.sources if name in (source.name, Path(source.name).stem)]
        if len(named) != 1:
            names = ", ".join(source.name for source in self.corpus.sources[:_MOST_NAMES])
            found = "more than one" if named else "no"
            raise UsageError(f"{found} source {clean_line(name)} in this corpus; it has {names}")
        return Library(self.path, corpus=Corpus(self.path, named), way=self._way)

    def build(self) -> None:
        """Build now what the first question would have to wait for. Raises CorpusError."""
        self._open_answerer()

    def warm_up(self) -> None:
        """Build and read now what the first question would have to wait for. Raises CorpusError."""
        self._try(lambda answerer: answerer.judge.warm_up())

    def expect_many(self) -> None:
        """Spend the time of some dozens of questions on answering many more quickly. Raises CorpusError."""
        self._try(lambda answerer: answerer.index.expect_many())

    def ask(self, question: str, *, top: int = DEFAULT_TOP, context: str = "") -> Answer:
        """Answer a question from the corpus, or refuse it.

        top: how many passages to give at most, from 1. Equal questions give equal answers.
        context: an earlier question that this one leans on; it helps to find, at a lower weight.
        Raises ValueError if top is below 1; any string is a question. Raises CorpusError if the index
        has to be built and a file of the corpus cannot be read.
        """
        return self._try(lambda answerer: answerer.ask(question, top=top, context=context))

    def ask_all(self, questions: Sequence[str]) -> Iterator[Answer]:
        """The answers to many questions, in order; by the workers of a cluster, if there is one."""
        path = self.index.store.path
        if self._way.ask_all and path:
            return self._way.ask_all(path, questions)
        self.expect_many()
        return map(self.ask, questions)

    def refuse(self, question: str, *, reason: str = "", missing: tuple[str, ...] = ()) -> Answer:
        """A refusal of a question that is not worth asking, with the clinic's own line."""
        return self._try(lambda answerer: refuse(answerer.index, question, reason=reason, missing=missing))

    def make_query(self, question: str) -> Query:
        """A question as the index is asked: corrected, with synonyms."""
        return self._try(lambda answerer: answerer.make_query(question))

    def list_alike(self, question: str, least: float) -> list[str]:
        """The known questions whose cosine with a question is at least so much, the nearest first."""

        def find(answerer: Answerer) -> list[str]:
            index = answerer.index
            numbers = index.neighbours.list_alike(answerer.make_query(question).weights, least)
            return [index.known_question(number).question for number in numbers]

        return self._try(find)

    def knows(self, word: str) -> bool:
        """Whether a normalised word is in the passages, the headings or the synonyms."""
        return self._try(lambda answerer: word in answerer.index.vocabulary)

    def holds(self, passage: Passage, question: str) -> bool:
        """Whether a passage has every word of a question that means something, directly or by a synonym."""
        return self._try(lambda answerer: answerer.holds(passage, question))

    def is_under(self, passage: Passage, name: str) -> bool:
        """Whether a passage stands under a heading that has every word of a name that means something."""
        asked = set(terms(name))
        return bool(asked) and any(asked <= set(terms(heading)) for heading in passage.path)

    def find_neighbour(self, passage: Passage, step: int) -> Passage | None:
        """The passage so many steps behind another in its source, before it if negative; None if there is none."""
        return self._try(lambda answerer: answerer.find_neighbour(passage, step))

    def list_following(self, passage: Passage, n: int) -> list[Passage]:
        """The next n passages behind one that stand under the same headings, in document order."""
        return self._try(lambda answerer: answerer.list_following(passage, n))


def load(path: str | Path | None = None, *, saved: bool = True, ahead: bool = False, way: Way = PLAIN_WAY) -> Library:
    """Load a corpus: a folder of sources or a single file.

    path: without one, the folder named by the environment variable DNQA_CORPUS, else the corpus
        shipped with dnqa.
    saved: whether to use the saved index, and to save one that has to be built.
    ahead: build what is not saved now, source by source, instead of with the first question.
    way: how it is built, and who is told of what was wrong with a saved index.
    Raises dnqa.CorpusError, in one line that says what to do, if it cannot be read.
    """
    found = Path(path) if path is not None else default_path()
    cache = Cache(found, way.open_shards) if saved else None
    index = open_saved(cache, way.report) if cache else None
    if index is None and (ahead or (cache and is_large(found))):
        index = build(found, cache, way=way)
    corpus = read_corpus(found) if index is None else None
    return Library(found, corpus=corpus, index=index, cache=cache, way=way)
