"""Typefaces of this computer that can be put into a PDF, and which of their fonts has which character."""

import os
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple
from xml.sax.saxutils import escape

from dnqa.errors import UsageError

_FILES = (  # regular and bold; the first comes with reportlab, the others have more letters, the last ones signs
    ("Vera.ttf", "VeraBd.ttf"),
    ("DejaVuSans.ttf", "DejaVuSans-Bold.ttf"),
    ("NotoSans-Regular.ttf", "NotoSans-Bold.ttf"),
    ("LiberationSans-Regular.ttf", "LiberationSans-Bold.ttf"),
    ("arial.ttf", "arialbd.ttf"),
    ("Arial.ttf", "Arial Bold.ttf"),
    ("segoeui.ttf", "segoeuib.ttf"),
    ("Arial Unicode.ttf", "Arial Unicode.ttf"),
    ("NotoSansMath-Regular.ttf", "NotoSansMath-Regular.ttf"),
    ("NotoSansSymbols2-Regular.ttf", "NotoSansSymbols2-Regular.ttf"),
    ("seguisym.ttf", "seguisym.ttf"),
    ("Apple Symbols.ttf", "Apple Symbols.ttf"),
)
_FOLDERS = (  # besides those that reportlab knows
    "/usr/share/fonts/truetype/noto",
    "/usr/share/fonts/truetype/liberation2",
    "/usr/share/fonts/truetype/msttcorefonts",
    "/usr/share/fonts/dejavu-sans-fonts",
    "/usr/share/fonts/liberation-sans",
    "/usr/share/fonts/google-noto",
    "/usr/share/fonts/noto",
    "/usr/share/fonts/TTF",
    "/usr/local/share/fonts",
    "/Library/Fonts",
    "/System/Library/Fonts",
    "/System/Library/Fonts/Supplemental",
    os.path.join(os.environ.get("WINDIR", r"C:\Windows"), "Fonts"),
)


class Typeface(NamedTuple):
    """A typeface that reportlab knows by name.

    regular, bold: names of its fonts. codes: of the characters that both have.
    """

    regular: str
    bold: str
    codes: frozenset[int]

    def has(self, character: str) -> bool:
        """Whether it can print a character."""
        return ord(character) in self.codes


class Lettering:
    """The typefaces in which a text is set: one for all of it if any has all, else others where it lacks something.

    main: the one for most of it.
    """

    def __init__(self, text: str) -> None:
        """Raises UsageError, which names a character, if none here can print it."""
        wanted = {character for character in text if not character.isspace()}
        faces: list[Typeface] = []
        for face in _list_typefaces():
            faces.append(face)
            if all(map(face.has, wanted)):
                faces = [face]
                break
        self.main = faces[0]
        self._others: dict[str, Typeface] = {}
        for character in sorted(wanted):
            found = next((face for face in faces if face.has(character)), None)
            if found is None or _needs_shaping(character):
                raise UsageError(_explain(character))
            if found is not self.main:
                self._others[character] = found

    def mark_up(self, text: str, *, is_bold: bool = False) -> str:
        """A text as reportlab's paragraphs take it, every character of which is shown as it is."""
        if self._others.keys().isdisjoint(text):
            return escape(text)
        return "".join(
            escape(run) if face is self.main else f'<font name="{face.bold if is_bold else face.regular}">{run}</font>'
            for face, run in self._split(text)
        )

    def _split(self, text: str) -> Iterator[tuple[Typeface, str]]:
        """Runs of a text with their typefaces."""
        start = 0
        for end in range(1, len(text) + 1):
            face = self._others.get(text[start], self.main)
            if end == len(text) or self._others.get(text[end], self.main) is not face:
                yield face, text[start:end]
                start = end


def _needs_shaping(character: str) -> bool:
    """Whether it is right only beside its neighbours: written from the right, or put around another."""
    return unicodedata.bidirectional(character) in ("R", "AL", "AN") or unicodedata.category(character) in ("Mc", "Me")


def _explain(character: str) -> str:
    name = unicodedata.name(character, "a character without a name")
    return (
        f"'{character}' (U+{ord(character):04X}, {name.lower()}) cannot be printed with the typefaces "
        "of this computer; save the page to print with /sheet and print that"
    )


def _list_typefaces() -> Iterator[Typeface]:
    """Those that are here, the preferred first; each is read when it is come to."""
    return filter(None, map(_load, _FILES))


@cache
def _load(files: tuple[str, str]) -> Typeface | None:
    """A typeface by its files, None if it is not here."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFError, TTFont

    codes: list[frozenset[int]] = []
    names = [f"dnqa {file}" for file in files]
    for name, file in zip(names, files, strict=True):
        path = _find(file)
        if path is None:
            return None
        try:
            font: Any = TTFont(name, str(path))
        except (TTFError, OSError):  # no TrueType, or locked
            return None
        pdfmetrics.registerFont(font)
        codes.append(frozenset(code for code, glyph in font.face.charToGlyph.items() if glyph))
    return Typeface(names[0], names[1], codes[0] & codes[1])


def _find(file: str) -> Path | None:
    from reportlab import rl_config

    folders: Sequence[str] = (*rl_config.TTFSearchPath, *_FOLDERS)
    paths = (Path(folder, file) for folder in folders)
    return next((path for path in paths if path.is_absolute() and path.is_file()), None)
