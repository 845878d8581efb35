"""The short notation in which the hand-outs are written.

Blocks are set apart by empty lines, and every line is one sentence; a line that starts with four spaces goes on with
the line above it. A block is told by how it starts: ``# `` and ``## `` are headings, ``* `` is an item with a bullet,
``+ `` one with a number, ``|`` a row of a table, ``> `` a line of a box; a line that starts with two spaces is a
further sentence of the item above it. In a sentence ``[1,3-5]`` cites, ``^{6}`` is raised, ``_{2}`` lowered, ``**so**``
bold, ``//so//`` italic, and ``<text|address>`` a link.
"""

import re
from collections.abc import Sequence

from tests.typesetting.handout import (
    Author,
    Block,
    Box,
    Bullets,
    Heading,
    Item,
    Look,
    Numbered,
    Paragraph,
    Run,
    Sentence,
    Table,
)

_MARK = re.compile(
    r"\[(?P<cited>\d[\d,-]*)\]|\^\{(?P<raised>[^}]*)\}|_\{(?P<lowered>[^}]*)\}|\*\*(?P<bold>.+?)\*\*"
    r"|//(?P<italic>.+?)//|<(?P<link>[^|>]+)\|(?P<address>[^>]+)>"
)
_LOOKS: tuple[Look, ...] = ("raised", "lowered", "bold", "italic")


def blocks(text: str) -> tuple[Block, ...]:
    """The blocks that a text in the notation stands for."""
    joined = re.sub(r"\n {4,}", " ", text).strip("\n")
    return tuple(_block(chunk.split("\n")) for chunk in re.split(r"\n{2,}", joined))


def sentence(text: str) -> Sentence:
    """The runs of one sentence.

    >>> sentence("It rises[1,2] to 10^{6}.")
    (Run(text='It rises', citations=(1, 2), look='plain', link=''), \
Run(text=' to 10', citations=(), look='plain', link=''), \
Run(text='6', citations=(), look='raised', link=''), \
Run(text='.', citations=(), look='plain', link=''))
    """
    runs: list[Run] = []
    end = 0
    for mark in _MARK.finditer(text):
        if mark.start() > end:
            runs.append(Run(text[end : mark.start()]))
        end = mark.end()
        if mark["cited"]:
            last = runs.pop()
            runs.append(Run(last.text, _numbers(mark["cited"]), last.look, last.link))
        elif mark["link"]:
            runs.append(Run(mark["link"], link=mark["address"]))
        else:
            runs += [Run(mark[look], look=look) for look in _LOOKS if mark[look]]
    if end < len(text):
        runs.append(Run(text[end:]))
    return tuple(runs)


def references(text: str) -> dict[int, str]:
    """References by number, from 1, one of each line; a line that starts with four spaces goes on with the last."""
    return dict(enumerate(re.sub(r"\n {4,}", " ", text).strip("\n").split("\n"), start=1))


def authors(text: str) -> tuple[Author, ...]:
    """The authors in a list with commas, each with the numbers of the affiliations behind the name.

    >>> authors("Ann Lee 1 2, Bo Ek")
    (Author(name='Ann Lee', affiliations=(1, 2)), Author(name='Bo Ek', affiliations=()))
    """
    found = []
    for part in text.split(", "):
        words = part.split()
        numbers = tuple(int(word) for word in words if word.isdigit())
        found.append(Author(" ".join(word for word in words if not word.isdigit()), numbers))
    return tuple(found)


def _block(lines: Sequence[str]) -> Block:
    kind, _, rest = lines[0].partition(" ")
    match kind:
        case "#" | "##":
            return Heading(rest, len(kind))
        case "*":
            return Bullets(_items(lines, "* "))
        case "+":
            return Numbered(_items(lines, "+ "))
        case "|":
            return Table(tuple(tuple(cell.strip() for cell in line.strip("| ").split("|")) for line in lines))
        case ">":
            return Box(blocks("\n".join(line[2:] for line in lines)))
    return Paragraph(tuple(sentence(line) for line in lines))


def _items(lines: Sequence[str], mark: str) -> tuple[Item, ...]:
    items: list[list[Sentence]] = []
    for line in lines:
        if line.startswith(mark):
            items.append([sentence(line.removeprefix(mark))])
        else:
            items[-1].append(sentence(line.strip()))
    return tuple(map(tuple, items))


def _numbers(text: str) -> tuple[int, ...]:
    numbers: list[int] = []
    for part in text.split(","):
        first, _, last = part.partition("-")
        numbers += range(int(first), int(last or first) + 1)
    return tuple(numbers)
