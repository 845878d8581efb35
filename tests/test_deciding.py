"""Whether the evidence is enough, and what a refusal says."""

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

import dnqa
from dnqa.asking.deciding import BARS, ONLY_PLAIN, ONLY_TAUGHT
from tests.encoding import load_by_words

KNEE = """# Knee Needling

## Medicines

You may take paracetamol after the session1. Do not take aspirin for two days2. The needle is made of steel4.
The first visit lasts an hour5. Bruises fade in a week3.

## Exercise

You may do the following:

- Climb stairs7
- Carry shopping7

Walking helps the knee6. Never climb ladders8. Ice reduces swelling9. Swelling causes stiffness10.
The inner side of the knee is needled first11. A brace supports the knee12. The brace contains nylon13.
Sessions are short14. Type 2 diabetes slows healing15. The needle reaches the muscle16. We see adults with arthritis17.
Dr Berg founded the clinic18. The needle helps runners19. Children aged 5 to 12 years walk with help20.
"""
BARRED = {
    "no_drug": ("may I take paracetamol and codeine after the session?", "may I take paracetamol after the session?"),
    "no_condition": ("do you see adults with lupus?", "do you see adults with arthritis?"),
    "no_treatment": ("does massage reduce swelling?", "does ice reduce swelling?"),
    "no_level": ("does type 1 diabetes slow healing?", "does type 2 diabetes slow healing?"),
    "no_group": ("may my daughter take paracetamol after the session?", "may I have paracetamol after the session?"),
    "no_animal": ("does a goat climb stairs?", "may I climb stairs?"),
    "no_body_part": ("does a brace support the elbow?", "does a brace support the knee?"),
    "lacks_harm": ("is the brace dangerous?", "what does the brace support?"),
    "lacks_exclusion": ("who should not climb stairs?", "who may climb stairs?"),
    "lacks_denial": ("why does walking not help the knee?", "why does walking help the knee?"),
    "lacks_how_many": ("how many sessions are short?", "are sessions short?"),
    "lacks_how_much": ("how heavy is the brace for the knee?", "is the brace for the knee?"),
    "lacks_how_long": ("how long does walking help the knee?", "how long does the first visit last?"),
    "lacks_how_often": ("how often does the needle reach the muscle?", "does the needle reach the muscle?"),
    "lacks_drug": ("which tablets reduce swelling?", "what reduces swelling?"),
    "lacks_year": ("what year did Dr Berg found the clinic?", "did Dr Berg found the clinic?"),
    "lacks_share": ("what fraction of runners does the needle help?", "does the needle help runners?"),
    "actor_absent": ("does a wrap reduce swelling?", "does ice reduce the swelling?"),
    "actor_reversed": ("does stiffness cause swelling?", "does swelling cause stiffness?"),
    "why_of_a_thing": ("why does the brace support the pillow?", "why does the brace support the knee?"),
    "is_contrary": ("is the outer side of the knee needled first?", "is the inner side of the knee needled first?"),
    "lacks_content": ("does the brace contain latex?", "does the brace contain nylon?"),
    "other_age": ("does a 14 year old walk with help?", "does a 7 year old walk with help?"),
    "lacks_if_not": ("is it bad if bruises do not fade in a week?", "do the bruises fade in a week?"),
    "lacks_others": ("what besides ice reduces swelling?", "what reduces the swelling?"),
}
"""For each bar of a plain hand-out a question that it stops, and one like it that is answered."""
BARRED_SHIPPED = {
    "no_drug": ("is it as strong as morphine?", "is it opioid based?"),
    "no_treatment": ("does cupping activate serotonin?", "does dry needling activate serotonin?"),
    "lacks_treatment": ("does dry needling compress discs?", "what do the muscles of the back lead to?"),
    "lacks_harm": ("is norepinephrine dangerous?", "how is norepinephrine involved?"),
    "lacks_how_much": ("how strong is the pain reduction?", "what mediates the pain reduction?"),
}
"""The same for the shipped corpus, with its many known questions."""
Write = Callable[[dict[str, str | bytes]], Path]


