"""A question and what became of it."""

from collections.abc import Iterator
from functools import partial

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from dnqa.app.messages import BrowseWanted, PassageOpened, SectionOpened
from dnqa.app.widgets.choice import Choice
from dnqa.app.widgets.passage_card import PassageCard
from dnqa.asking.named import find_numbers
from dnqa.desk.marking import find_marks
from dnqa.library import DEFAULT_TOP
from dnqa.records import Answer, Hit, Status
from dnqa.rendering import (
    CLOSE,
    CLOSEST,
    NOT_A_QUESTION,
    REFUSED,
    count,
    explain_refusal,
    hit_remarks,
    reading_text,
    remarks,
)
from dnqa.sources.corpus import Corpus

ASKED, NONE, NOT_ASKED = "›", "∅", "·"
_MOST_CLOSE = 3
_MOST_CARDS = 12  # a citation of a long source may support thousands of passages; Browse lists them


class Turn(Vertical):
    """One turn of the conversation.

    answer: what it shows.
    """

    def __init__(self, answer: Answer, corpus: Corpus) -> None:
        super().__init__()
        self.answer = answer
        self._corpus = corpus

    def compose(self) -> ComposeResult:
        """The question, the answer or the refusal, and what led to it; of several questions, each with its own."""
        for answer in self.answer.parts or (self.answer,):
            yield _line(Content.assemble((f"{ASKED} ", "bold"), answer.question), "question")
            yield from self._compose_one(answer)

    def _compose_one(self, answer: Answer) -> Iterator[Widget]:
        if answer.status is Status.ANSWERED:
            yield from self._compose_answer(answer)
        elif answer.status is Status.NOT_IN_SOURCE:
            yield from self._compose_refusal(answer)
        else:
            yield _line(Content(f"{NOT_ASKED} {NOT_A_QUESTION}"), "remark")

    def _compose_answer(self, answer: Answer) -> Iterator[Widget]:
        yield from self._compose_cards(answer, answer.hits, "card answer")
        if len(answer.hits) > DEFAULT_TOP:
            yield _line(Content(f"↳ {count(len(answer.hits), 'passage')} in all, in the order of the source"), "remark")
        for remark in remarks(answer):
            yield _line(Content(f"↳ {remark}"), "remark")
        if answer.close:
            yield _line(Content(f"≈ {CLOSE}"), "remark lead")
            yield from self._compose_cards(answer, answer.close[:_MOST_CLOSE], "card close")

    def _compose_cards(self, answer: Answer, hits: tuple[Hit, ...], classes: str) -> Iterator[Widget]:
        corpus = self._corpus
        for hit in hits[:_MOST_CARDS]:
            passage = hit.passage
            entries = corpus.references.get(passage.source, {})
            yield PassageCard(
                passage,
                entries=entries,
                names_source=len(corpus.sources) > 1,
                marks=find_marks(answer, passage),
                remarks=hit_remarks(hit),
                classes=classes,
            )
        if len(hits) > _MOST_CARDS:
            rest = f"→ {count(len(hits) - _MOST_CARDS, 'more passage')}"
            numbers = find_numbers(self.answer.question)
            if len(numbers) == 1:
                yield Choice(Content(f"{rest}, in Browse"), partial(BrowseWanted, str(numbers[0])), classes="link")
            else:
                first = hits[_MOST_CARDS].passage
                yield Choice(Content(f"{rest}, in the source"), partial(PassageOpened, first), classes="link")

    def _compose_refusal(self, answer: Answer) -> Iterator[Widget]:
        explained = "".join(f" {sentence}" for sentence in explain_refusal(answer))
        yield _line(Content.assemble((f"{NONE} {REFUSED}", "bold"), explained), "refusal")
        if answer.read:
            yield _line(Content("↳ " + "; ".join(map(reading_text, answer.read))), "remark")
        if answer.closest:
            yield _line(Content(f"≈ {CLOSEST}"), "remark lead")
        yield from self._compose_cards(answer, answer.closest, "card closest")
        if answer.nearest and not answer.closest:
            yield _line(Content("Nearest:"), "remark lead")
        for near in () if answer.closest else answer.nearest:
            n = sum((p.section, p.source) == (near.section, near.source) for p in self._corpus.passages)
            yield Choice(
                Content(f"→ {near.section} ({count(n, 'passage')})"),
                partial(SectionOpened, near.section, near.source),
                classes="link",
            )
        if answer.handoff:
            yield _line(Content(answer.handoff), "handoff")


def _line(content: Content, classes: str) -> Static:
    return Static(content, markup=False, classes=classes)
