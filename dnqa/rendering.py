"""Answers and passages as JSON and as text, the same in every front end."""

import json
from typing import Any

from dnqa.answers import Answer, Hit, Reading, Status
from dnqa.records import Passage

_BOLD, _PLAIN = "\x1b[1m", "\x1b[0m"


def cite(passage: Passage) -> str:
    """The citation of a passage as it is always shown: "[4]", "[1, 3]" or "[no citation]"."""
    return f"[{', '.join(map(str, passage.citations)) or 'no citation'}]"


def passage_record(passage: Passage) -> dict[str, Any]:
    """A passage as the JSON contract has it, without a score."""
    return {
        "id": passage.id,
        "text": passage.text,
        "citations": list(passage.citations),
        "section": passage.section,
        "path": list(passage.path),
        "source": passage.source,
        "title": passage.title,
        "line": passage.line,
        "start": passage.start,
        "end": passage.end,
    }


def answer_record(answer: Answer) -> dict[str, Any]:
    """An answer as the JSON contract has it."""
    record: dict[str, Any] = {
        "question": answer.question,
        "status": answer.status.value,
        "passages": [_hit_record(hit) for hit in answer.hits],
        "read": [{"typed": reading.typed, "as": reading.as_, "by": reading.by} for reading in answer.read],
        "missing": list(answer.missing),
        "nearest": [near._asdict() for near in answer.nearest],
        "close": [_hit_record(hit) for hit in answer.close],
    }
    if answer.reason:
        record["reason"] = answer.reason
    if answer.handoff:
        record["handoff"] = answer.handoff
    return record


def _hit_record(hit: Hit) -> dict[str, Any]:
    return {**passage_record(hit.passage), "score": round(hit.score, 6)}


def to_json(record: dict[str, Any]) -> str:
    """One line of JSON, in Unicode; the two characters that some readers take for line ends are escaped."""
    text = json.dumps(record, ensure_ascii=False)
    return text.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def passage_text(passage: Passage, *, color: bool = False) -> str:
    """A passage with its citation, and below it where it stands; two lines."""
    citation = f"{_BOLD}{cite(passage)}{_PLAIN}" if color else cite(passage)
    place = [*([passage.section] if passage.section else []), passage.source, f"line {passage.line}"]
    return f"{passage.text} {citation}\n{', '.join(place)}"


def answer_text(answer: Answer, *, color: bool = False) -> str:
    """An answer as lines for a person, without the empty line behind it."""
    if answer.status is Status.NOT_A_QUESTION:
        return "Not a question. Ask about what the source says."
    if answer.status is Status.NOT_IN_SOURCE:
        lines = [_refusal_text(answer)]
    else:
        lines = [passage_text(hit.passage, color=color) for hit in answer.hits]
    if answer.read:
        lines.append("; ".join(map(reading_text, answer.read)))
    if answer.handoff:
        lines.append(answer.handoff)
    return "\n".join(lines)


def reading_text(reading: Reading) -> str:
    """How one word was read: 'read "sweling" as "swelling"' or 'swelling → inflammation'."""
    if reading.by == "synonym":
        return f"{reading.typed} → {reading.as_}"
    return f'read "{reading.typed}" as "{reading.as_}"'


def _refusal_text(answer: Answer) -> str:
    sentences = [f"Not in this source. {answer.reason}".strip()]
    if answer.missing:
        sentences.append(f"It says nothing about {', '.join(f'“{word}”' for word in answer.missing)}.")
    if answer.nearest:
        sentences.append(f"Nearest: {', '.join(near.section for near in answer.nearest)}.")
    return " ".join(sentences)
