"""What the widgets tell the screen."""

from collections.abc import Sequence

from textual.message import Message

from dnqa.records import Passage


class QuestionAsked(Message):
    """A question, or a command, was entered.

    question: as it was typed.
    visit: which patient it was typed for, None if it is of no patient.
    """

    def __init__(self, question: str, visit: int | None = None) -> None:
        super().__init__()
        self.question = question
        self.visit = visit


class QuestionsPasted(Message):
    """Several questions were pasted.

    questions: in order. visit: which patient they were pasted for.
    """

    def __init__(self, questions: Sequence[str], visit: int) -> None:
        super().__init__()
        self.questions = questions
        self.visit = visit


class PassageChosen(Message):
    """A passage was pointed at, with the arrow keys or the mouse.

    passage: the one that copying, ticking and the source pane are about now.
    outside: whether that was outside the conversation.
    """

    def __init__(self, passage: Passage, *, outside: bool = False) -> None:
        super().__init__()
        self.passage = passage
        self.outside = outside


class PassageOpened(PassageChosen):
    """A passage is to be shown in its source."""


class SectionOpened(Message):
    """A section is to be shown in its source.

    section: its heading.
    source: file name.
    path: all headings down to it, () if the heading alone is known.
    """

    def __init__(self, section: str, source: str, path: tuple[str, ...] = ()) -> None:
        super().__init__()
        self.section = section
        self.source = source
        self.path = path


class BrowseWanted(Message):
    """Everything that matches is to be listed.

    typed: what to filter by.
    """

    def __init__(self, typed: str) -> None:
        super().__init__()
        self.typed = typed


class CommandGiven(Message):
    """A key of the key bar was clicked.

    name: of the command.
    """

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name


class RowPicked(Message):
    """A row of a filtered list was picked.

    value: what the row stands for.
    """

    def __init__(self, value: object) -> None:
        super().__init__()
        self.value = value
