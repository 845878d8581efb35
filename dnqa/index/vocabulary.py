"""The words that questions are spelled by, looked up on disk.

vocabulary            table from a word to the sum of LAYERS that it belongs to
spellings             groups of words that begin alike, are pronounced alike at the beginning and have the same
                      length; each "WORD LF WORD ... NUL SOUND LF SOUND ... NUL LAYER LF LAYER ..."
spellings.groups      JSON: [first letter, first letter of the sound, length, start, stop] of each group
"""

from collections.abc import Iterable, Mapping
from functools import cached_property, lru_cache
from itertools import groupby
from typing import NamedTuple

from dnqa.index.store import Store, StoreWriter
from dnqa.index.table import Table, write_table
from dnqa.sounds import sound

OWN, STOP, SYNONYM, ASKED = 1, 2, 4, 8
"""Layers: words of the corpus, stop words, words of synonyms, and words of known questions that are answered."""
SHORTEST = 4
"""Letters. Shorter unknown words are names and codes more often than mistakes."""
_PART, _LINE = "\0", "\n"


class Near(NamedTuple):
    """Words among which the right spelling of another may be, how each sounds, and its layers, in parallel."""

    words: list[str]
    sounds: list[str]
    layers: list[int]


class Vocabulary:
    """The words that questions are spelled by."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._table = Table(store, "vocabulary")
        self.layers = lru_cache(1 << 15)(self._read_layers)
        """The sum of the layers that a word belongs to, 0 for none."""

    def _read_layers(self, word: str) -> int:
        return self._table.get(word) or 0

    def __contains__(self, word: object) -> bool:
        """Whether a word is the corpus's or its synonyms'."""
        return isinstance(word, str) and bool(self.layers(word) & (OWN | SYNONYM))

    @cached_property
    def _groups(self) -> list[tuple[str, str, int, int, int]]:
        return [tuple(group) for group in self._store.read_json("spellings.groups")]

    def near(self, word: str, heard: str, reach: int) -> Near:
        """The words that begin or sound at the beginning like another, at most `reach` letters longer or shorter.

        heard: how the other sounds.
        """
        found = Near([], [], [])
        for first, first_heard, length, start, stop in self._groups:
            if abs(length - len(word)) <= reach and (first == word[:1] or first_heard == heard[:1]):
                words, sounds, layers = bytes(self._store.view("spellings", start, stop)).decode().split(_PART)
                found.words.extend(words.split(_LINE))
                found.sounds.extend(sounds.split(_LINE))
                found.layers.extend(map(int, layers.split(_LINE)))
        return found


def write_vocabulary(writer: StoreWriter, layers: Mapping[int, Iterable[str]]) -> None:
    """Write the words of each layer."""
    flags: dict[str, int] = {}
    for layer, words in layers.items():
        for word in words:
            flags[word] = flags.get(word, 0) | layer
    write_table(writer, "vocabulary", flags.items())
    groups = []
    length = 0
    writer.begin("spellings")
    spelled = sorted(word for word in flags if len(word) >= SHORTEST and word.isalpha())
    for first, words in groupby(spelled, key=lambda word: word[0]):
        alike = sorted((heard[:1], len(word), word, heard) for word in words for heard in (sound(word),))
        for (heard, size), members in groupby(alike, key=lambda member: member[:2]):
            _, _, group, sounds = zip(*members, strict=True)
            written = _PART.join(map(_LINE.join, (group, sounds, [str(flags[word]) for word in group])))
            data = written.encode("utf-8", "replace")
            writer.append(data)
            groups.append((first, heard, size, length, length + len(data)))
            length += len(data)
    writer.add_json("spellings.groups", groups)
