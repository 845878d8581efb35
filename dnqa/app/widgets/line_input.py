"""A line to type in, which takes keys in the order in which they come and text as one clean line."""

from textual.binding import NoBinding
from textual.events import Key, Paste
from textual.widgets import Input

from dnqa.library import LONGEST_QUESTION
from dnqa.text.characters import clean, fold


class LineInput(Input):
    """Textual's line with two differences.

    Its own keys act before the letters that follow them: Textual sends them round by the screen, and
    letters that are typed, or pasted as keys, right behind Enter or Ctrl+U would overtake them. Of a
    paste it keeps all lines, joined, not the first, and no control characters.
    """

    def insert_folded(self, text: str) -> None:
        """Insert text as a single line without control characters."""
        line = fold(clean(text[: 4 * LONGEST_QUESTION]).text)[: LONGEST_QUESTION + 1]  # more is refused anyway
        if text[:1].isspace() and self.value:
            line = " " + line
        self.replace(line, *self.selection) if not self.selection.is_empty else self.insert_text_at_cursor(line)

    async def _on_key(self, event: Key) -> None:
        """Act at once on the keys of the line."""
        if event.is_printable:
            return
        try:
            bindings = self._bindings.get_bindings_for_key(event.key)
        except NoBinding:
            return
        for binding in bindings:
            if await self.app.run_action(binding.action, default_namespace=self):
                event.stop()
                event.prevent_default()
                return

    def _on_paste(self, event: Paste) -> None:
        """Take all lines of what is pasted."""
        event.stop()
        event.prevent_default()
        self.insert_folded(event.text)
