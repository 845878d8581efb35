"""The parts of a Word file that its text leans on: the archive, its styles and its numbering."""

import posixpath
import re
from collections.abc import Iterator
from io import BytesIO
from typing import TYPE_CHECKING, Any, NamedTuple

from dnqa.errors import FormatError

if TYPE_CHECKING:
    from zipfile import ZipFile

_NOT_WHOLE = "not a whole Word file; save it again as .docx"
_ENCRYPTED = "the Word file is encrypted; save a copy without a password"
_OLD = "this is an old .doc; save it as .docx"
_TOO_LARGE = "the Word file is too large to read; save its parts as files of their own"
_OLE = bytes.fromhex("d0cf11e0a1b11ae1")  # how the container of old Office files and of encrypted ones begins
_MOST_FILES = 20_000  # in the archive; Word writes some dozens
_LARGEST_XML = 200_000_000  # bytes of all XML in the archive
_LARGEST_PART = 24_000_000  # bytes of one part: its tree takes up to 15 times as much
_MOST_MARKS = 2_500_000  # of "<" and "=" in one part: what takes room in its tree
_HIGHEST_RATIO = 300  # of a large part to what is stored of it; text repeated in a table comes to 100
_CHUNK = 1 << 20
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_STRICT = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", W[1:-1].encode()),
    (b"http://purl.oclc.org/ooxml/officeDocument/math", M[1:-1].encode()),
)
OFF = ("0", "false", "off", "none")
SIZE = 20  # half points of letters of which nothing is said


class Package:
    """The parts of a Word file, each read only when it is asked for, and never more of it than is allowed."""

    def __init__(self, data: bytes) -> None:
        self._archive = _open(data)
        rels = self._parse("_rels/.rels")
        name = next((target for kind, target in _relations(rels, "") if kind == "officeDocument"), "word/document.xml")
        folder, _, file = name.rpartition("/")
        self._parts = dict(_relations(self._parse(f"{folder}/_rels/{file}.rels".lstrip("/")), folder))
        main = self._parse(name)
        if main is None or main.tag != f"{W}document":
            raise FormatError(_NOT_WHOLE)
        self.main = main

    def read(self, kind: str) -> Any | None:
        """The root of a part that the document names, such as its styles; None if it has none."""
        return self._parse(self._parts.get(kind, ""))

    def _parse(self, name: str) -> Any | None:
        from lxml import etree

        if name not in self._archive.NameToInfo:
            return None
        xml = _read_member(self._archive, name)
        for strict, usual in _STRICT:
            xml = xml.replace(strict, usual)
        if b"<!DOCTYPE" in xml.replace(b"\0", b""):  # Word writes none, and one may define entities
            raise FormatError(_NOT_WHOLE)
        if xml.count(b"<") + xml.count(b"=") > _MOST_MARKS:
            raise FormatError(_TOO_LARGE)
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
        )
        try:
            return etree.fromstring(xml, parser)
        except (etree.XMLSyntaxError, ValueError) as problem:
            raise FormatError(_NOT_WHOLE) from problem


def _open(data: bytes) -> "ZipFile":
    from zipfile import BadZipFile, ZipFile

    if data.startswith(_OLE):
        raise FormatError(_ENCRYPTED if "EncryptedPackage".encode("utf-16-le") in data else _OLD)
    if data.count(b"PK\1\2") > _MOST_FILES:
        raise FormatError(_NOT_WHOLE)
    try:
        archive = ZipFile(BytesIO(data))
    except (BadZipFile, OSError, ValueError, NotImplementedError, EOFError) as problem:
        raise FormatError(_NOT_WHOLE) from problem
    files = [file for file in archive.infolist() if file.filename.endswith((".xml", ".rels"))]
    if any(file.flag_bits & 1 for file in files):
        raise FormatError(_ENCRYPTED)
    if sum(file.file_size for file in files) > _LARGEST_XML:
        raise FormatError(_TOO_LARGE)
    return archive


def _read_member(archive: "ZipFile", name: str) -> bytes:
    """The bytes of a file in the archive, never more of them than the archive says."""
    import zlib
    from zipfile import BadZipFile

    file = archive.NameToInfo[name]
    if file.file_size > _LARGEST_PART or file.file_size > max(_CHUNK, file.compress_size * _HIGHEST_RATIO):
        raise FormatError(_TOO_LARGE)
    chunks: list[bytes] = []
    try:
        with archive.open(file) as stream:
            while chunk := stream.read(_CHUNK):
                chunks.append(chunk)
    except (BadZipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError) as problem:
        raise FormatError(_NOT_WHOLE) from problem
    return b"".join(chunks)


def _relations(rels: Any | None, folder: str) -> Iterator[tuple[str, str]]:
    """The kind of every part that another one names, and where in the archive it is."""
    for relation in rels if rels is not None else ():
        target, kind = relation.get("Target", ""), relation.get("Type", "")
        if relation.get("TargetMode") != "External":
            path = target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target)
            yield kind.rpartition("/")[2], posixpath.normpath(path)


class Look(NamedTuple):
    """What a style, or the properties of a paragraph or of a run, say; None where they say nothing."""

    level: int | None = None  # in the outline, from 0; 9 is that of text
    number_id: str | None = None
    depth: int | None = None  # in its list
    bold: bool | None = None
    size: int | None = None  # in half points
    raised: bool | None = None
    lift: int | None = None  # above the line, in half points
    hidden: bool | None = None
    name: str | None = None
    mark: str | None = None  # "del" if the end of the paragraph was deleted

    def over(self, base: "Look") -> "Look":
        """This look, and where it says nothing that of its base."""
        return Look._make(base[at] if value is None else value for at, value in enumerate(self))


