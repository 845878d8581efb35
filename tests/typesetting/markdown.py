"""Hand-outs as Markdown."""

from dataclasses import dataclass
from textwrap import wrap
from typing import Literal

from tests.typesetting.handout import (
    Block,
    Box,
    Bullets,
    Handout,
    Heading,
    Item,
    Numbered,
    Paragraph,
    Run,
    Sentence,
    Table,
    label,
)


@dataclass(frozen=True)
class Style:
    """How a hand-out is written; width is that of the lines, 0 for one line a paragraph."""

    citations: Literal["footnote", "raised", "bracket"] = "footnote"
    dash: str = "-"
    front_matter: bool = False
    underlined: bool = False
    width: int = 0
    bullet: str = "-"


def to_markdown(handout: Handout, style: Style | None = None) -> str:
    """The hand-out as Markdown; underlined headings have a line of = or - below them."""
    style = style or Style()
    names = ", ".join(
        author.name + (f"<sup>{label(author.affiliations)}</sup>" if author.affiliations else "")
        for author in handout.authors
    )
    parts: list[str] = []
    if style.front_matter:
        authors = "\n".join(f'  - "{author.name}"' for author in handout.authors)
        parts.append(f'---\ntitle: "{handout.title}"\nauthor:\n{authors}\nfooter: "{handout.running_foot}"\n---')
    else:
        parts += [_heading(Heading(handout.title, 0), style), names]
    parts += [f"<sup>{number}</sup>{name}" for number, name in handout.affiliations.items()]
    if handout.correspondence:
        parts.append(handout.correspondence)
    parts += [_block(block, style) for block in handout.blocks]
    if style.citations == "footnote":
        parts.append("\n".join(f"[^{number}]: {text}" for number, text in handout.references.items()))
    else:
        parts.append(_heading(Heading("References"), style))
        parts.append("\n".join(f"{number}. {text}" for number, text in handout.references.items()))
    return "\n\n".join(parts) + "\n"


def _block(block: Block, style: Style) -> str:
    match block:
        case Heading():
            return _heading(block, style)
        case Paragraph(sentences):
            return _lines(_joined(sentences, style), style, "", "")
        case Bullets(items):
            return "\n".join(_item(item, style, style.bullet) for item in items)
        case Numbered(items):
            return "\n".join(_item(item, style, f"{number}.") for number, item in enumerate(items, start=1))
        case Table(rows):
            lines = [f"| {' | '.join(row)} |" for row in rows]
            return "\n".join([lines[0], "|" + " --- |" * len(rows[0]), *lines[1:]])
        case Box(inner):
            text = "\n\n".join(_block(part, style) for part in inner)
            return "\n".join(f"> {line}".rstrip() for line in text.split("\n"))


def _heading(heading: Heading, style: Style) -> str:
    if style.underlined and heading.level < 2:
        return heading.text + "\n" + "=-"[heading.level] * len(heading.text)
    return "#" * (heading.level + 1) + " " + heading.text


def _item(item: Item, style: Style, mark: str) -> str:
    return _lines(_joined(item, style), style, f"{mark} ", " " * (len(mark) + 1))


def _lines(text: str, style: Style, first: str, later: str) -> str:
    if not style.width:
        return first + text
    wrapped = wrap(
        text,
        style.width,
        initial_indent=first,
        subsequent_indent=later,
        break_long_words=False,
        break_on_hyphens=False,
    )
    return "\n".join(wrapped)


def _joined(sentences: tuple[Sentence, ...], style: Style) -> str:
    return " ".join("".join(_run(run, style) for run in sentence) for sentence in sentences)


def _run(run: Run, style: Style) -> str:
    marks = {"bold": ("**", "**"), "italic": ("*", "*"), "raised": ("<sup>", "</sup>"), "lowered": ("<sub>", "</sub>")}
    before, after = marks.get(run.look, ("", ""))
    text = before + run.text + after
    if run.link:
        text = f"[{text}]({run.link})"
    if not run.citations:
        return text
    cited = label(run.citations, style.dash)
    match style.citations:
        case "footnote":
            return text + "".join(f"[^{number}]" for number in sorted(run.citations))
        case "raised":
            return f"{text}<sup>{cited}</sup>"
    return f"{text} [{cited}]"
