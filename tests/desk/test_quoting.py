"""Passages as they leave the desk."""

import datetime
from html.parser import HTMLParser
from pathlib import Path

from markdown_it import MarkdownIt

import dnqa
from dnqa.desk.provenance import Edition
from dnqa.desk.quoting import copy_text, transcript
from dnqa.desk.sheet import compose_sheet, sheet_html, sheet_text
from tests.app.test_verbatim import HOSTILE

MORNING = datetime.datetime(2026, 5, 1, 9, 14)
SIDECAR = """
title = "Doses & <signs>"
reviewed = 2026-04-01
clinic = "Hill Clinic, 3 Mill Lane"
[references]
1 = "Author A. <i>Journal</i> & more"
"""


def load_hostile(folder: Path) -> dnqa.Library:
    """The hostile source with a sidecar."""
    (folder / "hostile.md").write_text(HOSTILE, encoding="utf-8")
    (folder / "hostile.toml").write_text(SIDECAR, encoding="utf-8")
    return dnqa.load(folder)


def test_a_copy_has_citation_heading_and_source(tmp_path: Path) -> None:
    """Three lines: the passage with its number, its heading, and which source in which state."""
    library = load_hostile(tmp_path)
    digest = library.corpus.sources[0].sha256[:8]
    assert copy_text(library.passages[0], Edition(library.corpus, MORNING)).split("\n") == [
        "Take [5%] of the dose in [mg] with [B vitamins] daily. [1]",
        "Doses [mg] and [/4] signs",
        f"Doses & <signs> · reviewed 2026-04-01 · sha {digest} · loaded 2026-05-01 09:14",
    ]


def test_the_text_sheet_quotes_every_passage(tmp_path: Path) -> None:
    """Title and heading once, each passage with its citation, known entries, the source's state."""
    library = load_hostile(tmp_path)
    text = sheet_text(compose_sheet(library.passages, Edition(library.corpus, MORNING), MORNING))
    assert text.startswith("Hill Clinic, 3 Mill Lane\nPrinted 1 May 2026\n\n")
    assert text.count("Doses & <signs>\n===============") == 1
    assert "[1] Author A. <i>Journal</i> & more\n" in text
    for passage in library.passages:
        assert f"{passage.text} [{passage.citations[0]}]\n" in text


class _Text(HTMLParser):
    """The text of a page by its elements, and the addresses that it loads."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.paragraphs: list[str] = []
        self.tags: set[str] = set()
        self.loaded: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a paragraph."""
        self.tags.add(tag)
        self.loaded += (value or "" for name, value in attrs if name in ("src", "href"))
        if tag in ("p", "h1", "h2"):
            self.paragraphs.append("")

    def handle_data(self, data: str) -> None:
        """Add to the paragraph."""
        if self.paragraphs:
            self.paragraphs[-1] += data


def test_the_page_to_print_quotes_every_passage(tmp_path: Path) -> None:
    """Read back by a parser of HTML it has the same passages, no element of theirs, and loads nothing."""
    library = load_hostile(tmp_path)
    page = _Text()
    page.feed(sheet_html(compose_sheet(library.passages, Edition(library.corpus, MORNING), MORNING)))
    shown = [" ".join(paragraph.split()) for paragraph in page.paragraphs]
    for passage in library.passages:
        assert f"{passage.text} [{passage.citations[0]}]" in shown
    assert page.tags == {"html", "head", "meta", "title", "style", "body", "header", "h1", "h2", "p", "b", "footer"}
    assert page.loaded == []


def test_the_transcript_reads_as_the_source_has_it(tmp_path: Path) -> None:
    """Read by a parser of Markdown, every passage and question is what it was, and nothing is a link or an element."""
    library = load_hostile(tmp_path)
    questions = ["is *this* [mg](x) `safe`?", *(f"[{number}]" for number in range(1, 11))]
    text = transcript([(library.ask(question), Edition(library.corpus, MORNING)) for question in questions])
    inlines = [token for token in MarkdownIt().parse(text) if token.type == "inline"]
    kinds = {child.type for token in inlines for child in token.children or ()}
    assert kinds <= {"text", "text_special", "strong_open", "strong_close", "hardbreak", "softbreak"}
    shown = ["".join(child.content for child in token.children or ()) for token in inlines]
    for passage in library.passages:
        assert any(line.startswith(f"{passage.text} [{passage.citations[0]}]") for line in shown)
    assert "is *this* [mg](x) `safe`?" in shown
    assert any(line.startswith("Not in this source.") for line in shown)
