"""Known questions."""

import json
import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from rapidfuzz import fuzz, process

import dnqa
from dnqa.sources.knowledge import read_knowledge
from dnqa.teaching import copy_shipped, teach
from tests.conftest import read_jsonl

Write = Callable[[dict[str, str | bytes]], Path]
TOO_ALIKE = 90  # fuzz.ratio of lower-cased texts without punctuation


def plain(text: str) -> str:
    """A text in small letters, without punctuation."""
    return " ".join(re.sub(r"[^\w\s]", " ", text.lower()).split())


def test_no_development_question_is_among_the_shipped_ones() -> None:
    """Whole or nearly so: else measuring would measure memory."""
    shipped = [plain(known.question) for known in dnqa.load().knowledge.questions]
    for record in read_jsonl("questions_dev.jsonl"):
        found = process.extractOne(plain(record["question"]), shipped, scorer=fuzz.ratio)
        assert found[1] < TOO_ALIKE, (record["question"], found[0])


def test_the_shipped_questions_are_many_and_fit_the_corpus() -> None:
    """A dozen a passage at least, a hundred that the source does not answer, and no problem in the file."""
    library = dnqa.load()
    counts = Counter(answer for known in library.knowledge.questions for answer in known.passages)
    assert min(counts[passage.id] for passage in library.passages) >= 12
    assert sum(not known.passages for known in library.knowledge.questions) >= 100
    assert library.knowledge.problems == ()


def corpus_with(write: Write, *records: object) -> dnqa.Library:
    """A small corpus with known questions."""
    lines = "\n".join(json.dumps(record) for record in records)
    return dnqa.load(write({"a.txt": "Parking is free [1].\n\nThe lift is broken [2].", "questions.jsonl": lines}))


def test_a_lost_id_is_found_again_by_its_first_words(write_corpus: Write) -> None:
    """An edited passage keeps its questions if its opening is still there; check reports it."""
    answer = {"id": "p00000000", "opens": "Parking is"}
    library = corpus_with(write_corpus, {"question": "where do I leave my car", "passages": [answer]})
    assert library.knowledge.questions[0].passages == (library.passages[0].id,)
    assert not library.knowledge.questions[0].reviewed
    assert "opens with the same words" in library.knowledge.problems[0][2]


def test_contradictions_are_reported(write_corpus: Write) -> None:
    """The same question with other answers is a problem that check names, with both lines."""
    answer = {"id": "p00000000", "opens": "Parking is"}
    library = corpus_with(
        write_corpus, {"question": "can I park", "passages": []}, {"question": "Can I park?", "passages": [answer]}
    )
    assert any("says otherwise than line 1" in message for _, _, message in library.knowledge.problems)


def test_a_lost_passage_is_never_guessed(write_corpus: Write) -> None:
    """A question whose passage is gone is left out and reported, not taken for unanswerable."""
    answer = {"id": "p00000000", "opens": "Coffee is"}
    library = corpus_with(write_corpus, {"question": "is there coffee", "passages": [answer]})
    assert library.knowledge.questions == ()
    assert "no passage p00000000" in library.knowledge.problems[0][2]


def test_questions_without_a_word_do_no_harm(write_corpus: Write) -> None:
    """They are like nothing."""
    library = corpus_with(write_corpus, {"question": "???", "passages": []})
    assert library.ask("is parking free").passages
    assert not library.ask("is there coffee").passages


@pytest.mark.parametrize(
    "line", ["{", "[]", '{"question": "x"}', '{"question": "", "passages": []}', '{"question": 1, "passages": []}']
)
def test_a_broken_line_is_named(write_corpus: Write, line: str) -> None:
    """The error names file and line and how to write it."""
    folder = write_corpus(
        {"a.txt": "Parking is free.", "questions.jsonl": '{"question": "x", "passages": []}\n' + line}
    )
    dnqa.load(folder)
    with pytest.raises(dnqa.CorpusError, match=r"questions.jsonl, line 2"):
        read_knowledge(folder)


def test_teaching_makes_the_tool_better(tmp_path: Path) -> None:
    """A question that was refused is answered once it was taught, and says that nobody has reviewed it."""
    folder = tmp_path / "mine"
    copy_shipped(folder)
    question = "does the spiky thing stop my bands playing up"
    library = dnqa.load(folder)
    before = (folder / "questions.jsonl").read_bytes()
    teach(library, question, [library.passages[12].id])
    after = (folder / "questions.jsonl").read_bytes()
    assert after.startswith(before)
    assert after.count(b"\n") == before.count(b"\n") + 1
    assert json.loads(after.splitlines()[-1])["reviewed"] is False
    answer = dnqa.load(folder).ask(question)
    assert answer.passages[0].text == library.passages[12].text
    assert answer.why is not None
    assert not answer.why.reviewed


def test_teaching_that_the_source_is_silent_stops_an_answer(tmp_path: Path) -> None:
    """A question taught without a passage is refused from then on."""
    folder = tmp_path / "mine"
    copy_shipped(folder)
    question = "how many needles reduce the painful input"
    teach(dnqa.load(folder), question, [])
    assert dnqa.load(folder).ask(question).status is dnqa.Status.NOT_IN_SOURCE


def test_teaching_refuses_what_would_do_harm(tmp_path: Path, write_corpus: Write) -> None:
    """The shipped corpus, a single file, an unknown passage, an empty and a known question are refused."""
    library = corpus_with(write_corpus, {"question": "is parking free", "passages": []})
    single = dnqa.load(library.corpus.path / "a.txt")
    for wrong, question, ids in (
        (dnqa.load(), "new question", []),
        (single, "new question", []),
        (library, "new question", ["pffffffff"]),
        (library, " \t", []),
        (library, "Is parking free", []),
    ):
        with pytest.raises(dnqa.DnqaError):
            teach(wrong, question, ids)
    with pytest.raises(dnqa.DnqaError, match="there already"):
        copy_shipped(tmp_path)
