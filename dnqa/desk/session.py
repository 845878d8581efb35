"""The work of one desk: asking, ticking, saving, teaching, and forgetting it all for the next patient.

Nothing that was typed leaves the memory of the process unless a method is called that says so.
"""

import datetime
import math
from collections.abc import Sequence
from pathlib import Path

from dnqa.conversation import Conversation
from dnqa.desk import quoting
from dnqa.desk.asked_corpus import NOTHING_TAUGHT, AskedCorpus, Clock
from dnqa.desk.printing import Printer, print_pdf
from dnqa.desk.provenance import Edition
from dnqa.desk.sheet import Sheet, compose_sheet, sheet_html, sheet_text
from dnqa.desk.unanswered import Unanswered
from dnqa.errors import UsageError
from dnqa.library import DEFAULT_TOP, Library
from dnqa.records import Answer, Passage, Status
from dnqa.sources.folder import Watch
from dnqa.text.characters import clean_line
from dnqa.text.files import write_aside

LONGEST_IDLE = 24 * 60  # minutes


class Session(AskedCorpus):
    """A corpus, the conversation with it, and what was ticked for a patient sheet.

    unanswered: where refused questions are kept, None unless the user named a file.
    idle_minutes: without typing, after which a front end clears everything; 0 for never.
    is_large: whether the sheet of this patient is in larger type.
    """

    def __init__(
        self,
        library: Library,
        *,
        top: int = DEFAULT_TOP,
        unanswered: Unanswered | None = None,
        idle_minutes: float = 0,
        clock: Clock = datetime.datetime.now,
    ) -> None:
        self._top = top
        self.is_large = False
        self.unanswered = unanswered
        self.idle_minutes = idle_minutes
        self._told: list[tuple[Answer, Edition]] = []
        self._ticked: dict[str, Passage] = {}
        self._visit = 0
        super().__init__(library, clock)

    def _take_up(self, library: Library, loaded: datetime.datetime) -> None:
        super()._take_up(library, loaded)
        self._conversation = Conversation(library, top=self._top)

    def _replace(self, library: Library, watch: Watch) -> tuple[Passage, ...]:
        with self._asking:
            super()._replace(library, watch)
            now = {passage.id: passage for passage in library.passages}
            old = self._ticked
            self._ticked = {name: now[name] for name, passage in old.items() if _is_same(passage, now.get(name))}
            return tuple(passage for name, passage in old.items() if name not in self._ticked)

    @property
    def visit(self) -> int:
        """Which patient this is: the number of times that everything was cleared."""
        return self._visit

    def ask(self, line: str) -> Answer:
        """Answer a turn of the conversation, as `ask_for` does."""
        answer = None
        while answer is None:
            answer = self.ask_for(self._visit, line)
        return answer

    def ask_for(self, visit: int, line: str) -> Answer | None:
        """Answer a turn of the conversation; a refusal is kept if the user named a file for them.

        visit: that the question belongs to. Returns None, and remembers nothing, once the next has begun.
        Raises CorpusError if the corpus's synonyms or known questions cannot be read, OSError if the file for
        refusals cannot be written; nothing is remembered then.
        """
        with self._asking:
            conversation, told = self._conversation, self._told  # `clear` puts new ones in their place
            if visit != self._visit:
                return None
            answer = conversation.ask(line)
            if self.unanswered:
                self.unanswered.add(answer, self.library)
            told.append((answer, self.edition))
            return answer

    def clear(self) -> None:
        """Forget the conversation and what was ticked, for the next patient; it never waits."""
        self._visit += 1
        self._conversation = Conversation(self.library, top=self._top)
        self._told = []
        self._ticked = {}
        self.is_large = False

    @property
    def answers(self) -> Sequence[Answer]:
        """What was answered so far, in order."""
        return tuple(answer for answer, _ in self._told)

    @property
    def signs(self) -> list[str]:
        """What is switched on and must be seen."""
        only = [f"only {self.only}"] if self.only else []
        kept = [f"● keeping refused questions in {clean_line(self.unanswered.path.name)}"] if self.unanswered else []
        return [*only, *kept, *([f"◷ {self.idle_minutes:g} min"] if self.idle_minutes else [])]

    @property
    def ticked(self) -> tuple[Passage, ...]:
        """The passages for the patient sheet, in document order."""
        return tuple(passage for passage in self.library.passages if passage.id in self._ticked)

    def is_ticked(self, passage: Passage) -> bool:
        """Whether a passage is on the patient sheet."""
        return passage.id in self._ticked

    def tick(self, passage: Passage) -> bool:
        """Put a passage on the patient sheet, or take it off; whether it is on now."""
        if self._ticked.pop(passage.id, None):
            return False
        self._ticked[passage.id] = passage
        return True

    def copy_text(self, passage: Passage) -> str:
        """A passage as it is copied: with its citation and where it comes from."""
        return quoting.copy_text(passage, self.edition)

    def save_sheet(self, path: Path) -> tuple[Path, Path]:
        """Save the patient sheet as plain text and as a page to print, beside each other.

        path: of either; the two differ in their suffixes. Returns both.
        Raises UsageError if nothing is ticked or a file is there already; OSError if it cannot be written.
        """
        self._check("sheet")
        stem = path.with_name(path.stem) if path.suffix.lower() in (".txt", ".html") else path
        files = {Path(f"{stem}{suffix}"): text for suffix, text in self.sheet_files.items()}
        for file in files:
            _refuse_existing(file)
        written: list[Path] = []
        try:
            for file, text in files.items():
                write_aside(file, text.encode())
                written.append(file)
        except OSError:
            for file in written:  # both or none
                file.unlink(missing_ok=True)
            raise
        text_file, page = files
        return text_file, page

    @property
    def sheet(self) -> Sheet:
        """The patient sheet, printed today."""
        return compose_sheet(self.ticked, self.edition, self._clock().date())

    @property
    def sheet_files(self) -> dict[str, str]:
        """The patient sheet by file suffix: ".txt" and ".html"."""
        sheet = self.sheet
        return {".txt": sheet_text(sheet), ".html": sheet_html(sheet, is_large=self.is_large)}

    def save_paper(self, path: Path) -> Path:
        """Save the patient sheet as PDF, and return where.

        Raises UsageError if nothing is ticked, the file is there already or a character cannot be printed; OSError
        if it cannot be written.
        """
        file = path if path.suffix.lower() == ".pdf" else path.with_name(f"{path.name}.pdf")
        _refuse_existing(file)
        write_aside(file, self.make_paper())
        return file

    def print_sheet(self, printer: Printer) -> None:
        """Give the patient sheet to a printer; it may take a moment.

        Raises UsageError if nothing is ticked, a character cannot be printed or the printer does not take it.
        """
        print_pdf(printer, self.make_paper())

    def make_paper(self) -> bytes:
        """The patient sheet as PDF. Raises UsageError if nothing is ticked or a character cannot be printed."""
        from dnqa.desk.paper import sheet_pdf

        self._check("print")
        return sheet_pdf(self.sheet, is_large=self.is_large)

    def save_transcript(self, path: Path) -> Path:
        """Save the conversation as Markdown, and return where.

        Raises UsageError if nothing was asked or the file is there already; OSError if it cannot be written.
        """
        self._check("transcript")
        file = path if path.suffix else path.with_name(f"{path.name}.md")
        _refuse_existing(file)
        write_aside(file, self.transcript.encode())
        return file

    @property
    def transcript(self) -> str:
        """The conversation as Markdown."""
        return quoting.transcript(self._told)

    def save_proof(self, path: Path) -> Path:
        """Save the page that lays each source beside what was read of it, and return where; it may take a while.

        Raises UsageError if the file is there already; OSError if it cannot be written.
        """
        file = self.check_proof(path)
        write_aside(file, self.draw_proof().encode())
        return file

    def check_proof(self, path: Path) -> Path:
        """Where the page for proof-reading would be saved. Raises UsageError if the file is there already."""
        file = path if path.suffix else path.with_name(f"{path.name}.html")
        _refuse_existing(file)
        return file

    def draw_proof(self) -> str:
        """The page that lays each source beside what was read of it; pages of a PDF take a while to draw."""
        from dnqa.sources.proof import draw_proof

        return draw_proof(self.library.corpus)

    def find_obstacle(self, name: str, *, may_copy: bool = False) -> str:
        """Why a command would do nothing now, a sentence; "" if it would do something.

        may_copy: whether the shipped corpus is no obstacle, since a copy of it will be offered first.
        """
        if name in ("sheet", "print") and not self.ticked:
            return f"Tick a passage first; then the sheet can be {'saved' if name == 'sheet' else 'printed'}."
        asked = [answer for answer in self.answers if answer.status is not Status.NOT_A_QUESTION]
        if name in ("more", "why", "teach", "transcript") and not asked:
            return "Ask something first."
        if name == "only" and len(self.source_names) < 2:
            return "There is only one source here."
        if name == "refused" and not self.refused:
            return "Nothing was refused in this conversation."
        if name == "undo" and not self._taught:
            return NOTHING_TAUGHT
        if name not in ("teach", "add", "refused", "review") or self.is_teachable or (self.is_shipped and may_copy):
            return ""
        if self.is_shipped:
            return "This corpus is never written to; copy it with 'dnqa init FOLDER' and open it with --corpus FOLDER."
        return "A single file is not taught; put it into a folder of its own and open that with --corpus FOLDER."

    def _check(self, name: str) -> None:
        if obstacle := self.find_obstacle(name):
            raise UsageError(obstacle)

    def keep_unanswered(self, path: Path | None) -> None:
        """Keep refused questions in a file from now on, or no longer. Raises UsageError if it cannot be written."""
        self.unanswered = Unanswered(path) if path else None

    def set_idle_minutes(self, typed: str) -> None:
        """Set the idle time as it was typed. Raises UsageError if it is no number of minutes, or too many."""
        self.idle_minutes = read_minutes(typed)

    @property
    def refused(self) -> tuple[Answer, ...]:
        """What was refused in this conversation, each question once, in order; kept in memory alone."""
        asked = {part.question: part for answer in self.answers for part in answer.parts or (answer,)}
        return tuple(answer for answer in asked.values() if answer.status is Status.NOT_IN_SOURCE)

    def list_likely_for(self, question: str) -> tuple[Passage, ...]:
        """The same as `list_likely` for a question that is no turn of the conversation."""
        with self._asking:
            answer = self.library.ask(question)
        return self.list_likely(answer)

    def list_likely(self, answer: Answer) -> tuple[Passage, ...]:
        """All passages of the corpus, those first that may be what a question was about."""
        weighed = [
            hit.passage for hit in (*answer.close, *answer.closest, *(answer.why.runners_up if answer.why else ()))
        ]
        here = set(self.library.passages)
        likely = [passage for passage in (*answer.passages, *weighed) if passage in here]
        return tuple(dict.fromkeys((*likely, *self.library.passages)))


def read_minutes(typed: str) -> float:
    """A number of minutes for the idle time; 0 is never. Raises UsageError if it is none, or too many."""
    try:
        minutes = float(typed)
    except ValueError:
        minutes = math.nan
    if not 0 <= minutes <= LONGEST_IDLE:
        raise UsageError(f"'{typed}' is not a number of minutes from 0, which is never, to {LONGEST_IDLE}")
    return minutes


def _is_same(old: Passage, new: Passage | None) -> bool:
    return new is not None and (new.text, new.citations, new.source) == (old.text, old.citations, old.source)


def _refuse_existing(path: Path) -> None:
    if path.exists():
        raise UsageError(f"{path} is there already; give another name")
    if not path.resolve().parent.is_dir():
        raise UsageError(f"{path.parent}: no such folder; name one that exists")
