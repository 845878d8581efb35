"""Answers and passages as JSON and as text, the same in every front end."""

import json
from collections.abc import Iterable, Sequence
from typing import Any

from dnqa.records import Answer, Hit, Interpretation, Passage, Status, Why
from dnqa.text.characters import clean_line

NOT_A_QUESTION = "Not a question. Ask about what the source says."
REFUSED = "Not in this source."
CLOSE = "Close to it, and perhaps what was meant:"
CLOSEST = "Closest, not an answer:"
_JSON = json.JSONEncoder(ensure_ascii=False)
_BOLD, _PLAIN = "\x1b[1m", "\x1b[0m"


def cite(passage: Passage) -> str:
    """The citation of a passage as it is always shown: "[4]", "[1, 3]" or "[no citation]"."""
    return f"[{', '.join(map(str, passage.citations)) or 'no citation'}]"


def error_text(error: Exception) -> str:
    """What went wrong, in one line that is safe to show."""
    if isinstance(error, OSError):
        where = f"{error.filename}: " if error.filename else ""
        return clean_line(f"{where}{error.strerror or error}")
    return clean_line(str(error))


def count(n: int, one: str, many: str = "") -> str:
    """A number of things: "1 passage", "1,200 passages"."""
    return f"{n:,} {one if n == 1 else many or one + 's'}"


