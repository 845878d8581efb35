"""What can be done at a desk besides asking, by the names under which every front end offers it."""

import re
from typing import NamedTuple

from dnqa.errors import UsageError

_COMMAND = re.compile(r"/(?P<name>[A-Za-z]+)(?:\s+(?P<rest>.*))?", re.S)


_BARE = {"help": "/help", "?": "/help", "quit": "/quit", "exit": "/quit"}
"""Words that nobody asks a hand-out, and everybody types."""


class Command(NamedTuple):
    """Something that can be done.

    name: as it is typed behind a "/".
    label: a word or two for a key.
    summary: what it does, in one line.
    takes: what may stand behind it, "" if nothing.
    """

    name: str
    label: str
    summary: str
    takes: str = ""


COMMANDS = (
    Command("help", "Help", "what the keys and commands do"),
    Command("source", "Source", "the passage in its source, between its neighbours", takes="number"),
    Command("browse", "Browse", "all headings, citations and passages, filtered as you type", takes="words"),
    Command("copy", "Copy", "copy the passage with its citation and its source", takes="number"),
    Command("tick", "Tick", "put the passage on the patient sheet, or take it off", takes="number"),
    Command("sheet", "Sheet", "save the ticked passages as text and as a page to print", takes="file"),
    Command("print", "Print", "print the ticked passages, or save them as PDF; 'large' for larger type", takes="file"),
    Command("more", "More", "tell me more: what comes close, or what comes next"),
    Command("why", "Why", "what led to this: words found and not found, how they were read, what came next"),
    Command("teach", "Teach", "say which passage answers this question, or that none does"),
    Command("refused", "Refused", "what was refused in this conversation, to be taught"),
    Command("undo", "Undo", "take back what was taught last"),
    Command("review", "Review", "go through what nobody has agreed to yet: keep, change, drop", takes="name"),
    Command("synonyms", "Synonyms", "see and change what people say for the words of the source"),
    Command("add", "Add", "add a document to this corpus, and see what was read of it", takes="file"),
    Command("proof", "Proof", "save a page that lays each source beside what was read of it", takes="file"),
    Command("transcript", "Transcript", "save the conversation as Markdown", takes="file"),
    Command("new", "New patient", "clear the screen, the history and the conversation for the next patient"),
    Command("only", "One source", "ask one source alone, or all again", takes="name"),
    Command("reload", "Reload", "read the sources again"),
    Command(
        "unanswered", "Unanswered", "keep refused questions in a file, digits and likely names masked", takes="file"
    ),
    Command("idle", "Idle time", "clear everything when nobody has typed for some minutes", takes="minutes"),
    Command("theme", "Light or dark", "change between the dark and the light theme"),
    Command("quit", "Quit", "leave; nothing is kept"),
)
BY_NAME = {command.name: command for command in COMMANDS}


def read_command(line: str) -> tuple[Command, str] | None:
    """The command that a line gives, with what stands behind it; None if the line is a question.

    Raises UsageError for a single word behind "/" that is no command.
    """
    typed = line.strip()
    match = _COMMAND.fullmatch(_BARE.get(typed.lower(), typed))
    if match is None:
        return None
    command = BY_NAME.get(match["name"].lower())
    if command is None and match["rest"] is None:
        raise UsageError(f"there is no command /{match['name']}; /help lists them")
    if command is None or (match["rest"] and not command.takes):
        return None
    return command, match["rest"] or ""


def read_type(typed: str) -> tuple[bool, str]:
    """Whether larger type is asked for in front of a file, and the file.

    >>> read_type("large my sheet.pdf")
    (True, 'my sheet.pdf')
    """
    first, _, rest = typed.strip().partition(" ")
    return (True, rest.strip()) if first.lower() in ("large", "larger") else (False, typed.strip())
