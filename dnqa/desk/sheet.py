"""A patient sheet: what is on it, and its forms as text and as a page to print."""

import datetime
import html
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from dnqa.desk.provenance import Edition, describe_sources
from dnqa.desk.quoting import NOTE
from dnqa.records import Passage
from dnqa.rendering import cite

_PAGE = """\
<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>{title}</title>
<style>
body {{ font: 12pt/1.5 Georgia, serif; max-width: 40em; margin: 2em auto; padding: 0 1em; }}
body {{ color: #000; background: #fff; }}
body.large {{ font-size: 18pt; }}
body.large footer {{ font-size: 1em; }}
h1 {{ font-size: 1.4em; }}
h2 {{ font-size: 1.1em; margin-bottom: 0; }}
p {{ margin: .4em 0; }}
h2, p {{ break-inside: avoid; }}
h2 {{ break-after: avoid; }}
b {{ white-space: nowrap; }}
header {{ border-bottom: 1px solid; }}
footer {{ margin-top: 2em; border-top: 1px solid; font-size: .85em; }}
</style>
</head>
<body{kind}>
{body}
</body>
</html>
"""


class Part(NamedTuple):
    """Passages that stand together.

    title: of their source, "" where it stands above already. heading: "" if there is none.
    """

    title: str
    heading: str
    passages: tuple[Passage, ...]


class Sheet(NamedTuple):
    """What is on a patient sheet.

    clinic: its name, "" if no source says it.
    printed: the line with the date.
    parts: in document order.
    entries: of the references that the passages cite.
    facts: how it is quoted, and which sources in which state.
    """

    clinic: str
    printed: str
    parts: tuple[Part, ...]
    entries: tuple[str, ...]
    facts: tuple[str, ...]

    @property
    def title(self) -> str:
        """The titles of its sources in one line."""
        return ", ".join(part.title for part in self.parts if part.title)


def compose_sheet(passages: Sequence[Passage], edition: Edition, day: datetime.date) -> Sheet:
    """The sheet of some passages in document order, printed on a day."""
    names = dict.fromkeys(passage.source for passage in passages)
    clinics = {source.name: source.sidecar.clinic for source in edition.corpus.sources}
    return Sheet(
        clinic=next((clinics[name] for name in names if clinics.get(name)), ""),
        printed=f"Printed {day.day} {day:%B} {day.year}",
        parts=tuple(_group(passages)),
        entries=tuple(_list_entries(edition, passages)),
        facts=(NOTE, *describe_sources(edition, passages)),
    )


def sheet_text(sheet: Sheet) -> str:
    """A sheet as plain text: the passages under their titles and headings."""
    lines = [*([sheet.clinic] if sheet.clinic else []), sheet.printed, ""]
    for title, heading, passages in sheet.parts:
        if title:
            lines += [title, "=" * len(title), ""]
        if heading:
            lines += [heading, "-" * len(heading)]
        for passage in passages:
            lines += [f"{passage.text} {cite(passage)}", ""]
    return "\n".join([*lines, *sheet.entries, *([""] if sheet.entries else []), *sheet.facts]) + "\n"


def sheet_html(sheet: Sheet, *, is_large: bool = False) -> str:
    """The same as a page to print; it loads nothing from anywhere.

    is_large: in larger type.
    """
    body = [f"<header>{_paragraphs(filter(None, (sheet.clinic, sheet.printed)))}</header>"]
    for title, heading, passages in sheet.parts:
        if title:
            body.append(f"<h1>{html.escape(title)}</h1>")
        if heading:
            body.append(f"<h2>{html.escape(heading)}</h2>")
        body += (f"<p>{html.escape(passage.text)} <b>{html.escape(cite(passage))}</b></p>" for passage in passages)
    body += [_paragraphs(sheet.entries), f"<footer>{_paragraphs(sheet.facts)}</footer>"]
    kind = ' class="large"' if is_large else ""
    return _PAGE.format(title=html.escape(sheet.title), kind=kind, body="\n".join(body))


def _paragraphs(lines: Iterable[str]) -> str:
    return "\n".join(f"<p>{html.escape(line)}</p>" for line in lines)


def _list_entries(edition: Edition, passages: Sequence[Passage]) -> list[str]:
    """The reference entries that some passages cite, in order, with their title if there are several sources."""
    titles = {passage.source: passage.title or passage.source for passage in passages}
    cited = {(passage.source, number) for passage in passages for number in passage.citations}
    return [
        f"[{number}] {entry}" + (f" ({titles[name]})" if len(titles) > 1 else "")
        for name, entries in edition.corpus.references.items()
        for number, entry in sorted(entries.items())
        if (name, number) in cited
    ]


def _group(passages: Sequence[Passage]) -> list[Part]:
    """Runs of passages with the title and heading to print above each, "" where they are printed already."""
    parts: list[Part] = []
    last: tuple[str, str, tuple[str, ...]] | None = None
    for passage in passages:
        place = (passage.source, passage.title, passage.path)
        if place == last:
            parts[-1] = parts[-1]._replace(passages=(*parts[-1].passages, passage))
            continue
        is_new = last is None or last[0] != passage.source
        parts.append(Part(passage.title or passage.source if is_new else "", passage.section, (passage,)))
        last = place
    return parts
