"""Which files make a corpus, and whether they have changed.

A corpus is a folder: every *.txt, *.md, *.pdf, *.docx, *.html and *.htm directly in it is a source, in name order,
except synonyms.txt, README* and names that begin with a dot. A single file is a corpus of one source. Beside a source
its sidecar belongs to the corpus, and in a folder synonyms.txt and questions.jsonl.
"""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from dnqa.errors import CorpusError
from dnqa.text.characters import clean_line

CORPUS_VARIABLE = "DNQA_CORPUS"
SYNONYMS_FILE, QUESTIONS_FILE = "synonyms.txt", "questions.jsonl"
SUFFIXES = (".txt", ".md", ".pdf", ".docx", ".html", ".htm")
SIDECAR_SUFFIX = ".toml"
_NOT_SOURCES = (SYNONYMS_FILE,)


def default_path() -> Path:
    """The corpus to use when none is named: that of the environment, else the one shipped with dnqa."""
    named = os.environ.get(CORPUS_VARIABLE)
    return Path(named) if named else shipped_path()


def shipped_path() -> Path:
    """The corpus shipped with dnqa: inside the package in a wheel, beside it in a checkout."""
    package = Path(__file__).parent.parent
    inside = package / "corpus"
    return inside if inside.is_dir() else package.parent / "corpus"


def find_sources(path: Path) -> list[Path]:
    """The sources of a folder, in name order, or the one that is named.

    Raises CorpusError, in one line that says what to do, if there is none.
    """
    try:
        return _find_sources(path)
    except OSError as error:  # a folder that may be listed but not entered
        raise CorpusError(f"{path}: {error.strerror or error}; name a folder that can be read") from error


def _find_sources(path: Path) -> list[Path]:
    if path.is_dir():
        with os.scandir(path) as entries:
            names = sorted(entry.name for entry in entries if _is_source(entry))
        if not names:
            raise CorpusError(
                f"{path}: no source in this folder; put a PDF, Word, HTML, Markdown or text file there, or name another"
            )
        return [path / name for name in names]
    if path.is_file():
        return [path]
    if path.exists():
        raise CorpusError(f"{path}: neither a file nor a folder; name a source or a folder of sources")
    raise CorpusError(f"{path}: no such file or folder; name a source or a folder of sources with --corpus")


def _is_source(entry: "os.DirEntry[str]") -> bool:
    return is_source_name(entry.name) and entry.is_file()


def is_source_name(name: str) -> bool:
    """Whether a file of this name in a folder is one of its sources."""
    return Path(name).suffix.lower() in SUFFIXES and not name.startswith((".", "README")) and name not in _NOT_SOURCES


def sidecar_path(source: Path) -> Path:
    """Where the sidecar of a source is, if it has one."""
    return source.with_suffix(SIDECAR_SUFFIX)


def find_stray_sidecars(path: Path, sources: Sequence[Path]) -> tuple[str, ...]:
    """Names of sidecars in a folder whose source is not there."""
    if not path.is_dir():
        return ()
    stems = {source.stem for source in sources}
    return tuple(sorted(clean_line(found.name) for found in path.glob(f"*{SIDECAR_SUFFIX}") if found.stem not in stems))


def list_knowledge_files(path: Path) -> list[Path]:
    """Where a corpus keeps its synonyms and its known questions, whether or not they are there; [] of a single file."""
    return [path / SYNONYMS_FILE, path / QUESTIONS_FILE] if path.is_dir() else []


class FileState(NamedTuple):
    """What changes whenever a file does.

    size: in bytes. modified, changed: nanoseconds; when its content was changed, and when anything of it was. number:
    of the file on its disk.
    """

    size: int
    modified: int
    changed: int
    number: int


def read_state(status: os.stat_result) -> FileState:
    """The state of a file by what the system says of it."""
    return FileState(status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino)


class Watch:
    """The files of a corpus as they were when it was loaded."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._seen = _read_states(path)

    def find_changed(self) -> list[str]:
        """Names of the files that were changed, added or removed since this was last asked, in order."""
        now = _read_states(self._path)
        changed = sorted(name for name in now.keys() | self._seen.keys() if now.get(name) != self._seen.get(name))
        self._seen = now
        return changed


def _read_states(path: Path) -> dict[str, FileState]:
    """The state of every file of a corpus, by its name; of a folder or file that cannot be looked at there is none."""
    states = {}
    try:
        sources = find_sources(path)
        sidecars = path.glob(f"*{SIDECAR_SUFFIX}") if path.is_dir() else map(sidecar_path, sources)
        files = [*sources, *sidecars, *list_knowledge_files(path)]
    except (CorpusError, OSError):
        return {}
    for file in files:
        try:
            states[file.name] = read_state(file.stat())
        except OSError:
            continue
    return states
