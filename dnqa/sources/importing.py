"""Make an editable copy of a source, whatever its format: text with citations in one form, and its sidecar."""

import json
from pathlib import Path

from dnqa.errors import SourceError, UsageError
from dnqa.formats.choice import MARKDOWN_SUFFIX
from dnqa.reading import copy_text
from dnqa.sources.folder import SIDECAR_SUFFIX, sidecar_path
from dnqa.sources.parsing import Parser, decode
from dnqa.text.characters import clean_line
from dnqa.text.files import read_data, write_aside

_COPY_SUFFIX = ".md"


def import_source(path: Path, folder: Path, parser: Parser) -> tuple[Path, int]:
    """Write NAME.md and NAME.toml for a source into a folder that is there.

    Citations are written as `[^4]`, headings with "#", the reference list as `[^4]: entry`. Returns the copy, and how
    many passages it has. Raises SourceError if the source cannot be read, UsageError if a file of the copy is there
    already, OSError if it cannot be written; nothing is left half written then.
    """
    copy = folder / f"{path.stem}{_COPY_SUFFIX}"
    sidecar = copy.with_suffix(SIDECAR_SUFFIX)
    for target in (copy, sidecar):
        if target.exists():
            raise UsageError(f"{target} is there already; move it away, or name another folder")
    data = read_data(path, SourceError)
    document = parser.parse(path, data)
    text = document.copy or copy_text(decode(path, data), is_markdown=path.suffix.lower() == MARKDOWN_SUFFIX)
    beside = sidecar_path(path)
    if beside.is_file():
        said = read_data(beside, SourceError)
    else:
        title = document.headings[0].text if document.headings else clean_line(path.stem)
        said = (
            f"# Imported from {clean_line(path.name)}. Compare the copy with it, then say here what the text cannot:\n"
            "# version, reviewed (a date), handoff (a line under every refusal), clinic (its name on patient sheets).\n"
            f"title = {json.dumps(title, ensure_ascii=False)}\n"
        ).encode()
    write_aside(sidecar, said, is_shared=True)
    try:
        write_aside(copy, text.encode("utf-8", "replace"), is_shared=True)
    except OSError:
        sidecar.unlink(missing_ok=True)
        raise
    return copy, len(document.passages)
