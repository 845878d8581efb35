"""A page for proof-reading: each source beside what was read of it, in colour; to look at rather than read.

The page is one file and loads nothing. What no passage, heading or entry has of a text is grey; of a PDF its pages are
shown as pictures.
"""

from base64 import b64encode
from collections.abc import Mapping, Sequence
from html import escape

from dnqa.errors import FormatError
from dnqa.formats.choice import TEXT, find_format
from dnqa.formats.guard import Guard
from dnqa.records import Document, Heading, Passage
from dnqa.rendering import cite, find_place
from dnqa.sources.checking import Kind, find_doubts, summarise
from dnqa.sources.corpus import Corpus, Source
from dnqa.text.characters import clean_line

_STYLE = """
body{font:15px/1.5 system-ui,sans-serif;margin:0 1.5rem 3rem;color:#1b1b1b;background:#fff}
h1{font-size:1.3rem}h2{font-size:1.1rem;margin:2.5rem 0 .5rem;border-bottom:1px solid #bbb}
.pair{display:grid;grid-template-columns:1fr 1fr;gap:1.5rem;align-items:start}
@media(max-width:60rem){.pair{grid-template-columns:1fr}}
.from img{width:100%;border:1px solid #ccc}.from pre{white-space:pre-wrap;font:13px/1.5 ui-monospace,monospace;margin:0}
.p{padding:.1rem .4rem;margin:.15rem 0;border-left:3px solid #2a6fb0;background:#f2f7fc}
.h{font-weight:700;margin:.8rem 0 .2rem;color:#6b2d8a}.c{font-weight:700;color:#0b6b3a;white-space:nowrap}
.n{color:#8a4b00;font-weight:700}.w{color:#767676;font-size:.85em}.d{background:#fff3cd;border-left-color:#c77700}
.grey{color:#9a9a9a}.hl{color:#6b2d8a;font-weight:700}.bl{background:#e6f0fa}.bl2{background:#d9ecdf}
.key span{padding:0 .4rem;margin-right:.8rem}ul{margin:.3rem 0}
"""


def draw_proof(corpus: Corpus) -> str:
    """The page, as HTML."""
    doubts = find_doubts(corpus)
    body = ["<h1>What was read</h1>", _KEY]
    for source in corpus.sources:
        own = [doubt for doubt in doubts if doubt.source == source.name]
        body.append(f"<h2>{escape(summarise(source, corpus.references[source.name]))}</h2>")
        if own:
            items = "".join(f"<li>{escape(doubt.place)}: {escape(doubt.message)}</li>" for doubt in own)
            body.append(f"<details><summary>{len(own)} doubtful</summary><ul>{items}</ul></details>")
        body.append(_draw_source(source, {doubt.line: doubt.kind for doubt in own if doubt.line}))
    unread = "".join(f"<li>{escape(clean_line(file.message))}</li>" for file in corpus.unread)
    body.append(f"<h2>Not read</h2><ul>{unread}</ul>" if unread else "")
    head = '<meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>dnqa: what was read</title>'
    head += f"<style>{_STYLE}</style>"
    return f'<!doctype html><html lang="en"><head>{head}</head><body>{"".join(body)}</body></html>\n'


_KEY = (
    '<p class="key"><span class="hl">heading</span><span class="p">passage <b class="c">[4]</b></span>'
    '<span class="p d">doubtful</span><span class="grey">not read as text</span></p>'
)


def _draw_source(source: Source, doubtful: Mapping[int, Kind]) -> str:
    document = source.document
    data = source.path.read_bytes()
    kind = find_format(source.path.suffix.lower(), data)
    if kind == TEXT:
        return _pair(_draw_text(data.decode("utf-8", "replace"), document), _draw_read(source, doubtful, None))
    pictures: Sequence[bytes] = ()
    if kind == "PDF":
        with Guard() as guard:
            try:
                pictures = guard.draw(data)
            except FormatError:
                pictures = ()
    if not pictures:
        return _pair('<p class="w">The original is not shown here.</p>', _draw_read(source, doubtful, None))
    return "".join(
        _pair(
            f'<img alt="page {page}" src="data:image/png;base64,{b64encode(picture).decode()}">',
            _draw_read(source, doubtful, page),
        )
        for page, picture in enumerate(pictures, 1)
    )


def _pair(left: str, right: str) -> str:
    return f'<div class="pair"><div class="from">{left}</div><div>{right}</div></div>'


def _draw_text(text: str, document: Document) -> str:
    """A text with its passages and headings coloured, and all else grey."""
    spans = [(heading.start, heading.end, "hl") for heading in document.headings]
    spans += [
        (passage.start, passage.end, "bl" if number % 2 else "bl2") for number, passage in enumerate(document.passages)
    ]
    pieces = []
    end = 0
    for start, stop, name in sorted(spans):
        if start < end or stop <= start:  # columns are read in another order than they stand
            continue
        pieces.append(f'<span class="grey">{escape(text[end:start])}</span>')
        pieces.append(f'<span class="{name}">{escape(text[start:stop])}</span>')
        end = stop
    pieces.append(f'<span class="grey">{escape(text[end:])}</span>')
    return f"<pre>{''.join(pieces)}</pre>"


def _draw_read(source: Source, doubtful: Mapping[int, Kind], page: int | None) -> str:
    """What was read, headings and passages in order; of one page, if it is given; entries at the end."""
    document = source.document
    passages = [found for found in document.passages if page is None or found.page == page]
    parts: list[Heading | Passage] = [*document.headings, *passages]
    first, last = (passages[0].start, passages[-1].end) if passages else (0, 0)
    lines = []
    for part in sorted(parts, key=lambda part: part.start):
        if isinstance(part, Heading):
            is_here = page is None or first - 400 <= part.start <= last
            lines += [f'<div class="h">{escape(part.text)}</div>'] if is_here else []
        else:
            kind = doubtful.get(part.line)
            is_doubtful = kind is not None and not (kind is Kind.NO_CITATION and part.citations)
            mark = " d" if is_doubtful else ""
            place = escape(find_place(part))
            lines.append(
                f'<div class="p{mark}">{escape(part.text)} <b class="c">{escape(cite(part))}</b> '
                f'<span class="w">{place}</span></div>'
            )
    is_last = page is None or not any(found.page > page for found in document.passages)
    if is_last and source.references:
        entries = "".join(f"<li><b>[{n}]</b> {escape(entry)}</li>" for n, entry in sorted(source.references.items()))
        lines.append(f"<ul>{entries}</ul>")
    return "".join(lines)
