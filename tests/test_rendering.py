"""Answers as JSON."""

import json

import dnqa
from dnqa.records import Answer, Hit, Interpretation, Passage, Status, Why
from dnqa.rendering import answer_record, passage_record, to_json
from tests.conftest import DATA

FIELDS = ["question", "status", "passages", "read", "missing", "nearest", "close", "closest", "parts", "because"]
PASSAGE_FIELDS = ["id", "text", "citations", "section", "path", "source", "title", "line", "start", "end"]
HIT_FIELDS = [*PASSAGE_FIELDS, "score", "silent_on", "context"]


def test_json_is_that_of_the_contract() -> None:
    """Every field, in order, whatever kind of answer it is."""
    library = dnqa.load()
    for line in (DATA / "questions_dev.jsonl").read_text("utf-8").splitlines():
        answer = library.ask(json.loads(line)["question"])
        written = json.loads(to_json(answer_record(answer)))
        assert list(written)[: len(FIELDS)] == FIELDS
        assert [passage["id"] for passage in written["passages"]] == [passage.id for passage in answer.passages]
        assert all(list(hit) == HIT_FIELDS for name in ("passages", "close", "closest") for hit in written[name])
        assert written["missing"] == list(answer.missing)


def test_no_text_is_mistaken_for_json() -> None:
    """A question or a passage may look like the JSON that it stands in, and stays in its line."""
    text = '"passages": [], "close": [], {"runners_up": [] \\ \u2028'
    passage = Passage("p1", text, (), "", (), 1, 0, 1, source=text)
    hits = (Hit(passage, 0.5), Hit(passage._replace(citations=(4,)), 1e-9))
    why = Why(((text, 1.0), (text, 0.25)), (("margin", -1e-9),), text, reviewed=False, runners_up=hits)
    read = (Interpretation(text, text, "spelling"),)
    answer = Answer(text, Status.ANSWERED, hits, read, (text,), close=hits, why=why, handoff=text, reason=text)
    written = to_json(answer_record(answer))
    assert len(written.splitlines()) == 1
    record = json.loads(written)
    assert record["passages"][0] == {
        **json.loads(to_json(passage_record(passage))),
        "score": 0.5,
        "silent_on": [],
        "context": [],
    }
    assert (record["handoff"], record["reason"], record["missing"]) == (text, text, [text])
    assert record["why"]["matched"] == [{"word": text, "share": 1.0}, {"word": text, "share": 0.25}]
