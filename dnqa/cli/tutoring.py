"""The commands that teach a corpus of one's own, and go through what it was taught."""

import argparse
import csv
import io
from collections.abc import Callable
from typing import TYPE_CHECKING

from dnqa.cli import streams
from dnqa.cli.opening import decode_argument, open_library, read_path
from dnqa.errors import DnqaError, UsageError
from dnqa.index.saving import Way, build_ahead
from dnqa.library import Library
from dnqa.records import Passage
from dnqa.rendering import cite, count, error_text
from dnqa.sources.folder import default_path
from dnqa.teaching import (
    Lesson,
    add_document,
    check_lessons,
    find_affected,
    read_lessons,
    require_own,
    require_own_folder,
    teach_all,
)
from dnqa.text.characters import clean_line
from dnqa.text.files import read_path as read_file

if TYPE_CHECKING:
    from dnqa.teaching.review import Item, Reviewer

_MOST_AFFECTED = 10
"""Known questions that are listed where new ones may change them."""
_MANY = (".csv", ".jsonl")
_MOST_OFFERED = 6
"""Passages that are offered by number in a review."""


def add(options: argparse.Namespace) -> int:
    """Copy documents into a corpus, a line for each."""
    folder = require_own_folder(read_path(options) or default_path())
    failed = []
    for named in options.files:
        try:
            streams.write(f"{add_document(folder, read_file(named))}.")
        except (DnqaError, OSError) as error:
            failed.append(error_text(error))
    if len(failed) < len(options.files) and not getattr(options, "no_cache", False):
        build_ahead(
            folder, Way(report=streams.complain)
        )  # desks that are open wait for it, and need not do it themselves
    for message in failed:
        streams.complain(message)
    return 2 if failed else 0


def teach(options: argparse.Namespace) -> int:
    """Add a known question, or all those of a file."""
    library = open_library(options)
    lessons, is_file = _read_lessons(options)
    check_lessons(library, lessons)
    if not options.preview:
        require_own(library)
    affected = dict.fromkeys(name for one in lessons for name in find_affected(library, one.question, one.ids))
    for known in list(affected)[:_MOST_AFFECTED]:
        streams.write(f'May change what is answered to other wordings of "{clean_line(known)}".')
    if len(affected) > _MOST_AFFECTED:
        streams.write(f"And of {len(affected) - _MOST_AFFECTED} other known questions.")
    if options.preview:
        if not affected:
            streams.write("Changes nothing about the known questions.")
        return 0
    path = teach_all(library, lessons)
    added = f"Added {count(len(lessons), 'question')} to" if is_file else "Added to"
    streams.write(f"{added} {clean_line(str(path))}, not yet reviewed.")
    return 0


def _read_lessons(options: argparse.Namespace) -> tuple[list[Lesson], bool]:
    """What is to be taught, and whether a file says it."""
    question = decode_argument(options.question)
    if options.passage or options.no_answer:
        return [Lesson(question, tuple(options.passage or ()))], False
    if not question.lower().endswith(_MANY):
        raise UsageError(
            "say which passage answers it with --passage ID, or --no-answer; or name a .csv or .jsonl file"
        )
    return read_lessons(read_file(options.question)), True


def suggest(options: argparse.Namespace) -> int:
    """List what is worth teaching."""
    from dnqa.teaching.gaps import count_refused, find_untaught

    library = open_library(options)
    refused = count_refused(library, read_file(options.unanswered)) if hasattr(options, "unanswered") else []
    if options.csv:
        table = io.StringIO()
        writer = csv.writer(table, lineterminator="\n")
        writer.writerow(("question", "passage", "times", "closest", "opens"))  # the passage is for a person to fill in
        for one in refused:
            passage = one.closest
            writer.writerow(
                (one.question, "", one.times, passage.id if passage else "", passage.text if passage else "")
            )
        streams.write(table.getvalue().rstrip("\n"))
        return 0
    for one in refused:
        closest = f"{one.closest.text} {cite(one.closest)}  {one.closest.id}" if one.closest else "nothing is near"
        streams.write(f"{one.times} × {one.question}\n    closest: {closest}")
    untaught = find_untaught(library)
    streams.write(f"{count(len(untaught), 'passage')} that no known question is answered by" + ":" * bool(untaught))
    for passage in untaught:
        streams.write(f"  {passage.id}  {passage.text} {cite(passage)}")
    return 0


