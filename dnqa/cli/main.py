"""Run a command and turn what happens into an exit status."""

import argparse
import os
import sys
from collections.abc import Iterable, Sequence

from dnqa.cli import streams
from dnqa.cli.arguments import build_parser
from dnqa.cli.opening import decode_argument, open_library
from dnqa.cli.piping import Style, Written, answer_batches
from dnqa.errors import DnqaError, UsageError
from dnqa.library import DEFAULT_TOP
from dnqa.rendering import error_text
from dnqa.text.characters import clean_line

_OK, _NOTHING, _WRONG, _INTERRUPTED = 0, 1, 2, 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Run dnqa and return its exit status: 0, 1, 2 or 130, as `dnqa --help` lists them."""
    try:
        return _run(list(sys.argv[1:] if arguments is None else arguments))
    except DnqaError as error:
        streams.complain(error_text(error))
        return _WRONG
    except KeyboardInterrupt:
        return _INTERRUPTED
    except BrokenPipeError:
        streams.close_quietly()
        return _OK
    except OSError as error:
        streams.complain(clean_line(f"{error.strerror or error}; the output is not complete"))
        return _WRONG


def _run(arguments: list[str]) -> int:
    try:
        options = build_parser().parse_args(arguments)
    except SystemExit as end:  # --help and --version have printed
        if sys.stdout is not None:
            sys.stdout.flush()
        return int(end.code or 0)
    command = options.command or _choose_command(options)
    if command == "ask":
        return _ask(options)
    from dnqa.cli.commands import COMMANDS

    return COMMANDS[command](options)


def _choose_command(options: argparse.Namespace) -> str:
    """What dnqa alone does: the desk on a terminal, as lines where it cannot draw, ask when questions are piped in."""
    if options.app:
        return "desk"
    if options.plain:
        return "plain"
    if not streams.is_terminal(sys.stdin):
        return "ask"
    if streams.is_terminal(sys.stdout) and streams.is_terminal(sys.stderr):
        return "plain" if os.environ.get("TERM") == "dumb" else "desk"
    raise UsageError('no question; give one: dnqa ask "...", or pipe questions in')


def _ask(options: argparse.Namespace) -> int:
    words: list[str] = getattr(options, "question", [])
    batches: Iterable[Sequence[str]]
    if words and words != ["-"]:
        batches = [[decode_argument(" ".join(words))]]
    elif streams.is_terminal(sys.stdin) and not words:
        raise UsageError('no question; give one: dnqa ask "...", or pipe questions in')
    elif sys.stdin is None:
        batches = []
    else:
        batches = streams.read_batches(sys.stdin.buffer)
    library = open_library(options, ahead=True)
    style = Style(
        getattr(options, "top", DEFAULT_TOP),
        as_json=getattr(options, "json", False),
        color=streams.wants_color(getattr(options, "color", "auto")),
        explain=getattr(options, "explain", False),
    )
    if getattr(options, "chat", False):
        from dnqa.conversation import Conversation

        chat = Conversation(library, top=style.top)
        answers: Iterable[Written] = (style.write_all([chat.ask(line)]) for lines in batches for line in lines)
    else:
        answers = answer_batches(library, batches, style)
    any_answered = False
    for written in answers:
        any_answered |= written.any_answered
        streams.write_data(written.data)
    return _OK if any_answered else _NOTHING
