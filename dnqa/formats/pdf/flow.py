"""The flow of text over the ends of columns and pages, around what is set between them."""

from collections.abc import Sequence

from dnqa.formats.pdf.blocks import Block, BlockKind, is_citation, is_raised_rest, raise_line

_NEAR = 14  # blocks that may stand between the two parts of a sentence
_SAME_SIZE = 0.05


def join_torn(blocks: Sequence[Block]) -> list[Block]:
    """Blocks, those joined that one sentence or paragraph runs through.

    What stands between them, as a table at the top of the next page, comes behind them.
    """
    left = list(blocks)
    n = 0
    while n < len(left):
        block = left[n]
        if block.is_last and n + 1 < len(left) and _cites_for(left[n + 1], block):
            line = left.pop(n + 1).lines[0]
            block.lines.append(line if is_citation(line) else raise_line(line))
            continue
        if _is_torn(block):
            other = _find_rest(left, n)
            if other is not None:
                rest = left.pop(other)
                block.lines += rest.lines
                block.is_last, block.is_full = rest.is_last, rest.is_full
                continue
        n += 1
    return left


def _cites_for(other: Block, block: Block) -> bool:
    """Whether a block is nothing but the citations of the block before it, for which its column had no room."""
    kinds = (BlockKind.PARAGRAPH, BlockKind.ITEM)
    if block.kind not in kinds or other.kind not in kinds or not other.is_first or len(other.lines) > 1:
        return False
    line = other.lines[0]
    return is_raised_rest(block, line) or is_citation(line)


def _is_torn(block: Block) -> bool:
    """Whether the text of a block may go on in another column."""
    return block.kind in (BlockKind.PARAGRAPH, BlockKind.ITEM) and block.is_last and not block.has_ended


def _find_rest(blocks: Sequence[Block], n: int) -> int | None:
    """Where a torn block goes on, if anywhere."""
    block = blocks[n]
    seen = 0
    for place in range(n + 1, min(len(blocks), n + _NEAR)):
        other = blocks[place]
        if other.kind is BlockKind.FURNITURE:
            continue
        if other.kind is BlockKind.PARAGRAPH and other.is_first and _is_alike(block, other):
            begins_small = other.text[0].islower() or block.text.endswith("-")
            if begins_small or (seen == 0 and block.is_full and not other.is_indented):
                return place
        if other.kind is BlockKind.HEADING and not other.box and seen == 0 and other.page == block.page:
            return None
        seen += 1
    return None


def _is_alike(block: Block, other: Block) -> bool:
    """Whether two blocks are set alike, and stand in the same box or in none."""
    mine, its = block.lines[-1], other.lines[0]
    return (
        abs(mine.size - its.size) <= _SAME_SIZE * mine.size
        and block.box == other.box
        and (block.kind is BlockKind.ITEM or mine.is_bold == its.is_bold or block.text.endswith("-"))
    )
