"""What of a question a passage holds: each of its words, and each of the things that it names.

A passage is read with what stands around it: the headings above it, the title of its source, and the lead-in of the
list that it belongs to.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from itertools import takewhile

from dnqa.asking.kinds import Want, find_wants, is_harm
from dnqa.asking.relations import Clause, find_asked, list_stated
from dnqa.asking.things import Kind, Thing, find_group, find_kind, list_things
from dnqa.records import Passage
from dnqa.sources.synonyms import Match, Meanings
from dnqa.text.analysis import Token, analyse, stem

TEXT, ABOVE, SYNONYM, TAUGHT, LOOSE = 1.0, 0.9, 0.7, 0.6, 0.5
"""How surely a passage holds a word: it is in its text; above it; a synonym is in its text; in enough of its known
questions; a synonym is above it."""
NUMBER_WORDS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen twenty"
).split()
_AGE = re.compile(r"\b(\d{1,3}) (year|month|week|day)s? olds?\b")
_PER_YEAR = {"year": 1, "month": 12, "week": 52, "day": 365}
_AGE_OF = {"baby": 0.5, "babies": 0.5, "newborn": 0.0, "infant": 0.5, "infants": 0.5, "toddler": 2.0, "toddlers": 2.0}
_AGE_RANGE = re.compile(r"\b(?:aged?|ages|children|years of) (\d{1,2})(?: to | ?[-–] ?)(\d{1,2})\b")
_SEGMENT = re.compile(r"[,;:()–—]|\s-\s|-\s")
_NUMBER = re.compile(r"(?<=[a-z]) (\d)")
_AGREED = 0.99
"""From this share on, of known questions that have a word, it counts as held."""
_CLASSES = frozenset(("anti-inflammatory", "anti inflammatory", "nsaid"))
"""Names of what a drug belongs to that are not in the list of names themselves."""
_CONTRARIES = tuple(
    frozenset(words.split())
    for words in (
        "left right",
        "inner outer",
        "upper lower",
        "inside outside",
        "front rear",
        "ice cold heat hot warm",
        "lateral medial posterior anterior",
        "first second third fourth fifth last",
        "morning evening",
        "older younger",
        "mild moderate severe",
        "low high",
        "slow fast",
        "small large",
        "heavy heavily little slight slightly light",
        "increased decreased",
        "innervated denervated",
        "sympathetic parasympathetic",
        "shallow deep",
        "blue brown purple red green yellow white black orange pink grey",
    )
)
"""Words of which one is not the other: a passage that has only others than the question speaks of something else."""
_NUMBERS = {word: str(number) for number, word in enumerate(NUMBER_WORDS)}
_MATTERING = frozenset(_NUMBERS).union(*_CONTRARIES)
"""Everyday words that a passage must not be silent on without saying so."""
_EXCLUDING = frozenset(
    "without not no non other another besides except instead rather than bypass bypasses never either both two".split()
)
"""Words of a question that may ask for the contrary itself."""
_ASKED_NOUN = re.compile(r"\b(?:what|which)\s+(?:is the |are the |was the )?(?P<words>\w+(?:\s+\w+){0,2})")
_FRAME_NOUNS = frozenset(
    "kind kinds sort sorts type types part parts bit bits way ways thing things reason happens happen model models "
    "theory theories effect effects reference citation source passage sentence section heading are is do does did was "
    "were the can should would could will else about if other one ones of in on it has have name point idea word "
    "explanation role brings becomes follows goes".split()
)
"""Words behind "what" or "which" that a passage need not hold to tell which one."""
_CONTAINS = re.compile(r"\b(?:contain(?:s|ed)?|include(?:s|d)?|made (?:of|from|with)|dipped in|laced with)\b")
_ABOUT_ASKING = frozenset(
    "patient patients client someone somebody anyone person people handout hand sheet leaflet page source text please "
    "doctor question answer section reception staff morning afternoon team hello wonder wondering told heard read true "
    "treatment therapy claim claimed mention mentioned say theory model idea explanation think thought gran mum dad "
    "not never reference references ref citation citations cite cited wife husband brother sister friend".split()
)
"""Words about the asking, not about what is asked."""
ABOUT_ASKING = frozenset(map(stem, _ABOUT_ASKING))
"""Their stems."""


def read_numbers(tokens: Sequence[Token]) -> set[str]:
    """The numbers of a text from 2 on, in digits, whether written so or as words."""
    found = {_NUMBERS.get(token.word, token.word) for token in tokens}
    return {number for number in found if number.isdigit() and number not in ("0", "1")}


def find_ages(tokens: Sequence[Token]) -> list[float]:
    """The ages in years that a question names: "7 year old", "18 months old", "aged 7", "a baby"."""
    said = " ".join(_NUMBERS.get(token.word, token.word) for token in tokens)
    ages = [int(number) / _PER_YEAR[unit] for number, unit in _AGE.findall(said)]
    ages += (float(number) for number in re.findall(r"\baged (\d{1,3})\b", said))
    return [*ages, *(age for word, age in _AGE_OF.items() if f" {word} " in f" {said} ")]


def find_age_ranges(text: str) -> list[tuple[float, float]]:
    """The ranges of ages in years that a text speaks of: "aged 5 to 12 years"."""
    return [(float(low), float(high) + 1) for low, high in _AGE_RANGE.findall(text)]


def _join_numbers(words: str) -> str:
    """Words with numbers joined to the word before: "omega 3" and "omega3" are alike."""
    return _NUMBER.sub(r"\1", words)


class AskedWords:
    """The words of a question and what they ask, found out once for all passages.

    tokens: as they were read. meanings: what each term may mean, by synonyms.
    """

    def __init__(self, tokens: Sequence[Token], meanings: Meanings, synonyms: Sequence[Match] = ()) -> None:
        self.tokens = tokens
        self._synonyms = synonyms
        self.meanings = {term: [frozenset(meaning) for meaning in means if meaning] for term, means in meanings.items()}
        self.things = list_things(tokens)
        self.wants = find_wants(tokens)

    @cached_property
    def terms(self) -> frozenset[str]:
        """Its terms."""
        return frozenset(token.term for token in self.tokens if token.term)

    @cached_property
    def text(self) -> str:
        """Its words as one text."""
        return " ".join(token.word for token in self.tokens)

    @cached_property
    def said(self) -> frozenset[str]:
        """Its words."""
        return frozenset(token.word for token in self.tokens)

    @cached_property
    def numbers(self) -> set[str]:
        """Its numbers, in digits."""
        return read_numbers(self.tokens)

    @cached_property
    def ages(self) -> list[float]:
        """The ages in years that it names."""
        return find_ages(self.tokens)

    @cached_property
    def others(self) -> list[Token]:
        """The words that mean something, name no thing and are not about the asking; each once."""
        named = {at for thing in self.things for at in range(thing.start, thing.end)}
        kept = {
            token.term: token
            for at, token in enumerate(self.tokens)
            if token.term and at not in named and token.word not in _ABOUT_ASKING
        }
        return list(kept.values())

    @cached_property
    def same_things(self) -> dict[Thing, list[frozenset[str]]]:
        """For each drug, condition and treatment that it names, the terms of other names for it.

        A synonym counts only if it names a thing of the same sort: "pain relief" is no other name for a machine.
        """
        found: dict[Thing, list[frozenset[str]]] = {}
        for thing in self.things:
            names = [
                frozenset(meaning)
                for match in self._synonyms
                if match.start <= thing.start and thing.end <= match.end
                for name, meaning in zip(match.phrase.alternatives, match.phrase.meanings, strict=True)
                if meaning and (find_kind(name) is thing.kind or name in _CLASSES)
            ]
            found[thing] = names
        return found

    @cached_property
    def clause(self) -> Clause | None:
        """Who is asked to act on what."""
        return find_asked(self.tokens)

    @cached_property
    def content_start(self) -> int | None:
        """Where what is asked to be in something begins, None if nothing is."""
        match = _CONTAINS.search(self.text)
        return self.text[: match.end()].count(" ") + 1 if match else None

    @cached_property
    def asked_nouns(self) -> list[str]:
        """The terms of that of which it asks which one."""
        match = _ASKED_NOUN.search(self.text)
        start = self.text[: match.start("words")].count(" ") if match else 0
        behind = self.tokens[start : start + len(match["words"].split())] if match else []
        nouns = takewhile(lambda token: token.term and token.word not in _FRAME_NOUNS, behind)
        return [token.term for token in nouns]

    @cached_property
    def harm_terms(self) -> list[str]:
        """The terms that speak of harm or safety."""
        return (
            [token.term for token in self.tokens if token.term and is_harm(token.word)]
            if Want.HARM in self.wants
            else []
        )


class PassageWords:
    """The words of a passage and of what stands around it, found out once for all questions.

    passage: itself.
    """

    def __init__(
        self,
        passage: Passage,
        lead_in: Passage | None,
        taught: Callable[[str], float],
        before: Sequence[Passage] = (),
    ) -> None:
        """Words of a passage.

        lead_in: the passage that introduces the list that it belongs to, None if it is in none.
        before: those before it under the same heading, the nearest first.
        taught: says how far a term is in its known questions, 0 to 1.
        """
        self.passage = passage
        self._taught = taught
        self._before = before
        self.text_tokens = [token for found in (lead_in, passage) if found for token in analyse(found.text)]
        self.title_tokens = analyse(passage.title)
        self.above_tokens = [*(token for heading in passage.path for token in analyse(heading)), *self.title_tokens]
        self.text = frozenset(token.term for token in self.text_tokens if token.term)
        self.above = frozenset(token.term for token in self.above_tokens if token.term)
        self.said = " ".join((*([lead_in.text] if lead_in else []), passage.text)).lower()
        self.shown = " ".join((*passage.path[-1:], self.said)).lower()

    def is_taught(self, term: str) -> bool:
        """Whether enough of its known questions have a term."""
        return self._taught(term) > _AGREED

    @cached_property
    def words(self) -> str:
        """All words as one text, each between spaces."""
        return f" {_join_numbers(' '.join(token.word for token in (*self.text_tokens, *self.above_tokens)))} "

    @cached_property
    def groups(self) -> frozenset[str]:
        """The groups of persons that it speaks of."""
        named = (find_group(token.word) for token in (*self.text_tokens, *self.above_tokens))
        return frozenset(filter(None, named))

    @cached_property
    def has_drug(self) -> bool:
        """Whether it names a drug."""
        return any(thing.kind is Kind.DRUG for thing in list_things(self.text_tokens))

    @cached_property
    def spoken_of(self) -> frozenset[str]:
        """The terms of the drugs that were spoken of last before it, if it names none itself."""
        if self.has_drug:
            return frozenset()
        for passage in self._before:
            tokens = analyse(passage.text)
            drugs = [thing for thing in list_things(tokens) if thing.kind is Kind.DRUG]
            if drugs:
                return frozenset(token.term for thing in drugs for token in tokens[thing.start : thing.end])
        return frozenset()

    @cached_property
    def clauses(self) -> list[Clause]:
        """Who acts on what, as it states it."""
        return list(list_stated([analyse(segment) for segment in _SEGMENT.split(self.passage.text)]))

    @cached_property
    def treatment(self) -> frozenset[str]:
        """The terms of the treatments and drugs that the title of the source names: what the source is about."""
        named = [thing for thing in list_things(self.title_tokens) if thing.kind in (Kind.TREATMENT, Kind.DRUG)]
        tokens = self.title_tokens
        return frozenset(token.term for thing in named for token in tokens[thing.start : thing.end] if token.term)


class Holding:
    """What a passage holds of a question."""

    def __init__(self, found: PassageWords, asked: AskedWords) -> None:
        self.found = found
        self.asked = asked
        self._measured: dict[str, float] = {}

    def measure(self, term: str) -> float:
        """How surely the passage holds a term of the question, 0 to 1."""
        if term not in self._measured:
            self._measured[term] = self._measure(term)
        return self._measured[term]

    def _measure(self, term: str) -> float:
        found = self.found
        if term in found.text:
            return TEXT
        if term in found.above:
            return ABOVE
        meanings = self.asked.meanings.get(term, ())
        if any(meaning <= found.text for meaning in meanings):
            return SYNONYM
        if found.is_taught(term):
            return TAUGHT
        return LOOSE if any(meaning <= found.text | found.above for meaning in meanings) else 0.0

    @cached_property
    def missing_things(self) -> list[Thing]:
        """The things that the question names and the passage does not speak of, in order."""
        return [thing for thing in self.asked.things if not self._speaks_of(thing)]

    def _speaks_of(self, thing: Thing) -> bool:
        named = self.asked.tokens[thing.start : thing.end]
        if thing.kind is Kind.LEVEL:
            return f" {_join_numbers(' '.join(token.word for token in named))} " in self.found.words
        if thing.kind is Kind.GROUP:
            return find_group(" ".join(token.word for token in named)) in self.found.groups
        terms = [token.term for token in named if token.term]
        if thing.kind is Kind.DRUG and self.found.spoken_of.issuperset(terms):
            return True
        if thing.kind in (Kind.DRUG, Kind.CONDITION, Kind.TREATMENT):
            is_named = all(self.measure(term) >= ABOVE for term in terms)
            return is_named or any(names <= self.found.text for names in self.asked.same_things[thing])
        return all(map(self.measure, terms))

    @cached_property
    def missing_numbers(self) -> set[str]:
        """The numbers of the question that the passage does not have, in digits."""
        return self.asked.numbers - read_numbers(self.found.text_tokens) if self.asked.numbers else set()

    @cached_property
    def is_other_age(self) -> bool:
        """Whether the question names an age outside the range that the passage is for."""
        ages = self.asked.ages
        ranges = find_age_ranges(self.found.shown) if ages else []
        return any(not low <= age <= high for low, high in ranges for age in ages)

    @cached_property
    def is_contrary(self) -> bool:
        """Whether it has a word and the passage only its contrary: "opioid" and "non-opioid", "inner" and "outer"."""
        text = self.found.text
        said = self.asked.said
        for kind in _CONTRARIES:
            if not kind.isdisjoint(said):
                own = {token.word for token in self.found.text_tokens} & kind
                own = own or {token.word for token in self.found.above_tokens} & kind
                if own and not said & own:
                    return True
        if not _EXCLUDING.isdisjoint(said):
            return False
        return any(f"non{token.term}" in text and token.term not in text for token in self.asked.tokens if token.term)

    @cached_property
    def unheld(self) -> list[Token]:
        """The words of the question that name no thing and that the passage does not hold."""
        return [token for token in self.asked.others if not self.measure(token.term)]

    def list_silent(self, common: frozenset[str]) -> tuple[str, ...]:
        """What of the question matters and is not held by the passage, in order: things, and words that are not among
        the terms of everyday words, or that speak of harm."""
        tokens = self.asked.tokens
        starts = {thing.start: thing for thing in self.missing_things}
        unheld = {
            token.term
            for token in self.unheld
            if token.term not in common or is_harm(token.word) or token.word in _MATTERING or token.word.isdigit()
        }
        text = self.found.text  # which may be known to answer of "non-opioid", and only says "opioid"
        unheld |= {term for term in self.asked.terms if term[:3] == "non" and term[3:] in text and term not in text}
        silent: dict[str, None] = {}
        for at, token in enumerate(tokens):
            if at in starts:
                silent[" ".join(named.text for named in tokens[at : starts[at].end])] = None
            elif token.term in unheld:
                silent[token.text] = None
                unheld.discard(token.term)
        return tuple(silent)

    @cached_property
    def treatment(self) -> frozenset[str]:
        """The terms that stand for what the source is about, in the title's words or the question's."""
        own = self.found.treatment
        return own | {term for term, means in self.asked.meanings.items() if term and any(mean & own for mean in means)}

    @cached_property
    def speaks_of_treatment(self) -> bool:
        """Whether the passage, or enough of its known questions, speak of what the source is about."""
        return bool(self.found.text & self.treatment) or any(map(self.found.is_taught, self.treatment))

    def match(self, terms: Iterable[str], pool: Iterable[str]) -> list[str]:
        """Those of some terms that others hold, directly or by a synonym."""
        others = frozenset(pool)
        means = self.asked.meanings
        return [term for term in terms if term in others or any(mean <= others for mean in means.get(term, ()))]