@cache
def shipped() -> dnqa.Library:
    """The shipped corpus by words alone."""
    return load_by_words()


@pytest.fixture(scope="module")
def knee(tmp_path_factory: pytest.TempPathFactory) -> dnqa.Library:
    """A plain hand-out, by words alone."""
    folder = tmp_path_factory.mktemp("knee")
    (folder / "knee.md").write_text(KNEE, encoding="utf-8")
    return load_by_words(folder)


def find_rules(answer: dnqa.Answer) -> list[object]:
    """The rules that a refusal rests on."""
    return [because["rule"] for because in answer.because if "rule" in because]


def is_called(rule: object, name: str) -> bool:
    """Whether a rule that a refusal rests on is that of a bar; one without a name of its own says what is named."""
    return rule == BARS[name] if BARS[name] else str(rule).startswith("names ")


def find_only_rule(answer: dnqa.Answer) -> object:
    """The one rule that a refusal rests on."""
    (rule,) = find_rules(answer)
    return rule


@pytest.mark.parametrize("name", BARRED)
def test_a_bar_stops_a_question_and_not_its_twin(knee: dnqa.Library, name: str) -> None:
    """A refusal that rests on a rule says which; where the passage has what is asked for the rule says nothing."""
    barred, twin = map(knee.ask, BARRED[name])
    assert barred.status is dnqa.Status.NOT_IN_SOURCE
    assert is_called(find_only_rule(barred), name)
    assert twin.status is dnqa.Status.ANSWERED
    assert find_rules(twin) == []


@pytest.mark.parametrize("name", BARRED_SHIPPED)
def test_a_bar_stops_a_question_of_the_shipped_corpus_and_not_its_twin(name: str) -> None:
    """Known questions that agree do not lift a bar."""
    barred, twin = map(shipped().ask, BARRED_SHIPPED[name])
    assert barred.status is dnqa.Status.NOT_IN_SOURCE
    assert is_called(find_only_rule(barred), name)
    assert twin.status is dnqa.Status.ANSWERED


def test_a_question_like_a_known_refusal_is_refused(write_corpus: Write) -> None:
    """Where a few known questions are all that there is; another question about the same passage is answered."""
    known = '{"question": "Is the hot tub of the clinic open to visitors?", "passages": []}\n'
    text = "# Pool\n\nThe hot tub of the clinic is open to patients [1].\n"
    library = load_by_words(write_corpus({"a.md": text, "questions.jsonl": known}))
    alike, other = map(library.ask, ("is the clinic's hot tub open to visitors", "is the hot tub open to patients?"))
    assert find_rules(alike) == [BARS["known_refusal"]]
    assert other.passages[0].citations == (1,)


def test_every_bar_has_an_example() -> None:
    """In a corpus where it holds."""
    assert BARS.keys() - BARRED.keys() - BARRED_SHIPPED.keys() == {"known_refusal"}  # has a test of its own
    assert not BARRED.keys() & ONLY_TAUGHT
    assert not BARRED_SHIPPED.keys() & ONLY_PLAIN


def test_a_refusal_names_what_the_question_names(knee: dnqa.Library) -> None:
    """In the words of the question, and the passage that comes closest is silent on them."""
    answer = knee.ask("May my Daughter take paracetamol after the session?")
    assert find_rules(answer) == ["names Daughter"]
    assert answer.closest[0].passage.citations == (1,)
    assert answer.closest[0].silent_on == ("Daughter",)


def test_what_is_closest_is_not_an_answer(knee: dnqa.Library) -> None:
    """A refusal gives up to three passages to look at, each once, and no hits."""
    for question, _ in BARRED.values():
        answer = knee.ask(question)
        shown = [hit.passage for hit in answer.closest]
        assert 1 <= len(shown) == len(set(shown)) <= 3
        assert set(shown) <= set(knee.passages)
        assert not answer.hits


