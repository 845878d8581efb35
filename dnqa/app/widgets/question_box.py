"""Where questions are typed."""

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.events import Paste
from textual.suggester import Suggester

from dnqa.app.messages import QuestionAsked, QuestionsPasted
from dnqa.app.widgets.line_input import LineInput
from dnqa.desk.suggestions import Suggestions
from dnqa.library import LONGEST_QUESTION
from dnqa.text.characters import clean_line

_FEWEST_PASTED, _MOST_PASTED = 2, 200


def split_pasted(text: str) -> list[str]:
    """The questions of a paste, a line each, at most 200; [] if its lines are not questions.

    >>> split_pasted("is it safe?\\nhow long does\\nit take?")
    []
    >>> split_pasted("is it safe?\\n\\nhow long does it take?")
    ['is it safe?', 'how long does it take?']
    """
    lines = [line for line in map(clean_line, text[: 4 * LONGEST_QUESTION].splitlines()) if line]
    return lines[:_MOST_PASTED] if all(line.endswith("?") for line in lines) else []


class _KnownQuestions(Suggester):
    """Suggests the known question that begins as typed."""

    def __init__(self, suggestions: Suggestions) -> None:
        super().__init__(use_cache=False, case_sensitive=True)
        self._suggestions = suggestions

    async def get_suggestion(self, value: str) -> str | None:
        """The question, None if there is none."""
        return self._suggestions.complete(value) or None


class QuestionBox(LineInput):
    """A line to type a question in, with a history that lives as long as the conversation."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "recall(-1)", "Earlier question", show=False),
        Binding("down", "recall(1)", "Later question", show=False),
        Binding("ctrl+j", "submit", "Enter that was pressed before the app was ready", show=False),
        Binding("tab", "accept", "Take the suggestion, else go to the conversation", show=False),
    ]

    def __init__(self) -> None:
        super().__init__(placeholder="Ask a question, or a citation number", id="question", select_on_focus=False)
        self._visit = 0
        self._history: list[str] = []
        self._at = 0  # in the history; its length when a new question is being typed
        self._draft = ""

    def _on_paste(self, event: Paste) -> None:
        """Ask questions that are pasted, each on a line of its own; take any other paste as one line."""
        questions = split_pasted(event.text)
        if self.value or len(questions) < _FEWEST_PASTED:
            super()._on_paste(event)
            return
        event.stop()
        event.prevent_default()
        self.post_message(QuestionsPasted(questions, self._visit))

    def suggest(self, suggestions: Suggestions) -> None:
        """Suggest known questions from now on."""
        self.suggester = _KnownQuestions(suggestions)

    def forget(self, visit: int) -> None:
        """Empty the box and forget what was asked; from now on questions belong to another visit."""
        self._visit = visit
        self._history.clear()
        self._at, self._draft = 0, ""
        self.value = ""

    def put_back(self, question: str) -> None:
        """Give a question back that could not be answered, unless another is being typed."""
        if not self.value:
            self.value = question
            self.cursor_position = len(question)

    async def action_submit(self) -> None:
        """Ask what was typed; a blank line asks nothing."""
        question = self.value.strip()
        if not question:
            return
        self.keep(question)
        self.value = ""
        self.post_message(QuestionAsked(question, self._visit))

    def keep(self, question: str) -> None:
        """Remember a question for as long as the conversation lasts."""
        if not self._history or self._history[-1] != question:
            self._history.append(question)
        self._at, self._draft = len(self._history), ""

    def action_recall(self, by: int) -> None:
        """Go to an earlier or later question; what was being typed stays at the end."""
        at = max(0, min(self._at + by, len(self._history)))
        if at == self._at:
            return
        if self._at == len(self._history):
            self._draft = self.value
        self._at = at
        self.value = self._history[at] if at < len(self._history) else self._draft
        self.cursor_position = len(self.value)

    def action_accept(self) -> None:
        """Take the suggestion if there is one, else move on to the conversation."""
        if self._suggestion and self.cursor_position == len(self.value):
            self.action_cursor_right()
        else:
            self.screen.focus_next()
