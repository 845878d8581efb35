"""Which format a file has, told by its bytes first and by its name only then; and how it is read."""

import io
import re
import zipfile
from importlib import import_module

from dnqa.reading import read_lines
from dnqa.records import Document

TEXT, MARKDOWN = "text", "Markdown"
MARKDOWN_SUFFIX = ".md"
_READERS = {"PDF": ("pdf", "read_pdf"), "Word": ("word", "read_docx"), "web page": ("web", "read_html")}
SUFFIXES = {".pdf": "PDF", ".docx": "Word", ".html": "web page", ".htm": "web page"}
"""Formats by the suffix that their files usually have; what has another is text."""
_OPENING = 1024  # bytes in which the mark of a format stands
_PAGE = re.compile(rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html)\b", re.I | re.S)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def find_format(suffix: str, data: bytes) -> str:
    """The format of a file: "PDF", "Word", "web page" or "text".

    suffix: of its name, in small letters.
    """
    opening = data[:_OPENING]
    if b"%PDF-" in opening:
        return "PDF"
    if data.startswith(_OLE) or (data.startswith(b"PK\x03\x04") and (suffix == ".docx" or _is_word(data))):
        return "Word"
    if _PAGE.match(opening.removeprefix(b"\xef\xbb\xbf")):
        return "web page"
    return SUFFIXES.get(suffix, TEXT)


def _is_word(data: bytes) -> bool:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return "word/document.xml" in archive.namelist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        return False


def read_format(kind: str, data: bytes) -> Document:
    """Read a file that is not text. Raises FormatError, in a line that says what to do, if it cannot be read."""
    module, function = _READERS[kind]
    lines = getattr(import_module(f"dnqa.formats.{module}"), function)(data)
    return read_lines(lines)
