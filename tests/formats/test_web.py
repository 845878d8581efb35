"""Web pages: their main text, as lines."""

import pytest

from dnqa.errors import FormatError
from dnqa.formats.web import read_html
from dnqa.reading import read_lines
from dnqa.reading.lines import Line, LineKind

_LARGE = "the web page is too large to read; save its text alone"
_DEEP = "the web page is too deeply nested to read; save its text alone"


def _read(page: str) -> list[Line]:
    return read_html(page.encode())


def _say(page: str) -> list[tuple[str, str]]:
    return [(line.kind.name, line.text) for line in _read(page)]


def test_only_the_main_text() -> None:
    """Menus, notices, related pages, forms, scripts and what is hidden vanish; a box with sentences stays in place."""
    page = """<!DOCTYPE html><html><head><title>No</title><script>"<p>No.</p>"</script></head><body class="has-nav">
    <header><nav><a href="/">Home</a></nav></header><div class="cookie-banner"><p>We use cookies. Fine?</p></div>
    <main><ol class="breadcrumb"><li>No</li></ol><h1>Knee pain</h1><p class="byline">By Ann Lee, Hill Clinic</p>
    <p>Rest helps most of the people who have a knee that hurts.</p>
    <aside><h2>Key point</h2><p>Walk a little every day, as far as you can.</p></aside>
    <aside><h2>You may also like</h2><a href="/ice">When should I use ice? Read on.</a></aside>
    <p hidden>No.</p><p style="display: none">No.</p><p>Ice helps too<span class="mw-editsection">[edit]</span>.</p>
    <form><label>Name</label><input><button>Send</button></form><div class="share-links">Share this.</div></main>
    <footer><p>All rights reserved. No.</p></footer></body></html>"""
    assert _say(page) == [
        ("HEADING", "Knee pain"),
        ("FURNITURE", "By Ann Lee, Hill Clinic"),
        ("START", "Rest helps most of the people who have a knee that hurts."),
        ("HEADING", "Key point"),
        ("START", "Walk a little every day, as far as you can."),
        ("START", "Ice helps too."),
    ]


CITATIONS = {
    "raised": ("Rest helps<sup>1,3</sup>.", (1, 3)),
    "raised links": ('Rest helps<sup><a href="#r1">1</a>-<a href="#r3">3</a></sup>.', (1, 2, 3)),
    "raised side by side": ("Rest helps<sup>1</sup><sup>2</sup>.", (1, 2)),
    "raised brackets": ('Rest helps.<sup><a href="#c1">[1]</a></sup><sup><a href="#c2">[2]</a></sup>', (1, 2)),
    "raised by style": ('Rest helps<span style="vertical-align: super">4</span>.', (4,)),
    "a link that a style sheet raises": ('Rest helps<a class="ref" href="#ref-4">4</a>.', (4,)),
    "brackets": ('Rest helps <a href="#r4">[4]</a>.', (4,)),
    "links in round brackets": ('Rest helps (<a href="#r1">1</a>,<a href="#r3">3</a>).', (1, 3)),
    "links in brackets": ('Rest helps [<a href="#r1">1</a>, <a href="#r3">3</a>].', (1, 3)),
}


@pytest.mark.parametrize(("sentence", "numbers"), CITATIONS.values(), ids=CITATIONS.keys())
def test_citations(sentence: str, numbers: tuple[int, ...]) -> None:
    """However a page sets its citations, they are the numbers of their sentence."""
    passages = read_lines(_read(f"<p>{sentence} Ice [see <i>there</i>] is CO<sub>2</sub> free.</p>")).passages
    assert [(passage.text, passage.citations) for passage in passages] == [
        ("Rest helps.", numbers),
        ("Ice [see there] is CO2 free.", ()),
    ]


def test_lists_and_paragraphs_in_them() -> None:
    """Every item is its own, nested ones too, and a further paragraph goes on with its item."""
    page = "<ul><li>Move often<ul><li>Walk</li><li>Swim</ul><li><p>Rest.</p><p>Sleep well.</p></ul><p>End.</p>"
    assert _say(page) == [
        ("ITEM", "Move often"),
        ("ITEM", "Walk"),
        ("ITEM", "Swim"),
        ("ITEM", "Rest."),
        ("TEXT", "Sleep well."),
        ("START", "End."),
    ]


def test_line_breaks() -> None:
    """One break is a space, two begin a paragraph, one before a bullet an item; preformatted lines are kept."""
    page = "<div>Rest<br>it.<br><br>Ice it:<br>• five minutes<br>• ten minutes</div><pre>One\ngoes on.\n\nTwo.</pre>"
    assert _say(page) == [
        ("START", "Rest it."),
        ("START", "Ice it:"),
        ("ITEM", "five minutes"),
        ("ITEM", "ten minutes"),
        ("START", "One"),
        ("TEXT", "goes on."),
        ("START", "Two."),
    ]


