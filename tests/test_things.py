"""What a question names."""

from itertools import pairwise

import pytest

from dnqa.asking.things import Kind, find_group, find_kind, list_things
from dnqa.text.analysis import analyse

NAMED = {
    "can I take paracetamol and codeine": [("paracetamol", Kind.DRUG), ("codeine", Kind.DRUG)],
    "aspirin's effect": [("aspirin's", Kind.DRUG)],
    "what about muscle relaxants": [("muscle relaxants", Kind.DRUG)],
    "is it for tennis elbow": [("tennis elbow", Kind.CONDITION)],
    "Ménière's disease": [("Ménière's disease", Kind.CONDITION)],
    "a hot water bottle": [("hot water bottle", Kind.TREATMENT)],
    "physiotherapy for my neck": [("physiotherapy", Kind.TREATMENT), ("neck", Kind.BODY_PART)],
    "can I go swimming": [("swimming", Kind.ACTIVITY)],
    "is coffee fine": [("coffee", Kind.FOOD)],
    "my son and my dog": [("son", Kind.GROUP), ("dog", Kind.GROUP)],
    "type 1 diabetes": [("type 1", Kind.LEVEL), ("diabetes", Kind.CONDITION)],
    "vitamin B6": [("vitamin B6", Kind.LEVEL)],
    "the L5-S1 disc": [("L5", Kind.LEVEL), ("S1", Kind.LEVEL), ("disc", Kind.OBJECT)],
    "omega-6": [("omega 6", Kind.LEVEL)],
    "stage IV": [("stage IV", Kind.LEVEL)],
    "a third degree burn": [("third degree", Kind.LEVEL)],
    "she is a 7 year old": [("7 year old", Kind.GROUP)],
    "six weeks old": [("six weeks old", Kind.GROUP)],
    "17 year olds": [("17 year olds", Kind.GROUP)],
}
NOTHING_NAMED = (
    "does it help", "can it be", "the", "a 40 year old", "eighteen years old", "a 5 mg tablet", "within 24 hours",
    "at 10am", "30mins", "is it iv", "for 7 years", "",
)  # fmt: skip
CHILD = "daughter", "toddlers", "7 year old", "17 year olds"


def list_named(text: str) -> list[tuple[str, Kind]]:
    """The names in a text as they are written, with what they name."""
    tokens = analyse(text)
    return [
        (" ".join(token.text for token in tokens[thing.start : thing.end]), thing.kind) for thing in list_things(tokens)
    ]


@pytest.mark.parametrize(("text", "named"), NAMED.items(), ids=NAMED.keys())
def test_finds_what_a_text_names(text: str, named: list[tuple[str, Kind]]) -> None:
    """In its order, the longest name first, with what sort of thing it is."""
    assert list_named(text) == named


@pytest.mark.parametrize("text", NOTHING_NAMED)
def test_small_words_amounts_and_times_name_nothing(text: str) -> None:
    """An amount is no level, a time is no age, and a grown person's age is that of no group."""
    assert list_named(text) == []


@pytest.mark.parametrize(
    ("singular", "plural"),
    [("knee", "knees"), ("baby", "babies"), ("allergy", "allergies"), ("steroid", "steroids"), ("toe", "toes")],
)
def test_a_plural_names_what_the_singular_names(singular: str, plural: str) -> None:
    """Whichever of them is in the list of names."""
    assert find_kind(plural) is find_kind(singular) is not None


def test_an_unknown_word_names_nothing() -> None:
    """Neither does one that only ends like a plural."""
    assert [find_kind(word) for word in ("wug", "wugs", "s", "")] == [None] * 4


@pytest.mark.parametrize("words", CHILD)
def test_a_child_is_named_in_many_ways(words: str) -> None:
    """By kinship, by age in words or by age in years."""
    assert find_group(words) == "child"


def test_groups_are_kept_apart() -> None:
    """What holds for one group of persons is not said of another, and a word for no group names none."""
    found = [find_group(word) for word in ("pregnant", "breastfeeding", "pensioner", "puppy", "needle")]
    assert found == ["pregnant", "breastfeeding", "old", "animal", ""]


def test_names_do_not_overlap() -> None:
    """A word belongs to one name at most, however many names share it."""
    things = list_things(analyse("tennis elbow pain in the left elbow after tennis, type 2 diabetes, hot water bottle"))
    assert len(things) >= 5
    assert all(before.end <= after.start for before, after in pairwise(things))
