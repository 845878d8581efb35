"""The screens that are kept as plain text, and the pictures of the README.

    python -m tests.app.scenes

writes both anew: golden/NAME-COLUMNSxROWS.txt for every scene and size, golden/NAME.svg for the README.
"""

import asyncio
import os
import re
from collections.abc import Awaitable, Callable
from pathlib import Path

from tests.app.driving import SIZES, Desk, open_desk

GOLDEN = Path(__file__).parent / "golden"
PICTURES = {
    "empty": (100, 28),
    "answer": (120, 30),
    "refusal": (100, 24),
    "browse": (100, 24),
    "paper": (100, 24),
    "refused": (100, 24),
}


async def empty(desk: Desk) -> None:
    """Nothing has been asked."""


async def answer(desk: Desk) -> None:
    """A misspelt everyday question, answered."""
    await desk.ask("does it help with sweling?")


async def refusal(desk: Desk) -> None:
    """An answer, then two questions that the source does not answer."""
    await desk.ask("what is a taut band?")
    await desk.ask("is it safe in pregnancy?")
    await desk.ask("can children have dry needling?")


async def citation(desk: Desk) -> None:
    """What a citation supports."""
    await desk.ask("6")


async def source(desk: Desk) -> None:
    """The passage in its source."""
    await desk.ask("how does serotonin come into it?")
    await desk.press("f2")


async def browse(desk: Desk) -> None:
    """The passages that have a word."""
    await desk.press("f3")
    await desk.type("trigger")


async def refused(desk: Desk) -> None:
    """What was refused, with what comes closest to it."""
    await desk.ask("is parking free?")
    await desk.ask("can children have dry needling?")
    await desk.ask("/refused")
    await desk.press("down")


async def copy(desk: Desk) -> None:
    """The shipped corpus is about to be copied, to be taught."""
    await desk.ask("is parking free?")
    await desk.press("f7", "ctrl+u")
    await desk.type("mine")


async def synonyms(desk: Desk) -> None:
    """The synonyms that have a word; the shipped ones cannot be changed."""
    await desk.ask("/synonyms")
    await desk.type("swelling")
    await desk.press("enter")


async def sheet(desk: Desk) -> None:
    """Two passages ticked, about to be saved."""
    await desk.ask("what are the pain effects?")
    await desk.press("f6", "tab", "down", "f6", "f9")
    await desk.press("ctrl+u")
    await desk.type("sheet")


async def paper(desk: Desk) -> None:
    """Two passages ticked, about to be saved as PDF in larger type."""
    await desk.ask("what are the pain effects?")
    await desk.press("f6", "tab", "down", "f6")
    await desk.type("/print large sheet.pdf")
    await desk.press("enter")


async def palette(desk: Desk) -> None:
    """The commands that apply."""
    await desk.press("ctrl+p")


async def help_page(desk: Desk) -> None:
    """What the keys do."""
    await desk.press("f1")


Scene = Callable[[Desk], Awaitable[None]]
SCENES: dict[str, Scene] = {
    scene.__name__: scene
    for scene in (
        empty,
        answer,
        refusal,
        citation,
        source,
        browse,
        refused,
        copy,
        synonyms,
        sheet,
        paper,
        palette,
        help_page,
    )
}


async def draw(name: str, size: tuple[int, int]) -> str:
    """A scene as text."""
    async with open_desk(size=size) as desk:
        await SCENES[name](desk)
        return "\n".join(desk.lines) + "\n"


async def picture(name: str, size: tuple[int, int]) -> str:
    """A scene as SVG that loads nothing from anywhere."""
    async with open_desk(size=size) as desk:
        await SCENES[name](desk)
        drawn = desk.app.export_screenshot(title="dnqa")
    without_fonts = re.sub(r"@font-face \{.*?\}", "", drawn, flags=re.S)
    return re.sub(r"terminal-\d+", "terminal", without_fonts)


def golden_path(name: str, size: tuple[int, int]) -> Path:
    """Where a scene is kept."""
    return GOLDEN / f"{name}-{size[0]}x{size[1]}.txt"


def main() -> None:
    """Draw everything anew, as it is by words alone."""
    os.environ["DNQA_ENCODER"] = "off"
    for name in SCENES:
        for size in SIZES:
            golden_path(name, size).write_text(asyncio.run(draw(name, size)), encoding="utf-8", newline="\n")
    for name, size in PICTURES.items():
        (GOLDEN / f"{name}.svg").write_text(asyncio.run(picture(name, size)), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
