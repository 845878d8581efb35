"""Cleaning a text and finding the way back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dnqa.text.characters import clean, clean_line, fold

CLEANED = {
    "ligature": ("suﬃcient", "sufficient"),
    "soft hyphen": ("pa\u00adtience", "patience"),
    "soft hyphen at a line end": ("pa\u00ad\r\n  tience", "patience"),
    "zero-width space and byte order mark": ("\ufeffa\u200bb", "ab"),
    "line ends": ("a\r\nb\rc\u2028d\x85e", "a\nb\nc\nd\ne"),
    "escape sequences lose their escape": ("\x1b]0;title\x07 \x9b31m", "]0;title "),
    "colours go as a whole": ("\x1b[1;31mred\x1b[0m \x1b[2Kword", "red word"),
    "bidirectional overrides": ("\u202eabc\u2066", "abc"),
    "what stays": ("“mm²” – Ca²⁺ … \u200e\u200d🙂\t", "“mm²” – Ca²⁺ … \u200e\u200d🙂\t"),
}


@pytest.mark.parametrize(("text", "expected"), CLEANED.values(), ids=CLEANED.keys())
def test_cleans(text: str, expected: str) -> None:
    """Hidden characters go and everything else stays."""
    assert clean(text).text == expected


@given(st.text(st.sampled_from("ab \r\n\u00ad\ufeffﬃ\x1b\x1f")))
def test_every_kept_character_is_found_again(text: str) -> None:
    """The source offset of a kept character is where that character stands, and offsets ascend."""
    cleaned = clean(text)
    offsets = [cleaned.source_start(position) for position in range(len(cleaned.text))]
    assert offsets == sorted(offsets)
    for character, offset in zip(cleaned.text, offsets, strict=True):
        assert text[offset] == character or text[offset] in "ﬃ\r\x1f"


@given(st.text())
def test_cleaning_a_line_again_changes_nothing(text: str) -> None:
    """clean_line is idempotent."""
    assert clean_line(clean_line(text)) == clean_line(text)


@given(st.text(st.sampled_from("ab \t\r\u00ad\ufeffﬃé\x1b\x7f")))
def test_a_line_is_a_cleaned_text_folded(text: str) -> None:
    """Also where it is plain and need not be looked through."""
    assert clean_line(text) == fold(clean(text).text)
