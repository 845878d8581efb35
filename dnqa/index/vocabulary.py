"""The words that questions are spelled by, looked up on disk.

vocabulary         table from a word to the sum of LAYERS that it belongs to
spellings          words that may be right spellings, each "WORD NUL SOUND NUL LAYERS LF", in groups of words that
                   begin alike, sound alike at the beginning and have the same length
spellings.groups   JSON: [first letter, first letter of the sound, length, first word, last word + 1] of each group
spellings.starts   where each word begins in spellings
spellings.written  of each word the letters, those at its beginning, and those at its end, as bits
spellings.heard    the same of its sound
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property, lru_cache
from itertools import accumulate, groupby
from operator import itemgetter
from typing import NamedTuple

from dnqa.index import loops
from dnqa.index.store import Store, StoreWriter
from dnqa.index.table import Table, write_table

OWN, STOP, SYNONYM, ASKED = 1, 2, 4, 8
"""Layers: words of the corpus, stop words, words of synonyms, and words of known questions that are answered."""
SHORTEST = 4
"""Letters. Shorter unknown words are names and codes more often than mistakes."""
MANY_WORDS = 50_000
"""Among so many words there is always one that is three edits away; two lead far enough there."""
HEARD_REACH = 2
"""So many more edits a word may be away that sounds the same."""
_PART, _LINE = "\0", "\n"
_N_SETS = 3
"""Sets of letters of a word: of all of it, of its beginning, and of its end."""
_N_BITS = 32
"""Of a set of letters."""
_N_AT_END = 6
"""Letters at either end of a word. An edit brings no more than one letter there, and takes no more than one away."""


class Near(NamedTuple):
    """Words among which the right spelling of another may be, how each sounds, and its layers, in parallel."""

    words: list[str]
    sounds: list[str]
    layers: list[int]


_Group = tuple[int, int, int]
"""Words of the same length: the length, the first word, and the last one + 1."""
_Groups = dict[str, list[_Group]]


class Vocabulary:
    """The words that questions are spelled by.

    n_words: how many of them may be a right spelling.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._table = Table(store, "vocabulary")
        self.n_words = store.n_numbers("spellings.starts") - 1
        self.layers = lru_cache(1 << 15)(self._read_layers)
        """The sum of the layers that a word belongs to, 0 for none."""
        self._groups_of = lru_cache(1 << 10)(self._list_groups)

    def load(self) -> None:
        """Know all words, for many questions. Raises DamagedIndexError."""
        self._table.load()

    def _read_layers(self, word: str) -> int:
        return self._table.get(word) or 0

    def __contains__(self, word: object) -> bool:
        """Whether a word is the corpus's or its synonyms'."""
        return isinstance(word, str) and bool(self.layers(word) & (OWN | SYNONYM))

    @cached_property
    def _groups(self) -> tuple[_Groups, _Groups]:
        """The groups of words by the letter that they begin with, and by the one that their sound begins with."""
        written: _Groups = {}
        heard: _Groups = {}
        for first, first_heard, length, start, stop in self._store.read_json("spellings.groups"):
            written.setdefault(first, []).append((length, start, stop))
            heard.setdefault(first_heard, []).append((length, start, stop))
        return written, heard

    def list_spelled(self) -> list[str]:
        """All words that may be right spellings."""
        return _read_lines(bytes(self._store.view("spellings"))).words

    def _list_groups(self, first: str, first_heard: str) -> list[_Group]:
        """The groups whose words begin with a letter, or whose sounds do with another, in order."""
        by_letter, by_sound = self._groups
        return sorted({*by_letter.get(first, ()), *by_sound.get(first_heard, ())}, key=itemgetter(1))

    def _find_runs(self, word: str, heard: str, reach: int) -> list[list[_Group]]:
        """The groups that begin like a word, or sound like it at the beginning, of about its length; those together
        that stand one behind the other.

        heard: how the word sounds. reach: by how much the lengths may differ.
        """
        runs: list[list[_Group]] = []
        for group in self._groups_of(word[:1], heard[:1]):
            if abs(group[0] - len(word)) > reach:
                continue
            if runs and runs[-1][-1][2] == group[1]:
                runs[-1].append(group)
            else:
                runs.append([group])
        return runs

    def near(self, word: str, heard: str, edits: int) -> Near:
        """The words that begin like another, or sound like it at the beginning, and may be near by their letters.

        heard: how the other sounds. edits: how many lead to a word at most that does not sound alike.
        """
        letters, sounds = list_sets(word), list_sets(heard)
        numbers = self._store.numbers
        lines: list[memoryview] = []
        for run in self._find_runs(word, heard, edits + HEARD_REACH):
            first, last = run[0][1], run[-1][2]
            groups = [(stop - first, edits if abs(length - len(word)) <= edits else -1) for length, _, stop in run]
            written = numbers("spellings.written", _N_SETS * first, _N_SETS * last)
            known = numbers("spellings.heard", _N_SETS * first, _N_SETS * last)
            found = loops.find_alike(written, known, groups, letters, sounds)
            if found:
                starts = numbers("spellings.starts", first, last + 1)
                text = self._store.view("spellings", starts[0], starts[-1])
                lines += [text[starts[place] - starts[0] : starts[place + 1] - starts[0]] for place in found]
        return _read_lines(b"".join(lines))


