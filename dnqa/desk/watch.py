"""Notice when a file of a corpus changes on disk."""

from pathlib import Path

from dnqa.sources.corpus import QUESTIONS_FILE, SUFFIXES

Snapshot = dict[str, tuple[int, int]]
"""By file name: when it was last changed, in nanoseconds, and its size in bytes."""


class Watch:
    """The files of a corpus as they were when it was loaded."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._seen = take_snapshot(path)

    def find_changed(self) -> list[str]:
        """Names of the files that were changed, added or removed since this was last asked, in order."""
        now = take_snapshot(self._path)
        changed = sorted(name for name in now.keys() | self._seen.keys() if now.get(name) != self._seen.get(name))
        self._seen = now
        return changed


def take_snapshot(path: Path) -> Snapshot:
    """Every file that a corpus may be made of; a folder or file that cannot be read has none."""
    try:
        names = list(path.iterdir()) if path.is_dir() else [path, path.with_suffix(".toml")]
    except OSError:
        return {}
    found: Snapshot = {}
    for file in names:
        is_part = file.suffix.lower() in (*SUFFIXES, ".toml") or file.name == QUESTIONS_FILE or file == path
        if not is_part or file.name.startswith((".", "README")):
            continue
        try:
            status = file.stat()
        except OSError:
            continue
        found[file.name] = (status.st_mtime_ns, status.st_size)
    return found
