"""What holds for every text, generated."""

import re
from collections.abc import Callable

from hypothesis import example, given, settings
from hypothesis import strategies as st

from dnqa import Heading, Passage, read_text
from dnqa.text.characters import clean

WORDS = "heat rest muscle nerve needle pain points relief bands tissue healing slow walking".split()
MARKS: dict[str, Callable[[int], str]] = {
    "glued": lambda n: f"{n}",
    "bracket": lambda n: f" [{n}]",
    "html": lambda n: f"<sup>{n}</sup>",
    "caret": lambda n: f"^{n}^",
    "footnote": lambda n: f"[^{n}]",
    "superscript": lambda n: str(n).translate(str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")),
}
numbers = st.integers(1, 999)
sentences = st.tuples(st.lists(st.sampled_from(WORDS), min_size=3, max_size=14), st.none() | numbers)
blocks = st.tuples(st.sampled_from(["paragraph", "bullet", "heading"]), st.lists(sentences, min_size=1, max_size=4))
SOUP = st.text(
    st.sampled_from(
        list("abz CX.,;:?!()[]{}<>/^\\'\"“”’-–—•*#_=0123456789²⁴\n\n\r\t\f\u00a0\u00ad\u200b\ufeffﬁ\x1b\u202eé漢🙂")
    ),
    max_size=300,
)


def wrap(text: str, width: int) -> str:
    """Break a text into lines at spaces, never directly before a digit or bracket."""
    return re.sub(rf"(.{{{width},}}?) (?=[a-z])", r"\1\n", text)


@given(st.sampled_from(list(MARKS)), st.lists(blocks, min_size=1, max_size=6), st.integers(8, 60))
def test_generated_documents_are_read_back(convention: str, content: list, width: int) -> None:  # type: ignore[type-arg]
    """A document written in any convention, hard-wrapped, gives back its sentences and their numbers."""
    mark = MARKS[convention]
    paragraphs, expected = [], []
    for kind, written in content:
        if kind == "heading":
            paragraphs.append("# " + " ".join(written[0][0]))
            continue
        texts = []
        for words, number in written:
            sentence = " ".join(words).capitalize()
            texts.append(f"{sentence}{mark(number) if number else ''}.")
            expected.append((f"{sentence}.", (number,) if number else ()))
        paragraphs.append(("• " if kind == "bullet" else "") + wrap(" ".join(texts), width))
    read = read_text("\n\n".join(paragraphs))
    assert [(passage.text, passage.citations) for passage in read.passages] == expected


@example("_-\r0")
@settings(max_examples=400)
@given(SOUP)
def test_passages_are_in_order_and_disjoint(text: str) -> None:
    """Spans ascend, do not touch each other's characters, lie in the text, and are not empty."""
    end = 0
    for passage in read_text(text).passages:
        assert end <= passage.start < passage.end <= len(text)
        assert passage.text
        end = passage.end


@settings(max_examples=400)
@given(SOUP)
def test_reading_twice_gives_the_same(text: str) -> None:
    """Reading is a function of the text."""
    assert read_text(text) == read_text(text)


def letters(text: str) -> str:
    """The letters of a text, hidden characters and tags left out."""
    return "".join(filter(str.isalpha, clean(text).text))


@settings(max_examples=400)
@given(SOUP)
def test_the_span_of_a_passage_is_its_text(text: str) -> None:
    """The letters of source[start:end] are those of the passage: nothing is moved, added or lost."""
    for passage in read_text(text).passages:
        assert letters(text[passage.start : passage.end]) == letters(passage.text)


@settings(max_examples=400)
@given(SOUP)
def test_no_word_is_lost(text: str) -> None:
    """Every letter of the source is in a passage, a heading, a reference entry or a bullet."""
    document = read_text(text)
    left = list(text)
    parts: list[Passage | Heading] = [*document.passages, *document.headings]
    for part in parts:
        left[part.start : part.end] = [" "] * (part.end - part.start)
    bullets = re.compile(r"^\s*\(?[a-z]{1,4}\)\s", re.M)
    rest = letters(bullets.sub(" ", clean("".join(left)).text))
    assert len(rest) <= sum(len(letters(entry)) for entry in document.references.values())


@settings(max_examples=400)
@given(SOUP)
def test_nothing_that_steers_a_terminal_is_shown(text: str) -> None:
    """No passage or heading has a control character, a bidirectional override or a hidden character in it."""
    document = read_text(text)
    parts: list[Passage | Heading] = [*document.passages, *document.headings]
    for part in parts:
        assert not re.search("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u00ad\u200b\ufeff]", part.text)
        assert part.text == " ".join(part.text.split())
