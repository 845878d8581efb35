"""Answer questions from a source text, word for word, with its citation numbers.

>>> import dnqa
>>> library = dnqa.load()
>>> answer = library.ask("what does dry needling do about inflammation?")
>>> answer.passages[0].text
'Dry needling also triggers the systems that control inflammation and decrease pain.'
>>> answer.passages[0].citations
(4,)
"""

from dnqa.answers import Answer, Hit, Nearest, Reading, Status
from dnqa.errors import CorpusError, DnqaError, SidecarError, SourceError
from dnqa.library import Library, load
from dnqa.reading import Line, read_lines, read_text
from dnqa.records import Document, Doubt, Heading, Passage

__version__ = "0.1.0"

__all__ = [
    "Answer",
    "CorpusError",
    "DnqaError",
    "Document",
    "Doubt",
    "Heading",
    "Hit",
    "Library",
    "Line",
    "Nearest",
    "Passage",
    "Reading",
    "SidecarError",
    "SourceError",
    "Status",
    "load",
    "read_lines",
    "read_text",
]
