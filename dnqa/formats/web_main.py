"""The elements of a web page that hold its main text, without what stands around it: menus, notices, related pages."""

import re
from collections.abc import Callable, Iterator
from typing import Any

from dnqa.errors import FormatError
from dnqa.text.characters import fold

_NOT_A_PAGE = "not a web page; save it again as .html, or as plain text"
_TOO_LARGE = "the web page is too large to read; save its text alone"
_TOO_DEEP = "the web page is too deeply nested to read; save its text alone"
_LARGEST = 16_000_000  # bytes without embedded pictures; the tree takes up to 30 times as much
_MOST_TAGS, _MOST_ATTRIBUTES = 400_000, 1_000_000  # what takes room in the tree, and time
_NEVER = tuple(
    "script style noscript template head title nav button input select textarea label option datalist iframe object "
    "embed svg img picture audio video canvas map dialog annotation annotation-xml rp rt menu s strike del".split()
)
_ROLES = frozenset(
    "alertdialog banner complementary contentinfo dialog menu menubar navigation search tablist toolbar".split()
)
_AROUND = frozenset(
    "advert advertisement ads backlink backref breadcrumb breadcrumbs comments consent cookie cookies editsection "
    "feedback gdpr navbar navbox newsletter noprint pager pagination reversefootnote share sharing skip skiplink "
    "social subscribe sr-only visually-hidden visuallyhidden screen-reader-text footnote-back doc-backlink".split()
)
_BESIDE = frozenset("banner menu nav navigation promo recommended related sidebar tabs toc toolbar widget".split())
NOTES = frozenset(
    "bibliography citations doc-bibliography doc-endnotes doc-footnotes endnotes footnotes references reflist "
    "ref-list reference-list".split()
)
"""What class or role call an element that holds notes or references."""
_BOXES = frozenset("alert box callout caution danger highlight important info key note panel tip warning".split())
_FEWEST_IN_BOX = 40  # characters outside of links
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_SENTENCE = re.compile(r"[^\W\d_]{2}[)”’\"]?[.?!](?:\s|\[|$|\d)")
_ENCODING = re.compile(r"utf-?8|iso-?8859|latin|windows-|cp\d|koi8|gb|big5|shift|euc|mac", re.I)
_DATA_ADDRESS = re.compile(rb"data:[\w/+.;=-]{1,80},[^\s\"'<>)]{200,}")


def parse_page(data: bytes) -> Any | None:
    """The root of a page, without scripts and the like; None if it is empty.

    Raises FormatError if the bytes are no page that can be read.
    """
    from lxml import etree

    text = _decode(_DATA_ADDRESS.sub(b"", data))
    if not _is_text(text):
        raise FormatError(_NOT_A_PAGE)
    text = text.replace("\0", "")
    if not text.strip():
        return None
    if len(text) > _LARGEST or text.count("<") > _MOST_TAGS or text.count("=") > _MOST_ATTRIBUTES:
        raise FormatError(_TOO_LARGE)
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError) as problem:
        raise FormatError(_NOT_A_PAGE) from problem
    if any(entry.level_name == "FATAL" for entry in parser.error_log):  # it stopped there: what follows would be lost
        raise FormatError(_TOO_DEEP)
    if root is None:
        return None
    etree.strip_elements(root, *_NEVER, with_tail=False)
    return root


def _decode(data: bytes) -> str:
    """The text of a page, by its byte order mark, what it says of itself, or what it can be."""
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace")
    said = re.search(rb"(?:charset|<\?xml[^>]{0,80}encoding)\s*=\s*[\"']?\s*([\w.:-]{2,40})", data[:4096], re.I)
    name = said[1].decode("ascii") if said else ""
    if re.fullmatch(r"iso-?8859-1|latin-?1|(?:us-)?ascii", name, re.I):
        name = "cp1252"  # as browsers take it
    for encoding in (name if _ENCODING.match(name) else "utf-8", "utf-8"):
        try:
            return data.decode(encoding)
        except (UnicodeError, LookupError):
            continue
    return data.decode("cp1252", "replace")


def _is_text(text: str) -> bool:
    """Whether next to nothing of what a text begins with is a control character."""
    start = text[:20_000]
    n_odd = sum((character < " " and character not in "\t\n\r\f") or character == "\ufffd" for character in start)
    return n_odd * 100 <= len(start)


def find_main(root: Any) -> tuple[Any, Any | None]:
    """The element of the main text, and the title of the page if it stands elsewhere."""
    body = root.find("body") if root.find("body") is not None else root
    least = _count_text(body) / 2
    is_main: tuple[Callable[[Any], bool], ...] = (
        lambda element: element.tag == "main" or element.get("role") == "main",
        lambda element: element.tag == "article",
    )
    for is_candidate in is_main:
        found = max(_find_outermost(body, is_candidate), key=_count_text, default=None)
        if found is not None and _count_text(found) > least:
            titles = [] if found.find(".//h1") is not None else [body.find(".//h1")]
            return found, next((title for title in titles if title is not None and title.find(".//a") is None), None)
    return body, None


def _find_outermost(root: Any, is_candidate: Callable[[Any], bool]) -> list[Any]:
    from lxml import etree

    found = []
    walk = etree.iterwalk(root, events=("start",))
    for _, element in walk:
        if is_candidate(element):
            found.append(element)
            walk.skip_subtree()
    return found


def _count_text(element: Any) -> int:
    """How many characters of text stand in an element, short ones and links left out."""
    return sum(len(text) for text in _texts(element) if len(text) > 25)


def _texts(element: Any) -> Iterator[str]:
    """The text in an element outside of links, piece by piece."""
    from lxml import etree

    walk = etree.iterwalk(element, events=("start", "end"))
    for event, part in walk:
        if event == "start" and part.tag == "a":
            walk.skip_subtree()
        elif event == "start":
            yield part.text or ""
        elif part is not element:
            yield part.tail or ""


def _holds_sentences(element: Any) -> bool:
    """Whether an element beside the text has sentences, or is a box, and is more than links."""
    text = fold("".join(_texts(element)))
    n_linked = sum(len(word) for link in element.iter("a") for word in link.itertext())
    return len(text) > max(_FEWEST_IN_BOX, n_linked) and bool(_BOXES & names_of(element) or _SENTENCE.search(text))


def names_of(element: Any) -> set[str]:
    """What class, id and role call an element, whole and by their words."""
    said = f"{element.get('class', '')} {element.get('id', '')} {element.get('role', '')}".lower()
    return {*said.split(), *re.split(r"[\s_-]+", said)}


def is_hidden(element: Any) -> bool:
    """Whether an element is not shown, or is no text by what it is called."""
    style = element.get("style")
    hidden = "hidden" in element.attrib or element.get("aria-hidden") == "true"
    return hidden or bool(style and _HIDDEN.search(style)) or bool(_AROUND & names_of(element))


def is_beside(element: Any) -> bool:
    """Whether an element may stand beside the main text."""
    around = element.tag in ("aside", "footer") or element.get("role") in _ROLES
    return (around and element.tag != "header") or bool(_BESIDE & names_of(element))


def belongs(element: Any) -> bool:
    """Whether an element that may stand beside the main text is part of it: a box with sentences, or notes."""
    if element.tag == "footer" or element.get("role") in _ROLES - {"complementary"}:
        return any(NOTES & names_of(part) for part in element.iter())
    return _holds_sentences(element)
