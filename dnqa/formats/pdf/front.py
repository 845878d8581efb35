"""What stands around the title of a hand-out: authors, their addresses and small print, which are no text.

What does not clearly read as such is text: an address that is read does less harm than a sentence that is lost.
"""

import re
from collections.abc import Iterator, Sequence

from dnqa.formats.pdf.blocks import Block, BlockKind
from dnqa.formats.pdf.references import is_title

_SMALL = 0.95  # times the size of the text is small print
_MOSTLY = 0.4  # of the words of a sentence begin with a small letter, at least
_LEAST_WORDS = 3  # of a sentence without an end
_MANY_WORDS = 20  # of what is text without an end
_MAX_BYLINE = 12  # words
_NAMED = 0.75  # of the parts of a list of authors are names, at least

_LETTER = re.compile(
    r"(?:dear|hello|hi|good (?:morning|afternoon|evening)|to whom|re\s*:|subject\s*:|ref(?:erence)?\s*:"
    r"|yours (?:sincerely|faithfully|truly)|(?:with )?(?:kind|best|warm)(?:est)? (?:regards|wishes))\b|re\s*:",
    re.I,
)
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_DATE = re.compile(
    rf"(?:date\s*:?\s*)?(?:\d{{1,2}}(?:st|nd|rd|th)?\s+{_MONTH},?\s+\d{{4}}|{_MONTH}\s+\d{{1,2}},?\s+\d{{4}}"
    r"|\d{1,2}[./-]\d{1,2}[./-]\d{2,4})$",
    re.I,
)
_CITATIONS = re.compile(r"\s*(?:\[[\d,–\- ]+\]|\(\d{1,3}(?:\s?[,–-]\s?\d{1,3})*\))$")
_ENDED = re.compile(r"[.!?…][\"'”’)\]]*$")
_INNER_END = re.compile(r"[^\W\d_]{2}[.!?][\"'”’)]*\s+[A-Z]")
_CORRESPONDENCE = re.compile(
    r"\W*(?:correspond(?:ence|ing)\b|e-?mail(?: address)?\s*:|address for |contact (?:author|address)\b)", re.I
)
_PUBLISHING = re.compile(
    r"\W*(?:received|accepted|published|available|cite this|citation|key ?words?|orcid|doi|copyright|version|reviewed"
    r"|authors?|edited|written|open access|https?://|www\.|by [A-Z])\b|\W*©|\W*https?://",
    re.I,
)
_PRINTED = re.compile(r"©|\bdoi\b|creative commons|\bISSN\b|all rights reserved|conflicts? of interest", re.I)
_SMALL_PRINT = re.compile(
    r"@|^\W*correspond|\bcorresponding author|©|\bdoi\b|\bcopyright\b|conflicts? of interest|creative commons"
    r"|^\W*received\b|\breceived:?\s+\d",
    re.I,
)
_INSTITUTION = re.compile(
    r"\b(?:universit|department|hospital|institut|clinic\b|school|faculty|college|cent(?:re|er)\b|unit\b|division"
    r"|laborator|academy|physio|therap|trust\b|team\b|group\b|foundation|association|society|ministry)",
    re.I,
)
_DEGREE = re.compile(
    r"(?:ph\.?\s?d|m\.?d|m\.?sc|b\.?sc|m\.?a|b\.?a|dr|d\.?p\.?t|p\.?t|r\.?n|m\.?p\.?h|frc[a-z]+|mrc[a-z]+|mcsp|mbbs"
    r"|m\.?s|b\.?s|facp|jr|sr)\.?$",
    re.I,
)
_TITLE = re.compile(r"(?:dr|prof|professor|mr|mrs|ms|miss|sir|dame|md|by)\.?\s+", re.I)
_NAME_WORD = re.compile(r"(?:[A-Z][^\W\d_]*(?:[-'’.][A-Za-z][^\W\d_]*)*\.?|[A-Z]\.?(?:-?[A-Z]\.?)*)$")
_PARTICLE = re.compile(r"(?:de|da|do|dos|das|del|della|der|den|di|du|la|le|el|al|van|von|ter|ten|bin|ibn|zu|zein|y)$")
_SMALL_WORD = re.compile(r"(?:of|and|the|for|in|at|&|team|de|la|van|von|der)$")
_PARTED = re.compile(r"\s*(?:[,;&·•|]|\band\b)\s*")
_MARKS = re.compile(r"[*†‡§‖¶#]|(?<=[^\W\d_.)])\d{1,2}(?:,\d{1,2})*(?=[\s,;*]|$)")
_AFFILIATION_MARK = re.compile(r"(?:\d{1,2}|[a-z]|[*†‡§‖¶])\s?(?=[A-Z])")


