"""The command line as it is typed."""

import argparse
import os
from collections.abc import Callable
from contextlib import suppress
from typing import Any, NoReturn

from dnqa.cli import streams
from dnqa.errors import UsageError
from dnqa.library import DEFAULT_TOP
from dnqa.version import VERSION

EXAMPLES = """\
examples:
  dnqa ask "what does dry needling do about inflammation?"
  dnqa                               (on a terminal: the desk, to keep open all day)
  dnqa --plain                       (the same as lines, for screen readers)
  dnqa ask --json < questions.txt
  dnqa ask --corpus handouts/ "when may I shower?"
  dnqa passages
  dnqa check --corpus handouts/knee.md
  dnqa init my-corpus && dnqa teach --corpus my-corpus "will I bruise?" --no-answer

"""
_EPILOG = """\
exit status of ask:
  0  at least one question was answered     1  none was
  2  wrong usage, or a source that cannot be read     130  interrupted
of check: 0 nothing doubtful, 1 doubts, 2 unreadable; of the rest: 0 or 2

environment:
  DNQA_CORPUS  the corpus to use when --corpus is not given
  DNQA_CACHE   the folder for saved indexes, instead of the user's own cache folder
  DNQA_ENCODER "off" to go by words alone, or the folder of another sentence encoder
  DNQA_PLAIN   if 1, the innermost loops as plain Python, though they are compiled
  NO_COLOR     no colour
"""


class _Formatter(argparse.HelpFormatter):
    """Help as wide as the terminal. Without a width argparse loads another module to find it, help or no help."""

    def __init__(self, prog: str) -> None:
        super().__init__(prog, width=_measure_terminal() - 2)


class _AsWritten(_Formatter, argparse.RawDescriptionHelpFormatter):
    """The same, with the line ends of what stands around the options as they are."""


def _measure_terminal() -> int:
    """The columns of the terminal, as `shutil.get_terminal_size` finds them."""
    try:
        columns = int(os.environ.get("COLUMNS", ""))
    except ValueError:
        columns = 0
    if columns <= 0:
        with suppress(OSError):  # no terminal
            columns = os.get_terminal_size().columns
    return columns if columns > 0 else 80


class _Parser(argparse.ArgumentParser):
    """A parser whose help opens with examples and whose errors are one line with the next step."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"formatter_class": _Formatter, **options})

    def format_help(self) -> str:
        return (EXAMPLES if self.prog == "dnqa" else "") + super().format_help()

    def error(self, message: str) -> NoReturn:
        raise UsageError(f"{message}; see '{self.prog} --help'")


class _ShowVersion(argparse.Action):
    """Says the version, whether the innermost loops are compiled, and what passages are found by."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> NoReturn:
        from dnqa.index.loops import COMPILED
        from dnqa.text.meaning import find_encoder

        loops = "compiled" if COMPILED else "plain"
        streams.write(f"dnqa {VERSION} ({loops} loops, by words{' and meaning' if find_encoder() else ''})")
        parser.exit()


def _count(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"'{text}' is not a number from 1")
    return int(text)


def _port(text: str) -> int:
    if not text.isdecimal() or int(text) > 65_535:
        raise argparse.ArgumentTypeError(f"'{text}' is not a port from 0 to 65535")
    return int(text)


def _minutes(text: str) -> float:
    from dnqa.desk.session import read_minutes

    return read_minutes(text)


