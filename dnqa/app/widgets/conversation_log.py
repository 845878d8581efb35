"""The conversation, oldest turn first."""

import asyncio
from collections.abc import Callable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from dnqa.app.messages import PassageChosen
from dnqa.app.widgets.choice import Choice, RowClicked
from dnqa.app.widgets.passage_card import PassageCard
from dnqa.app.widgets.turn import Turn
from dnqa.app.widgets.welcome import Welcome
from dnqa.desk.contents import Contents
from dnqa.records import Answer, Passage
from dnqa.sources.corpus import Corpus

_NEAR = 3  # rows from the bottom within which the log follows what is added
_MOST_TURNS = 100  # kept on the screen; the transcript has them all


class ConversationLog(VerticalScroll):
    """Turns, of whose rows one may be chosen with the arrow keys.

    It follows what is added only if the reader is near the bottom.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "step(-1)", "Row above", show=False),
        Binding("down", "step(1)", "Row below", show=False),
        Binding("enter", "open", "Open", show=False),
    ]

    def __init__(self) -> None:
        super().__init__(id="log")
        self._changing = asyncio.Lock()  # one change at a time: each takes several steps
        self._row: Choice | None = None
        self._behind = 0
        self._added: Static | Turn | None = None  # what came last
        self._reads_above = False  # scrolled up by hand since the last question

    def compose(self) -> ComposeResult:
        """Nothing but the line that tells of what is new below."""
        yield Static("", markup=False, id="below")

    @property
    def is_near_bottom(self) -> bool:
        """Whether the bottom is near, or the last turn is being read."""
        last = self.last_turn
        if last is None or self.max_scroll_y - self.scroll_target_y <= _NEAR:
            return True
        return bool(last.virtual_region.y < self.scroll_target_y + self.size.height)

    @property
    def last_turn(self) -> Turn | None:
        """What was asked last, None if nothing was."""
        return next(iter(reversed(list(self.query(Turn)))), None)

    def expect_answer(self) -> None:
        """Follow what comes next, wherever the reader has scrolled to before."""
        self._reads_above = False

    def leave_alone(self) -> None:
        """Take note that the reader scrolls by hand: what comes while the end is out of sight is not followed."""
        self._reads_above = True
        self.call_after_refresh(self._look_whether_above)

    def _look_whether_above(self) -> None:
        self._reads_above = not self.is_near_bottom

    def on_mouse_scroll_up(self) -> None:
        """The wheel is a hand."""
        self.leave_alone()

    def on_mouse_scroll_down(self) -> None:
        """So it is downwards."""
        self.leave_alone()

    def on_resize(self) -> None:
        """Keep the last turn in sight when the window changes, unless the reader has scrolled away from it."""
        if self._added and not self._reads_above:
            self.call_after_refresh(self._show_whole, self._added)

    @property
    def chosen_turn(self) -> Turn | None:
        """The turn that the chosen row belongs to, else the last one."""
        above = self._row.ancestors if self._row and self._row.is_attached else ()
        chosen = next((widget for widget in above if isinstance(widget, Turn)), None)
        return chosen or self.last_turn

    async def welcome(self, contents: Contents, examples: tuple[str, ...]) -> None:
        """Say what to ask, with examples that ask themselves when opened; nothing once something was asked."""
        async with self._changing:
            if not self.query("Turn, .separator"):
                await self._welcome(contents, examples)

    async def _welcome(self, contents: Contents, examples: tuple[str, ...]) -> None:
        await self.query(Welcome).remove()
        await self.mount(Welcome(contents, examples))

    async def add(self, answer: Answer, corpus: Corpus, ticked: frozenset[str], is_wanted: Callable[[], bool]) -> None:
        """Show a turn, and choose its first passage; with none, choose nothing.

        ticked: ids of passages on the patient sheet.
        is_wanted: whether the turn is still to be shown; asked when nothing else is changing.
        """
        async with self._changing:
            if is_wanted():
                await self._add(answer, corpus, ticked)

    async def _add(self, answer: Answer, corpus: Corpus, ticked: frozenset[str]) -> None:
        follow = not self._reads_above
        await self.query(Welcome).remove()
        turn = Turn(answer, corpus)
        await self.mount(turn)
        turns = list(self.query(Turn))
        if len(turns) > _MOST_TURNS:
            await turns[0].remove()
        for card in turn.query(PassageCard):
            if card.passage.id in ticked:
                card.set_ticked(True)
        self._choose(next((card for card in turn.query(PassageCard) if not card.has_class("closest")), None))
        self._follow(turn, follow=follow)

    async def retire(self, text: str) -> None:
        """Add a line that parts what follows from what was answered before, which can be chosen no more."""
        async with self._changing:
            await self._retire(text)

    async def _retire(self, text: str) -> None:
        follow = not self._reads_above
        self.unchoose()
        for row in self.query(Choice):
            row.retire()
        line = Static(Content(text), markup=False, classes="separator")
        await self.mount(line)
        self._follow(line, follow=follow)

    def _follow(self, added: Static | Turn, *, follow: bool) -> None:
        self._added = added
        if not follow:
            self._tell_below(self._behind + 1)
            return
        self.call_after_refresh(self._show_whole, added)

    def _tell_below(self, n: int) -> None:
        """Say how much is new below, nothing for 0."""
        self._behind = n
        line = self.query_one("#below", Static)
        line.update(Content(f"↓ {n} new below: Page down"))
        line.display = bool(n)

    def _show_whole(self, added: Static | Turn) -> None:
        """Scroll down to what was added, but not past its first line."""
        if not added.is_attached:
            return
        top = added.virtual_region.y
        self.scroll_to(y=min(self.max_scroll_y, top), animate=False)

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Forget what is new below once it has been seen."""
        super().watch_scroll_y(old_value, new_value)
        if self._behind and self.is_near_bottom:
            self._tell_below(0)

    async def clear(self) -> None:
        """Take everything away."""
        async with self._changing:
            self._row = self._added = None
            self._reads_above = False
            self._tell_below(0)
            await self.query("Turn, .separator, Welcome").remove()

    def show_ticked(self, passage: Passage, *, ticked: bool) -> None:
        """Show on every card of a passage whether it is on the patient sheet."""
        for card in self.query(PassageCard):
            if card.passage.id == passage.id:
                card.set_ticked(ticked)

    def action_step(self, by: int) -> None:
        """Choose the row above or below."""
        rows = _list_rows(self)
        if not rows:
            return
        at = rows.index(self._row) + by if self._row in rows else len(rows) - 1
        row = rows[max(0, min(at, len(rows) - 1))]
        self._choose(row)
        row.scroll_visible(animate=False)

    def on_focus(self) -> None:
        """Let the arrow keys stand somewhere: on the first row of the last turn, or the first example."""
        rows = _list_rows(self.chosen_turn or self)
        if self._row is None and rows:
            self._choose(rows[0])

    def unchoose(self) -> None:
        """Let the arrow keys stand nowhere, since something outside the conversation was chosen."""
        if self._row:
            self._row.remove_class("-chosen")

    def choose_again(self) -> None:
        """Go back to the row where the arrow keys stood."""
        if row := self._live_row:
            self._choose(row)

    @property
    def _live_row(self) -> Choice | None:
        """The row where the arrow keys stood last, if it still does anything."""
        row = self._row
        return row if row and row.is_attached and not row.is_retired else None

    def action_open(self) -> None:
        """Do what the chosen row is for."""
        if row := self._live_row:
            self.post_message(row.opening())

    def on_row_clicked(self, message: RowClicked) -> None:
        """Choose the row; open it unless it is a passage, which may be wanted for copying only."""
        message.stop()
        if message.row.is_retired:
            return
        self._choose(message.row)
        if not isinstance(message.row, PassageCard):
            self.post_message(message.row.opening())

    def _choose(self, row: Choice | None) -> None:
        if self._row:
            self._row.remove_class("-chosen")
        self._row = row
        if row is None:
            return
        row.add_class("-chosen")
        if isinstance(row, PassageCard):
            self.post_message(PassageChosen(row.passage))


def _list_rows(within: Widget) -> list[Choice]:
    """The rows that do something, from top to bottom."""
    return [row for row in within.query(Choice) if not row.is_retired]
