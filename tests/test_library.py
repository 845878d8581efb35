"""Asking a corpus."""

from collections.abc import Callable
from pathlib import Path

import pytest

import dnqa

Write = Callable[[dict[str, str | bytes]], Path]


@pytest.fixture(scope="module")
def library() -> dnqa.Library:
    """The default corpus."""
    return dnqa.load()


def test_answers_with_the_sentence_and_its_citation(library: dnqa.Library) -> None:
    """The first question of the hand-out's readers is answered word for word, with [4]."""
    answer = library.ask("what does dry needling do about inflammation?")
    assert answer.status is dnqa.Status.ANSWERED
    first = answer.passages[0]
    assert first.text == "Dry needling also triggers the systems that control inflammation and decrease pain."
    assert (first.citations, first.section, first.line) == ((4,), "Inflammation Effects", 92)


def test_refuses_what_the_source_does_not_say(library: dnqa.Library) -> None:
    """A refusal has no passage and names what was not found."""
    answer = library.ask("is it safe in pregnancy?")
    assert answer.status is dnqa.Status.NOT_IN_SOURCE
    assert answer.passages == ()
    assert "pregnancy" in answer.missing


@pytest.mark.parametrize("line", ["", "   ", "hello", "no", "yes!", "Thank you very much!", "?!", "\x00\x1b"])
def test_greetings_and_empty_lines_are_no_questions(library: dnqa.Library, line: str) -> None:
    """What asks nothing is told apart from what the source does not answer."""
    assert library.ask(line).status is dnqa.Status.NOT_A_QUESTION


def test_top_limits_the_passages(library: dnqa.Library) -> None:
    """At most `top` passages are given, best first, with falling scores."""
    hits = library.ask("trigger points pain", top=2).hits
    assert len(hits) <= 2
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    with pytest.raises(ValueError, match="top"):
        library.ask("pain", top=0)


def test_a_refusal_ends_with_the_clinics_own_line(write_corpus: Write) -> None:
    """The hand-off of the sidecar is in every refusal."""
    folder = write_corpus({"a.txt": "Rest helps1.", "a.toml": 'handoff = "Ask the therapist, extension 4"'})
    assert dnqa.load(folder).ask("what about parking?").handoff == "Ask the therapist, extension 4"


def test_a_corpus_of_stop_words_refuses(write_corpus: Write) -> None:
    """A source without a single term is still a corpus."""
    answer = dnqa.load(write_corpus({"a.txt": "It is what it is."})).ask("is it helpful?")
    assert answer.status is dnqa.Status.NOT_IN_SOURCE


def test_an_endless_question_is_refused(library: dnqa.Library) -> None:
    """A question over 100,000 characters is refused unread, and says why."""
    answer = library.ask("pain " * 20_001)
    assert answer.status is dnqa.Status.NOT_IN_SOURCE
    assert "100,000" in answer.reason
    assert len(answer.question) < 300


@pytest.mark.parametrize("context", ["", "???", " ", "the"])
def test_a_context_without_words_changes_nothing(library: dnqa.Library, context: str) -> None:
    """What was said before may say nothing."""
    question = "Does it help with swelling?"
    assert library.ask(question, context=context).passages == library.ask(question).passages
    assert not library.holds(library.passages[0], context)


def test_a_citation_that_is_not_there_is_named_beside_those_that_are(library: dnqa.Library) -> None:
    """No number that was asked for is dropped without a word."""
    answer = library.ask("[8] and [99]")
    assert {number for passage in answer.passages for number in passage.citations} == {8}
    assert answer.missing == ("[99]",)


def test_what_only_speaks_of_the_contrary_says_so(library: dnqa.Library) -> None:
    """A passage about "opioid" pain relief is no word about "non-opioid", and the other way round no answer."""
    answer = library.ask("does the sympathetic nervous system mediate non-opioid pain relief?")
    assert all("non-opioid" in hit.silent_on for hit in answer.hits)
    assert library.ask("does the brain stem activate opioid pain relief?").status is dnqa.Status.NOT_IN_SOURCE
