"""Answers as JSON."""

import json
from typing import Any

import dnqa
from dnqa.records import Answer, Hit, Interpretation, Passage, Status, Why
from dnqa.rendering import answer_json, passage_record
from tests.conftest import DATA


def make_record(answer: Answer) -> dict[str, Any]:
    """An answer as the contract has it."""

    def list_hits(hits: tuple[Hit, ...]) -> list[dict[str, Any]]:
        return [{**passage_record(hit.passage), "score": round(hit.score, 6)} for hit in hits]

    record: dict[str, Any] = {
        "question": answer.question,
        "status": answer.status.value,
        "passages": list_hits(answer.hits),
        "read": [{"typed": reading.typed, "as": reading.as_, "by": reading.by} for reading in answer.read],
        "missing": list(answer.missing),
        "nearest": [{"section": near.section, "source": near.source} for near in answer.nearest],
        "close": list_hits(answer.close),
    }
    if answer.why:
        record["why"] = {
            "matched": [{"word": word, "share": round(share, 4)} for word, share in answer.why.matched],
            "evidence": {name: round(value, 4) for name, value in answer.why.evidence},
            "known_question": answer.why.known_question,
            "reviewed": answer.why.reviewed,
            "runners_up": list_hits(answer.why.runners_up),
        }
    for name in ("reason", "handoff"):
        if value := getattr(answer, name):
            record[name] = value
    return record


def test_json_is_that_of_the_contract() -> None:
    """Every field, in order, whatever kind of answer it is."""
    library = dnqa.load()
    for line in (DATA / "questions_dev.jsonl").read_text("utf-8").splitlines():
        answer = library.ask(json.loads(line)["question"])
        written = json.loads(answer_json(answer))
        assert written == make_record(answer)
        assert list(written) == list(make_record(answer))


def test_no_text_is_mistaken_for_json() -> None:
    """A question or a passage may look like the JSON that it stands in, and stays in its line."""
    text = '"passages": [], "close": [], {"runners_up": [] \\ \u2028'
    passage = Passage("p1", text, (), "", (), 1, 0, 1, source=text)
    hits = (Hit(passage, 0.5), Hit(passage._replace(citations=(4,)), 1e-9))
    why = Why(((text, 1.0), (text, 0.25)), (("margin", -1e-9),), text, reviewed=False, runners_up=hits)
    answer = Answer(
        text, Status.ANSWERED, hits, (Interpretation(text, text, "spelling"),), (text,), close=hits, why=why
    )
    written = answer_json(answer._replace(handoff=text, reason=text))
    assert json.loads(written) == make_record(answer._replace(handoff=text, reason=text))
    assert len(written.decode().splitlines()) == 1
