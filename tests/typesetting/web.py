"""Hand-outs as saved web pages."""

from dataclasses import dataclass
from html import escape
from textwrap import fill
from typing import Literal

from tests.typesetting.handout import (
    Block,
    Box,
    Bullets,
    Handout,
    Heading,
    Item,
    Numbered,
    Paragraph,
    Row,
    Run,
    Sentence,
    Table,
    headings,
    label,
)

_HEAD = """<!DOCTYPE html>
<!-- saved from url=(0042)https://clinic.example/patients/handout.html -->
<html lang="en">
<head>
<meta charset="utf-8">
<title>{title} | {site}</title>
<meta name="description" content="Information for patients.">
<style>
body {{ font-family: Georgia, serif; max-width: 42em; margin: auto; }}
sup {{ font-size: 65%; line-height: 0; }}
.box {{ border: 1px solid #000; padding: 0 1em; }}
</style>
<script>window.dataLayer = window.dataLayer || []; dataLayer.push({{"page": "Handout 7. Loaded."}});</script>
</head>
<body>
<header>
<p class="site"><a href="/">{site}</a></p>
<nav aria-label="Main"><ul><li><a href="/">Home</a></li><li><a href="/team">Our team</a></li>
<li><a href="/book">Book a visit. We open at 8.</a></li></ul></nav>
</header>
<nav class="toc"><h2>On this page</h2><ul>
{toc}
</ul></nav>
"""
_FOOT = """<aside>
<h2>You may also like</h2>
<ul><li><a href="/ice">When should I use ice?</a></li>
<li><a href="/shoes">Which shoes are best for walking?</a></li></ul>
</aside>
<footer>
<p>{foot}. All rights reserved. We use cookies to improve your visit.</p>
</footer>
<script>document.querySelectorAll("sup a").forEach(function (link) {{ link.title = "See reference."; }});</script>
</body>
</html>
"""


@dataclass(frozen=True)
class Style:
    """How a page is marked up; around is what stands around the article: navigation, related pages and the like."""

    citations: Literal["raised link", "raised", "bracket link", "raised bracket"] = "raised link"
    dash: str = "-"
    box: Literal["div", "aside"] = "div"
    around: bool = True
    article: bool = True
    back_links: bool = False
    wrapped: bool = True


def to_html(handout: Handout, style: Style | None = None) -> str:
    """The hand-out as a web page."""
    style = style or Style()
    toc = "\n".join(f'<li><a href="#h">{escape(text)}</a></li>' for text in headings(handout.blocks))
    names = ", ".join(
        escape(author.name) + (f"<sup>{label(author.affiliations)}</sup>" if author.affiliations else "")
        for author in handout.authors
    )
    front = [f"<h1>{escape(handout.title)}</h1>", f'<p class="authors">{names}</p>']
    front += [f'<p class="where"><sup>{n}</sup>{escape(where)}</p>' for n, where in handout.affiliations.items()]
    if handout.correspondence:
        front.append(f'<p class="contact">{escape(handout.correspondence)}</p>')
    inner = ["<header>", *front, "</header>"] if style.article else front
    inner += [*_blocks(handout.blocks, style), *_references(handout, style)]
    lines = ["<main>", "<article>", *inner, "</article>", "</main>"] if style.article else ["<div>", *inner, "</div>"]
    main = "\n".join(lines) + "\n"
    if not style.around:
        title = escape(handout.title)
        head = f'<!DOCTYPE html>\n<html lang="en">\n<head><meta charset="utf-8"><title>{title}</title></head>\n<body>\n'
        return head + main + "</body>\n</html>\n"
    head = _HEAD.format(title=escape(handout.title), site=escape(handout.running_head), toc=toc)
    return head + main + _FOOT.format(foot=escape(handout.running_foot))


def _references(handout: Handout, style: Style) -> list[str]:
    back = ' <a href="#top" aria-label="Back">↩</a>' if style.back_links else ""
    listed = [f'<li id="r{n}">{escape(text)}{back}</li>' for n, text in handout.references.items()]
    return ['<section class="references">', "<h2>References</h2>", "<ol>", *listed, "</ol>", "</section>"]


def _blocks(blocks: tuple[Block, ...], style: Style) -> list[str]:
    lines: list[str] = []
    for block in blocks:
        match block:
            case Heading(text, level):
                lines.append(f"<h{level + 1}>{escape(text)}</h{level + 1}>")
            case Paragraph(sentences):
                lines.append(_wrapped(f"<p>{_joined(sentences, style)}</p>", style))
            case Bullets(items):
                lines += ["<ul>", *_items(items, style), "</ul>"]
            case Numbered(items):
                lines += ["<ol>", *_items(items, style), "</ol>"]
            case Table(rows):
                lines += _table(rows)
            case Box(inner):
                lines += [f'<{style.box} class="box">', *_blocks(inner, style), f"</{style.box}>"]
    return lines


def _items(items: tuple[Item, ...], style: Style) -> list[str]:
    return [_wrapped(f"<li>{_joined(item, style)}</li>", style) for item in items]


def _table(rows: tuple[Row, ...]) -> list[str]:
    def row(cells: Row, tag: str) -> str:
        return "<tr>" + "".join(f"<{tag}>{escape(cell)}</{tag}>" for cell in cells) + "</tr>"

    head, *body = rows
    lines = [row(cells, "td") for cells in body]
    return ["<table>", "<thead>", row(head, "th"), "</thead>", "<tbody>", *lines, "</tbody>", "</table>"]


def _wrapped(line: str, style: Style) -> str:
    """The line with breaks at its spaces, as editors make them; a tag may be broken at its spaces too."""
    return fill(line, 100, break_long_words=False, break_on_hyphens=False) if style.wrapped else line


def _joined(sentences: tuple[Sentence, ...], style: Style) -> str:
    return " ".join("".join(_run(run, style) for run in sentence) for sentence in sentences)


def _run(run: Run, style: Style) -> str:
    tags = {"bold": "strong", "italic": "em", "raised": "sup", "lowered": "sub"}
    text = escape(run.text, quote=False)
    if run.look in tags:
        text = f"<{tags[run.look]}>{text}</{tags[run.look]}>"
    if run.link:
        text = f'<a href="{escape(run.link)}">{text}</a>'
    if not run.citations:
        return text
    cited = label(run.citations, style.dash)
    if "link" in style.citations:
        parts = [part.split(style.dash) for part in cited.split(",")]
        cited = ",".join(style.dash.join(f'<a href="#r{n}">{n}</a>' for n in part) for part in parts)
    match style.citations:
        case "raised link" | "raised":
            return f"{text}<sup>{cited}</sup>"
        case "raised bracket":
            return f"{text}<sup>[{cited}]</sup>"
    return f"{text} [{cited}]"
