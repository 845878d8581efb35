"""Stretches of text: pieces that stand on one baseline without a wide gap between them."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dnqa.formats.pdf.glyphs import Area, Look, Piece

# in sizes of the font
_GAP_SET_IN_ONE = 2.5  # the widest gap between words set in one go
_GAP_JUSTIFIED = 10.0  # the same with a space between them, as in justified lines
_GAP_AFTER_SPACE = 1.2
_GAP_OTHERWISE = 0.72
_OVERLAP = 0.45  # by so much may kerned pieces overlap
_SAME_LINE = 0.6  # by so much may a raised piece stand off the baseline
_RAISED_SMALL, _RAISED_LARGE = 0.12, 0.25  # off the baseline, for pieces that are smaller than the line, and others
_SMALLER = 0.93
_MOST = 1500  # stretches of a page that are joined; where there are more they are labels of a picture
_SPACE = 0.1  # a gap without a space that is one nevertheless
_TOUCHING = 0.08  # a space in front of something raised, which is none


@dataclass(slots=True)
class Stretch:
    """Text on one baseline.

    x0, x1, y: left and right end and baseline, in points from the left top of the page.
    size, look: those of most of its letters. is_bold, is_italic: whether all of its letters are.
    raised: half-open spans of the text. page: from 1.
    """

    pieces: list[Piece]
    page: int
    text: str
    raised: list[tuple[int, int]]
    x0: float
    x1: float
    y: float
    size: float
    look: Look
    is_bold: bool
    is_italic: bool

    @property
    def top(self) -> float:
        """The upper edge of its letters, roughly."""
        return self.y - 0.75 * self.size

    @property
    def bottom(self) -> float:
        """The lower edge of its letters, roughly."""
        return self.y + 0.25 * self.size

    @property
    def first_word(self) -> float:
        """The width of its first word."""
        end = self.pieces[0].x1
        for piece in self.pieces[1:]:
            if piece.after_space:
                break
            end = piece.x1
        return end - self.x0


def find_stretches(pieces: Iterable[Piece], page: int, rules: Sequence[Area]) -> list[Stretch]:
    """The stretches of a page, in the order of the file; upright rules part them."""
    upright = [rule for rule in rules if rule.y1 - rule.y0 > rule.x1 - rule.x0]
    runs: list[list[Piece]] = []
    for piece in pieces:
        if runs and _goes_on(runs[-1][-1], piece) and not _is_parted(runs[-1][-1], piece, upright):
            runs[-1].append(piece)
        else:
            runs.append([piece])
    return [make_stretch(run, page) for run in _joined(runs, upright)]


def make_stretch(pieces: list[Piece], page: int) -> Stretch:
    """The stretch of pieces from left to right."""
    letters: Counter[float] = Counter()
    looks: Counter[Look] = Counter()
    for piece in pieces:
        count = sum(map(str.isalpha, piece.text))
        letters[piece.size] += count
        looks[piece.look] += 1 + 2 * count
    size = max(letters, key=lambda each: (letters[each], each))
    baseline = Counter(piece.y for piece in pieces if piece.size == size).most_common(1)[0][0]
    text, raised = _write(pieces, size, baseline)
    worded = [piece for piece in pieces if any(map(str.isalnum, piece.text)) and piece.size > _SMALLER * size] or pieces
    return Stretch(
        pieces,
        page,
        text,
        raised,
        pieces[0].x0,
        max(piece.x1 for piece in pieces),
        baseline,
        size,
        max(looks, key=lambda each: looks[each]),
        all(piece.look.is_bold for piece in worded),
        all(piece.look.is_italic for piece in worded),
    )


def join_stretches(first: Stretch, second: Stretch) -> Stretch:
    """Two stretches on one line as one, with a space between them."""
    head, *rest = second.pieces
    return make_stretch([*first.pieces, head._replace(after_space=True), *rest], first.page)


def _goes_on(last: Piece, piece: Piece) -> bool:
    size = max(last.size, piece.size)
    gap = piece.x0 - last.x1
    if abs(piece.y - last.y) > _SAME_LINE * size or gap < -_OVERLAP * size:
        return False
    if last.origin == piece.origin:
        return gap <= (_GAP_JUSTIFIED if piece.is_spaced else _GAP_SET_IN_ONE) * size
    return gap <= (_GAP_AFTER_SPACE if piece.is_spaced and gap > 0 else _GAP_OTHERWISE) * size


def _is_parted(last: Piece, piece: Piece, upright: Sequence[Area]) -> bool:
    """Whether an upright rule stands between two pieces."""
    return any(last.x1 - 1 <= rule.x0 <= piece.x0 + 1 and rule.y0 < last.y < rule.y1 for rule in upright)


def _joined(runs: list[list[Piece]], upright: Sequence[Area]) -> list[list[Piece]]:
    """Runs, those joined that continue each other on a line without following each other in the file."""
    if len(runs) > _MOST:
        return runs
    order = sorted(range(len(runs)), key=lambda n: runs[n][0].x0)
    taken: set[int] = set()
    joined: dict[int, list[Piece]] = {}
    for place, n in enumerate(order):
        if n in taken:
            continue
        run = list(runs[n])
        first = n
        for other in order[place + 1 :]:
            if other in taken:
                continue
            last, head = run[-1], runs[other][0]
            if head.x0 - last.x1 > _GAP_OTHERWISE * max(last.size, head.size) and head.x0 > last.x1 + 20:
                break
            if _adjoins(last, head) and not _is_parted(last, head, upright):
                run += runs[other]
                taken.add(other)
                first = min(first, other)
        joined[first] = run
    return [joined[n] for n in sorted(joined)]


def _adjoins(last: Piece, head: Piece) -> bool:
    size = max(last.size, head.size)
    gap = head.x0 - last.x1
    limit = 0.4 * min(last.size, head.size) if last.y != head.y else 0.55 * size
    return abs(head.y - last.y) <= _SAME_LINE * size and -0.2 * size <= gap <= limit


def _write(pieces: list[Piece], size: float, baseline: float) -> tuple[str, list[tuple[int, int]]]:
    """The text of pieces, and the spans of it that are raised."""
    written: list[str] = []
    raised: list[tuple[int, int]] = []
    length = 0
    last: Piece | None = None
    was_raised = False
    for piece in pieces:
        rise = (baseline - piece.y) / size
        is_raised = rise >= (_RAISED_SMALL if piece.size <= _SMALLER * size else _RAISED_LARGE)
        if last is not None:
            gap = (piece.x0 - last.x1) / size
            touches = is_raised != was_raised and gap < _TOUCHING
            if (piece.after_space and not touches) or gap > _SPACE:
                written.append(" ")
                length += 1
        start, length = length, length + len(piece.text)
        written.append(piece.text)
        if is_raised and was_raised:
            raised[-1] = (raised[-1][0], length)
        elif is_raised:
            raised.append((start, length))
        last, was_raised = piece, is_raised
    return "".join(written), raised
