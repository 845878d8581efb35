"""Passages as they leave the desk in words: copied, and in a transcript.

Each form quotes word for word, shows the citation numbers, and says which source in which state.
"""

import re
from collections.abc import Sequence

from dnqa.desk.provenance import Edition, describe_sources
from dnqa.records import Answer, Passage
from dnqa.rendering import answer_text, cite, find_place, remarks

_MARKDOWN = re.compile(r"[\\`*_\[\]<>&~|#]|^[+-]|^\d+(?=[.)])")
NOTE = "Quoted word for word; the numbers in brackets are the citations of the source."


def copy_text(passage: Passage, edition: Edition) -> str:
    """A passage with its citation, and below it where it stands and in which source."""
    return "\n".join((f"{passage.text} {cite(passage)}", *_place(passage), *describe_sources(edition, [passage])))


def _place(passage: Passage) -> Sequence[str]:
    return (passage.section,) if passage.section else ()


def transcript(told: Sequence[tuple[Answer, Edition]]) -> str:
    """A conversation as Markdown, in which every quotation reads as the source has it.

    told: each answer with the edition that it is from.
    """
    blocks = ["# Questions and what the source says"]
    states: dict[str, None] = {}
    for answer, edition in told:
        blocks.append(f"## {_escape(answer.question)}")
        for passage in answer.passages:
            place = ", ".join((*_place(passage), passage.source, find_place(passage)))
            blocks.append(f"> {_escape(passage.text)} **{cite(passage)}**  \n> {_escape(place)}")
        lines = remarks(answer) if answer.passages else answer_text(answer).split("\n")
        if lines:
            blocks.append("  \n".join(map(_escape, lines)))
        states.update(dict.fromkeys(describe_sources(edition, answer.passages or edition.corpus.passages)))
    return "\n\n".join([*blocks, "---", NOTE, *map(_escape, states)]) + "\n"


def _escape(text: str) -> str:
    return _MARKDOWN.sub(lambda match: "\\" + match[0] if not match[0][0].isdigit() else match[0] + "\\", text)
