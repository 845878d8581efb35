"""What speaks for and against answering a question with a passage: named pieces of evidence, each a number.

Nothing here decides. `dnqa.asking.deciding` weighs these numbers, and says of each what it added.
"""

from collections import Counter
from collections.abc import Sequence
from itertools import chain
from typing import NamedTuple

from dnqa.asking.holding import ABOUT_ASKING, ABOVE, Holding
from dnqa.asking.kinds import Want, gives
from dnqa.asking.relations import OPPOSITES, Clause
from dnqa.asking.things import Kind

ALIKE = 0.75
"""From this cosine on a question says the same as a known one in other words."""
_PREMISES = (Kind.BODY_PART, Kind.FOOD, Kind.OBJECT, Kind.ACTIVITY)
"""Kinds of things that a question why presupposes something about."""
_MOST_OF_A_KIND = 2
_MOST_UNHELD = 3
_SHORT = 14
"""Words. In a shorter question each word matters more."""
_AGAIN = (
    "support ahead words words_ahead covered exact silent_share no_other_word cosine cosine_ahead fused_ahead".split()
)
_TAUGHT = tuple((name, f"taught_{name}") for name in _AGAIN)
"""Evidence that counts once more by itself where there are known questions."""
_NO = {kind: f"no_{kind.name.lower()}" for kind in Kind}
_ASKS = {want: tuple(f"{does}_{want.value.replace(' ', '_')}" for does in ("asks", "lacks")) for want in Want}
_NONE = dict.fromkeys(chain(_NO.values(), *_ASKS.values()), 0.0)
"""Evidence of what is neither named nor asked for."""
_ACTORS = ("absent", "partly", "other", "reversed", "opposite", "agrees")


class Similarity(NamedTuple):
    """How like a question a passage is, by the ranking.

    support: of the passage. ahead: by how much its support is above that of the best other passage.
    words: how much of the question its own words hold. words_ahead: by how much that is above the best other's.
    covered: share of the question's meaning that it, its headings or its known questions hold.
    exact: the same without synonyms and known questions.
    asked, taught: cosines with its text and known questions, and with its nearest known questions.
    against: nearness to known questions that the source does not answer.
    refused, answered: nearness of the nearest known question without and with an answer.
    cosine: of the encoded question and passage. cosine_ahead, fused_ahead: by how much that, and all that ranks, are
        above those of the best other. None where nothing was encoded.
    """

    support: float
    ahead: float
    words: float
    words_ahead: float
    covered: float
    exact: float
    asked: float
    taught: float
    against: float
    refused: float
    answered: float
    cosine: float | None = None
    cosine_ahead: float | None = None
    fused_ahead: float | None = None


def gather_evidence(
    similarity: Similarity, holding: Holding, common: frozenset[str], *, is_rich: bool
) -> dict[str, float]:
    """The evidence for one passage, by name.

    common: the terms of everyday words. is_rich: whether the corpus has enough known questions to rank by; what is
    similar there is counted once more by itself, since it says more and less elsewhere.
    """
    asked = holding.asked
    fields = zip(similarity._fields, similarity, strict=True)
    evidence = {name: value for name, value in fields if value is not None} | _NONE
    is_alike = similarity.refused >= ALIKE and similarity.refused > similarity.answered
    evidence["known_refusal"] = float(is_alike)
    missing = Counter(thing.kind for thing in holding.missing_things)
    evidence |= {_NO[kind]: min(_MOST_OF_A_KIND, n) for kind, n in missing.items()}
    everyday = sum(token.term in common for token in holding.unheld)
    silent_share = (len(holding.unheld) + sum(missing.values())) / max(1, len(asked.terms))
    exact = similarity.exact
    evidence |= {
        "exact_but_for_a_word": exact * min(1, len(holding.unheld)),
        "exact_but_for_a_thing": exact * min(1, sum(missing.values())),
        "exact_squared": exact * exact,
        "no_everyday_word": min(_MOST_UNHELD, everyday),
        "no_other_word": min(_MOST_UNHELD, len(holding.unheld) - everyday),
        "silent_share": silent_share,
        "short_silent_share": silent_share if len(asked.tokens) <= _SHORT else 0.0,
        "why_silent_share": silent_share if Want.WHY in asked.wants else 0.0,
        "is_contrary": float(holding.is_contrary),
        "other_age": float(holding.is_other_age),
        "no_number": min(_MOST_OF_A_KIND, len(holding.missing_numbers)),
        "why_of_a_thing": float(Want.WHY in asked.wants and any(missing[kind] for kind in _PREMISES)),
        "n_terms": min(12, len(asked.terms)) / 12,
        "lacks_content": float(lacks_content(holding)),
        "lacks_asked_noun": float(lacks_asked_noun(holding)),
        "lacks_treatment": float(bool(holding.treatment & asked.terms) and not holding.speaks_of_treatment),
    }
    for want in asked.wants:
        asks, lacks = _ASKS[want]
        evidence |= {asks: 1.0, lacks: float(_lacks(want, holding))}
    said = compare_actors(holding)
    for name in _ACTORS:
        evidence[f"actor_{name}"] = float(name in said)
    evidence["is_taught"] = float(is_rich)
    for name, taught in _TAUGHT:
        if name in evidence:
            evidence[taught] = evidence[name] if is_rich else 0.0
    return evidence


