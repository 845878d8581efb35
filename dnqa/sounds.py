"""How words sound, roughly: the same for words that are written alike by ear."""

import re

_SOUNDS = (
    (re.compile(r"^(?:kn|gn|pn)"), "n"),
    (re.compile(r"^wr"), "r"),
    (re.compile(r"^ps"), "s"),
    (re.compile(r"ph"), "f"),
    (re.compile(r"ght"), "t"),
    (re.compile(r"gh"), ""),
    (re.compile(r"sc(?=[eiyl])|c(?=[eiy])"), "s"),
    (re.compile(r"ck|ch(?=[lrom])|c|q"), "k"),
    (re.compile(r"x"), "ks"),
    (re.compile(r"z"), "s"),
    (re.compile(r"mb$"), "m"),
    (re.compile(r"tion|sion"), "shn"),
    (re.compile(r"ae|oe|ea|ee|ie|ei|ai|ay|ey|y"), "e"),
    (re.compile(r"ou|au|oo"), "u"),
    (re.compile(r"(.)\1+"), r"\1"),
    (re.compile(r"(?<=..)e$"), ""),
    (re.compile(r"(?<=.)[aeiou]+(?=[rnl]|$)"), "e"),
)


def sound(word: str) -> str:
    """A rough spelling of how a word sounds: the same for words that are written alike by ear."""
    for pattern, replacement in _SOUNDS:
        word = pattern.sub(replacement, word)
    return word