def _read_lines(lines: bytes) -> Near:
    """The words of some lines of spellings."""
    parts = lines.decode().replace(_LINE, _PART).split(_PART)[:-1]
    return Near(parts[::3], parts[1::3], list(map(int, parts[2::3])))


def list_sets(letters: str) -> tuple[int, int, int]:
    """The letters of a word, those at its beginning, and those at its end, as bits."""
    return set_bits(letters), set_bits(letters[:_N_AT_END]), set_bits(letters[-_N_AT_END:])


def set_bits(letters: str) -> int:
    """Letters as bits; different ones may share a bit."""
    bits = 0
    for letter in letters:
        bits |= 1 << ord(letter) % _N_BITS
    return bits


def write_vocabulary(writer: StoreWriter, layers: Mapping[int, Iterable[str]]) -> int:
    """Write the words of each layer, and return how many may be a right spelling."""
    from dnqa.text.sounds import sound

    flags: dict[str, int] = {}
    for layer, words in layers.items():
        for word in words:
            flags[word] = flags.get(word, 0) | layer
    write_table(writer, "vocabulary", flags.items())
    spelled = [word for word in flags if len(word) >= SHORTEST and word.isalpha()]
    members = sorted(
        (word[0], heard[:1], len(word), word, heard) for word, heard in zip(spelled, map(sound, spelled), strict=True)
    )
    groups: list[tuple[str, str, int, int, int]] = []
    begin = 0
    for (first, heard_first, length), of_one in groupby(members, key=itemgetter(0, 1, 2)):
        end = begin + sum(1 for _ in of_one)
        groups.append((first, heard_first, length, begin, end))
        begin = end
    lines = [
        f"{word}{_PART}{heard}{_PART}{flags[word]}{_LINE}".encode("utf-8", "replace") for *_, word, heard in members
    ]
    writer.add("spellings", b"".join(lines))
    writer.add_numbers("spellings.starts", accumulate(map(len, lines), initial=0))
    _write_sets(writer, "spellings.written", [word for *_, word, _ in members])
    _write_sets(writer, "spellings.heard", [heard for *_, heard in members])
    writer.add_json("spellings.groups", groups)
    return len(members)


def _write_sets(writer: StoreWriter, name: str, words: Sequence[str]) -> None:
    """Write the sets of letters of some words, as `list_sets` has them."""
    import numpy as np

    lengths = np.array(list(map(len, words)), np.int64)
    starts = np.cumsum(lengths) - lengths
    letters = np.frombuffer("".join(words).encode("utf-32-le", "surrogatepass"), np.uint32)
    bits = np.append(np.uint32(1) << (letters % _N_BITS), np.uint32(0)).astype(np.uint32)  # a sound may have no letters
    at_end = np.minimum(lengths, _N_AT_END)
    sets = np.zeros((len(words), _N_SETS), np.uint32)
    for place, (begin, n) in enumerate(((starts, lengths), (starts, at_end), (starts + lengths - at_end, at_end))):
        edges = np.stack([begin, begin + n], axis=1).ravel()
        sets[:, place] = np.where(n > 0, np.bitwise_or.reduceat(bits, edges)[::2], 0) if len(words) else 0
    writer.begin(name, "I")
    writer.append(sets.tobytes())
