"""Answer or refuse: the one place that decides, from evidence that it can name.

Two things decide. A bar is a rule: a passage that does not speak of the drug, the condition or the person that a
question names does not answer it, however like it is. What no bar stops is weighed by logistic regression; the numbers
are in decision.json, with how they were found, and `python -m tests.benchmarks.decision` finds them again.
A wrong answer costs 3 and a refusal 1: when the evidence is thin, refuse.
"""

import json
import math
import re
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from dnqa.asking.holding import Holding
from dnqa.asking.query import Query
from dnqa.asking.ranking import Candidate
from dnqa.asking.things import Kind
from dnqa.index import Index, StoredQuestion
from dnqa.records import Answer, Hit, Interpretation, NearSection, Status
from dnqa.text.analysis import Token

DECISION_FILE = Path(__file__).parent / "decision.json"
STAND_BEHIND = 0.85
"""Passages with this share of the best one's support are part of the answer, if they may answer."""
SHOW_CLOSE = 0.7
"""Passages with this share of the best one's support are shown as close to it."""
CLOSE_ENOUGH = 0.1
"""What is less probable an answer is not shown as close to one."""
NEAR_ENOUGH, SUPPORTED_ENOUGH = 0.25, 0.2
"""What a passage must hold of a question, and what support it must have, to be shown as closest to a refused one. Set
on eleven hand-outs: of the answerable questions a right passage is among three in 0.76, of far ones 0.8 show none."""
MEANT_ENOUGH, MEANT_ENOUGH_TAUGHT = 0.25, 0.33
"""The cosine from which on it is shown so where passages are encoded: then a right one is among three in 0.89. With
many known questions a higher one loses none, and shows nothing in 0.58 of the unanswerable questions, beside 0.46."""
_N_CLOSEST = 3
_N_NEAREST = 3

BARS = {
    "no_drug": "",
    "no_condition": "",
    "no_treatment": "",
    "no_level": "",
    "no_group": "",
    "no_animal": "",
    "no_body_part": "",
    "lacks_harm": "asks about harm or safety",
    "lacks_exclusion": "asks about an exception",
    "lacks_denial": "asks why not",
    "lacks_how_many": "asks for a number",
    "lacks_how_much": "asks for an amount",
    "lacks_how_long": "asks for a time",
    "lacks_how_often": "asks how often",
    "lacks_drug": "asks for a medicine",
    "lacks_year": "asks for a year",
    "lacks_share": "asks for a share",
    "lacks_treatment": "asks about the treatment",
    "known_refusal": "is like a known question that the source does not answer",
    "actor_absent": "asks what something else does",
    "actor_reversed": "asks for the reverse",
    "why_of_a_thing": "asks why of something else",
    "is_contrary": "asks for the contrary",
    "lacks_content": "asks what is in it",
    "other_age": "asks for another age",
    "lacks_if_not": "asks what if not",
    "lacks_others": "asks for others",
}
"""Evidence that alone keeps a passage from being an answer, with what the rule is called; "" is called by what the
question names. Of 3,072 known questions whose passage is found first, each set aside in turn, they stop one in twenty;
of 1,916 that the source does not answer, half."""
ONLY_TAUGHT = frozenset({"lacks_treatment"})
"""Bars that hold only where known questions tell which passages speak of the treatment."""
ONLY_PLAIN = frozenset({"no_body_part", "known_refusal"})
"""Bars that do not hold there: people name the place where it hurts, and known questions tell if that matters."""

_OF_QUESTIONS = ("against", "asked")
"""Evidence from known questions, beside what is named so."""

_GREETING_CORE = frozenset(
    "hello hi hey hiya morning afternoon evening thanks thank thankyou cheers ta bye goodbye ok okay great perfect "
    "lovely brilliant super nice cool sorted clear understood thx ty tysm tks thanx nope".split()
)
_GREETING_WORDS = _GREETING_CORE | frozenset(
    "good day you very much so many there that's thats that it's its is fine all for now a the lot one got it this "
    "bye again see later then no yes yeah helpful help your helping how are today everyone team reception dear see "
    "have u loads a million anything else nothing really just".split()
)
_MEASURED = frozenset("long soon far quickly fast deep often".split())
"""What "how" asks for; a passage need not have the word."""
_YES_AND_NO = frozenset("yes yeah yep no nope nah".split())
_ENOUGH = re.compile(
    r"\W*(?:(?:no|nope|ok|okay|great|thanks|thank you)\W+)*(?:that['’]?s|thats|that is) (?:all|it|everything)\b.{0,20}",
    re.I,
)
"""Says that nothing more is asked."""


