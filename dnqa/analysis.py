"""The one way from text to terms, for passages and questions alike."""

import re
import unicodedata
from functools import cache
from typing import NamedTuple

import snowballstemmer

VERSION = 1
"""Changes whenever the same text would give other terms."""

_TOKEN = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_NON = re.compile(r"\bnon[-‐ ](?=[^\W_])", re.I)
_STEMMER = snowballstemmer.stemmer("english")

STOP_WORDS = frozenset(
    "a an the and or but nor if then than so as at by for from in into of off on onto out over to up with within "
    "without about above below between during before after again further once here there all any both each few more "
    "most other some such only own same too very just also i me my mine myself we us our ours you your yours he him "
    "his she her hers it its itself they them their theirs this that these those what which who whom whose when where "
    "why how am is are was were be been being have has had having do does did doing done will would shall should can "
    "could may might must ought not no nor don't doesn't didn't isn't aren't wasn't won't can't cannot it's i'm i've "
    "you're he's she's they're what's that's there's let's please tell say says said know want need get got give "
    "go goes going thing things stuff really actually exactly ever like kind sort bit lot lots much many anything "
    "something someone anyone one ones called mean means meaning explain describe question answer hand handout".split()
)
"""Words that carry no meaning of their own in a question."""


class Token(NamedTuple):
    """A word of a text.

    text: as it stands there.
    term: what the index knows it by; "" for a stop word.
    start, end: half-open characters of the text.
    """

    text: str
    term: str
    start: int
    end: int


def analyse(text: str) -> list[Token]:
    """The words of a text in order, stop words included.

    "non-opioid" and "non opioid" are one word, never "opioid"; other compounds are their parts.
    """
    tokens = []
    joined = _NON.sub(lambda match: "non\u0001" + "\u0001" * (len(match[0]) - 4), text)
    for match in re.finditer(r"[^\W_]+(?:['’\u0001]+[^\W_]+)*", joined):
        word = normalise(text[match.start() : match.end()])
        term = "" if word in STOP_WORDS else stem(word)
        tokens.append(Token(text[match.start() : match.end()], term, match.start(), match.end()))
    return tokens


def terms(text: str) -> list[str]:
    """The terms of a text in order, stop words left out."""
    return [token.term for token in analyse(text) if token.term]


def normalise(word: str) -> str:
    """A word in small letters, compatibility forms and accents removed, possessives cut. Idempotent."""
    decomposed = unicodedata.normalize("NFKD", word.lower().replace("’", "'"))
    plain = "".join(character for character in decomposed if not unicodedata.combining(character))
    return plain.removesuffix("'s").replace("-", "").replace(" ", "")


@cache
def stem(word: str) -> str:
    """The Snowball English stem of a normalised word (Porter 2001)."""
    stemmed: str = _STEMMER.stemWord(word)
    return stemmed
