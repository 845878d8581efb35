"""What can be done at a desk besides asking, by the names under which every front end offers it."""

import re
from typing import NamedTuple

from dnqa.errors import UsageError

_COMMAND = re.compile(r"/(?P<name>[A-Za-z]+)(?:\s+(?P<rest>.*))?", re.S)


class Command(NamedTuple):
    """Something that can be done.

    name: as it is typed behind a "/".
    label: a word or two for a key.
    summary: what it does, in one line.
    """

    name: str
    label: str
    summary: str


COMMANDS = (
    Command("help", "Help", "what the keys and commands do"),
    Command("source", "Source", "the passage in its source, between its neighbours"),
    Command("browse", "Browse", "all headings, citations and passages, filtered as you type"),
    Command("copy", "Copy", "copy the passage with its citation and its source"),
    Command("tick", "Tick", "put the passage on the patient sheet, or take it off"),
    Command("sheet", "Sheet", "save the ticked passages as text and as a page to print"),
    Command("more", "More", "tell me more: what comes close, or what comes next"),
    Command("why", "Why", "what led to this: words found and not found, how they were read, what came next"),
    Command("teach", "Teach", "say which passage answers this question, or that none does"),
    Command("transcript", "Transcript", "save the conversation as Markdown"),
    Command("new", "New patient", "clear the screen, the history and the conversation for the next patient"),
    Command("reload", "Reload", "read the sources again"),
    Command("unanswered", "Unanswered", "keep refused questions in a file, digits and likely names masked"),
    Command("idle", "Idle time", "clear everything when nobody has typed for some minutes"),
    Command("theme", "Light or dark", "change between the dark and the light theme"),
    Command("quit", "Quit", "leave; nothing is kept"),
)
BY_NAME = {command.name: command for command in COMMANDS}


def read_command(line: str) -> tuple[Command, str] | None:
    """The command that a line gives, with what stands behind it; None if the line is a question.

    Raises UsageError for a single word behind "/" that is no command.
    """
    match = _COMMAND.fullmatch(line.strip())
    if match is None:
        return None
    command = BY_NAME.get(match["name"].lower())
    if command is None and match["rest"] is None:
        raise UsageError(f"there is no command /{match['name']}; /help lists them")
    return (command, match["rest"] or "") if command else None
