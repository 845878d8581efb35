"""Add documents to a corpus of one's own."""

from pathlib import Path

from dnqa.errors import UsageError
from dnqa.sources.checking import summarise
from dnqa.sources.corpus import read_corpus
from dnqa.sources.folder import SUFFIXES, is_source_name
from dnqa.text.characters import clean_line
from dnqa.text.files import name_for_all, read_data, write_aside


def add_document(folder: Path, path: Path) -> str:
    """Copy a document into the folder of a corpus, and say in a line what was read of it.

    folder: that may be written to, as `require_own` gives it.
    Raises UsageError if the file is no source or one of its name is there already, CorpusError if it cannot be read;
    nothing is left in the folder then. OSError if it cannot be copied.
    """
    name = name_for_all(path.name)
    if path.suffix.lower() not in SUFFIXES:
        raise UsageError(f"{path}: no kind of document that is read; name one of {', '.join(SUFFIXES)}")
    if not is_source_name(name):
        raise UsageError(f"{path}: a file of this name is not read as a source; give it another name")
    target = folder / name
    if target.exists():
        raise UsageError(f"{target} is there already; give the new one another name")
    source = read_corpus(path).sources[0]  # what cannot be read is said before anything is copied
    write_aside(target, read_data(path, UsageError), is_shared=True)
    return summarise(source._replace(name=clean_line(name)), source.references)
