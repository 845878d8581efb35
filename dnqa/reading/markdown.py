"""Marks of Markdown that are no words, found by a CommonMark parser: quotation bars, emphasis, tags, escapes.

The parser says what a mark is, and its place in the text is found by walking along what it has parsed.
"""

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from dnqa.reading.lines import Edit

if TYPE_CHECKING:
    from markdown_it.token import Token

_BAR = re.compile(r"[ \t]{0,3}>[ \t]?")
_TAG = re.compile(r"</?[A-Za-z][^<>]*>")
_KEPT_TAG = re.compile(r"</?su[pb]\b", re.I)
_BREAK_TAG = re.compile(r"<br\b", re.I)
_MARKS = ("strong_open", "strong_close", "em_open", "em_close")


def find_marks(text: str) -> tuple[list[tuple[int, int]], list[Edit]]:
    """What vanishes with its lines, and what is shown as something else; both ascending.

    text: with "\\n" as its only line break, front matter blanked.
    """
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    parser.core.ruler.disable("text_join")  # it would hide what stood for a sign
    tokens = parser.parse(text)
    starts = [0, *(match.end() for match in re.finditer("\n", text)), len(text) + 1]
    gone: list[tuple[int, int]] = []
    edits: list[Edit] = []
    for token in tokens:
        if token.map is None:
            continue
        first, last = token.map
        if token.type == "blockquote_open":
            gone += _find_bars(text, starts[first:last])
        elif token.type == "html_block" and token.content.lstrip().startswith("<!--"):
            gone.append((starts[first], min(starts[last] - 1, len(text))))
        elif token.type == "html_block":
            tags = _TAG.finditer(text, starts[first], min(starts[last], len(text)))
            edits += (Edit(*match.span(), "") for match in tags if not _KEPT_TAG.match(match[0]))
        elif token.type == "fence":
            gone += (
                (starts[at], starts[at + 1] - 1)
                for at in (first, last - 1)
                if text.startswith(token.markup, starts[at])
            )
        elif token.type == "inline" and token.children:
            edits += _find_inline(text, starts[first], min(starts[last], len(text)), token.children)
    return sorted(set(gone)), sorted(set(edits))


def _find_bars(text: str, starts: Sequence[int]) -> Iterator[tuple[int, int]]:
    """The bars before the lines of a quotation, those of quotations inside it too."""
    for start in starts:
        match = _BAR.match(text, start)
        while match:
            yield match.span()
            match = _BAR.match(text, match.end())


def _find_inline(  # noqa: PLR0912 - one branch for each sort of mark
    text: str, start: int, end: int, children: "Sequence[Token]"
) -> Iterator[Edit]:
    """The marks in a span of text, of which the parser has made some tokens."""
    place = start
    struck = 0  # where a text that is struck out begins
    for child in children:
        if child.type in ("s_open", "s_close"):
            found = text.find(child.markup, place, end)
            if found >= 0:
                place = found + len(child.markup)
                if child.type == "s_close":
                    yield Edit(struck, place, "")
                struck = found
            continue
        shown = None
        if child.type in _MARKS:
            written, shown = child.markup, ""
        elif child.type == "text_special":
            written, shown = child.markup, child.content
        elif child.type == "html_inline" and not _KEPT_TAG.match(child.content):
            written, shown = child.content, " " if _BREAK_TAG.match(child.content) else ""
        elif child.type == "code_inline":
            found = text.find(f"{child.markup}{child.content}", place, end)
            if found >= 0:
                close = found + len(child.markup) + len(child.content)
                yield Edit(found, found + len(child.markup), "")
                yield Edit(close, close + len(child.markup), "")
                place = close + len(child.markup)
            continue
        else:
            written = child.content if child.type == "text" else ""
        if not written:
            continue
        found = text.find(written, place, end)
        if found < 0:  # folded by the parser, or behind a bar
            continue
        place = found + len(written)
        if shown is not None and (written != shown):
            yield Edit(found, place, shown)
