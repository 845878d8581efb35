"""Marks of Markdown that are no text: front matter, link labels and their targets."""

import re

from dnqa.reading.lines import Edit

_FRONT_MATTER = re.compile(r"\s*---[ \t]*\n(?:[^\n]*\n)*?(?:---|\.\.\.)[ \t]*(?=\n|$)")
_KEY = re.compile(r"^\s*[\w-]+\s*:", re.M)
_TARGET = re.compile(
    r"^[ ]{0,3}\[(?!\^)(?P<label>[^\]\n]{1,80})\]:[ \t]*(?:<[^>\n]*>|(?:https?|mailto|ftp):\S+|[./#]\S*)[^\n]*$", re.M
)
_LABELLED = re.compile(
    r"(?P<open>!?\[)(?P<text>[^\[\]\n]*(?:\n[^\[\]\n]+)?)(?P<close>\](?:[ ]?\[(?P<label>[^\]\n]{0,80})\]))"
)
_LINK = re.compile(
    r"(?P<open>!?\[)(?P<text>[^\[\]\n]*[^\[\]\n\d,;\s–-][^\[\]\n]*)(?P<close>\]\((?:<[^>\n]*>|[^\s()]*(?:\([^\s()]*\)[^\s()]*)*)(?:\s+\"[^\"\n]*\")?\))"
)


def find_markup(text: str) -> tuple[list[tuple[int, int]], list[Edit]]:
    """What vanishes with its lines, ascending; and what vanishes around the words of a link."""
    gone: list[tuple[int, int]] = []
    if (front := _FRONT_MATTER.match(text)) and _KEY.search(front[0]):
        gone.append(front.span())
    targets = {match["label"].casefold(): match.span() for match in _TARGET.finditer(text)}
    gone += targets.values()
    edits = []
    if targets:
        for match in _LABELLED.finditer(text):
            if (match["label"] or match["text"]).casefold() in targets:
                edits += _unwrap(match)
    if "](" in text:
        edits += (edit for match in _LINK.finditer(text) for edit in _unwrap(match))
    return sorted(gone), sorted(edits)


def _unwrap(match: re.Match[str]) -> list[Edit]:
    if match["open"] == "![":  # a picture: what it is called is no text
        return [Edit(*match.span(), "")]
    return [Edit(*match.span("open"), ""), Edit(*match.span("close"), "")]
