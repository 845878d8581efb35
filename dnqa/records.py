"""What reading a source yields."""

from collections import Counter
from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple


class Passage(NamedTuple):
    """One sentence or bullet of a source, word for word, with its citation numbers.

    id: "p" and 8 hex digits of the SHA-256 of the text; "-2", "-3" for repeats.
    text: the words of the source, markers taken out, white space folded.
    citations: the numbers, ascending, each once.
    section: the nearest heading above, "" if there is none.
    path: all headings above, outermost first.
    line: line of the first character, from 1.
    start, end: half-open characters of the decoded source, from the first letter to the last
        character or marker.
    source: file name in the corpus, "" if the text came from no file.
    title: title of the source, "" if it has none.
    """

    id: str
    text: str
    citations: tuple[int, ...]
    section: str
    path: tuple[str, ...]
    line: int
    start: int
    end: int
    source: str = ""
    title: str = ""


class Heading(NamedTuple):
    """A heading of a source.

    text: as in the source, white space folded.
    depth: how many headings stand above it.
    line: its line, from 1.
    start, end: half-open characters of the decoded source.
    """

    text: str
    depth: int
    line: int
    start: int
    end: int


class Doubt(NamedTuple):
    """Something in a source that could not be decided and was left as it stands.

    line: where, from 1; 0 when it concerns the whole source.
    message: what it is, in one line.
    """

    line: int
    message: str


class Document(NamedTuple):
    """A source as it was read.

    passages: in document order, disjoint.
    headings: in document order.
    references: citation number to entry, as the source lists them.
    convention: how the source marks citations ("glued", "bracket", ...), "none" if it does not.
    doubts: what could not be decided, in document order.
    """

    passages: tuple[Passage, ...]
    headings: tuple[Heading, ...] = ()
    references: Mapping[int, str] = MappingProxyType({})
    convention: str = "none"
    doubts: tuple[Doubt, ...] = ()


def identify(text: str) -> str:
    """The stable id of a passage: of its words alone, so that edits elsewhere do not change it."""
    import hashlib

    return "p" + hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:8]


def identify_next(text: str, repeats: Counter[str]) -> str:
    """The id of a passage behind others.

    repeats: how often each id was given so far; counted on.
    """
    base = identify(text)
    repeats[base] += 1
    return base if repeats[base] == 1 else f"{base}-{repeats[base]}"
