"""Answer questions from a source text, word for word, with its citation numbers.

>>> import dnqa
>>> library = dnqa.load()
>>> answer = library.ask("what does dry needling do about inflammation?")
>>> answer.passages[0].text
'Dry needling also triggers the systems that control inflammation and decrease pain.'
>>> answer.passages[0].citations
(4,)
"""

from typing import TYPE_CHECKING, Any

from dnqa import version

if TYPE_CHECKING:
    from dnqa.errors import CorpusError, DnqaError, SidecarError, SourceError
    from dnqa.library import Library, load
    from dnqa.reading import Line, read_lines, read_text
    from dnqa.records import Answer, Document, Doubt, Heading, Hit, Interpretation, NearSection, Passage, Status


__version__ = version.VERSION

_MODULES = {
    "dnqa.errors": ("CorpusError", "DnqaError", "SidecarError", "SourceError"),
    "dnqa.library": ("Library", "load"),
    "dnqa.reading": ("Line", "read_lines", "read_text"),
    "dnqa.records": (
        "Answer",
        "Document",
        "Doubt",
        "Heading",
        "Hit",
        "Interpretation",
        "NearSection",
        "Passage",
        "Status",
    ),
}
_MODULE_OF = {name: module for module, names in _MODULES.items() for name in names}

__all__ = [
    "Answer",
    "CorpusError",
    "DnqaError",
    "Document",
    "Doubt",
    "Heading",
    "Hit",
    "Interpretation",
    "Library",
    "Line",
    "NearSection",
    "Passage",
    "SidecarError",
    "SourceError",
    "Status",
    "load",
    "read_lines",
    "read_text",
]


def __getattr__(name: str) -> Any:
    """Import what is asked for when it is: reading a source is not needed to answer from a saved index."""
    if name not in _MODULE_OF:
        raise AttributeError(f"module 'dnqa' has no attribute '{name}'")
    import importlib

    return getattr(importlib.import_module(_MODULE_OF[name]), name)
