"""The commands besides `ask`: each takes what was typed, and returns an exit status."""

import argparse
import shlex
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from dnqa.cli import streams, tutoring
from dnqa.cli.opening import choose_way, open_library, read_path
from dnqa.cli.progress import Progress
from dnqa.errors import DnqaError, UsageError
from dnqa.index.saving import build_ahead
from dnqa.library import DEFAULT_TOP
from dnqa.rendering import cite, count, error_text, find_place, passage_record, passage_text, to_json
from dnqa.sources.folder import default_path
from dnqa.text.characters import clean_line
from dnqa.text.meaning import find_encoder

if TYPE_CHECKING:
    from dnqa.asking.evaluation import Evaluation, Tally
    from dnqa.desk.session import Session
    from dnqa.desk.unanswered import Unanswered
    from dnqa.sources.corpus import Corpus

_OK, _DOUBTFUL, _WRONG = 0, 1, 2
_STOPPED = 128  # plus the signal's number


def build_index(options: argparse.Namespace) -> int:
    """Build the index of a corpus ahead, and save it."""
    if getattr(options, "no_cache", False):
        raise UsageError("an index that is not kept need not be built ahead; leave out --no-cache")
    with Progress(sys.stderr) as progress:
        index, is_new = build_ahead(read_path(options), choose_way(options, progress.show))
    path = index.store.path
    if path is None:
        raise UsageError(
            "the index could not be saved, or the corpus changed meanwhile; try again, make room, "
            "or name another folder with DNQA_CACHE"
        )
    state = "Built" if is_new else "Up to date"
    passages, size = count(index.n_passages, "passage"), f"{index.n_bytes / 1e6:,.1f} MB"
    streams.write(f"{state}: {passages}, {size}, {clean_line(str(path))}")
    return _OK


def copy_corpus(options: argparse.Namespace) -> int:
    """Copy the shipped corpus to a folder."""
    from dnqa.teaching import copy_shipped

    copy_shipped(Path(options.folder))
    name = clean_line(options.folder)
    streams.write(f"Copied to {name}; use it with --corpus {shlex.quote(name)}")
    return _OK


def open_app(options: argparse.Namespace) -> int:
    """Open the desk as an app."""
    from dnqa.app import run_desk

    status = run_desk(_open_session(options), theme=getattr(options, "theme", "dark"))
    if status > _STOPPED:
        streams.complain(f"stopped by signal {status - _STOPPED}; nothing was kept")
    return status


def open_lines(options: argparse.Namespace) -> int:
    """Open the desk as lines."""
    from dnqa.cli.plain import PlainDesk, make_reader

    if getattr(options, "idle", 0):
        raise UsageError("--idle is for the app, which can clear its screen; leave out one of --idle and --plain")
    session = _open_session(options)
    streams.end_on_signals()
    PlainDesk(session, make_reader()).run()
    return _OK


def _open_session(options: argparse.Namespace) -> "Session":
    from dnqa.desk.session import Session

    return Session(
        open_library(options),
        top=getattr(options, "top", DEFAULT_TOP),
        unanswered=_open_unanswered(options),
        idle_minutes=getattr(options, "idle", 0),
    )


def _open_unanswered(options: argparse.Namespace) -> "Unanswered | None":
    """Where refused questions are kept, None if no file was named. Raises UsageError if it cannot be written."""
    from dnqa.desk.unanswered import Unanswered
    from dnqa.text.files import read_path as read_file

    named = getattr(options, "unanswered", None)
    return Unanswered(read_file(named)) if named else None


def serve(options: argparse.Namespace) -> int:
    """Serve the desk to browsers."""
    open_library(options)  # what is wrong with the corpus is said here, not in every browser
    _open_unanswered(options)  # and with the file that every visitor's desk writes to
    from dnqa import web
    from dnqa.teaching import require_own_folder

    corpus = read_path(options) or default_path()
    arguments = ["--app", "--corpus", str(corpus)]
    for name in ("idle", "unanswered", "theme", "cluster"):
        if hasattr(options, name):
            arguments += [f"--{name}", str(getattr(options, name))]
    if getattr(options, "no_cache", False):
        arguments.append("--no-cache")
    if options.key and not options.certificate:
        raise UsageError("--key belongs to a certificate; name both")
    files = {
        name: Path(named) if (named := getattr(options, name)) else None for name in ("password", "certificate", "key")
    }
    web.serve(
        arguments,
        host=options.host,
        port=options.port,
        tell=streams.complain,
        visitors=options.visitors,
        documents=require_own_folder(corpus) if options.allow_documents else None,
        **files,
    )
    return _OK


