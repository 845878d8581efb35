"""The one way from text to terms, for passages and questions alike.

Normalised, cut into words, spelled one way of the two sides of the Atlantic, stemmed. What the
two spellings become need not be a word, as long as both become the same.
"""

import re
import unicodedata
from collections.abc import Callable
from functools import cache, lru_cache

import Stemmer

VERSION = 2
"""Changes whenever the same text would give other terms."""

STOP_WORDS = frozenset(
    "a an the and or but if then than so as at by for from in into of off on onto out over to up with within "
    "about above below between during before after again further once here there all any both each few more "
    "most other some such only own same too very just also i me my mine myself we us our ours you your yours he him "
    "his she her hers it its itself they them their theirs this that these those what which who whom whose when where "
    "why how am is are was were be been being have has had having do does did doing done will would shall should can "
    "could may might must ought don't doesn't didn't isn't aren't wasn't won't can't cannot it's i'm i've i'd "
    "you're he's she's they're what's whats that's there's thats let's please tell say says said know want need get "
    "got give gets getting go goes going thing things stuff really actually exactly ever like kind sort bit lot lots "
    "much many anything something someone anyone one ones called mean means meaning explain describe question "
    "answer make makes made put take takes took see seen look looks hi hello dear morning afternoon thanks "
    "sorry through though although because while until per via etc us dont doesnt isnt didnt im ive wont cant "
    "yes please tho theres hows whos wheres whys ok okay oh well quite rather still yet else".split()
)
"""Words that carry no meaning of their own in a question; negations are not among them."""

_CACHED = 1 << 17  # words whose terms are remembered: of a million passages, nine in ten
_WORD = re.compile(r"\w+(?:['’]\w+)*")  # of a text without "_"
_NON = re.compile(r"\bnon(?:[-‐ ])(?=[^\W_])", re.I)
_APOSTROPHES = str.maketrans("’‘", "''")
_Replacement = str | Callable[[re.Match[str]], str]
_STEMMER = Stemmer.Stemmer("english", 0)  # it need not remember words, since they are remembered here

_ATLANTIC: tuple[tuple[str, _Replacement], ...] = (
    (r"(?<=\w)is(e[sdr]?|ing|ation|ations)$", r"iz\1"),
    (r"(?<=\w)ys(e[sdr]?|ing)$", r"yz\1"),
    (r"haem", "hem"),
    (r"(?<=\w)aem(?=i)", "em"),
    (r"anaesth", "anesth"),
    (r"(ortho|^)paed", r"\1ped"),
    (r"oedem", "edem"),
    (r"^(oes|aet)(?=[oi])", lambda match: match[1][1:]),
    (r"(?<=\w\w[lbtvhrdmin]o)ur(?=s?$|ed$|ing$|al$|ful$|able$)|(?<=^odo)ur", "r"),
    (r"(?<=[eia]b|[eit]t)re(?=s?$)|(?<=[en]t)re(?=d?$)", "er"),
    (r"(?<=[aeiou]l)l(?=ed$|ing$|er$|ers$)", ""),
)
"""British to American, by pattern; both sides of a question go through it."""
_MAY_BE_BRITISH = re.compile(r"[iy]s[eia]|ae|oe|our|[bt]re|ll")
"""In every word that any of these patterns changes; most words are none."""


class Token:
    """A word of a text.

    text: as it stands there.
    word: normalised: small letters, plain.
    stem: of the word.
    term: what the index knows it by: its stem, or "" for a stop word.
    """

    __slots__ = ("stem", "term", "text", "word")  # their attributes are the ones most often read of all

    def __init__(self, text: str, word: str, stem: str, term: str) -> None:
        self.text, self.word, self.stem, self.term = text, word, stem, term


def split_words(text: str) -> list[str]:
    """The normalised words of a text in order, without looking for their terms."""
    return [normalise(match[0]) for match in _WORD.finditer(_join_non(text))]


def _join_non(text: str) -> str:
    """A text of the same length in which "non-opioid" and "non opioid" are one word, and "_" is a space."""
    if "non" in text.lower():
        text = _NON.sub(lambda match: match[0][:-1] + "'", text)
    return text.replace("_", " ")


def analyse(text: str) -> list[Token]:
    """The words of a text in order, stop words included.

    "non-opioid" and "non opioid" are one word, never "opioid"; other compounds with a hyphen or
    a slash are their parts.
    """
    joined = _join_non(text)
    if joined is text:
        return list(map(read_word, _WORD.findall(text)))
    found = [(match.span(), read_word(match[0])) for match in _WORD.finditer(joined)]
    return [Token(text[start:end], token.word, token.stem, token.term) for (start, end), token in found]


def list_written(text: str) -> list[str]:
    """The words of a text as `read_word` takes them, in the order of `analyse`."""
    return _WORD.findall(_join_non(text))


def find_words(text: str) -> list[tuple[int, int]]:
    """Where the words of a text stand, as half-open characters, in the order of `analyse`."""
    return [match.span() for match in _WORD.finditer(_join_non(text))]


def terms(text: str) -> list[str]:
    """The terms of a text in order, stop words left out."""
    return [token.term for token in analyse(text) if token.term]


def read_term(written: str) -> tuple[str, str]:
    """A word as it is written, normalised, and its term, "" for a stop word; nothing is remembered of it."""
    word = normalise(written)
    return word, "" if word in STOP_WORDS else _stem(word)


def _make_token(written: str) -> Token:
    word = normalise(written)
    stemmed = stem(word)
    word = stemmed if word == stemmed else word  # one text, not two that are equal
    return Token(written, word, stemmed, "" if word in STOP_WORDS else stemmed)


read_word = lru_cache(_CACHED)(_make_token)
"""A word as it is written, as a token."""


def normalise(word: str) -> str:
    """A word in small letters, accents and compatibility forms removed, possessives cut. Idempotent."""
    plain = word.lower()
    if not plain.isascii():
        decomposed = unicodedata.normalize("NFKD", plain.translate(_APOSTROPHES))
        plain = "".join(character for character in decomposed if not unicodedata.combining(character)).lower()
    if plain.startswith("non'"):
        plain = "non" + plain[4:]
    return plain.removesuffix("'s").removesuffix("'")


def _stem(word: str) -> str:
    """The Snowball English stem (Porter 2001) of a normalised word in American spelling."""
    if _MAY_BE_BRITISH.search(word):
        for pattern, replacement in _compile_atlantic():
            word = pattern.sub(replacement, word)
    stemmed: str = _STEMMER.stemWord(word)
    return stemmed


stem = lru_cache(_CACHED)(_stem)
"""The Snowball English stem (Porter 2001) of a normalised word in American spelling."""


@cache
def _compile_atlantic() -> list[tuple[re.Pattern[str], _Replacement]]:
    """The patterns of both sides of the Atlantic, compiled when the first word may need them."""
    return [(re.compile(pattern), replacement) for pattern, replacement in _ATLANTIC]
