"""What is shown before anything has been asked."""

from collections.abc import Sequence
from functools import partial

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.events import Resize
from textual.widgets import Static

from dnqa.app.keys import shown_key
from dnqa.app.messages import QuestionAsked
from dnqa.app.widgets.choice import Choice
from dnqa.app.wrapping import wrap
from dnqa.desk.contents import Contents
from dnqa.desk.provenance import SEPARATOR

_MOST_TITLES = 3
_MOST_HEADINGS, _HEADING_LINES = 8, 2
_PROMISE = (
    "Ask in your own words. The answer is quoted word for word, with its citation number; "
    "if the source does not answer, it says so."
)


class Welcome(Vertical):
    """The titles, what the sources hold, examples that ask themselves when opened, and the keys that matter."""

    def __init__(self, contents: Contents, examples: Sequence[str]) -> None:
        super().__init__(id="empty", classes="several" if len(contents.titles) > 1 else "")
        self._contents = contents
        self._examples = examples

    def compose(self) -> ComposeResult:
        """From top to bottom; a small screen leaves some of it out."""
        contents = self._contents
        titles = "\n".join(contents.titles[:_MOST_TITLES])
        more = _count_more(contents.titles, _MOST_TITLES)
        yield Static(Content(SEPARATOR.join((titles, *more))), markup=False, classes="titles")
        yield Static(Content(SEPARATOR.join(contents.facts)), markup=False, classes="size")
        yield _Headings(contents.headings)
        yield Static(Content(_PROMISE), markup=False, classes="promise")
        if self._examples:
            yield Static(Content("For example:"), markup=False, classes="lead")
        for example in self._examples:
            yield Choice(Content(f"→ {example}"), partial(QuestionAsked, example), classes="link example")
        yield Static(_describe_keys(contents.citations), markup=False, classes="hints")


class _Headings(Static):
    """Headings in two lines, the first ones, and how many more there are."""

    def __init__(self, headings: Sequence[str]) -> None:
        super().__init__("", markup=False, classes="headings")
        self._headings = headings

    def on_resize(self, event: Resize) -> None:
        """Show as many as there is room for."""
        width = event.size.width
        headings = self._headings
        shown = (SEPARATOR.join((*headings[:n], *_count_more(headings, n))) for n in range(_MOST_HEADINGS, 0, -1))
        lines = (wrap(text.split(), width) for text in shown)
        fitting = next((each for each in lines if len(each) <= _HEADING_LINES), [])
        self.update(Content("\n".join(fitting)))


def _count_more(names: Sequence[str], most: int) -> list[str]:
    """How many more there are than are shown, [] if none."""
    return [f"and {len(names) - most:,} more"] if len(names) > most else []


def _describe_keys(citations: Sequence[int]) -> Content:
    number = next((number for number in citations if number == 4), min(citations, default=0))
    rows = [
        ("Enter", "asks"),
        (shown_key("browse"), "browses all headings, citations and passages"),
        *([(str(number), f"lists what citation {number} supports")] if number else []),
        (shown_key("new"), "clears everything for the next patient"),
        ("^P", "lists everything that can be done"),
    ]
    return Content("\n").join(Content.assemble((f"{key:5} ", "bold"), text) for key, text in rows)
