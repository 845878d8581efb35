"""What the keys and commands do, in our own words."""

from textual.content import Content

from dnqa.app.keys import shown_key
from dnqa.desk.commands import COMMANDS

_TEXT = """\
Type a question and press Enter. The answer is quoted from the source, word for word, with its citation number.
∅ means that the source does not answer; the nearest headings can be opened.
4 or [4] lists what citation 4 supports. "more", "go back", "what about …?" carry the conversation on.

In the box: ↑ ↓ earlier questions; Tab or → takes the suggestion; Esc empties the box, ↑ brings it back.
In the conversation (Tab): ↑ ↓ choose a passage; Enter shows it in the source; just type to ask on.
Page up and Page down turn the conversation from anywhere.
Mouse: click a passage to choose it, drag to select text and copy it with Ctrl+C. To let the terminal itself select, \
hold Shift (Option on a Mac) while dragging.
Ctrl+C twice leaves. Nothing that is typed is stored, unless a command below is told where.

Every key has a command that can be typed instead, in every terminal and browser; Ctrl+P lists those that apply:

"""


def help_content() -> Content:
    """The help page: how to ask, then every command with its key."""
    width = max(len(command.name) for command in COMMANDS) + 2
    rows = [
        part
        for command in COMMANDS
        for part in ((f"/{command.name:{width}}{shown_key(command.name):4}", "bold"), f"{command.summary}\n")
    ]
    return Content.assemble(_TEXT, *rows)