class Decision(NamedTuple):
    """What each piece of evidence weighs.

    slopes: of each, what 1 of it adds to the log odds. base: the log odds where every piece is 0.
    means: of each, in the material that they were found on.
    enough: the probability from which on a passage is an answer, in a corpus with many known questions and in one
        without.
    """

    slopes: Mapping[str, float]
    base: float
    means: Mapping[str, float]
    enough: Mapping[str, float]


@cache
def read_decision(kind: str) -> Decision:
    """The decision that comes with dnqa: "words", or "meaning" where passages and questions are encoded too."""
    record = json.loads(DECISION_FILE.read_text(encoding="utf-8"))[kind]
    slopes = {name: found["weight"] / found["spread"] for name, found in record["evidence"].items()}
    means = {name: found["mean"] for name, found in record["evidence"].items()}
    base = record["intercept"] - sum(slope * means[name] for name, slope in slopes.items())
    return Decision(slopes, base, means, record["enough"])


class Verdict(NamedTuple):
    """What a candidate is worth as an answer.

    candidate: as it was ranked. holding: what it holds of the question. evidence: by name.
    probability: that it answers the question, 0 to 1, bars aside. bar: the rule that keeps it from answering, ""
        if none does.
    decision: what it was weighed by. known: the known question that means the same as what was asked, if there is one.
    """

    candidate: Candidate
    holding: Holding
    evidence: Mapping[str, float]
    probability: float
    bar: str
    decision: Decision
    known: StoredQuestion | None = None

    @property
    def answers(self) -> bool:
        """Whether it may be shown as an answer."""
        enough = self.decision.enough["taught" if self.evidence["is_taught"] else "plain"]
        return not self.bar and (self.known is not None or self.probability >= enough)

    @property
    def is_near(self) -> bool:
        """Whether it is near enough to be shown beside a refusal."""
        if "cosine" in self.evidence:
            return self.evidence["cosine"] >= (MEANT_ENOUGH_TAUGHT if self.evidence["is_taught"] else MEANT_ENOUGH)
        return self.evidence["covered"] >= NEAR_ENOUGH and self.candidate.support >= SUPPORTED_ENOUGH

    def explain(self) -> list[tuple[str, float]]:
        """What each piece of evidence added to the log odds, those that count most first; 0 is left out."""
        added = weigh_evidence(self.evidence, self.decision)
        if not self.evidence["is_taught"]:  # what is about known questions is the same for every passage
            added["untaught"] = sum(
                added.pop(name) for name in list(added) if "taught" in name or name in _OF_QUESTIONS
            )
        return sorted(((name, part) for name, part in added.items() if abs(part) >= 0.005), key=lambda x: -abs(x[1]))


def weigh_evidence(evidence: Mapping[str, float], decision: Decision) -> dict[str, float]:
    """What each piece of evidence adds to the log odds that a passage answers, beside a passage with its mean."""
    return {name: slope * (evidence[name] - decision.means[name]) for name, slope in decision.slopes.items()}


def weigh(candidate: Candidate, holding: Holding, evidence: Mapping[str, float], *, is_rich: bool) -> Verdict:
    """Weigh a candidate.

    is_rich: whether the corpus has enough known questions to rank and decide by.
    """
    decision = read_decision("meaning" if "cosine" in evidence else "words")
    slopes = decision.slopes
    odds = decision.base + sum(slopes[name] * value for name, value in evidence.items() if value and name in slopes)
    bar = _find_bar(holding, evidence, is_rich)
    return Verdict(candidate, holding, evidence, 1 / (1 + math.exp(-odds)), bar, decision)