def mark_front(blocks: Sequence[Block], title: Block | None, size: float) -> None:
    """Mark as furniture authors and addresses around the title, and small print; size: of the text."""
    if title is not None:
        place = blocks.index(title)
        above = [block for block in blocks[:place] if block.page == title.page and not block.box]
        for block in above:
            if not is_text(block):
                block.kind = BlockKind.FURNITURE
        _mark_below(blocks[place + 1 :], title, size)
    for block in blocks:
        if is_title(block):
            return
        if (
            block.kind is BlockKind.PARAGRAPH
            and block.page == 1
            and block.lines[0].size < _SMALL * size
            and not block.box
            and _SMALL_PRINT.search(block.text)
            and (_PRINTED.search(block.text) or _PUBLISHING.match(block.text) or not is_text(block))
        ):
            block.kind = BlockKind.FURNITURE


def is_of_letter(block: Block) -> bool:
    """Whether a block is a salutation, a date, or what a letter is about."""
    return bool(_LETTER.match(block.text) or _DATE.match(block.text))


def find_text_above(blocks: Sequence[Block], size: float) -> bool:
    """Whether there is text of the usual size among what stands above a heading, which is no title then."""
    return any(is_text(block) and block.lines[0].size > _SMALL * size for block in blocks)


def is_text(block: Block) -> bool:
    """Whether a block around the title is text by its words: part of a letter, a date, or a sentence."""
    text = block.text
    if is_of_letter(block):
        return True
    if block.kind in (BlockKind.ITEM, BlockKind.ROW, BlockKind.ENTRY):
        return True
    if block.kind is not BlockKind.PARAGRAPH:
        return False
    if _CORRESPONDENCE.match(text) or _PRINTED.search(text) or _begins_raised(block) or _is_marked(block):
        return False
    words = [word for word in text.split() if any(map(str.isalpha, word)) and "@" not in word]
    small = sum(word.strip("(\"'“‘")[:1].islower() for word in words)
    if len(words) < 2 or small < _MOSTLY * len(words):
        return False
    if _PUBLISHING.match(text) and len(words) < _MANY_WORDS and not _INNER_END.search(text):
        return _has_ended(block) and small > 0.5 * len(words)
    return _has_ended(block) or bool(_INNER_END.search(text)) or len(words) >= _LEAST_WORDS


def _has_ended(block: Block) -> bool:
    line = block.lines[-1]
    text = line.text
    if line.raised and line.raised[-1][1] == len(text):
        text = text[: line.raised[-1][0]]
    return bool(_ENDED.search(_CITATIONS.sub("", text.rstrip())))


def _begins_raised(block: Block) -> bool:
    raised = block.lines[0].raised
    return bool(raised) and raised[0][0] == 0


def _mark_below(blocks: Sequence[Block], title: Block, size: float) -> None:
    """Mark authors and addresses below the title: if any have marks or an e-mail address, or names alone."""
    zone = list(_take_front(blocks, title, size))
    if any(_is_marked(block) or _is_correspondence(block) for block in zone):
        is_below = False
        for block in zone:
            is_below = _is_front(block, is_below=is_below)
            if is_below:
                block.kind = BlockKind.FURNITURE
        return
    for place, block in enumerate(zone):
        following = next((other for other in blocks[place + 1 :] if other.kind is not BlockKind.FURNITURE), None)
        if following is None or not _is_byline(block):
            return
        is_before_heading = following.kind is BlockKind.HEADING or any(following is other for other in zone)
        is_small = block.kind is BlockKind.HEADING or block.lines[0].size < _SMALL * following.lines[0].size
        if not is_before_heading and not (is_small and _INSTITUTION.search(block.text)):
            return
        block.kind = BlockKind.FURNITURE


def _take_front(blocks: Sequence[Block], title: Block, size: float) -> Iterator[Block]:
    """The blocks between a title and the first heading or text, text in small print left out."""
    for block in blocks:
        if block.page != title.page or block.kind in (BlockKind.ROW, BlockKind.ENTRY):
            return
        if block.kind is BlockKind.ITEM:
            if not _is_marked_item(block):
                return
            yield block
            continue
        if block.kind is BlockKind.FURNITURE:
            continue
        if block.kind is BlockKind.HEADING and not (
            _is_marked(block)
            or _begins_raised(block)
            or _is_correspondence(block)
            or _lists(block)
            or _is_small_byline(block, blocks)
        ):
            return
        if not is_text(block):
            yield block
        elif block.lines[0].size > _SMALL * size:
            return


