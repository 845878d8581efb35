"""A question and what became of it."""

from collections.abc import Iterator
from functools import partial

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from dnqa.answers import Answer, Hit, Status
from dnqa.app.messages import BrowseWanted, SectionOpened
from dnqa.app.widgets.choice import Choice
from dnqa.app.widgets.passage_card import PassageCard
from dnqa.corpus import Corpus
from dnqa.library import DEFAULT_TOP
from dnqa.lookup import find_numbers
from dnqa.rendering import count, quote_words, reading_text

ASKED, REFUSED, NOT_ASKED = "›", "∅", "·"
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
        """The question, the answer or the refusal, and what led to it."""
        answer = self.answer
        yield _line(Content.assemble((f"{ASKED} ", "bold"), answer.question), "question")
        if answer.status is Status.ANSWERED:
            yield from self._compose_answer()
        elif answer.status is Status.NOT_IN_SOURCE:
            yield from self._compose_refusal()
        else:
            yield _line(Content(f"{NOT_ASKED} Not a question. Ask about what the source says."), "remark")

    def _compose_answer(self) -> Iterator[Widget]:
        answer = self.answer
        yield from self._compose_cards(answer.hits, "card")
        if len(answer.hits) > DEFAULT_TOP:
            yield _line(Content(f"↳ {count(len(answer.hits), 'passage')} in all, in the order of the source"), "remark")
        if answer.read:
            yield _line(Content("↳ " + " · ".join(map(reading_text, answer.read))), "remark")
        if answer.missing:
            yield _line(Content(f"↳ not in the source: {quote_words(answer.missing)}"), "remark")
        if answer.why and not answer.why.reviewed:
            known = answer.why.known_question
            yield _line(Content(f"↳ found by a question that nobody has reviewed yet: “{known}”"), "remark")
        if answer.close:
            yield _line(Content("≈ Close to it, and perhaps what was meant:"), "remark")
            yield from self._compose_cards(answer.close, "card close")

    def _compose_cards(self, hits: tuple[Hit, ...], classes: str) -> Iterator[Widget]:
        corpus = self._corpus
        for hit in hits[:_MOST_CARDS]:
            passage = hit.passage
            entries = corpus.references.get(passage.source, {})
            yield PassageCard(passage, entries=entries, names_source=len(corpus.sources) > 1, classes=classes)
        if len(hits) > _MOST_CARDS:
            numbers = find_numbers(self.answer.question)
            typed = str(numbers[0]) if numbers else hits[0].passage.section
            text = f"→ {count(len(hits) - _MOST_CARDS, 'more passage')}, in Browse"
            yield Choice(Content(text), partial(BrowseWanted, typed), classes="link")

    def _compose_refusal(self) -> Iterator[Widget]:
        answer = self.answer
        yield _line(Content.assemble((f"{REFUSED} Not in this source.", "bold"), *self._explain()), "refusal")
        if answer.read:
            yield _line(Content("↳ " + " · ".join(map(reading_text, answer.read))), "remark")
        if answer.nearest:
            yield _line(Content("Nearest:"), "remark")
        for near in answer.nearest:
            n = sum((p.section, p.source) == (near.section, near.source) for p in self._corpus.passages)
            yield Choice(
                Content(f"→ {near.section} ({count(n, 'passage')})"),
                partial(SectionOpened, near.section, near.source),
                classes="link",
            )
        if answer.handoff:
            yield _line(Content(answer.handoff), "handoff")

    def _explain(self) -> list[str]:
        answer = self.answer
        explained = [f" {answer.reason}"] if answer.reason else []
        if answer.missing:
            explained.append(f" It says nothing about {quote_words(answer.missing)}.")
        return explained


def _line(content: Content, classes: str) -> Static:
    return Static(content, markup=False, classes=classes)