def _find_bar(holding: Holding, evidence: Mapping[str, float], is_rich: bool) -> str:
    if not holding.asked.others and not holding.asked.things:
        return "has no word of its own"
    for name, rule in BARS.items():
        if evidence[name] and name not in (ONLY_PLAIN if is_rich else ONLY_TAUGHT):
            return rule or f"names {_name_missing(holding, Kind[name.removeprefix('no_').upper()])}"
    return ""


def _name_missing(holding: Holding, kind: Kind) -> str:
    thing = next(thing for thing in holding.missing_things if thing.kind is kind)
    return " ".join(token.text for token in holding.asked.tokens[thing.start : thing.end])


def is_question(tokens: Sequence[Token]) -> bool:
    """Whether a line asks anything: not when it is empty, a greeting or thanks."""
    words = [token.word for token in tokens]
    if _ENOUGH.fullmatch(" ".join(token.text for token in tokens)):
        return False
    is_polite = _GREETING_WORDS.issuperset(words) and not _GREETING_CORE.isdisjoint(words)
    return bool(words) and not is_polite and not _YES_AND_NO.issuperset(words)


def choose_passages(verdicts: Sequence[Verdict]) -> tuple[list[Verdict], list[Verdict]]:
    """Those to stand behind, and those that come close, both best first; () and () if none may answer."""
    may_answer = [verdict for verdict in verdicts if verdict.answers]
    if not may_answer:
        return [], []
    best = max(may_answer, key=lambda verdict: (verdict.known is not None, verdict.probability))  # the first of several
    others = [verdict for verdict in verdicts if verdict is not best]
    least = STAND_BEHIND * best.candidate.support
    behind = [verdict for verdict in others if verdict.answers and verdict.candidate.support >= least]
    close = [
        verdict
        for verdict in others
        if verdict not in behind
        and not verdict.bar
        and verdict.probability >= CLOSE_ENOUGH
        and verdict.candidate.support >= SHOW_CLOSE * best.candidate.support
    ]
    return [best, *behind], close


def find_missing(query: Query, index: Index, question: str) -> tuple[str, ...]:
    """The words of a question that no passage or heading has, directly or by a synonym, in order.

    question: as it was typed; a compound with a hyphen ("x-ray") is one word, as soon as a part of it is missing.
    """
    find = index.words.find
    missing: dict[str, None] = {}
    for before, token in zip((None, *query.tokens), query.tokens, strict=False):
        is_of_asking = before is not None and before.word == "how" and token.word in _MEASURED
        if token.term and not is_of_asking and not find(token.term):
            meanings = query.meanings.get(token.term)
            if not meanings or not any(all(map(find, meaning)) for meaning in meanings):
                missing[_find_compound(token.text, question)] = None
    return tuple(missing)


def _find_compound(word: str, question: str) -> str:
    """The compound with a hyphen that a word is part of in a question, else the word."""
    if "-" not in question:
        return word
    parts = re.escape(word)
    match = re.search(rf"(?<![\w-])(?:\w{{1,12}}-{parts}|{parts}-\w{{1,12}})(?![\w-])", question, re.I)
    return match[0] if match else word


def refuse(  # noqa: PLR0913 - one for each part of a refusal
    index: Index,
    question: str,
    *,
    near: Sequence[Candidate] = (),
    closest: Sequence[Hit] = (),
    missing: tuple[str, ...] = (),
    read: tuple[Interpretation, ...] = (),
    reason: str = "",
    because: tuple[Mapping[str, object], ...] = (),
) -> Answer:
    """A refusal, with the sections nearest to the question and the clinic's own line.

    near: candidates, best first. The rest: as `dnqa.Answer` has them.
    """
    passages = (index.passage(candidate.row) for candidate in near if candidate.words > 0)
    sections = dict.fromkeys(NearSection(passage.section, passage.source) for passage in passages)
    return Answer(
        question,
        Status.NOT_IN_SOURCE,
        read=read,
        missing=missing,
        nearest=tuple(section for section in sections if section.section)[:_N_NEAREST],
        closest=tuple(closest[:_N_CLOSEST]),
        because=because,
        handoff=index.handoff,
        reason=reason,
    )
