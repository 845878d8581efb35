"""Answers as JSON."""

import json

import dnqa
from dnqa.answers import Answer, Hit, Status, Why
from dnqa.records import Passage
from dnqa.rendering import answer_json, answer_record, to_json
from tests.conftest import DATA


def test_json_is_that_of_the_record() -> None:
    """Passages are written once and remembered; what is written is the same."""
    library = dnqa.load()
    for line in (DATA / "questions_dev.jsonl").read_text("utf-8").splitlines():
        answer = library.ask(json.loads(line)["question"])
        assert answer_json(answer) == to_json(answer_record(answer))


def test_no_text_is_mistaken_for_a_list() -> None:
    """A question or a passage may look like the JSON that it stands in."""
    text = '"passages": [], "close": [], "runners_up": [] \u2028'
    passage = Passage("p1", text, (), "", (), 1, 0, 1, source=text)
    hits = (Hit(passage, 0.5), Hit(passage._replace(citations=(4,)), 0.25))
    why = Why(((text, 0.5),), (), text, runners_up=hits)
    answer = Answer(text, Status.ANSWERED, hits, missing=(text,), close=hits, handoff=text, why=why)
    assert answer_json(answer) == to_json(answer_record(answer))
    assert json.loads(answer_json(answer)) == answer_record(answer)
