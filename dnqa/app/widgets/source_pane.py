"""The sources as they were read: headings, passages and reference lists, the chosen passage marked.

Lines are made once for a width, and drawn when they come into view, so that ten thousand passages
cost no more to scroll through than ten.
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from typing import ClassVar, NamedTuple

from rich.segment import Segment
from rich.style import Style
from textual.events import Click, Resize
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.selection import Selection
from textual.strip import Strip

from dnqa.app.messages import PassageChosen
from dnqa.app.widgets.passage_card import TICK
from dnqa.app.wrapping import wrap
from dnqa.desk.outline import Section, outline
from dnqa.records import Passage
from dnqa.rendering import cite
from dnqa.sources.corpus import Corpus

_MARK = "▌"
_GUTTER = 3  # cells: the mark, the tick, and a space


class _Block(NamedTuple):
    """A paragraph of the pane.

    kind: "title", "heading", "passage" or "entry".
    words: its text; the last is the citation of a passage.
    section: that it belongs to or opens, None for a title or an entry.
    passage: None if it is none.
    """

    kind: str
    words: list[str]
    section: Section | None = None
    passage: Passage | None = None


class SourcePane(ScrollView, can_focus=True):
    """All sources, one below the other."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "source--title",
        "source--heading",
        "source--passage",
        "source--marked",
        "source--entry",
    }

    def __init__(self) -> None:
        super().__init__(id="source")
        self._blocks: Sequence[_Block] = ()
        self._numbers: dict[str, int] = {}  # of blocks, by the ids of their passages
        self._lines: list[tuple[int, str]] = []  # block number, text
        self._starts: list[int] = []  # first line of each block
        self._marked: int | None = None  # block number
        self._ticked: frozenset[str] = frozenset()

    def show(self, corpus: Corpus) -> None:
        """Take up a corpus; nothing is marked."""
        self._blocks = tuple(_list_blocks(corpus))
        self._numbers = {block.passage.id: n for n, block in enumerate(self._blocks) if block.passage}
        self._marked = None
        self._wrap()

    def mark(self, passage: Passage) -> None:
        """Mark a passage and bring it into view with its heading or what stands before it."""
        self._mark([self._numbers[passage.id]] if passage.id in self._numbers else [])

    def mark_section(self, heading: str, source: str, path: tuple[str, ...] = ()) -> None:
        """Mark a heading and bring it and what stands under it into view; the first of its name without a path."""
        self._mark(
            n
            for n, block in enumerate(self._blocks)
            if block.kind == "heading"
            and block.section
            and (block.section.heading, block.section.source) == (heading, source)
            and path in ((), block.section.path)
        )

    def unmark(self) -> None:
        """Mark nothing."""
        self._marked = None
        self.refresh()

    def set_ticked(self, ids: Iterable[str]) -> None:
        """Show which passages are on the patient sheet."""
        self._ticked = frozenset(ids)
        self.refresh()

    def _mark(self, found: Iterable[int]) -> None:
        self._marked = next(iter(found), None)
        self._bring_into_view()
        self.refresh()

    def _bring_into_view(self) -> None:
        if self._marked is None or not self._starts or not self.size.height:
            return
        first = self._starts[self._marked]
        last = self._starts[self._marked + 1] if self._marked + 1 < len(self._starts) else len(self._lines)
        heading = next((n for n in range(self._marked, -1, -1) if self._blocks[n].kind != "passage"), 0)
        top = self._starts[heading]
        if last - top > self.size.height:  # the heading is too far above: neighbours instead
            top = max(0, min(first - self.size.height // 3, first - 1))
        if top < self.scroll_target_y or last > self.scroll_target_y + self.size.height:
            self.scroll_to(y=top, animate=False)

    @property
    def _width(self) -> int:
        """Cells of a line, the gutter included."""
        return self.scrollable_content_region.width

    def _wrap(self) -> None:
        """Make the lines anew for the width."""
        width = self._width - _GUTTER
        self._lines, self._starts = [], []
        if width < 1:
            return
        for number, block in enumerate(self._blocks):
            if block.kind != "passage" and self._lines:
                self._lines.append((number - 1, ""))
            self._starts.append(len(self._lines))
            self._lines += ((number, line) for line in wrap(block.words, width))
        self.virtual_size = Size(self._width, len(self._lines))
        self.refresh()

    def on_resize(self, event: Resize) -> None:  # noqa: ARG002 - Textual's signature
        """Wrap for a new width, and keep the marked passage in view."""
        if not self._lines or self._width != self.virtual_size.width:
            self._wrap()
        self._bring_into_view()

    def on_show(self) -> None:
        """Go to what was marked while the pane was hidden."""
        self.call_after_refresh(self._bring_into_view)

    def render_line(self, y: int) -> Strip:
        """A row of the pane."""
        width = self._width
        row = self.scroll_offset.y + y
        ground = self.rich_style
        if row >= len(self._lines):
            return Strip.blank(width, ground)
        number, text = self._lines[row]
        segments = self._draw(row, number, text) if text else []
        return Strip(segments).crop_extend(0, width, ground).apply_offsets(0, row)

    def _draw(self, row: int, number: int, text: str) -> list[Segment]:
        block = self._blocks[number]
        marked = number == self._marked
        kind = "marked" if marked and block.kind == "passage" else block.kind
        style = self.get_component_rich_style(f"source--{kind}")
        is_ticked = block.passage is not None and block.passage.id in self._ticked and row == self._starts[number]
        gutter = f"{_MARK if marked else ' '}{TICK if is_ticked else ' '} "
        citation = block.words[-1] if block.passage and text.endswith(block.words[-1]) else ""
        is_last = row + 1 == len(self._lines) or self._lines[row + 1][0] != number or not self._lines[row + 1][1]
        if not is_last:
            citation = ""
        segments = [Segment(text[: len(text) - len(citation)], style)]
        if citation:
            segments.append(Segment(citation, style + Style(bold=True, reverse=True)))
        return [Segment(gutter, style), *self._select(row, segments)]

    def _select(self, row: int, segments: list[Segment]) -> list[Segment]:
        """The segments of a row with what the mouse has selected shown as such."""
        span = self.text_selection.get_span(row) if self.text_selection else None
        if span is None:
            return segments
        start, end = max(0, span[0] - _GUTTER), span[1] - _GUTTER if span[1] >= 0 else None
        text = "".join(segment.text for segment in segments)
        style = self.screen.get_component_rich_style("screen--selection")
        before, inside = text[:start], text[start:end] if end is None or end > start else ""
        behind = text[len(before) + len(inside) :]
        plain = segments[0].style
        return [Segment(before, plain), Segment(inside, style), Segment(behind, plain)]

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        """The selected text, each paragraph on one line."""
        paragraphs: dict[int, str] = {}
        for row, (number, text) in enumerate(self._lines):
            span = selection.get_span(row)
            if span is None or not text:
                continue
            start, end = max(0, span[0] - _GUTTER), len(text) if span[1] < 0 else max(0, span[1] - _GUTTER)
            before = paragraphs.get(number, "")
            space = " " if before and self._begins_word(row) else ""
            paragraphs[number] = before + space + text[start:end]
        return "\n".join(paragraphs.values()), "\n"

    def _begins_word(self, row: int) -> bool:
        """Whether a row begins with a word, not with the rest of one that was too wide for the row before."""
        number = self._lines[row][0]
        words = " ".join(self._blocks[number].words)
        at = 0
        for earlier in range(self._starts[number], row):
            at += len(self._lines[earlier][1])
            if words[at : at + 1] == " ":
                at += 1
        return words[at - 1 : at] == " "

    def selection_updated(self, selection: Selection | None) -> None:  # noqa: ARG002 - Textual's signature
        """Draw anew when the mouse selects."""
        self.refresh()

    def on_click(self, event: Click) -> None:
        """Choose the passage that was clicked."""
        row = int(self.scroll_offset.y) + event.get_content_offset_capture(self).y
        if not 0 <= row < len(self._lines):
            return
        block = self._blocks[bisect_right(self._starts, row) - 1]
        if block.passage:
            self.post_message(PassageChosen(block.passage, outside=True))


def _list_blocks(corpus: Corpus) -> Iterable[_Block]:
    for source in corpus.sources:
        sections = outline(source)
        if len(corpus.sources) > 1 and (not sections or sections[0].heading != source.title):
            yield _Block("title", (source.title or source.name).split())
        for section in sections:
            if section.heading:
                yield _Block("heading", section.heading.split(), section)
            for passage in section.passages:
                yield _Block("passage", [*passage.text.split(), cite(passage)], section, passage)
        if entries := corpus.references[source.name]:
            yield _Block("title", ["References"])
            for number, entry in sorted(entries.items()):
                yield _Block("entry", [f"[{number}]", *entry.split()])