def synonyms(options: argparse.Namespace) -> int:
    """List the general synonyms, and switch one off or on for a corpus."""
    from dnqa.teaching.general import list_general, switch

    for number, on in ((options.off, False), (options.on, True)):
        if number is not None:
            changed = switch(open_library(options), number, on=on)
            streams.write(f"{'On' if on else 'Off'} in this corpus: {changed.text}")
            return 0
    for line in list_general(read_path(options) or default_path()):
        streams.write(f"{line.number:4} {'   ' if line.is_on else 'off'} {line.text}")
    return 0


def review(options: argparse.Namespace) -> int:
    """Go through what nobody has agreed to yet."""
    from dnqa.cli.plain import make_reader
    from dnqa.teaching.review import Reviewer, guess_name, list_unreviewed

    library = open_library(options)
    reviewer = Reviewer(options.by or guess_name())
    items = list_unreviewed(library)
    n_questions = sum(item.is_question for item in items)
    streams.write(
        f"{count(n_questions, 'question')} and {count(len(items) - n_questions, 'synonym')} to review, "
        f"as {reviewer.name}. Every decision is saved at once."
    )
    read_line = make_reader()
    try:
        for place, item in enumerate(items, 1):
            streams.write(f"\n{place} of {len(items)}: {item.text}")
            if item.is_question:
                for passage in item.passages:
                    streams.write(f"  {passage.text} {cite(passage)}")
                for opens in item.lost:
                    streams.write(f"  no passage any more that opens “{opens}”")
                if not item.passages and not item.lost:
                    streams.write("  the source does not say")
            _decide(read_line, library, reviewer, item)
    except EOFError:
        streams.write("\nStopped; what was decided is saved.")
    return 0


def _decide(read_line: Callable[[str], str], library: Library, reviewer: "Reviewer", item: "Item") -> None:
    """Ask for one decision until there is one, and write it. Raises EOFError to stop."""
    offers = "keep, passage, reword, drop, skip or quit? " if item.is_question else "keep, reword, drop, skip or quit? "
    while True:
        try:
            typed = read_line(offers).strip().lower()
            if typed in ("q", "quit"):
                raise EOFError
            if typed in ("k", "keep"):
                reviewer.keep(item)
            elif typed in ("d", "drop"):
                reviewer.drop(item)
            elif typed in ("r", "reword"):
                reviewer.reword(item, read_line("In words: "))
            elif typed in ("p", "passage") and item.is_question and (chosen := _choose(read_line, library, item.text)):
                reviewer.answer_by(item, chosen[0])
            elif typed not in ("s", "skip", ""):
                streams.write(f'"{clean_line(typed)}" is none of these; type the word or its first letter.')
                continue
        except UsageError as error:
            streams.write(clean_line(str(error)))
        else:
            return


def _choose(read_line: Callable[[str], str], library: Library, question: str) -> list[tuple[Passage, ...]]:
    """The passages that shall answer a question, none for none, in a list; [] if nothing was chosen."""
    answer = library.ask(question)
    near = [hit.passage for hit in (*answer.hits, *answer.close, *answer.closest)]
    offered = list(dict.fromkeys((*near, *library.passages)))[:_MOST_OFFERED]
    for number, passage in enumerate(offered, 1):
        streams.write(f"{number} {passage.text} {cite(passage)}")
    typed = read_line("Which answers it? A number, an id, 0 if the source does not say, or nothing: ").strip()
    if typed == "0":
        return [()]
    by_name = {passage.id: passage for passage in library.passages} | {
        str(number): passage for number, passage in enumerate(offered, 1)
    }
    if typed and typed not in by_name:
        streams.write(f"no passage {clean_line(typed)}; 'dnqa passages' lists them")
    return [(by_name[typed],)] if typed in by_name else []