def test_tables() -> None:
    """A row is a line, and a table that only places text is text."""
    page = """<table><caption>Table 1. Doses.</caption><tr><th>Day<th>Dose</tr>
    <tr><td>1<td><p>5 mg<br>daily</p></tr></table>
    <table><tr><td><h2>Ice</h2><p>Use it.</p></td><td>Often.</td></tr></table><table><tr><td>A box.</td></tr></table>"""
    assert _say(page) == [
        ("START", "Table 1. Doses."),
        ("ROW", "Day | Dose"),
        ("ROW", "1 | 5 mg daily"),
        ("HEADING", "Ice"),
        ("START", "Use it."),
        ("START", "Often."),
        ("START", "A box."),
    ]


LISTS = {
    "an ordered list": '<ol><li>Abel T. Knees. <a href="#b">↩︎</a></li><li>Lee A. Hips. <a href="#b">^</a></li></ol>',
    "paragraphs": "<p>1. Abel T. Knees.</p><p>2. Lee A. Hips.</p>",
    "items without numbers": "<ul><li>[1] Abel T. Knees.</li><li>[2] Lee A. Hips.</li></ul>",
    "a table": "<table><tr><td>1.</td><td>Abel T. Knees.</td></tr><tr><td>2.</td><td>Lee A. Hips.</td></tr></table>",
    "terms": "<dl><dt>[1]</dt><dd>Abel T. Knees.</dd><dt>[2]</dt><dd>Lee A. Hips.</dd></dl>",
    "broken lines": "<p>1. Abel T. Knees.<br>2. Lee A. Hips.</p>",
}


@pytest.mark.parametrize("listed", LISTS.values(), ids=LISTS.keys())
def test_reference_lists(listed: str) -> None:
    """The entries of a list under "References" have their numbers, and no links back."""
    read = read_lines(
        _read(f"<h2>Rest</h2><p>It helps.[1]</p><h2>References</h2>{listed}<h2>Contact</h2><p>Call us.</p>")
    )
    assert read.references == {1: "Abel T. Knees.", 2: "Lee A. Hips."}
    assert [(passage.text, passage.section) for passage in read.passages] == [
        ("It helps.", "Rest"),
        ("Call us.", "Contact"),
    ]


def test_notes_without_a_heading() -> None:
    """A list is of references by its role too, and says where its numbers begin."""
    page = '<p>Rest.</p><section role="doc-endnotes"><ol start="3"><li>Abel.</li><li value="7">Lee.</li></ol></section>'
    assert _read(page)[1:] == [
        Line("Abel.", kind=LineKind.ENTRY, number=3),
        Line("Lee.", kind=LineKind.ENTRY, number=7),
    ]


ENCODED = {
    "UTF-8": "<p>Café – rest.</p>".encode(),
    "a mark of UTF-16": "\ufeff<p>Café – rest.</p>".encode("utf-16-le"),
    "what Latin-1 is taken for": "<meta charset=iso-8859-1><p>Café – rest.</p>".encode("cp1252"),
    "a wrong declaration": "<meta charset=punycode><p>Café – rest.</p>".encode("cp1252"),
    "entities": b"<p>Caf&eacute; &#8211;&nbsp;re&shy;st.</p>",
}


@pytest.mark.parametrize("data", ENCODED.values(), ids=ENCODED.keys())
def test_encodings(data: bytes) -> None:
    """A page is decoded by its mark, by what it says, or by what it can be."""
    assert [line.text for line in read_html(data)] == ["Café – rest."]


HOSTILE = {
    "noise": (bytes(range(256)) * 99, "not a web page; save it again as .html, or as plain text"),
    "fifty megabytes": (b"<p>Rest helps. </p>" * 2_700_000, _LARGE),
    "ten thousand elements in each other": (b"<div>x" * 10_000, _DEEP),
}


@pytest.mark.parametrize(("data", "message"), HOSTILE.values(), ids=HOSTILE.keys())
def test_refuses_in_one_line(data: bytes, message: str) -> None:
    """What is no page, or would do harm, is refused in a line that says what to do."""
    with pytest.raises(FormatError, match="^" + message.replace(".", r"\.") + "$"):
        read_html(data)


def test_strays_do_no_harm() -> None:
    """Nothing outside is fetched or expanded, large pictures in the page are no matter, broken markup is read."""
    page = b"<!DOCTYPE html><img src='data:image/png;base64," + b"A" * 20_000_000 + b"'>"
    page += b"<tr><td>a</td></li></ul><li>b</table><h2><table><tr><td>c</h2>&unknown;<p>d<body><main></main>"
    assert sorted(line.text for line in read_html(page)) == ["a", "b", "c&unknown;", "d"]
    assert read_html(b" \n") == []
