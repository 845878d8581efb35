"""Line mode: the desk as prompt and stream, without redrawing, for screen readers and poor terminals."""

import sys
from collections.abc import Callable, Iterator
from contextlib import suppress

from dnqa.cli import streams
from dnqa.desk.clipboard import copy_with, find_tool
from dnqa.desk.commands import COMMANDS, Command, read_command, read_type
from dnqa.desk.finder import Finder
from dnqa.desk.outline import outline_all
from dnqa.desk.printing import find_printer
from dnqa.desk.provenance import SEPARATOR
from dnqa.desk.session import Session
from dnqa.errors import DnqaError, UsageError
from dnqa.records import Answer, Passage
from dnqa.rendering import CLOSE, CLOSEST, answer_text, cite, count, error_text, find_place, quote_words, why_text
from dnqa.teaching import describe_affected
from dnqa.text.characters import clean_line
from dnqa.text.files import read_path

_PROMPT = "? "
_MOST_FOUND = 20
_LONGEST_NUMBER = 7  # digits
_ONLY_IN_APP = ("idle", "theme", "review", "synonyms")


class PlainDesk:
    """A session as lines: a question or a command in, its answer out."""

    def __init__(self, session: Session, read_line: Callable[[str], str]) -> None:
        """A desk.

        read_line: asks for a line with a prompt; raises EOFError at the end.
        """
        self._session = session
        self._read_line = read_line
        self._last: Answer | None = None

    def run(self) -> None:
        """Answer line by line until the end, or until told to quit."""
        streams.write("dnqa  " + SEPARATOR.join((*self._session.facts, *self._session.signs)))
        streams.write("Type a question, or /help. Ctrl+D or /quit leaves; nothing is kept.\n")
        interrupted = False
        while True:
            try:
                line = self._read_line(_PROMPT)
                if self._take(line):
                    return
                interrupted = False
            except EOFError:
                return
            except KeyboardInterrupt:
                if interrupted:
                    raise
                interrupted = True
                streams.write("\nPress Ctrl+C again to leave; nothing is kept.")

    def _take(self, line: str) -> bool:
        """Do what a line says; whether it says to quit."""
        try:
            command = read_command(line)
            if command and command[0].name == "quit":
                return True
            if command and command[0].name == "new":
                self._new("")
                return False
            self._look_for_changes()
            self._carry_out(*command) if command else self._ask(line)
        except BrokenPipeError:
            raise
        except (DnqaError, OSError) as error:
            streams.write(f"{error_text(error)}\n")
        return False

    def _look_for_changes(self) -> None:
        changed = self._session.find_changed()
        if not changed:
            return
        named = ", ".join(map(clean_line, changed))
        try:
            lost = self._session.reload()
        except (DnqaError, OSError) as error:
            when = f"{self._session.edition.loaded:%H:%M}"
            streams.write(f"{error_text(error)}. Answers still come from what was read at {when}.\n")
            return
        self._last = None
        streams.write(f"{named} changed on disk; the sources were read again.\n")
        for passage in lost:
            streams.write(f"No longer in the source and taken off the sheet: {passage.text}\n")

    def _ask(self, line: str) -> None:
        answer = self._session.ask(line)
        if not answer.question:
            return
        self._last = answer
        streams.write(answer_text(answer))
        if answer.passages and answer.missing:
            streams.write(f"Not in the source: {quote_words(answer.missing)}")
        if answer.close:
            streams.write(CLOSE)
            for hit in answer.close:
                streams.write(f"{hit.passage.text} {cite(hit.passage)}")
        streams.write("")

    def _carry_out(self, command: Command, argument: str) -> None:
        if command.name in _ONLY_IN_APP:
            raise UsageError(f"/{command.name} is for the app; start dnqa without --plain")
        if obstacle := self._session.find_obstacle(command.name):
            raise UsageError(obstacle)
        getattr(self, f"_{command.name}")(argument)
        streams.write("")

    @property
    def _answer(self) -> Answer:
        """The last answer from the sources as they are now."""
        if self._last is None:
            raise UsageError("Ask something first.")
        return self._last

    def _choose(self, argument: str) -> Passage:
        """The passage of the last answer that a number names, the first without one."""
        passages = self._answer.passages
        number = read_row(argument) if argument else 1
        if not 1 <= number <= len(passages):
            raise UsageError(f"the last answer has {count(len(passages), 'passage')}; give the number of one")
        return passages[number - 1]

    def _help(self, _: str) -> None:
        for command in COMMANDS:
            if command.name not in _ONLY_IN_APP:
                streams.write(f"/{command.name:12} {command.summary}")
        streams.write(
            "Behind /copy, /tick and /source: the number of a passage in the last answer. Behind /sheet, /print,\n"
            "/transcript, /proof, /add and /unanswered: a file. Behind /browse: words, or a citation number."
        )

    def _source(self, argument: str) -> None:
        chosen = self._choose(argument)
        for section in outline_all(self._session.library.corpus):
            if chosen in section.passages:
                streams.write(section.heading)
                for passage in section.passages:
                    streams.write(f"{'>' if passage == chosen else ' '} {passage.text} {cite(passage)}")

    def _browse(self, argument: str) -> None:
        found = Finder(self._session.library.corpus).find(argument, limit=_MOST_FOUND)
        for entry in found.entries:
            numbers = f" [{', '.join(map(str, entry.numbers))}]" if entry.numbers else ""
            supported = f" ({count(entry.n_passages, 'passage')})" if entry.n_passages > 1 else ""
            streams.write(f"{entry.text or entry.kind.value}{numbers}{supported}")
        streams.write(f"{count(found.n_entries, 'match', 'matches')}, {len(found.entries)} shown.")

    def _copy(self, argument: str) -> None:
        passage = self._choose(argument)
        tool = find_tool()
        if tool is None or not copy_with(tool, self._session.copy_text(passage)):
            raise UsageError("no clipboard tool works here; copy from the screen")
        streams.write(f"Copied {cite(passage)} with {tool.name}.")

    def _tick(self, argument: str) -> None:
        passage = self._choose(argument)
        ticked = self._session.tick(passage)
        streams.write(f"{'On' if ticked else 'Off'} the patient sheet, which has {len(self._session.ticked)} now.")

    def _sheet(self, argument: str) -> None:
        files = self._session.save_sheet(read_path(_need(argument, "/sheet FILE")))
        streams.write(f"Saved {' and '.join(clean_line(str(file)) for file in files)}.")

    def _print(self, argument: str) -> None:
        is_large, file = read_type(argument)
        self._session.is_large = self._session.is_large or is_large
        if file:
            streams.write(f"Saved {clean_line(str(self._session.save_paper(read_path(file))))}.")
            return
        printer = find_printer()
        if printer is None:
            raise UsageError("no printer is set up here; name a file for the PDF: /print FILE")
        self._session.print_sheet(printer)
        streams.write(f"Sent {count(len(self._session.ticked), 'passage')} to {printer.name}.")

    def _transcript(self, argument: str) -> None:
        file = self._session.save_transcript(read_path(_need(argument, "/transcript FILE")))
        streams.write(f"Saved {clean_line(str(file))}.")

    def _more(self, _: str) -> None:
        closest = self._answer.closest
        if closest:  # a refusal has no more; what comes closest can be looked at
            passage = closest[0].passage
            streams.write(f"{CLOSEST} {passage.text} {cite(passage)}\n{passage.section}, {find_place(passage)}")
            return
        self._ask("tell me more")

    def _why(self, _: str) -> None:
        streams.write(why_text(self._answer))

    def _teach(self, _: str) -> None:
        answer = self._answer
        question = answer.question
        passages = self._session.list_likely(answer)
        for number, passage in enumerate(passages, 1):
            streams.write(f"{number} {passage.text} {cite(passage)}")
        typed = self._read_line(
            "Which answers it? A number, 0 if the source does not say, or nothing to stop: "
        ).strip()
        number = read_row(typed)
        if not 0 <= number <= len(passages):
            streams.write("Nothing was added.")
            return
        chosen = [passages[number - 1]] if number else []
        quoted = chosen[0].text if chosen else "the source does not say"
        streams.write("\n".join(describe_affected(self._session.find_affected(question, chosen))))
        agreed = self._read_line(f'Add "{question}" with "{quoted}"? y or n: ')
        if agreed.strip().lower() not in ("y", "yes"):
            streams.write("Nothing was added.")
            return
        path = self._session.teach(question, chosen)
        streams.write(f"Added to {clean_line(str(path))}, not yet reviewed; /undo takes it back.")

    def _undo(self, _: str) -> None:
        question = self._session.take_back()
        self._last = None
        streams.write(f"Taken back: “{question}”")

    def _refused(self, _: str) -> None:
        refused = self._session.refused
        for number, answer in enumerate(refused, 1):
            streams.write(f"{number} {answer.question}")
        number = read_row(self._read_line("Which shall be taught? A number, or nothing to stop: ").strip())
        if 1 <= number <= len(refused):
            self._last = refused[number - 1]
            self._teach("")

    def _add(self, argument: str) -> None:
        said = self._session.add_document(read_path(_need(argument, "/add FILE")))
        self._last = None
        streams.write(f"Added. {said}")

    def _proof(self, argument: str) -> None:
        file = self._session.save_proof(read_path(_need(argument, "/proof FILE")))
        streams.write(f"Saved {clean_line(str(file))}.")

    def _new(self, _: str) -> None:
        self._session.clear()
        self._last = None
        with suppress(ImportError, AttributeError):
            import readline

            readline.clear_history()
        streams.write("Cleared for the next patient; what is above stays on the terminal until it is cleared too.")

    def _reload(self, _: str) -> None:
        self._session.reload()
        self._last = None
        streams.write("dnqa  " + SEPARATOR.join(self._session.facts))

    def _only(self, argument: str) -> None:
        self._session.ask_only(argument)
        self._last = None
        asked = self._session.only or "All sources"
        streams.write(f"{clean_line(asked)}: asked from now on. All: {', '.join(self._session.source_names)}")

    def _unanswered(self, argument: str) -> None:
        self._session.keep_unanswered(read_path(argument) if argument else None)
        streams.write(f"Refused questions are kept in {clean_line(argument)}." if argument else "They are not kept.")


def read_row(typed: str) -> int:
    """A number that was typed, -1 if it is none that a list could have."""
    return int(typed) if typed.isdecimal() and len(typed) < _LONGEST_NUMBER else -1


def _need(argument: str, usage: str) -> str:
    if not argument:
        raise UsageError(f"name the file: {usage}")
    return argument


def make_reader() -> Callable[[str], str]:
    """Reads lines from standard input: with editing and a prompt on a terminal, else as they come."""
    if streams.is_terminal(sys.stdin):
        with suppress(ImportError):
            import readline  # noqa: F401 - gives input() a history and editing, in memory only
        sys.stdin.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]  # a text stream here
        return input
    lines: Iterator[str] = iter(streams.read_questions(sys.stdin.buffer) if sys.stdin else ())

    def read_line(_: str) -> str:
        try:
            return next(lines)
        except StopIteration:
            raise EOFError from None

    return read_line
