"""What is printed on the pages of a PDF: pieces of text with their looks, and drawn rules."""

import ctypes
import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from typing import Any, NamedTuple


class Look(NamedTuple):
    """How text is set, its size aside.

    colour: red, green and blue of 0 to 255.
    """

    font: str
    is_bold: bool
    is_italic: bool
    colour: tuple[int, int, int]


class Piece(NamedTuple):
    """A word, or the part of a word that has one look.

    x0, x1: its left and right end; y: its baseline; in points from the left top of the page.
    size: of its font in points. after_space: whether a space stands in front of it; is_spaced: whether the file has
    that space, and it is not told by the gap alone.
    origin: equal for pieces that are set in one go. is_turned: whether it does not run from left to right.
    """

    text: str
    x0: float
    x1: float
    y: float
    size: float
    look: Look
    after_space: bool
    is_spaced: bool
    origin: int
    is_turned: bool


class Area(NamedTuple):
    """A rectangle in points from the left top of the page; a rule is one with no height or no width."""

    x0: float
    y0: float
    x1: float
    y1: float


class PrintedPage(NamedTuple):
    """A page: its size in points, its text in the order of the file, and the rules and edges of areas drawn on it."""

    width: float
    height: float
    pieces: list[Piece]
    rules: list[Area]
    areas: list[Area]


_BOLD = re.compile(r"bold|black|heavy|demi|medium|[.-]B[IO]?$|Bd(?:It|Ob)?$|BI$", re.I)
_PLAIN = re.compile(r"regular|light|roman|book|normal", re.I)
_ITALIC = re.compile(r"ital|obli|[.-]B?I$|It$", re.I)
_SUBSET = re.compile(r"^[A-Z]{6}\+")
_BOLD_WEIGHT = 650  # of 400, plain, to 700, bold; weights guessed from the width of stems are unsure
_FORCED_BOLD, _ITALIC_FLAG = 1 << 18, 1 << 6
_STROKED = 2  # a text that is filled and stroked looks bold
_GAP = 0.09  # of the height of a line; letters stand off by up to 0.04, words by 0.126 or more where lines are tight
_MAY_BE_RAISED = re.compile(r"\d")
_RAISED_BOTTOM = 0.35  # of its height stands a raised digit over the baseline, at least
_RISE, _RAISED_SIZE = 0.35, 0.65  # of the size of the font, for glyphs that are drawn raised
_CLOSING = "’'”\".,;:!?)]}%-–"  # what does not stand off the word in front of it
_SPACES = frozenset((0x20, 0x09, 0xA0, 0x2002, 0x2003, 0x2009, 0x202F, 0x3000))
_BREAKS = frozenset((0, 10, 13))
_HYPHENS = frozenset((0x02, 0xFFFE))
_SURROGATES = range(0xD800, 0xE000)
_SLANTED, _SLANT = -1, 0.2
_MOSTLY = 0.6  # of the letters of a page say how it is to be turned
_MAX_SHAPES = 3000  # drawn on a page; where there are more they are a picture
_MAX_SEGMENTS = 60  # of one shape
_THIN = 2.5  # points; what is thinner is a rule
_LONG = 8.0  # points; what is shorter is no rule


def read_pages(document: Any) -> Iterator[PrintedPage]:
    """The pages of a pypdfium2 document, in order."""
    for index in range(len(document)):
        page = document[index]
        reader = _PageReader(page)
        try:
            yield reader.read()
        finally:
            reader.close()
            page.close()


class _Spaces(NamedTuple):
    """Whether spaces stand in front of a word, and whether one of them is in the file."""

    are_there: bool
    is_typed: bool


_NO_SPACE = _Spaces(False, False)


class _Set(NamedTuple):
    """What pieces that are set in one go have in common.

    direction: quarter turns by which the page is to be turned to the right for them to run from left to right.
    """

    size: float
    look: Look
    direction: int


def _find_direction(along: float, up: float) -> int:
    """The quarter turns for text that runs so far to the right and up; _SLANTED if none will do."""
    if min(abs(along), abs(up)) > _SLANT * max(abs(along), abs(up)):
        return _SLANTED
    if abs(along) >= abs(up):
        return 0 if along >= 0 else 2
    return 1 if up > 0 else 3


