"""How words sound, roughly: the same for words that are written alike by ear."""

import re
from functools import lru_cache

_CACHED = 1 << 19  # words whose sound is remembered: most words of a shard are those of another, too

_SOUNDS = (  # letters that a word must have for a pattern to change it, the pattern, and what it becomes
    ("n", re.compile(r"^(?:kn|gn|pn)"), "n"),
    ("wr", re.compile(r"^wr"), "r"),
    ("ps", re.compile(r"^ps"), "s"),
    ("ph", re.compile(r"ph"), "f"),
    ("ght", re.compile(r"ght"), "t"),
    ("gh", re.compile(r"gh"), ""),
    ("c", re.compile(r"sc(?=[eiyl])|c(?=[eiy])"), "s"),
    ("", re.compile(r"ck|ch(?=[lrom])|c|q"), "k"),
    ("x", re.compile(r"x"), "ks"),
    ("z", re.compile(r"z"), "s"),
    ("mb", re.compile(r"mb$"), "m"),
    ("ion", re.compile(r"tion|sion"), "shn"),
    ("", re.compile(r"ae|oe|ea|ee|ie|ei|ai|ay|ey|y"), "e"),
    ("", re.compile(r"ou|au|oo"), "u"),
    ("", re.compile(r"(.)\1+"), r"\1"),
    ("e", re.compile(r"(?<=..)e$"), ""),
    ("", re.compile(r"(?<=.)[aeiou]+(?=[rnl]|$)"), "e"),
)


@lru_cache(_CACHED)
def sound(word: str) -> str:
    """A rough spelling of how a word sounds: the same for words that are written alike by ear."""
    for letters, pattern, replacement in _SOUNDS:
        if letters in word:  # most patterns are for letters that most words have not
            word = pattern.sub(replacement, word)
    return word
