"""Passages as they leave the desk: copied, on a patient's sheet, in a transcript.

Each form quotes word for word, shows the citation numbers, and says which source in which state.
"""

import html
import re
from collections.abc import Sequence

from dnqa.desk.provenance import Edition, describe_sources
from dnqa.records import Answer, Passage
from dnqa.rendering import answer_text, cite, find_place, remarks

_MARKDOWN = re.compile(r"[\\`*_\[\]<>&~|#]|^[+-]|^\d+(?=[.)])")
_PAGE = """\
<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>{title}</title>
<style>
body {{ font: 12pt/1.5 Georgia, serif; max-width: 40em; margin: 2em auto; padding: 0 1em; }}
body {{ color: #000; background: #fff; }}
h1 {{ font-size: 1.4em; }}
h2 {{ font-size: 1.1em; margin-bottom: 0; }}
p {{ margin: .4em 0; }}
h2, p {{ break-inside: avoid; }}
h2 {{ break-after: avoid; }}
b {{ white-space: nowrap; }}
footer {{ margin-top: 2em; border-top: 1px solid; font-size: .85em; }}
</style>
</head>
<body>
{body}
</body>
</html>
"""
_NOTE = "Quoted word for word; the numbers in brackets are the citations of the source."


def copy_text(passage: Passage, edition: Edition) -> str:
    """A passage with its citation, and below it where it stands and in which source."""
    return "\n".join((f"{passage.text} {cite(passage)}", *_place(passage), *describe_sources(edition, [passage])))


def _place(passage: Passage) -> Sequence[str]:
    return (passage.section,) if passage.section else ()


def list_entries(edition: Edition, passages: Sequence[Passage]) -> list[str]:
    """The reference entries that some passages cite, in order, with their title if there are several sources."""
    titles = {passage.source: passage.title or passage.source for passage in passages}
    cited = {(passage.source, number) for passage in passages for number in passage.citations}
    return [
        f"[{number}] {entry}" + (f" ({titles[name]})" if len(titles) > 1 else "")
        for name, entries in edition.corpus.references.items()
        for number, entry in sorted(entries.items())
        if (name, number) in cited
    ]


def sheet_text(passages: Sequence[Passage], edition: Edition) -> str:
    """A patient sheet as plain text: the passages under their titles and headings."""
    lines: list[str] = []
    for title, heading, quoted in _group(passages):
        if title:
            lines += [title, "=" * len(title), ""]
        if heading:
            lines += [heading, "-" * len(heading)]
        for passage in quoted:
            lines += [f"{passage.text} {cite(passage)}", ""]
    entries = list_entries(edition, passages)
    return "\n".join([*lines, *entries, *([""] if entries else []), _NOTE, *describe_sources(edition, passages)]) + "\n"


def sheet_html(passages: Sequence[Passage], edition: Edition) -> str:
    """The same sheet as a page to print; it loads nothing from anywhere."""
    body: list[str] = []
    titles: list[str] = []
    for title, heading, quoted in _group(passages):
        if title:
            titles.append(title)
            body.append(f"<h1>{html.escape(title)}</h1>")
        if heading:
            body.append(f"<h2>{html.escape(heading)}</h2>")
        body += (f"<p>{html.escape(passage.text)} <b>{html.escape(cite(passage))}</b></p>" for passage in quoted)
    body += (f"<p>{html.escape(entry)}</p>" for entry in list_entries(edition, passages))
    facts = [_NOTE, *describe_sources(edition, passages)]
    body.append(f"<footer>{''.join(f'<p>{html.escape(fact)}</p>' for fact in facts)}</footer>")
    return _PAGE.format(title=html.escape(", ".join(titles)), body="\n".join(body))


def _group(passages: Sequence[Passage]) -> list[tuple[str, str, list[Passage]]]:
    """Runs of passages with the title and heading to print above each, "" where they are printed already."""
    groups: list[tuple[str, str, list[Passage]]] = []
    last: tuple[str, str, tuple[str, ...]] | None = None
    for passage in passages:
        place = (passage.source, passage.title, passage.path)
        if place == last:
            groups[-1][2].append(passage)
            continue
        is_new = last is None or last[0] != passage.source
        groups.append((passage.title or passage.source if is_new else "", passage.section, [passage]))
        last = place
    return groups


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
    return "\n\n".join([*blocks, "---", _NOTE, *map(_escape, states)]) + "\n"


def _escape(text: str) -> str:
    return _MARKDOWN.sub(lambda match: "\\" + match[0] if not match[0][0].isdigit() else match[0] + "\\", text)