_HEADING_NAME = re.compile(r"heading ([1-9])")
_TITLE_LEVEL = -1


def read_look(*properties: Any) -> Look:
    """What the elements with the properties of a paragraph and of a run say; None stands for one that is missing."""
    found: dict[str, Any] = {}
    for element in (child for parent in properties if parent is not None for child in parent):
        value = element.get(f"{W}val")
        match element.tag.removeprefix(W):
            case "outlineLvl":
                found["level"] = _whole(value)
            case "numPr":
                for child in element:
                    is_id = child.tag == f"{W}numId"
                    found["number_id" if is_id else "depth"] = (
                        child.get(f"{W}val") if is_id else _whole(child.get(f"{W}val"))
                    )
            case "b":
                found["bold"] = value not in OFF
            case "vanish" | "strike" | "dstrike":  # what is struck out is no longer said
                found["hidden"] = value not in OFF
            case "sz":
                found["size"] = _whole(value)
            case "vertAlign":
                found["raised"] = value == "superscript"
            case "position":
                found["lift"] = _whole(value)
            case "rPr":
                found["mark"] = "del" if element.find(f"{W}del") is not None else None
    return Look(**found)


def _whole(text: str | None) -> int | None:
    """The number that a text is, None if it is none."""
    return int(text) if text and re.fullmatch(r"-?\d{1,6}", text, re.ASCII) else None


class Styles:
    """The looks of styles, what they are based on included."""

    def __init__(self, root: Any | None) -> None:
        self._elements: dict[str, Any] = {}
        self._looks: dict[str, Look] = {}
        self.normal, self.defaults = "", Look(size=SIZE)
        for element in root if root is not None else ():
            if element.tag == f"{W}style":
                self._elements[element.get(f"{W}styleId", "")] = element
                if element.get(f"{W}type") == "paragraph" and element.get(f"{W}default") not in (None, *OFF):
                    self.normal = element.get(f"{W}styleId", "")
            elif element.tag == f"{W}docDefaults":
                self.defaults = read_look(element.find(f"{W}rPrDefault/{W}rPr")).over(self.defaults)

    def find(self, style: str) -> Look:
        """What a style says, by its id."""
        if style not in self._looks:
            look, name, seen = Look(), style, set[str]()
            while name in self._elements and name not in seen:
                seen.add(name)
                look = look.over(self._read(self._elements[name]))
                base = self._elements[name].find(f"{W}basedOn")
                name = base.get(f"{W}val", "") if base is not None else ""
            self._looks[style] = look
        return self._looks[style]

    @staticmethod
    def _read(element: Any) -> Look:
        called = element.find(f"{W}name")
        name = called.get(f"{W}val", "").lower() if called is not None else ""
        look = read_look(element.find(f"{W}pPr"), element.find(f"{W}rPr"))._replace(name=name)
        if heading := _HEADING_NAME.fullmatch(name):
            return look._replace(level=int(heading[1]) - 1)
        return look._replace(level=_TITLE_LEVEL) if name == "title" else look


class Numbering:
    """The lists of a document, and how far each has been counted."""

    def __init__(self, root: Any | None) -> None:
        self._abstract: dict[str, str] = {}
        self._levels: dict[tuple[str, int], tuple[str, int]] = {}  # format and first number
        self._starts: dict[tuple[str, int], int] = {}  # of lists that begin anew
        self._counts: dict[tuple[str, int], int] = {}
        for element in root if root is not None else ():
            own = element.get(f"{W}abstractNumId")
            for level in element.iterfind(f"{W}lvl") if own is not None else ():
                self._levels[own, _whole(level.get(f"{W}ilvl")) or 0] = (
                    find_value(level, "numFmt", "decimal"),
                    _whole(find_value(level, "start", "1")) or 1,
                )
            if element.tag == f"{W}num":
                number_id = element.get(f"{W}numId", "")
                self._abstract[number_id] = find_value(element, "abstractNumId", "")
                for level in element.iterfind(f"{W}lvlOverride"):
                    start = _whole(find_value(level, "startOverride", ""))
                    if start is not None:
                        self._starts[number_id, _whole(level.get(f"{W}ilvl")) or 0] = start

    def count(self, number_id: str, depth: int) -> tuple[bool, int]:
        """Whether a paragraph is an item of a list, and its number in it, 0 behind a bullet."""
        own = self._abstract.get(number_id)
        kind, start = self._levels.get((own or "", depth), ("bullet", 1))
        if number_id == "0" or kind == "none":
            return False, 0
        if own is None or kind == "bullet":
            return True, 0
        anew = self._starts.pop((number_id, depth), None)
        number = self._counts.get((own, depth), start - 1) + 1 if anew is None else anew
        self._counts[own, depth] = number
        for deeper in range(depth + 1, 9):
            self._counts.pop((own, deeper), None)
        return True, number


def find_value(element: Any, tag: str, otherwise: str) -> str:
    """The value of a child of an element, by its tag; another one if there is none."""
    child = element.find(f"{W}{tag}")
    return str(child.get(f"{W}val", otherwise)) if child is not None else otherwise
