"""The corpus of one desk: asked whole or a source alone, watched, read again, and taught."""

import datetime
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from dnqa import teaching
from dnqa.desk.contents import list_contents
from dnqa.desk.provenance import Edition, corpus_facts
from dnqa.errors import UsageError
from dnqa.library import Library
from dnqa.records import Passage
from dnqa.sources.folder import Watch, shipped_path
from dnqa.text.characters import clean_line
from dnqa.text.meaning import find_encoder

if TYPE_CHECKING:
    from dnqa.teaching.review import Item

Clock = Callable[[], datetime.datetime]

NOTHING_TAUGHT = "Nothing was taught here that could be taken back."


class AskedCorpus:
    """A library, which is replaced when its files have changed, and what was taught to it.

    library: what is asked; replaced by `reload` and `move_to`.
    edition: its sources, and when they were read.
    contents: what they hold.
    facts: what identifies them and their state, the most important first.
    only: the name of the one source that is asked, "" for all.
    """

    def __init__(self, library: Library, clock: Clock) -> None:
        self._whole = library  # of all sources
        self._moved_to = ""
        self.only = ""
        self._clock = clock
        self._take_up(library, clock())
        self._taught: list[teaching.Taught] = []
        self._watch = Watch(library.path)
        self._reloading = threading.RLock()  # what was read last is what is asked
        self._asking = threading.RLock()  # a library builds what it needs when first asked

    def _take_up(self, library: Library, loaded: datetime.datetime) -> None:
        self.library = library
        self.edition = Edition(library.corpus, loaded)
        self.contents = list_contents(library.corpus)
        title, *facts = corpus_facts(self.edition, self.contents)
        moved = [f"in {self._moved_to}"] if self._moved_to else []
        self.facts = [title, *moved, *facts, *(["by words and meaning"] if find_encoder() else [])]

    def warm_up(self) -> None:
        """Build what the first question would have to wait for. Raises CorpusError."""
        with self._asking:
            self.library.warm_up()

    def find_changed(self) -> list[str]:
        """Names of the files of the corpus that changed on disk since they were read, each told once."""
        with self._reloading:
            return self._watch.find_changed()

    def reload(self) -> tuple[Passage, ...]:
        """Read the corpus again, and return the ticked passages that it no longer has word for word.

        These are ticked no more, and the conversation is not carried on. Raises CorpusError; the old corpus
        is then asked as before.
        """
        return self._read_again(self.library.path)

    def move_to(self, folder: Path) -> tuple[Passage, ...]:
        """Ask the corpus in another folder from now on, which the facts name; else as `reload` does."""
        with self._reloading:
            before, self._moved_to = self._moved_to, clean_line(folder.name)
            try:
                return self._read_again(folder)
            except BaseException:
                self._moved_to = before
                raise

    def _read_again(self, path: Path) -> tuple[Passage, ...]:
        with self._reloading:
            watch = Watch(path)  # before reading: what changes meanwhile is news
            whole = self._whole.reload(path)
            library = whole.narrow(self.only) if self.only else whole
            library.build()
            self._whole = whole
            return self._replace(library, watch)

    @property
    def source_names(self) -> tuple[str, ...]:
        """The names of all sources that can be asked alone."""
        return tuple(source.name for source in self._whole.corpus.sources)

    def ask_only(self, name: str) -> None:
        """Ask one source from now on, or all again for "". Raises UsageError if there is no such source."""
        with self._reloading:
            library = self._whole.narrow(name) if name else self._whole
            library.build()
            self.only = library.corpus.sources[0].name if name else ""
            self._replace(library, self._watch)

    def _replace(self, library: Library, watch: Watch) -> tuple[Passage, ...]:
        """Ask another library from now on; the passages that were ticked and are no longer there."""
        with self._asking:
            self._watch = watch
            self._take_up(library, self._clock())
        return ()

    def add_document(self, path: Path) -> str:
        """Copy a document into the corpus and read it again; what was made of it, in a line.

        Raises UsageError, CorpusError or OSError, as `dnqa.teaching.add_document` does; UsageError, too, if the corpus
        is not one's own.
        """
        folder = teaching.require_own(self._whole)
        with self._reloading:
            said = teaching.add_document(folder, path)
            self.reload()
        return f"{said}. /proof shows it beside what was read."

    @property
    def is_teachable(self) -> bool:
        """Whether known questions may be added: not to a single file, nor to the shipped corpus."""
        return self.library.path.is_dir() and not self.is_shipped

    @property
    def is_shipped(self) -> bool:
        """Whether this is the shipped corpus, which is never written to."""
        return self.library.path.resolve() == shipped_path().resolve()

    def find_affected(self, question: str, passages: Sequence[Passage]) -> list[str]:
        """The known questions whose other wordings a lesson may change, as `dnqa.teaching.find_affected` gives them.

        Raises UsageError if the lesson cannot be given, CorpusError.
        """
        lesson = teaching.Lesson(question, tuple(passage.id for passage in passages))
        with self._asking:
            teaching.check_lessons(self.library, [lesson])
            return teaching.find_affected(self.library, *lesson)

    def teach(self, question: str, passages: Sequence[Passage]) -> Path:
        """Add a question to the known questions, answered by some passages or by none, and read them again.

        Returns their file. Raises UsageError or OSError, as `dnqa.teaching.teach` does, and CorpusError.
        """
        with self._reloading:
            taught = teaching.teach(self.library, question, [passage.id for passage in passages])
            self._taught.append(taught)
            self.reload()
        return taught.line.file

    def take_back(self) -> str:
        """Take the lesson taught last out of the known questions, read them again, and return its question.

        Raises UsageError if nothing was taught, or its line was changed since, which is then left alone for good;
        OSError and CorpusError.
        """
        with self._reloading:
            if not self._taught:
                raise UsageError(NOTHING_TAUGHT)
            taught = self._taught[-1]
            try:
                teaching.take_back(taught)
            except UsageError:
                self._taught.pop()
                raise
            self._taught.pop()
            self.reload()
        return taught.question

    def list_unreviewed(self) -> "list[Item]":
        """What nobody has agreed to yet, as `dnqa.teaching.review` lists it."""
        from dnqa.teaching.review import list_unreviewed

        return list_unreviewed(self._whole)