def _is_marked_item(block: Block) -> bool:
    """Whether an item is an address, or where to write to, and its bullet or number is a mark of authors."""
    text = block.text.removeprefix(block.label)
    is_address = "," in text and _is_capitalised(text) and bool(_INSTITUTION.search(text))
    return bool(_CORRESPONDENCE.match(text)) or is_address


def _is_front(block: Block, *, is_below: bool) -> bool:
    """Whether a block between title and text is an author, an address or the like; is_below: directly below such."""
    text = block.text
    if _is_marked(block) or _is_correspondence(block) or _name_share(block) >= _NAMED:
        return True
    if _PUBLISHING.match(text) or _PRINTED.search(text) or block.kind is BlockKind.ITEM:
        return True
    if _begins_raised(block) or _AFFILIATION_MARK.match(text):
        return "," in text or bool(_INSTITUTION.search(text))
    return is_below and (("," in text and _is_capitalised(text)) or bool(_INSTITUTION.search(text)))


def _is_correspondence(block: Block) -> bool:
    text = block.text
    return bool(_CORRESPONDENCE.match(text)) or ("@" in text and not is_text(block))


def _is_marked(block: Block) -> bool:
    """Whether a block lists names with marks of their affiliations, or with degrees."""
    if _begins_raised(block) or (_has_ended(block) and len(_parts(block)) < 2):
        return False
    has_marks = any(line.raised for line in block.lines) or bool(_MARKS.search(block.text))
    return has_marks and _name_share(block) >= _NAMED


def _lists(block: Block) -> bool:
    """Whether a block that is set as a heading lists several names."""
    return len(_parts(block)) > 1 and _name_share(block) == 1 and not _INSTITUTION.search(block.text)


def _is_small_byline(block: Block, blocks: Sequence[Block]) -> bool:
    """Whether a block that is set as a heading has names alone, and is smaller than the headings that follow."""
    others = [other.lines[0] for other in blocks if other.kind is BlockKind.HEADING and other is not block]
    line = block.lines[0]
    return (
        _is_byline(block)
        and any(other.size > line.size + 0.5 for other in others)
        and not any(abs(other.size - line.size) < 0.5 and other.is_bold == line.is_bold for other in others)
    )


def _parts(block: Block) -> list[str]:
    """What stands between the commas of a block, without marks and raised numbers."""
    pieces: list[str] = []
    for line in block.lines:
        text = line.text
        for start, end in reversed(line.raised):
            text = f"{text[:start]} , {text[end:]}"
        pieces.append(text)
    text = re.sub(r"\s\d{1,2}(?:,\d{1,2})*(?=[\s,;*]|$)", ",", _MARKS.sub(",", " ".join(pieces)))
    return [part for part in (part.strip(" .") for part in _PARTED.split(text)) if part]


def _name_share(block: Block) -> float:
    """How many of the parts of a block are names or degrees."""
    parts = _parts(block)
    names = sum(_is_name(part) for part in parts)
    degrees = sum(bool(_DEGREE.match(part)) for part in parts)
    return (names + degrees) / len(parts) if names else 0.0


def _is_name(text: str) -> bool:
    """Whether some words may be the name of a person."""
    words = _TITLE.sub("", text).split()
    whole = [word for word in words if not _PARTICLE.match(word)]
    return 2 <= len(words) <= 6 and len(whole) > 1 and all(_NAME_WORD.match(word) for word in whole)


def _is_capitalised(text: str) -> bool:
    words = [word.strip("(),.;") for word in text.split()]
    return all(not word[:1].islower() or _SMALL_WORD.match(word) for word in words)


def _is_byline(block: Block) -> bool:
    """Whether a block is nothing but the names of people or of an institution."""
    text = block.text
    words = text.split()
    if re.search(r"\d|[:!?…]|[^\W\d_]{3}\.$", text) or _LETTER.match(text):
        return False
    names_place = 1 < len(words) <= _MAX_BYLINE and _is_capitalised(text) and bool(_INSTITUTION.search(text))
    return names_place or _name_share(block) == 1
