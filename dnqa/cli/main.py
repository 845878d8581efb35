"""Run a command and turn what happens into an exit status."""

import argparse
import os
import shlex
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

from dnqa.characters import clean_line
from dnqa.cli import streams
from dnqa.cli.arguments import build_parser
from dnqa.cli.piping import Style, Written, answer_batches, answer_lines
from dnqa.cli.progress import Progress
from dnqa.corpus import default_path
from dnqa.errors import DnqaError, UsageError
from dnqa.library import DEFAULT_TOP, Library, build_ahead, load
from dnqa.rendering import cite, count, error_text, passage_record, passage_text, to_json

_OK, _NOTHING, _WRONG, _INTERRUPTED = 0, 1, 2, 130
_STOPPED = 128  # plus the signal's number


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
    named = getattr(options, "corpus", None)
    if command == "ask":
        return _ask(options, named)
    if command == "init":
        return _init(Path(options.folder))
    if command == "serve":
        return _serve(options, named)
    if command == "index":
        return _index(options, named)
    library = _load(options, named)
    if command in ("desk", "plain"):
        return _open_desk(options, library, plain=command == "plain")
    if command == "teach":
        return _teach(library, _decode_argument(options.question), options.passage or [])
    if command == "evaluate":
        return _evaluate(library, Path(options.questions), options.passages)
    if command == "passages":
        return _list_passages(library, as_json=getattr(options, "json", False))
    if command == "references":
        return _list_references(library)
    return _check(library)


def _load(options: argparse.Namespace, named: str | None, *, ahead: bool = False) -> Library:
    saved = not getattr(options, "no_cache", False)
    return load(_as_path(named), saved=saved, ahead=ahead, report=streams.complain)


def _init(folder: Path) -> int:
    from dnqa.teaching import copy_shipped

    copy_shipped(folder)
    name = clean_line(str(folder))
    streams.write(f"Copied to {name}; use it with --corpus {shlex.quote(name)}")
    return _OK


def _teach(library: Library, question: str, passages: Sequence[str]) -> int:
    from dnqa.teaching import teach

    path = teach(library, question, passages)
    streams.write(f"Added to {clean_line(str(path))}, not yet reviewed.")
    return _OK


def _index(options: argparse.Namespace, named: str | None) -> int:
    if getattr(options, "no_cache", False):
        raise UsageError("an index that is not kept need not be built ahead; leave out --no-cache")
    with Progress(sys.stderr) as progress:
        index, is_new = build_ahead(_as_path(named), report=streams.complain, progress=progress.show)
    path = index.store.path
    if path is None:
        raise UsageError("the index could not be saved; make room, or name another folder with DNQA_CACHE")
    state = "Built" if is_new else "Up to date"
    passages, size = count(index.n_passages, "passage"), f"{index.store.n_bytes / 1e6:,.1f} MB"
    streams.write(f"{state}: {passages}, {size}, {clean_line(str(path))}")
    return _OK


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


def _open_desk(options: argparse.Namespace, library: Library, *, plain: bool) -> int:
    from dnqa.desk import Session
    from dnqa.desk.unanswered import Unanswered
    from dnqa.textfile import read_path

    idle_minutes: float = getattr(options, "idle", 0)
    if plain and idle_minutes:
        raise UsageError("--idle is for the app, which can clear its screen; leave out one of --idle and --plain")
    named = getattr(options, "unanswered", None)
    top = getattr(options, "top", DEFAULT_TOP)
    session = Session(
        library,
        top=top,
        unanswered=Unanswered(read_path(named)) if named else None,
        idle_minutes=idle_minutes,
    )
    if plain:
        from dnqa.cli.plain import PlainDesk, make_reader

        streams.end_on_signals()
        PlainDesk(session, make_reader()).run()
        return _OK
    from dnqa.app import run_desk

    status = run_desk(session, theme=getattr(options, "theme", "dark"))
    if status > _STOPPED:
        streams.complain(f"stopped by signal {status - _STOPPED}; nothing was kept")
    return status