def evaluate(options: argparse.Namespace) -> int:
    """Measure the answers to labelled questions."""
    from dnqa.asking import evaluation

    if options.plot and not options.plot.lower().endswith(".svg"):
        raise UsageError(f"{clean_line(options.plot)}: the curve is drawn as SVG; give a name that ends with .svg")
    library = open_library(options)
    names = evaluation.read_names(Path(options.passages)) if options.passages else {}
    labelled = evaluation.read_labelled(Path(options.questions), library.passages, names)
    with Progress(sys.stderr) as progress:
        answers = library.ask_all([question.question for question in labelled])
        found = evaluation.count_answers(progress.follow(answers, len(labelled), "question"), labelled)
    width = max(map(len, found.tallies))
    for kind, tally in found.tallies.items():
        streams.write(f"{clean_line(kind):{width}}  {tally.describe()}")
    overall = found.tallies[evaluation.ALL]
    streams.write(f"cost {overall.cost}: a wrong or false answer costs 3, a refusal 1")
    for line in (overall.describe_certainty(), "", *found.describe_reliability()):
        streams.write(line)
    for question, answer in found.misses if options.misses else ():
        given = f"{answer.passages[0].text} {cite(answer.passages[0])}" if answer.passages else "refused"
        streams.write(f"{clean_line(question)}\n    {given}")
    if options.plot:
        _plot(options.plot, found, overall)
    return _OK


def _plot(named: str, found: "Evaluation", overall: "Tally") -> None:
    """Draw the right answers against the false ones, as fewer or more questions are answered."""
    from dnqa.cli.curve import draw_curve
    from dnqa.text.files import read_path as read_file
    from dnqa.text.files import write_aside

    path = read_file(named)
    chosen = (overall.n_false / (overall.n_unanswerable or 1), overall.n_right / (overall.n_answerable or 1))
    across, up = "unanswerable questions answered", "answerable questions answered rightly"
    write_aside(path, draw_curve(found.trace_curve(), chosen, across=across, up=up).encode())
    streams.write(f"Drawn: {clean_line(str(path))}")


def list_passages(options: argparse.Namespace) -> int:
    """List every passage."""
    as_json = getattr(options, "json", False)
    for passage in open_library(options).passages:
        streams.write(to_json(passage_record(passage)) if as_json else f"{passage.id}  {passage_text(passage)}\n")
    return _OK


def list_references(options: argparse.Namespace) -> int:
    """List each citation number with its entry and its passages."""
    library = open_library(options)
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
                    streams.write(f"    {passage.text} {cite(passage)}\n      {place}{find_place(passage)}")
        streams.write("")
    return _OK


_N_SHOWN = 2
"""Doubts of a kind that are shown without --all."""


def check(options: argparse.Namespace) -> int:
    """Say what was made of a corpus, and what looks doubtful."""
    from dnqa.sources.checking import find_doubts, find_knowledge_doubts, group_findings, summarise

    library = open_library(options)
    for source in library.corpus.sources:
        streams.write(summarise(source, library.corpus.references[source.name]))
    if find_encoder():
        streams.write("Passages are found by words and by meaning.")
    doubts = [*find_doubts(library.corpus), *find_knowledge_doubts(library.knowledge)]
    for kind, group in group_findings(doubts).items():
        shown = group if options.all else group[:_N_SHOWN]
        for doubt in shown:
            streams.write(f"{f'{doubt.place}: ' if doubt.place else ''}{doubt.message}")
        if len(group) > len(shown):
            streams.write(
                f"  and {count(len(group) - len(shown), f'more {kind.value}', f'more of: {kind.value}')}; --all"
            )
    streams.write("Nothing doubtful." if not doubts else f"{len(doubts)} doubtful.")
    if options.html:
        _write_proof(library.corpus, options.html)
    return _DOUBTFUL if doubts else _OK


def _write_proof(corpus: "Corpus", named: str) -> None:
    """Write a page to look at rather than read: each source beside what was read of it."""
    from dnqa.sources.proof import draw_proof
    from dnqa.text.files import read_path as read_file
    from dnqa.text.files import write_aside

    path = read_file(named)
    write_aside(path, draw_proof(corpus).encode())
    streams.write(f"Written: {clean_line(str(path))}")


def import_files(options: argparse.Namespace) -> int:
    """Make editable copies of files."""
    from dnqa.sources.importing import import_source
    from dnqa.sources.parsing import Parser

    folder = Path(options.to)
    folder.mkdir(parents=True, exist_ok=True)
    failed: list[str] = []
    with Parser() as parser:
        for named in options.files:
            try:
                copy, n = import_source(Path(named), folder, parser)
            except (DnqaError, OSError) as error:
                failed.append(error_text(error))
            else:
                streams.write(f"{clean_line(named)}: {count(n, 'passage')}, {clean_line(str(copy))}")
    for message in failed:
        streams.complain(message)
    if len(failed) < len(options.files):
        streams.write(f"Now compare: dnqa check --corpus {shlex.quote(clean_line(options.to))}")
    return _WRONG if failed else _OK


COMMANDS: dict[str, Callable[[argparse.Namespace], int]] = {
    "add": tutoring.add,
    "check": check,
    "desk": open_app,
    "evaluate": evaluate,
    "import": import_files,
    "index": build_index,
    "init": copy_corpus,
    "passages": list_passages,
    "plain": open_lines,
    "references": list_references,
    "review": tutoring.review,
    "serve": serve,
    "suggest": tutoring.suggest,
    "synonyms": tutoring.synonyms,
    "teach": tutoring.teach,
}
