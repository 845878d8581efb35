"""The sidecar of a source: what a person must say because the text cannot.

NAME.toml beside NAME.txt or NAME.md may hold:

title       the title of the hand-out
version     its version, as printed
reviewed    its review date, a TOML date or text
handoff     the clinic's own line under every refusal
clinic      the clinic's name, with its address if wanted, in one line; at the top of a patient sheet
references  a table of number = "entry", for sources whose list is elsewhere
moved       tables with `begins`, the first words of a passage, and `section`, the heading that
            it belongs under
"""

import datetime
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from dnqa.errors import SidecarError
from dnqa.text.characters import clean_line
from dnqa.text.files import decode_utf8, read_data


class Move(NamedTuple):
    """A passage that the text has in the wrong place: its first words, and the heading it belongs under."""

    begins: str
    section: str


@dataclass(frozen=True, slots=True)
class Sidecar:
    """What a sidecar says; every field is empty where it says nothing."""

    title: str = ""
    version: str = ""
    reviewed: str = ""
    handoff: str = ""
    clinic: str = ""
    references: Mapping[int, str] = field(default_factory=dict)
    moved: tuple[Move, ...] = ()


_TEXT_KEYS = ("title", "version", "reviewed", "handoff", "clinic")
_KEYS = (*_TEXT_KEYS, "references", "moved")
_AT_LINE = re.compile(r"\(at line (\d+), column \d+\)")


def read_sidecar(path: Path) -> Sidecar:
    """Read a sidecar file, as `parse_sidecar` does."""
    return parse_sidecar(path, read_data(path, SidecarError))


def parse_sidecar(path: Path, data: bytes) -> Sidecar:
    """What the bytes of a sidecar file say.

    Raises SidecarError, which names the file and the line, if it is not UTF-8 or TOML, or holds
    a key or a value that a sidecar does not have.
    """
    text = decode_utf8(path, data, SidecarError)
    try:
        table = tomllib.loads(text)
    except (ValueError, RecursionError) as error:  # tomllib's own, a number of thousands of digits, deep nesting
        message = str(error)
        found = _AT_LINE.search(message)
        line = found[1] if found else str(text.count("\n") + 1)
        raise SidecarError(f"{path}, line {line}: {_AT_LINE.sub('', message).strip()}; mend the TOML there") from error
    return _Checker(path, text).check(table)


class _Checker:
    """Turns a TOML table into a Sidecar, or says where it is wrong."""

    def __init__(self, path: Path, text: str) -> None:
        self._path = path
        self._lines = text.splitlines()

    def check(self, table: dict[str, Any]) -> Sidecar:
        for key in table:
            if key not in _KEYS:
                raise self._error(key, f'unknown key "{key}"; a sidecar has {", ".join(_KEYS)}')
        texts = {key: self._read_text(key, table[key]) for key in _TEXT_KEYS if key in table}
        return Sidecar(
            **texts,
            references=self._read_references(table.get("references", {})),
            moved=tuple(self._read_moves(table.get("moved", []))),
        )

    def _read_text(self, key: str, value: object) -> str:
        if isinstance(value, datetime.date):
            return value.isoformat()
        if not isinstance(value, str):
            raise self._error(key, f"{key} must be text in quotes")
        return clean_line(value)

    def _read_references(self, value: object) -> dict[int, str]:
        if not isinstance(value, dict):
            raise self._error("references", 'references must be a table of number = "entry"')
        for number, entry in value.items():
            if not re.fullmatch(r"[1-9]\d{0,2}", number) or not isinstance(entry, str):
                raise self._error(number, 'a reference is a number from 1 to 999 = "entry"')
        return {int(number): clean_line(entry) for number, entry in value.items()}

    def _read_moves(self, value: object) -> list[Move]:
        if not isinstance(value, list):
            raise self._error("moved", "write [[moved]] with two brackets")
        moves = []
        for entry in value:
            if not isinstance(entry, dict) or set(entry) != {"begins", "section"}:
                raise self._error("moved", "each [[moved]] has begins and section, and nothing else")
            if not all(isinstance(text, str) and text.strip() for text in entry.values()):
                raise self._error("moved", "begins and section must be text in quotes")
            moves.append(Move(clean_line(entry["begins"]), clean_line(entry["section"])))
        return moves

    def _error(self, key: str, message: str) -> SidecarError:
        """An error that names the first line that mentions a key."""
        mentions = re.compile(rf"\s*\[*\s*[\"']?{re.escape(key)}\b")
        line = next((n for n, text in enumerate(self._lines, 1) if mentions.match(text)), 1)
        return SidecarError(f"{self._path}, line {line}: {message}")