@pytest.mark.parametrize("question", ["where can I park?", "do we need a hot bath?", "does it?", "what is a quark?"])
def test_nothing_is_closest_to_what_is_far(knee: dnqa.Library, question: str) -> None:
    """Then no rule is named either, since no passage came near enough to be stopped by one."""
    answer = knee.ask(question)
    assert answer.status is dnqa.Status.NOT_IN_SOURCE
    assert (answer.closest, answer.because) == ((), ())


def test_an_answer_has_no_closest(knee: dnqa.Library) -> None:
    """They are what a refusal shows."""
    assert all(not knee.ask(twin).closest for _, twin in BARRED.values())


def test_an_answer_is_silent_on_what_its_passage_does_not_hold(knee: dnqa.Library) -> None:
    """A word that matters, in the question's own writing; nothing where all are held."""
    assert knee.ask("Is taking paracetamol ALRIGHT after the session?").hits[0].silent_on == ("ALRIGHT",)
    assert knee.ask("may I take paracetamol after the session?").hits[0].silent_on == ()


def test_an_item_of_a_list_comes_with_its_lead_in(knee: dnqa.Library) -> None:
    """What introduces a list limits each of its items."""
    hit = knee.ask("may I climb stairs?").hits[0]
    assert hit.passage.text == "Climb stairs"
    assert hit.context[0].text == "You may do the following:"


def test_a_neighbour_that_forbids_comes_beside_what_allows(knee: dnqa.Library) -> None:
    """Where both speak of what was asked, and not where they do not."""
    assert "Never climb ladders." in [passage.text for passage in knee.ask("may I climb stairs?").hits[0].context]
    assert knee.ask("does ice reduce swelling?").hits[0].context == ()


def test_a_synonym_that_led_to_an_answer_is_named(write_corpus: Write) -> None:
    """With the section that it led to; an answer in the words of the question rests on nothing else."""
    text = "# Sheet\n\n## Cold\n\nCooling the knee reduces swelling [1].\n\n## Fees\n\nA visit costs 20 pounds [2].\n"
    library = load_by_words(write_corpus({"a.md": text, "synonyms.txt": "chilling => cooling\n"}))
    answer = library.ask("does chilling the knee reduce swelling?")
    assert answer.hits[0].passage.citations == (1,)
    assert answer.because == ({"synonym": "chilling => cooling", "section": "Cold"},)
    assert library.ask("does cooling the knee reduce swelling?").because == ()


def test_a_known_question_that_led_to_an_answer_is_named() -> None:
    """Of the shipped corpus: the nearest one, or the one that was asked word for word."""
    near = shipped().ask("does dry needling control inflammation?").because[0]
    same = shipped().ask("what blocks noxious stimulus").because
    assert near["reviewed"] is True
    assert "inflammation" in str(near["known_question"])
    assert same == ({"known_question": "what blocks noxious stimulus", "reviewed": True},)


def test_a_small_corpus_goes_by_its_words(write_corpus: Write) -> None:
    """A single passage answers what it says, and refuses the rest."""
    library = load_by_words(write_corpus({"a.md": "# Fees\n\nA visit costs 20 pounds [2].\n"}))
    assert library.ask("how much does a visit cost?").passages[0].citations == (2,)
    assert library.ask("is there a car park?").status is dnqa.Status.NOT_IN_SOURCE


def test_evidence_is_told_with_what_it_added() -> None:
    """For an answer and for a refusal: the probability first, then what counts most."""
    for question in ("does dry needling control inflammation?", "is norepinephrine dangerous?"):
        why = shipped().ask(question).why
        assert why
        (first, probability), *rest = why.evidence
        assert first == "probability"
        assert 0 <= probability <= 1
        sizes = [abs(added) for _, added in rest]
        assert sizes == sorted(sizes, reverse=True)
        assert sizes
