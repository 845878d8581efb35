"""The patient sheet on paper, read back from its PDF."""

import datetime
import re
import subprocess
import sys
from pathlib import Path

import pypdfium2
import pytest

import dnqa
from dnqa.desk import Session, typefaces
from dnqa.desk.paper import sheet_pdf
from dnqa.desk.provenance import Edition
from dnqa.desk.sheet import Sheet, compose_sheet
from dnqa.errors import UsageError
from dnqa.rendering import cite
from tests.desk.test_quoting import load_hostile

MORNING = datetime.datetime(2026, 11, 29, 9, 14)
FOOT = re.compile(r"\b(\d+) of (\d+)\b")


def make_sheet(folder: Path, text: str, sidecar: str = "") -> Sheet:
    """The sheet of all passages of a text."""
    (folder / "care.txt").write_text(text, encoding="utf-8")
    (folder / "care.toml").write_text(sidecar, encoding="utf-8")
    session = Session(dnqa.load(folder), clock=lambda: MORNING)
    for passage in session.library.passages:
        session.tick(passage)
    return session.sheet


def read_pages(pdf: bytes) -> list[str]:
    """The text of each page, white space folded."""
    with pypdfium2.PdfDocument(pdf) as document:
        return [" ".join(page.get_textpage().get_text_range().split()) for page in document]


@pytest.mark.parametrize("is_large", [False, True])
def test_a_hostile_sheet_is_read_back_word_for_word(tmp_path: Path, is_large: bool) -> None:
    """Brackets, elements and entities of a source are printed as they are, and no mark-up of theirs is obeyed."""
    library = load_hostile(tmp_path)
    passages = library.passages[:7]  # no typeface has what comes behind them
    sheet = compose_sheet(passages, Edition(library.corpus, MORNING), MORNING)
    pages = read_pages(sheet_pdf(sheet, is_large=is_large))
    read = " ".join(FOOT.sub("", page, count=1) for page in pages)
    for passage in passages:
        assert f"{passage.text} {cite(passage)}" in " ".join(read.split())
    for line in (sheet.clinic, sheet.printed, *sheet.entries, *sheet.facts):
        assert line in " ".join(read.split())


def test_mark_up_is_text(tmp_path: Path) -> None:
    """What looks like an element or an entity to the typesetter stands on the paper as it does in the source."""
    text = "Care\n\nTake <b>5</b> &amp; <i>rest</i> &lt;now&gt; <para> as [4] says it1.\n"
    sheet = make_sheet(tmp_path, text, 'clinic = "A & <B>"')
    (page,) = read_pages(sheet_pdf(sheet))
    passage = sheet.parts[0].passages[0]
    assert "<b>5</b> &amp; <i>rest</i> &lt;now&gt; <para>" in passage.text
    assert f"{passage.text} {cite(passage)}" in page
    assert "A & <B>" in page


def test_signs_and_greek_letters_are_printed(tmp_path: Path) -> None:
    """Each with its own code, so that it can be copied from the PDF too."""
    text = "Doses\n\nTake ½ of 5 µg of β-blocker at ≥ 2 × 10⁶ α-receptors, “not” μ–opioids → rest, H₂O1.\n"
    sheet = make_sheet(tmp_path, text)
    assert sheet.parts[0].passages[0].text in read_pages(sheet_pdf(sheet))[0]


def test_a_long_sheet_is_whole(tmp_path: Path) -> None:
    """Of sixty passages none is lost or parted by a page from its number or heading, and the pages are counted."""
    text = "".join(
        f"Stage {n}\n\nOn day {n} some soreness of the muscle is usual, and warmth helps; "
        f"{'walk a little and drink as usual, ' * (n % 7)}rest on day {n + 1}{n % 9 + 1}.\n\n"
        for n in range(60)
    )
    sheet = make_sheet(tmp_path, text)
    pages = read_pages(sheet_pdf(sheet, is_large=True))
    assert len(pages) > 5
    passages = [(part.heading, passage) for part in sheet.parts for passage in part.passages]
    assert len(passages) == 60
    for heading, passage in passages:
        assert sum(f"{heading} {passage.text} {cite(passage)}" in page for page in pages) == 1
    feet = [(int(match[1]), int(match[2])) for page in pages for match in [FOOT.search(page)] if match]
    assert feet == [(n, len(pages)) for n in range(1, len(pages) + 1)]


def test_a_word_wider_than_the_page_is_broken_not_cut(tmp_path: Path) -> None:
    """All its letters are on the paper."""
    word = "abcdefghij" * 20
    sheet = make_sheet(tmp_path, f"Care\n\nSee {word} for this1.\n")
    pdf = sheet_pdf(sheet, is_large=True)
    with pypdfium2.PdfDocument(pdf) as document:
        page = document[0]
        text = page.get_textpage()
        assert word in re.sub(r"\s", "", text.get_text_range())
        assert max(text.get_charbox(n)[2] for n in range(text.count_chars())) < page.get_width()


@pytest.mark.parametrize(
    ("character", "said"),
    [("\U000130b8", "EGYPTIAN"), ("א", "HEBREW LETTER ALEF"), ("का", "DEVANAGARI")],
    ids=["no typeface", "from the right", "shaped"],
)
def test_what_cannot_be_printed_is_named(tmp_path: Path, character: str, said: str) -> None:
    """A character is neither dropped nor shown as a box: one line names it and the way round."""
    sheet = make_sheet(tmp_path, f"Care\n\nRest for {character} days helps1.\n")
    assert character in sheet.parts[0].passages[0].text
    with pytest.raises(UsageError, match=f"(?i){said}.*cannot be printed.*/sheet"):
        sheet_pdf(sheet)


def test_what_one_typeface_lacks_another_prints(monkeypatch: pytest.MonkeyPatch) -> None:
    """If none has all, most is in the first, and the rest in one that has it."""
    first = typefaces.Typeface("First", "First Bold", frozenset(map(ord, "für <->x")))
    other = typefaces.Typeface("Other", "Other Bold", frozenset(map(ord, "αβ<r")))
    monkeypatch.setattr(typefaces, "_list_typefaces", lambda: iter((first, other)))
    letters = typefaces.Lettering("für αβ <β>x")
    assert letters.main is first
    assert letters.mark_up("für <αβ>") == 'für &lt;<font name="Other">αβ</font>&gt;'
    assert letters.mark_up("β", is_bold=True) == '<font name="Other Bold">β</font>'


def test_typesetting_is_imported_only_when_printing() -> None:
    """Opening a desk and saving a sheet as text and page need none of it."""
    code = (
        "import sys, dnqa; from dnqa.desk import Session; session = Session(dnqa.load());"
        "session.tick(session.library.passages[0]); session.sheet_files; print('reportlab' in sys.modules);"
        "session.make_paper(); print('reportlab' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "True"]