def join_runs(numbers: Sequence[int]) -> str:
    """Ascending numbers as "1-8, 11"."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs)


def passage_record(passage: Passage) -> dict[str, Any]:
    """A passage as the JSON contract has it, without a score."""
    page = {"page": passage.page} if passage.page else {}
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
    } | page


def find_place(passage: Passage) -> str:
    """Where a passage stands in its source: "page 2" where there are pages, else "line 7"."""
    return f"page {passage.page}" if passage.page else f"line {passage.line}"


def answer_record(answer: Answer) -> dict[str, Any]:
    """An answer as the JSON contract has it."""
    record: dict[str, Any] = {
        "question": answer.question,
        "status": answer.status.value,
        "passages": _hit_records(answer.hits),
        "read": [{"typed": typed, "as": as_, "by": by} for typed, as_, by in answer.read],
        "missing": answer.missing,
        "nearest": [near._asdict() for near in answer.nearest],
        "close": _hit_records(answer.close),
        "closest": _hit_records(answer.closest),
        "parts": list(map(answer_record, answer.parts)),
        "because": list(answer.because),
    }
    if why := answer.why:
        record["why"] = {
            "matched": [{"word": word, "share": round(share, 4)} for word, share in why.matched],
            "evidence": {name: round(value, 4) for name, value in why.evidence},
            "known_question": why.known_question,
            "reviewed": why.reviewed,
            "rule": why.rule,
            "runners_up": _hit_records(why.runners_up),
        }
    if answer.reason:
        record["reason"] = answer.reason
    if answer.handoff:
        record["handoff"] = answer.handoff
    return record


def _hit_records(hits: Iterable[Hit]) -> list[dict[str, Any]]:
    return [
        {
            **passage_record(hit.passage),
            "score": round(hit.score, 6),
            "silent_on": hit.silent_on,
            "context": list(map(passage_record, hit.context)),
            **({"also": list(map(passage_record, hit.also))} if hit.also else {}),
        }
        for hit in hits
    ]


def to_json(value: object) -> str:
    """One line of JSON, in Unicode; the two characters that some readers take for line ends are escaped."""
    written = _JSON.encode(value)
    if written.isascii():
        return written
    return written.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def encode(text: str) -> bytes:
    """A text in UTF-8, whatever is in it."""
    return text.encode("utf-8", "replace")


def passage_text(passage: Passage, *, color: bool = False) -> str:
    """A passage with its citation, and below it where it stands; two lines."""
    citation = f"{_BOLD}{cite(passage)}{_PLAIN}" if color else cite(passage)
    place = [*([passage.section] if passage.section else []), passage.source, find_place(passage)]
    return f"{passage.text} {citation}\n{', '.join(place)}"


def answer_text(answer: Answer, *, color: bool = False, explain: bool = False) -> str:
    """An answer as lines for a person, without the empty line behind it.

    explain: add what led to it.
    """
    if answer.status is Status.NOT_A_QUESTION:
        return NOT_A_QUESTION
    if answer.parts:
        parts = [f"› {part.question}\n{answer_text(part, color=color, explain=explain)}" for part in answer.parts]
        return "\n".join(parts)
    if answer.status is Status.NOT_IN_SOURCE:
        lines = [_refusal_text(answer), *_closest_lines(answer, color=color)]
    else:
        lines = [line for hit in answer.hits for line in _hit_lines(hit, color=color)]
    if answer.read:
        lines.append("; ".join(map(reading_text, answer.read)))
    if answer.missing and answer.status is Status.ANSWERED:
        lines.append(f"not in the source: {quote_words(answer.missing)}")
    lines += _review_lines(answer)
    if answer.handoff:
        lines.append(answer.handoff)
    if explain and answer.why:
        lines += _why_lines(answer.why)
    return "\n".join(lines)


def _hit_lines(hit: Hit, *, color: bool) -> list[str]:
    """A passage with its citation and place, and below it, indented, what limits it and what it is silent on."""
    return [passage_text(hit.passage, color=color), *(f"  {line}" for line in hit_remarks(hit))]


def hit_remarks(hit: Hit) -> list[str]:
    """What a person should know of a passage, a line each: where else it stands, what limits it, and what of the
    question it is silent on."""
    also = [f"also in {passage.source}, {find_place(passage)} {cite(passage)}" for passage in hit.also]
    context = [f"in context: {passage.text} {cite(passage)}" for passage in hit.context]
    return [*also, *context, *([f"says nothing about {quote_words(hit.silent_on)}"] if hit.silent_on else [])]


def _closest_lines(answer: Answer, *, color: bool) -> list[str]:
    """Passages that are near and no answer, indented below a line that says so; [] if there are none."""
    lines = [line for hit in answer.closest for line in "\n".join(_hit_lines(hit, color=color)).split("\n")]
    return [CLOSEST, *(f"  {line}" for line in lines)] if lines else []


def remarks(answer: Answer) -> list[str]:
    """What a person should know of an answer besides its passages, a line each."""
    lines = ["; ".join(map(reading_text, answer.read))] if answer.read else []
    if answer.missing:
        lines.append(f"Not in the source: {quote_words(answer.missing)}")
    return [*lines, *_review_lines(answer)]


def _review_lines(answer: Answer) -> list[str]:
    if answer.status is Status.ANSWERED and answer.why and not answer.why.reviewed:
        return [f'Found by a question that nobody has reviewed yet: "{answer.why.known_question}"']
    return []


def quote_words(words: Sequence[str]) -> str:
    """Words of a question in quotation marks."""
    return ", ".join(f"“{word}”" for word in words)


def why_text(answer: Answer) -> str:
    """What led to an answer or a refusal, as lines for a person at the desk."""
    lines = [f'asked: "{answer.question}"', *map(reading_text, answer.read)]
    why = answer.why
    if why and why.matched:
        lines.append(f"words found: {quote_words([word for word, _ in why.matched])}")
    if answer.missing:
        lines.append(f"not in the source: {quote_words(answer.missing)}")
    if why and why.known_question:
        lines.append(f'nearest known question: "{why.known_question}"')
    if why:
        lines += (f"came next: {hit.passage.text} {cite(hit.passage)}" for hit in why.runners_up)
    elif answer.status is Status.ANSWERED:
        lines.append("looked up by its number or heading; nothing had to be weighed")
    return "\n".join(lines)


def _why_lines(why: Why) -> list[str]:
    matched = ", ".join(f"{word} {share:.2f}" for word, share in why.matched)
    lines = [
        f"  matched: {matched or 'nothing'}",
        f"  evidence: {', '.join(f'{name} {value:.2f}' for name, value in why.evidence)}",
    ]
    if why.rule:
        lines.append(f"  rule: {why.rule}")
    if why.known_question:
        lines.append(f'  nearest known question: "{why.known_question}"')
    lines += (f"  next: {hit.passage.text} {cite(hit.passage)} {hit.score:.2f}" for hit in why.runners_up)
    return lines


def reading_text(reading: Interpretation) -> str:
    """How one word was read: 'read "sweling" as "swelling"' or 'swelling → inflammation'."""
    if reading.by == "synonym":
        return f"{reading.typed} → {reading.as_}"
    if reading.by == "conversation":
        return f'taken with "{reading.as_}"'
    return f'read "{reading.typed}" as "{reading.as_}"'


def _refusal_text(answer: Answer) -> str:
    sections = ", ".join(near.section for near in answer.nearest)
    nearest = [f"Nearest: {sections}."] if sections and not answer.closest else []
    return " ".join([REFUSED, *explain_refusal(answer), *nearest])


def explain_refusal(answer: Answer) -> list[str]:
    """Why a question was refused, in sentences; [] if there is no more to say."""
    missing = [f"It says nothing about {quote_words(answer.missing)}."] if answer.missing else []
    return [*([answer.reason] if answer.reason else []), *missing]