def _lacks(want: Want, holding: Holding) -> bool:
    """Whether a passage has nothing that an answer of a kind must have."""
    if want is Want.DRUG:
        return not holding.found.has_drug
    found = holding.found
    if gives(found.said if want in (Want.EXCLUSION, Want.DENIAL, Want.IF_NOT) else found.shown, want):
        return False
    if want is not Want.HARM:
        return True
    harm = holding.asked.harm_terms
    is_held = bool(harm) and all(holding.measure(term) >= ABOVE for term in harm)
    return not is_held and not _has_actor(holding)


def _has_actor(holding: Holding) -> bool:
    """Whether the passage has the one who acts in the question act, and that is not the treatment."""
    asked = holding.asked.clause
    subject = [term for term in asked.subject if term not in holding.treatment] if asked else []
    return any(len(holding.match(subject, clause.subject)) == len(subject) > 0 for clause in holding.found.clauses)


def compare_actors(holding: Holding) -> tuple[str, ...]:
    """How the act that a question asks about stands to what a passage states of who acts on what.

    "absent": the passage does not speak of the one who acts at all. "partly": of a part of it. "reversed": the one who
    acts is acted on. "other": another does just that. "opposite": the passage states the opposite effect and not the
    one that is asked about. "agrees": none of these. () if the question asks of no one.
    """
    asked = holding.asked.clause
    if asked is None:
        return ()
    subject = [term for term in asked.subject if term not in holding.treatment and term not in ABOUT_ASKING]
    spoken = [term for term in subject if holding.measure(term)]
    found = []
    if subject and not spoken:
        found.append("absent")
    elif len(spoken) < len(subject):
        found.append("partly")
    stated = holding.found.clauses
    named = subject or asked.subject
    if named and not any(holding.match(named, clause.subject) for clause in stated):
        if any(_is_acted_on(clause, named, asked, holding) for clause in stated):
            found.append("reversed")
        elif any(_does(clause, named, asked, holding) for clause in stated):
            found.append("other")
    effects = {clause.effect for clause in stated}
    if OPPOSITES.get(asked.effect) in effects and asked.effect not in effects:
        found.append("opposite")
    return tuple(found) or ("agrees",)


def _does(clause: Clause, subject: Sequence[str], asked: Clause, holding: Holding) -> bool:
    """Whether a clause has the verb of a question, and another does there to someone what it asks of them."""
    is_same = bool(holding.match([asked.verb], [clause.verb]))
    return is_same and bool(clause.subject) and bool(holding.match(subject, clause.object))


def _is_acted_on(clause: Clause, subject: Sequence[str], asked: Clause, holding: Holding) -> bool:
    """Whether in a clause what acts in the question is acted on, by what it acts on there."""
    own = [term for term in subject if term not in asked.object]
    others = [term for term in asked.object if term not in subject]
    return bool(holding.match(own, clause.object) and holding.match(others, clause.subject or holding.found.above))


def lacks_content(holding: Holding) -> bool:
    """Whether a question asks if something is in something, and the passage holds no word for it."""
    start = holding.asked.content_start
    if start is None:
        return False
    behind = holding.asked.tokens[start:]
    return any(token.term and token in holding.unheld for token in behind) or any(
        thing.start >= start for thing in holding.missing_things
    )


def lacks_asked_noun(holding: Holding) -> bool:
    """Whether a question asks which one of something, and the passage holds no word for that something."""
    nouns = holding.asked.asked_nouns
    return bool(nouns) and not any(map(holding.measure, nouns))
