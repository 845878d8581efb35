"""Take digits and likely names out of a question before it is kept.

It errs towards masking: an unusual word goes with the names. What it cannot know is a name that is
written small and is an everyday word too ("will", "mark"), unless the words before it announce a name.
"""

import re
from collections.abc import Callable
from functools import cache

from dnqa import words
from dnqa.text.english import is_english

MASK = "___"
NAMES_FILE = words.FOLDER / "names.txt"

_ADDRESS = re.compile(r"\S+@\S+|(?:https?://|www\.)\S+")
_ORDINALS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth "
    "sixteenth seventeenth eighteenth nineteenth twentieth thirtieth".split()
)
_DAY = rf"(?:(?:twenty|thirty)[- ])?(?:{'|'.join(_ORDINALS)})"
_MONTH = (
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december"
    r"|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\b\.?"
)
_YEAR = (
    r"(?:,? (?:(?:19|20)\d\d|(?:nineteen|twenty|two thousand)(?:[- ](?:and|hundred|ten|eleven|twelve|\w+teen|twenty"
    r"|thirty|forty|fifty|sixty|seventy|eighty|ninety|one|two|three|four|five|six|seven|eight|nine)){0,3}))?"
)
_DATE = re.compile(rf"\b(?:the )?(?:{_DAY})(?: of)? {_MONTH}{_YEAR}|\b{_MONTH} (?:the )?(?:{_DAY})\b{_YEAR}", re.I)
"""A day of a month in words, which may be a birthday; of one in digits the digits are masked."""
_DIGITS = re.compile(r"[\d²³¹½¼¾Ⅰ-ⅿ]")
_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_POSSESSIVE = re.compile(r"['’]s$", re.I)
_TITLES = frozenset("mr mrs ms miss mx dr doctor prof professor sir madam lady lord".split())
"""The word behind one of these is a name, whatever it is."""
_ANNOUNCING = frozenset("named called surname name's i'm patient client daughter son wife husband mum dad".split())
_ANNOUNCING_PAIRS = frozenset(("name is", "i am", "this is"))
"""Behind one of these an everyday word that is a name too is taken for the name."""


@cache
def _names() -> tuple[frozenset[str], frozenset[str]]:
    """Names in lower case: those that are nothing else, and those that are everyday words too."""
    listed = NAMES_FILE.read_text(encoding="utf-8").split()
    return (
        frozenset(name for name in listed if not name.endswith("?")),
        frozenset(name[:-1] for name in listed if name.endswith("?")),
    )


def mask(question: str, is_known: Callable[[str], bool]) -> str:
    """A question with "#" for every digit and "___" for every word that is likely to be a name.

    is_known: whether a word, in lower case, is one that the corpus uses; such a word is never masked, unless a
        title stands before it.
    """
    without = _DIGITS.sub("#", _DATE.sub(MASK, _ADDRESS.sub(MASK, question)))
    shouted = without.isupper()
    pieces: list[str] = []
    end = 0
    earlier: list[str] = []
    was_name = False
    for match in _WORD.finditer(without):
        gap = without[end : match.start()]
        if re.search(r"[.!?]", gap) and not (earlier and earlier[-1] in _TITLES):
            earlier = []
        word = _POSSESSIVE.sub("", match[0])
        was_name = _is_name(word, earlier, is_known, follows_name=was_name and not gap.strip(), shouted=shouted)
        pieces += (gap, MASK + match[0][len(word) :] if was_name else match[0])
        earlier.append(word.lower())
        end = match.end()
    return "".join(pieces) + without[end:]


def _is_name(
    word: str, earlier: list[str], is_known: Callable[[str], bool], *, follows_name: bool, shouted: bool
) -> bool:
    """Whether a word is likely to be a name; earlier: the words before it in its sentence, in lower case."""
    lower = word.lower()
    names, ambiguous = _names()
    is_capitalised = word[:1].isupper() and not shouted and not (word.isupper() and len(word) > 1)
    is_announced = bool(earlier) and (earlier[-1] in _ANNOUNCING or " ".join(earlier[-2:]) in _ANNOUNCING_PAIRS)
    if earlier and earlier[-1] in _TITLES:
        return True
    if lower in _TITLES:
        return False
    if follows_name and (is_capitalised or lower in ambiguous):
        return True
    if is_announced and lower in ambiguous:
        return True
    if is_known(lower) or len(word) == 1:
        return False
    return lower in names or not is_english(lower) or (is_capitalised and bool(earlier))