def _serve(options: argparse.Namespace, named: str | None) -> int:
    from dnqa.desk.unanswered import Unanswered
    from dnqa.textfile import read_path

    _load(options, named)  # what is wrong with the corpus is said here, not in every browser
    if hasattr(options, "unanswered"):
        Unanswered(read_path(options.unanswered))  # and with the file that every visitor's desk writes to
    from dnqa.web import serve

    arguments = ["--app", "--corpus", str(_as_path(named) or default_path())]
    for name in ("idle", "unanswered", "theme"):
        if hasattr(options, name):
            arguments += [f"--{name}", str(getattr(options, name))]
    if getattr(options, "no_cache", False):
        arguments.append("--no-cache")
    serve(arguments, host=options.host, port=options.port)
    return _OK


def _as_path(named: str | None) -> Path | None:
    if named == "":
        raise UsageError("--corpus is empty; name a source or a folder of sources")
    return Path(named) if named else None


def _ask(options: argparse.Namespace, named: str | None) -> int:
    words: list[str] = getattr(options, "question", [])
    batches: Iterable[Sequence[str]]
    if words and words != ["-"]:
        batches = [[_decode_argument(" ".join(words))]]
    elif streams.is_terminal(sys.stdin) and not words:
        raise UsageError('no question; give one: dnqa ask "...", or pipe questions in')
    elif sys.stdin is None:
        batches = []
    else:
        batches = streams.read_batches(sys.stdin.buffer)
    library = _load(options, named, ahead=True)
    style = Style(
        getattr(options, "top", DEFAULT_TOP),
        as_json=getattr(options, "json", False),
        color=streams.wants_color(getattr(options, "color", "auto")),
        explain=getattr(options, "explain", False),
    )
    if getattr(options, "chat", False):
        from dnqa.conversation import Conversation

        chat = Conversation(library, top=style.top)
        answers: Iterable[Written] = (answer_lines(chat.ask, [line], style) for lines in batches for line in lines)
    else:
        answers = answer_batches(library, batches, style)
    any_answered = False
    for written in answers:
        any_answered |= written.any_answered
        streams.write(written.text, end="")
    return _OK if any_answered else _NOTHING


def _decode_argument(text: str) -> str:
    """An argument as text: bytes that are not UTF-8 are replaced."""
    return text.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _evaluate(library: Library, questions: Path, passages: str | None) -> int:
    from dnqa.evaluation import ALL, evaluate, read_labelled, read_names

    names = read_names(Path(passages)) if passages else {}
    labelled = read_labelled(questions, library.passages, names)
    tallies = evaluate(library.ask, labelled)
    width = max(map(len, tallies))
    for kind, tally in tallies.items():
        streams.write(f"{clean_line(kind):{width}}  {tally.describe()}")
    streams.write(f"cost {tallies[ALL].cost}: a wrong or false answer costs 3, a refusal 1")
    return _OK


def _list_passages(library: Library, *, as_json: bool) -> int:
    for passage in library.passages:
        streams.write(to_json(passage_record(passage)) if as_json else f"{passage.id}  {passage_text(passage)}\n")
    return _OK


def _list_references(library: Library) -> int:
    for source in library.corpus.sources:
        entries = library.references[source.name]
        passages = source.document.passages
        numbers = sorted(set(entries) | {number for passage in passages for number in passage.citations})
        streams.write(f"{source.title or source.name} ({source.name})")
        if not numbers:
            streams.write("  The source cites nothing by number.")
        elif not entries:
            streams.write("  The source lists no entries for its numbers.")
        for number in numbers:
            streams.write(f"[{number}] {entries.get(number, 'no entry')}")
            for passage in passages:
                if number in passage.citations:
                    place = f"{passage.section}, " if passage.section else ""
                    streams.write(f"    {passage.text} {cite(passage)}\n      {place}line {passage.line}")
        streams.write("")
    return _OK


def _check(library: Library) -> int:
    from dnqa.checking import find_doubts, find_knowledge_doubts, summarise

    for source in library.corpus.sources:
        streams.write(summarise(source, library.corpus.references[source.name]))
    doubts = [*find_doubts(library.corpus), *find_knowledge_doubts(library.knowledge)]
    for doubt in doubts:
        place = f"{doubt.source}, line {doubt.line}: " if doubt.line else f"{doubt.source}: " if doubt.source else ""
        streams.write(f"{place}{doubt.message}")
    streams.write("Nothing doubtful." if not doubts else f"{len(doubts)} doubtful.")
    return _NOTHING if doubts else _OK