class _PageReader:
    """Reads one page."""

    def __init__(self, page: Any) -> None:
        import pypdfium2.raw as pdfium

        self.pdfium: Any = pdfium
        self.page = page
        self.text_page = page.get_textpage()
        self.text = self.text_page.raw
        self.turns = page.get_rotation() // 90
        self.left, self.bottom, self.right, self.top = page.get_bbox()
        self.sets: dict[int, _Set] = {}
        self.fonts: dict[int, tuple[str, bool, bool]] = {}
        self.box = pdfium.FS_RECTF()

    def close(self) -> None:
        """Free what pdfium holds for the page."""
        self.text_page.close()

    def read(self) -> PrintedPage:
        """The page, turned so that most of its text runs from left to right."""
        pieces = list(self._pieces())
        letters: Counter[int] = Counter()
        for piece in pieces:
            letters[self.sets[piece.origin].direction] += len(piece.text)
        most = max(letters, key=lambda direction: letters[direction], default=self.turns)
        if most not in (self.turns, _SLANTED) and letters[most] > _MOSTLY * letters.total():
            self.turns = most
            pieces = list(self._pieces())
        width, height = self.right - self.left, self.top - self.bottom
        if self.turns % 2:
            width, height = height, width
        pieces = [piece for piece in pieces if 0 <= piece.y <= height and piece.x1 > 0 and piece.x0 < width]
        rules, areas = self._shapes(width, height)
        return PrintedPage(width, height, pieces, rules, areas)

    # text ----------------------------------------------------------------------------------

    def _pieces(self) -> Iterator[Piece]:
        unicode = self.pdfium.FPDFText_GetUnicode
        is_generated = self.pdfium.FPDFText_IsGenerated
        start, spaces = 0, _NO_SPACE
        letters: list[str] = []
        count = self.text_page.count_chars()
        for i in range(count):
            code = unicode(self.text, i)
            if code in _SPACES or code in _BREAKS:
                if letters:
                    yield from self._cut(start, letters, spaces)
                    letters, spaces = [], _NO_SPACE
                if code in _SPACES:
                    spaces = _Spaces(True, spaces.is_typed or not is_generated(self.text, i))
                continue
            if not letters:
                start = i
            letters.append("-" if code in _HYPHENS else "\ufffd" if code in _SURROGATES else chr(code))
        if letters:
            yield from self._cut(start, letters, spaces)

    def _cut(self, start: int, letters: list[str], spaces: _Spaces) -> Iterator[Piece]:
        """The pieces of a word, of which the first character is given."""
        word = "".join(letters)
        end = start + len(word)
        first, last = self._origin(start), self._origin(end - 1)
        cuts = self._find_gaps(start, word)
        raised = self._find_raised_glyphs(start, word) if _MAY_BE_RAISED.search(word) else set()
        cuts |= {i for i in range(start + 1, end) if (i in raised) != (i - 1 in raised)}
        if first != last:
            origins = [self._origin(i) for i in range(start, end)]
            cuts |= {start + n for n, (left, right) in enumerate(pairwise(origins), start=1) if left != right}
        for left, right in pairwise([start, *sorted(cuts), end]):
            origin = first if first == last else self._origin(left)
            piece = self._piece(word[left - start : right - start], left, right, origin, spaces)
            if left in raised:
                piece = piece._replace(y=piece.y - _RISE * piece.size, size=_RAISED_SIZE * piece.size)
            yield piece
            spaces = _NO_SPACE

    def _find_raised_glyphs(self, start: int, word: str) -> set[int]:
        """The numbers of a word that the font itself draws raised, on the baseline of the word."""
        left, right, bottom, top = (ctypes.c_double() for _ in range(4))
        x, y = ctypes.c_double(), ctypes.c_double()
        found: set[int] = set()
        if self.turns:
            return found
        for n, letter in enumerate(word):
            if letter.isdecimal():
                self.pdfium.FPDFText_GetCharOrigin(self.text, start + n, x, y)
                self.pdfium.FPDFText_GetCharBox(self.text, start + n, left, right, bottom, top)
                height = top.value - bottom.value
                if height > 0 and bottom.value - y.value > _RAISED_BOTTOM * height:
                    found.add(start + n)
        between = {
            start + n for n, letter in enumerate(word) if letter in ",–-" and {start + n - 1, start + n + 1} <= found
        }
        return found | between

    def _find_gaps(self, start: int, word: str) -> set[int]:
        """The characters that stand off the one before them, though the file has no space there."""
        if len(word) < 2 or self.turns % 2:
            return set()
        box, get = self.box, self.pdfium.FPDFText_GetLooseCharBox
        get(self.text, start, box)
        right, height = box.right, box.top - box.bottom
        gaps: list[float] = []
        for i in range(start + 1, start + len(word)):
            get(self.text, i, box)
            gaps.append(box.left - right)
            right = box.right
        usual = max(sorted(gaps)[len(gaps) // 2], 0.0) if len(gaps) > 1 else 0.0
        limit = usual + _GAP * height
        if max(gaps) <= limit:
            return set()
        return {start + n for n, gap in enumerate(gaps, start=1) if gap > limit and word[n] not in _CLOSING}

    def _origin(self, i: int) -> int:
        text_object = self.pdfium.FPDFText_GetTextObject(self.text, i)
        return ctypes.addressof(text_object.contents) if text_object else 0

    def _piece(self, text: str, start: int, end: int, origin: int, spaces: _Spaces) -> Piece:
        common = self.sets.get(origin) or self._read_set(origin, start)
        x, y = ctypes.c_double(), ctypes.c_double()
        self.pdfium.FPDFText_GetCharOrigin(self.text, start, x, y)
        self.pdfium.FPDFText_GetLooseCharBox(self.text, start, self.box)
        first = self._turn(self.box.left, self.box.bottom, self.box.right, self.box.top)
        self.pdfium.FPDFText_GetLooseCharBox(self.text, end - 1, self.box)
        last = self._turn(self.box.left, self.box.bottom, self.box.right, self.box.top)
        baseline = self._turn(x.value, y.value, x.value, y.value).y0
        return Piece(
            text,
            first.x0,
            last.x1,
            baseline,
            common.size,
            common.look,
            *spaces,
            origin=origin,
            is_turned=common.direction != self.turns,
        )

    def _read_set(self, origin: int, start: int) -> _Set:
        matrix = self.pdfium.FS_MATRIX()
        self.pdfium.FPDFText_GetMatrix(self.text, start, matrix)
        size = self.pdfium.FPDFText_GetFontSize(self.text, start) * (matrix.c**2 + matrix.d**2) ** 0.5
        look = Look("", False, False, (0, 0, 0))
        if origin:
            look = self._read_look(self.pdfium.FPDFText_GetTextObject(self.text, start))
        common = _Set(size or 1.0, look, _find_direction(matrix.a, matrix.b))
        self.sets[origin] = common
        return common

    def _read_look(self, text_object: Any) -> Look:
        font = self.pdfium.FPDFTextObj_GetFont(text_object)
        address = ctypes.addressof(font.contents) if font else 0
        if address not in self.fonts:
            self.fonts[address] = self._read_font(font) if font else ("", False, False)
        name, is_bold, is_italic = self.fonts[address]
        if self.pdfium.FPDFTextObj_GetTextRenderMode(text_object) == _STROKED:
            is_bold = True
        channels = [ctypes.c_uint() for _ in range(4)]
        self.pdfium.FPDFPageObj_GetFillColor(text_object, *channels)
        red, green, blue, _ = (channel.value for channel in channels)
        return Look(name, is_bold, is_italic, (red, green, blue))

    def _read_font(self, font: Any) -> tuple[str, bool, bool]:
        buffer = ctypes.create_string_buffer(256)
        self.pdfium.FPDFFont_GetBaseFontName(font, buffer, 256)
        name = _SUBSET.sub("", buffer.value.decode("utf-8", "replace"))
        flags = self.pdfium.FPDFFont_GetFlags(font)
        is_bold = bool(_BOLD.search(name)) or (
            not _PLAIN.search(name)
            and (self.pdfium.FPDFFont_GetWeight(font) >= _BOLD_WEIGHT or bool(flags & _FORCED_BOLD))
        )
        return name, is_bold, bool(_ITALIC.search(name)) or bool(flags & _ITALIC_FLAG)

    def _turn(self, left: float, bottom: float, right: float, top: float) -> Area:
        """An area of the page's own coordinates as it is seen."""
        match self.turns:
            case 1:
                return Area(bottom - self.bottom, left - self.left, top - self.bottom, right - self.left)
            case 2:
                return Area(self.right - right, bottom - self.bottom, self.right - left, top - self.bottom)
            case 3:
                return Area(self.top - top, self.right - right, self.top - bottom, self.right - left)
        return Area(left - self.left, self.top - top, right - self.left, self.top - bottom)

    # shapes --------------------------------------------------------------------------------

    def _shapes(self, width: float, height: float) -> tuple[list[Area], list[Area]]:
        """Rules, and areas that are framed or filled; neither those outside the page nor those as large as it."""
        rules: list[Area] = []
        areas: list[Area] = []
        paths = self.pdfium.FPDF_PAGEOBJ_PATH
        for number, shape in enumerate(self.page.get_objects(filter=[paths], max_depth=4)):
            if number >= _MAX_SHAPES:
                return [], []
            for x0, y0, x1, y1 in self._outlines(shape):
                area = Area(max(x0, 0.0), max(y0, 0.0), min(x1, width), min(y1, height))
                wide, high = area.x1 - area.x0, area.y1 - area.y0
                if wide < 0 or high < 0 or (wide > 0.97 * width and high > 0.9 * height):
                    continue
                if min(wide, high) <= _THIN:
                    if max(wide, high) >= _LONG:
                        rules.append(area)
                elif min(wide, high) > _LONG:
                    areas.append(area)
        return rules, areas

    def _outlines(self, shape: Any) -> Iterator[Area]:
        """The straight strokes of a shape, or the area that it fills."""
        mode, is_stroked = ctypes.c_int(), ctypes.c_int()
        self.pdfium.FPDFPath_GetDrawMode(shape.raw, mode, is_stroked)
        if not mode.value and not is_stroked.value:
            return
        count = self.pdfium.FPDFPath_CountSegments(shape.raw)
        bounds = self._turn(*shape.get_bounds())
        if count <= 2 or not is_stroked.value:
            if not is_stroked.value and self._is_white(shape):
                return
            if count <= _MAX_SEGMENTS:
                yield bounds
            return
        if count > _MAX_SEGMENTS or shape.container is not None:
            return
        matrix = shape.get_matrix()
        x, y = ctypes.c_float(), ctypes.c_float()
        last: tuple[float, float] | None = None
        first = (0.0, 0.0)
        for i in range(count):
            segment = self.pdfium.FPDFPath_GetPathSegment(shape.raw, i)
            self.pdfium.FPDFPathSegment_GetPoint(segment, x, y)
            point = matrix.on_point(x.value, y.value)
            if self.pdfium.FPDFPathSegment_GetType(segment) == self.pdfium.FPDF_SEGMENT_MOVETO:
                first = point
            elif last is not None:
                yield self._stroke(last, point)
                if self.pdfium.FPDFPathSegment_GetClose(segment):
                    yield self._stroke(point, first)
            last = point

    def _stroke(self, start: tuple[float, float], end: tuple[float, float]) -> Area:
        return self._turn(min(start[0], end[0]), min(start[1], end[1]), max(start[0], end[0]), max(start[1], end[1]))

    def _is_white(self, shape: Any) -> bool:
        channels = [ctypes.c_uint() for _ in range(4)]
        self.pdfium.FPDFPageObj_GetFillColor(shape.raw, *channels)
        return all(channel.value >= 250 for channel in channels[:3]) or channels[3].value == 0
