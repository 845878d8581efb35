"""Which key does which command. F1 and F10 belong to some terminals, F5 and Ctrl+Q to browsers: every command
can also be typed, and is in the palette."""

KEYS = {
    "help": "f1",
    "source": "f2",
    "browse": "f3",
    "copy": "f4",
    "tick": "f6",
    "teach": "f7",
    "new": "f8",
    "sheet": "f9",
    "only": "ctrl+o",
    "quit": "ctrl+q",
}
"""By name of the command; the others have none."""


def shown_key(name: str) -> str:
    """The key of a command as it is printed on keyboards, "" if it has none."""
    return KEYS.get(name, "").replace("ctrl+", "^").upper()
