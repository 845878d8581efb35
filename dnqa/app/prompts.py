"""The prompts for what is saved and set: each asks for one line, and does with it what the session can do."""

from collections.abc import Callable
from pathlib import Path

from dnqa.app.background import run_apart
from dnqa.app.screens.print import PrintScreen
from dnqa.app.screens.prompt import PromptScreen
from dnqa.desk.commands import BY_NAME
from dnqa.desk.printing import Printer
from dnqa.desk.session import Session
from dnqa.errors import DnqaError
from dnqa.rendering import cite, count, error_text
from dnqa.teaching import copy_shipped
from dnqa.text.characters import clean_line
from dnqa.text.files import read_folder, read_path

_ALL, _MOST_NAMED = "*", 20
_MOST_LISTED = 5  # passages of a sheet that is about to be saved

Tell = Callable[[str], None]
"""Says in a line what was done."""

Prompt = Callable[[Session, str, Tell], PromptScreen]
"""Makes a prompt; the text is what was typed behind the command, which it begins with."""


def prompt_for_sheet(session: Session, typed: str, tell: Tell) -> PromptScreen:
    """Where to save the patient sheet, below what will be on it."""
    kind = " in larger type" if session.is_large else ""
    text = _list_ticked(session, f"to be saved as plain text and as a page to print{kind}")

    def save(path: str) -> None:
        files = session.save_sheet(read_path(path))
        tell(f"Saved {' and '.join(clean_line(str(file.resolve())) for file in files)}")

    return PromptScreen("Save patient sheet", text, typed or _at_home("patient-sheet"), _use(save))


def screen_for_print(session: Session, typed: str, printer: Printer | None, tell: Tell) -> PrintScreen:
    """What will be printed.

    typed: the file for a PDF, "" to print. printer: None if there is none.
    """
    printing = None if typed else printer

    def describe(prints: bool) -> str:
        if prints and printing:
            purpose = f"to be printed by {printing.name}"
        elif typed or printing:
            purpose = "to be saved as PDF"
        else:
            purpose = "to be saved as PDF, since no printer is set up here"
        kind = "Type: larger; Ctrl+L: as usual" if session.is_large else "Type: as usual; Ctrl+L: larger"
        return f"{_list_ticked(session, purpose)}\n\n{kind}"

    def change_type() -> None:
        session.is_large = not session.is_large

    async def print_now(_: str) -> str:
        assert printing
        n = len(session.ticked)
        try:
            await run_apart(session.print_sheet, printing)
        except DnqaError as error:
            return error_text(error)
        tell(f"Sent {count(n, 'passage')} to {printing.name}.")
        return ""

    async def save(path: str) -> str:
        try:
            file = await run_apart(session.save_paper, read_path(path))
        except (DnqaError, OSError) as error:
            return error_text(error)
        tell(f"Saved {clean_line(str(file.resolve()))}")
        return ""

    path = typed or _at_home("patient-sheet.pdf")
    return PrintScreen(
        describe, path=path, print_now=print_now if printing else None, save=save, change_type=change_type
    )


def _list_ticked(session: Session, purpose: str) -> str:
    """What is on the patient sheet, the first of it in full."""
    ticked = session.ticked
    lines = [f"{count(len(ticked), 'passage')}, {purpose}:"]
    lines += (f"✓ {passage.text} {cite(passage)}" for passage in ticked[:_MOST_LISTED])
    if len(ticked) > _MOST_LISTED:
        lines.append(f"… and {len(ticked) - _MOST_LISTED} more")
    return "\n".join(lines)


def prompt_for_transcript(session: Session, typed: str, tell: Tell) -> PromptScreen:
    """Where to save the conversation."""

    def save(path: str) -> None:
        file = session.save_transcript(read_path(path))
        tell(f"Saved {clean_line(str(file.resolve()))}")

    text = "The conversation as Markdown. It holds what was typed; save it only where that may be kept."
    return PromptScreen("Save transcript", text, typed or _at_home("transcript.md"), _use(save))