def build_parser() -> argparse.ArgumentParser:
    """The parser of all commands; what is given before a command holds for it too."""
    corpus = _Parser(add_help=False, argument_default=argparse.SUPPRESS)
    corpus.add_argument("--corpus", metavar="PATH", help="a source, or a folder of sources, instead of the default")
    corpus.add_argument("--source", metavar="NAME", help="ask only this source of the corpus")
    corpus.add_argument(
        "--cluster",
        metavar="ADDRESS",
        help="build and ask with the workers of this Dask scheduler (dnqa[cluster])",
    )
    corpus.add_argument("--no-cache", action="store_true", help="neither use nor save an index on disk")
    desk = _Parser(add_help=False, argument_default=argparse.SUPPRESS)
    desk.add_argument("--idle", type=_minutes, metavar="MIN", help="clear everything after MIN minutes without typing")
    desk.add_argument("--unanswered", metavar="FILE", help="keep refused questions there, digits and names masked")
    desk.add_argument("--theme", choices=("dark", "light"), help="of the app (default dark)")
    json = _Parser(add_help=False, argument_default=argparse.SUPPRESS)
    json.add_argument("--json", action="store_true", help="JSON Lines instead of text")
    answers = _Parser(add_help=False, argument_default=argparse.SUPPRESS)
    answers.add_argument("--top", type=_count, metavar="N", help=f"give at most N passages (default {DEFAULT_TOP})")
    answers.add_argument("--chat", action="store_true", help="take the lines as turns of one conversation")
    answers.add_argument("--explain", action="store_true", help="say what led to each answer")
    answers.add_argument("--color", choices=("auto", "always", "never"), help="colour (default auto)")

    parser = _Parser(
        prog="dnqa",
        description="Answers questions from a source text, word for word, with its citation numbers.",
        epilog=_EPILOG,
        formatter_class=_AsWritten,
        parents=[corpus, json, answers, desk],
        allow_abbrev=False,
    )
    parser.add_argument("--plain", action="store_true", help="lines instead of the app, for screen readers")
    parser.add_argument("--app", action="store_true", help=argparse.SUPPRESS)  # the app, whatever the streams are
    parser.add_argument("--version", action=_ShowVersion, nargs=0, help="say which version this is, and how it runs")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", parser_class=_Parser)

    def add(name: str, parents: list[_Parser], summary: str) -> _Parser:
        return commands.add_parser(name, parents=parents, help=summary, description=summary, allow_abbrev=False)

    ask = add("ask", [corpus, json, answers], "answer a question, or each line of standard input")
    ask.add_argument(
        "question", nargs="*", metavar="QUESTION", help="the question; without one, or with -, standard input"
    )
    add("index", [corpus], "build the index of a corpus ahead, so that the first question need not wait for it")
    add("passages", [corpus, json], "list every passage with its section, citations and line")
    add("references", [corpus], "list each citation number, its entry, and the passages that it supports")
    check = add("check", [corpus], "say what was made of a corpus, and what looks doubtful")
    check.add_argument("--all", action="store_true", help="every doubt, not the first two of each kind")
    check.add_argument("--html", metavar="FILE", help="write a page that shows each source beside what was read of it")
    imported = add("import", [], "make editable copies of PDF, Word, HTML or text files, citations in one form")
    imported.add_argument("files", nargs="+", metavar="FILE", help="the files")
    imported.add_argument("--to", required=True, metavar="FOLDER", help="where the copies go; made if it is not there")
    _add_teaching(add, corpus)
    serve = add("serve", [corpus, desk], "the app in a browser on this computer; needs dnqa[web]")
    serve.add_argument("--host", default="127.0.0.1", help="address to listen on (default 127.0.0.1)")
    serve.add_argument(
        "--password-file", dest="password", metavar="FILE", help="visitors must give the first line of this file"
    )
    serve.add_argument("--certificate", metavar="FILE", help="encrypt with this certificate (PEM)")
    serve.add_argument("--key", metavar="FILE", help="its key, if that is in a file of its own")
    serve.add_argument("--visitors", type=_count, default=20, metavar="N", help="desks at a time (default 20)")
    serve.add_argument(
        "--allow-documents", action="store_true", help="visitors may add documents to a corpus of your own"
    )
    serve.add_argument("--port", type=_port, default=8000, help="port to listen on (default 8000), 0 for any")
    init = add("init", [], "copy the shipped corpus to a new folder, to be made your own")
    init.add_argument("folder", metavar="FOLDER", help="the folder to make")
    evaluate = add("evaluate", [corpus], "measure the answers to questions whose right answers are known")
    evaluate.add_argument("questions", metavar="FILE", help='lines of {"question", "kind", "answers"}')
    evaluate.add_argument("--passages", metavar="FILE", help='lines of {"id", "text"}: names that the answers use')
    evaluate.add_argument("--misses", action="store_true", help="list the questions that were not answered rightly")
    evaluate.add_argument("--plot", metavar="FILE.svg", help="draw the right answers against the false ones")
    return parser


def _add_teaching(add: Callable[[str, list[_Parser], str], _Parser], corpus: _Parser) -> None:
    """Add the commands that teach a corpus."""
    added = add("add", [corpus], "copy documents into a corpus of your own, and say what was read of each")
    added.add_argument("files", nargs="+", metavar="FILE", help="PDF, Word, HTML, Markdown or text files")
    teach = add("teach", [corpus], "add a question to the known questions of a corpus of your own")
    teach.add_argument("question", metavar="QUESTION", help="as people ask it; or a .csv or .jsonl file of many")
    answered_by = teach.add_mutually_exclusive_group()
    answered_by.add_argument("--passage", action="append", metavar="ID", help="a passage that answers it, best first")
    answered_by.add_argument("--no-answer", action="store_true", help="the source does not answer it")
    teach.add_argument("--preview", action="store_true", help="only say which known questions it may change")
    review = add("review", [corpus], "go through known questions and synonyms that nobody has agreed to yet")
    review.add_argument("--by", metavar="NAME", help="who reviews, as it is written down (default: the user's name)")
    suggest = add("suggest", [corpus], "list passages that no known question reaches, and what was refused most often")
    suggest.add_argument(
        "--unanswered", metavar="FILE", default=argparse.SUPPRESS, help="refused questions that were kept"
    )
    suggest.add_argument("--csv", action="store_true", help="refused questions with their closest passage, for teach")
    synonyms = add("synonyms", [corpus], "list the general synonyms, and go without one in a corpus of your own")
    switched = synonyms.add_mutually_exclusive_group()
    switched.add_argument("--off", type=_count, metavar="N", help="go without the one of that number")
    switched.add_argument("--on", type=_count, metavar="N", help="use it again")
