"""What a hand-out consists of, and the passages that are to be read in it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Literal

Look = Literal["plain", "bold", "italic", "raised", "lowered"]


@dataclass(frozen=True)
class Run:
    """Text of one look, with the citations that stand right behind it."""

    text: str
    citations: tuple[int, ...] = ()
    look: Look = "plain"
    link: str = ""


Sentence = tuple[Run, ...]
Item = tuple[Sentence, ...]
Row = tuple[str, ...]


@dataclass(frozen=True)
class Paragraph:
    """Sentences that follow each other."""

    sentences: tuple[Sentence, ...]


@dataclass(frozen=True)
class Heading:
    """A heading of level 1 or 2."""

    text: str
    level: int = 1


@dataclass(frozen=True)
class Bullets:
    """A list with bullets, of items that are one sentence or more each."""

    items: tuple[Item, ...]


@dataclass(frozen=True)
class Numbered:
    """A list whose items are numbered from 1."""

    items: tuple[Item, ...]


@dataclass(frozen=True)
class Table:
    """A table, its header row first."""

    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Box:
    """A framed call-out; a heading in it holds for the box alone."""

    blocks: "tuple[Block, ...]"


Block = Paragraph | Heading | Bullets | Numbered | Table | Box


@dataclass(frozen=True)
class Author:
    """Who wrote a hand-out, with the numbers of the affiliations."""

    name: str
    affiliations: tuple[int, ...] = ()


@dataclass(frozen=True)
class Handout:
    """A hand-out of a clinic."""

    title: str
    authors: tuple[Author, ...]
    blocks: tuple[Block, ...]
    references: dict[int, str]
    running_head: str
    running_foot: str
    affiliations: dict[int, str] = field(default_factory=dict)
    correspondence: str = ""


@dataclass(frozen=True)
class Expected:
    """A passage that is to be read: a sentence or the row of a table."""

    text: str
    citations: list[int]
    section: str


def expect(handout: Handout, power: str = "^") -> list[Expected]:
    """The passages of a hand-out in reading order; what is raised but no citation, as in 10^6, is led by power.

    Before the first heading the section is "".
    """
    return list(_passages(handout.blocks, "", power))


def headings(blocks: tuple[Block, ...]) -> list[str]:
    """The headings among blocks, those in boxes too, in reading order."""
    found: list[str] = []
    for block in blocks:
        if isinstance(block, Heading):
            found.append(without_number(block.text))
        elif isinstance(block, Box):
            found += headings(block.blocks)
    return found


def without_number(heading: str) -> str:
    """A heading as it is read: its number is not among its words.

    >>> without_number("2.1 At home")
    'At home'
    """
    return re.sub(r"^\d+(?:\.\d+)*\.?\s+(?=\D)", "", heading)


def capital_headings(handout: Handout) -> Handout:
    """The hand-out with its headings in capitals."""
    return replace(handout, blocks=_capital(handout.blocks))


def label(citations: tuple[int, ...], dash: str = "-", separator: str = ",") -> str:
    """Citations as they are printed: three in a row or more as a range.

    >>> label((1, 3)), label((2, 3, 4, 7)), label((5, 6))
    ('1,3', '2-4,7', '5,6')
    """
    ranges: list[list[int]] = []
    for number in sorted(citations):
        if ranges and number == ranges[-1][-1] + 1:
            ranges[-1].append(number)
        else:
            ranges.append([number])
    parts: list[str] = []
    for numbers in ranges:
        if len(numbers) > 2:
            parts.append(f"{numbers[0]}{dash}{numbers[-1]}")
        else:
            parts += map(str, numbers)
    return separator.join(parts)


def _passages(blocks: tuple[Block, ...], section: str, power: str) -> Iterator[Expected]:
    for block in blocks:
        match block:
            case Heading(text):
                section = without_number(text)
            case Paragraph(sentences):
                yield from (_passage(sentence, section, power) for sentence in sentences)
            case Bullets(items) | Numbered(items):
                yield from (_passage(sentence, section, power) for item in items for sentence in item)
            case Table(rows):
                yield from (Expected(" | ".join(row), [], section) for row in rows)
            case Box(inner):
                yield from _passages(inner, section, power)


def _passage(sentence: Sentence, section: str, power: str) -> Expected:
    text = "".join(power + run.text if run.look == "raised" else run.text for run in sentence)
    citations = {number for run in sentence for number in run.citations}
    return Expected(" ".join(text.split()), sorted(citations), section)


def _capital(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    changed: list[Block] = []
    for block in blocks:
        if isinstance(block, Heading):
            changed.append(replace(block, text=block.text.upper()))
        elif isinstance(block, Box):
            changed.append(Box(_capital(block.blocks)))
        else:
            changed.append(block)
    return tuple(changed)