def prompt_for_proof(session: Session, typed: str, save: Callable[[Path], None]) -> PromptScreen:
    """Where to save the page that lays each source beside what was read of it.

    save: takes the file, which is not there; it may take a while.
    """

    def check(path: str) -> None:
        save(session.check_proof(read_path(path)))

    text = "A page that lays each source beside what was read of it, to be looked at in a browser:"
    return PromptScreen("Save page for proof-reading", text, typed or _at_home("proof.html"), _use(check))


def prompt_for_unanswered(session: Session, typed: str, tell: Tell) -> PromptScreen:
    """Which file refused questions are kept in from now on."""

    def keep(path: str) -> None:
        file = read_path(path)
        session.keep_unanswered(file)
        tell(f"Refused questions are kept in {clean_line(str(file.resolve()))}; the same command ends it.")

    text = "Refused questions will be added to this file, a line each, digits and likely names masked:"
    return PromptScreen("Keep refused questions", text, typed or _at_home("unanswered.txt"), _use(keep))


def prompt_for_document(session: Session, typed: str, tell: Tell) -> PromptScreen:
    """Which document is added to the corpus."""

    def add(path: str) -> None:
        tell(f"Added. {session.add_document(read_path(path))}")

    text = "A PDF, Word, HTML, Markdown or text file, to be copied into the corpus and asked with it:"
    return PromptScreen("Add a document", text, typed or str(Path.home()), _use(add))


def prompt_for_copy(go_on: Callable[[Path], None]) -> PromptScreen:
    """Which folder the shipped corpus is copied to.

    go_on: told the folder once the copy is there.
    """

    def copy(typed: str) -> None:
        folder = read_folder(typed).resolve()
        copy_shipped(folder)
        go_on(folder)

    text = (
        "The shipped corpus is never written to. It can be copied to a folder of your own, which is then asked and "
        "can be taught. The new folder:"
    )
    return PromptScreen("Copy this corpus", text, _at_home("dnqa-corpus"), _use(copy))


def prompt_for_reviewer(name: str, begin: Callable[[str], None]) -> PromptScreen:
    """Who reviews.

    name: who that may be. begin: told the name.
    """
    text = "Who reviews? The name is written beside what you agree to:"
    return PromptScreen("Review", text, name, _use(begin))


def prompt_for_source(session: Session, typed: str, tell: Tell) -> PromptScreen:
    """Which source is asked from now on."""

    def ask_only(name: str) -> None:
        session.ask_only("" if name == _ALL else name)
        tell(f"Asked alone from now on: {session.only}" if session.only else "All sources are asked again.")

    listed = "\n".join(session.source_names[:_MOST_NAMED])
    more = f"\n… and {len(session.source_names) - _MOST_NAMED} more" * (len(session.source_names) > _MOST_NAMED)
    text = f"{listed}{more}\n\nThe name of one of these, or * for all:"
    return PromptScreen("Ask one source", text, typed or session.only or _ALL, _use(ask_only))


def prompt_for_idle_time(session: Session, typed: str, tell: Tell) -> PromptScreen:
    """After how many minutes without typing everything is cleared."""

    def set_minutes(minutes: str) -> None:
        session.set_idle_minutes(minutes)
        tell(f"Cleared after {minutes} minutes without typing." if session.idle_minutes else "Never cleared by itself.")

    text = "Minutes without typing after which everything is cleared, 0 for never:"
    return PromptScreen("Idle time", text, typed or f"{session.idle_minutes:g}", _use(set_minutes))


def _use(act: Callable[[str], None]) -> Callable[[str], str]:
    """An action as a prompt needs it: what went wrong, in one line, "" if nothing did."""

    def use(typed: str) -> str:
        if typed.startswith("/") and typed[1:].split(" ", 1)[0] in BY_NAME:
            return f"{typed} is a command, and this is the place for what the line above asks; Esc goes back"
        try:
            act(typed)
        except (DnqaError, OSError) as error:
            return error_text(error)
        return ""

    return use


def _at_home(name: str) -> str:
    """A file in the person's own folder."""
    return str(Path.home() / name)
