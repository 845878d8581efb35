"""The index of a corpus in shards: one file for what is known of the whole, and one for each share of the sources.

It gives what one index of all sources gives, to the last bit: a question goes to all shards, first for how many
passages have its words and pairs of words, then with these numbers for the best passages (distributed term statistics,
as Elasticsearch's "dfs query then fetch" has them), and the best of all shards are merged in the total order.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import chain, islice
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from dnqa.errors import DamagedIndexError
from dnqa.index.index import PASSAGES_PER_BLOCK, HeadingName, Index, unpack_passages
from dnqa.index.places import Places
from dnqa.index.shard import Asked, Shard
from dnqa.index.store import Store, open_store
from dnqa.index.vocabulary import MANY_WORDS, OWN, Near, Vocabulary
from dnqa.index.wordfield import HEADING_SHARE, Term, Weights, Whole, idf, pair_up, sort_pair
from dnqa.records import Passage
from dnqa.sources.synonyms import Meanings
from dnqa.text.analysis import terms

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_CACHED = 1 << 15  # words and terms of which it is remembered what all shards say
_CACHED_BLOCKS = 64


class Shards(Protocol):
    """Where the shards of an index are, and how they are asked. Raises DamagedIndexError or ClusterError."""

    def ask(self, method: str, *arguments: Any) -> list[Any]:
        """Call a method of every shard, with the same arguments, and give what each returns, in order."""

    def ask_each(self, method: str, arguments: Mapping[int, tuple[Any, ...]]) -> dict[int, Any]:
        """Call a method of some shards, each with arguments of its own, by their numbers."""

    @property
    def n(self) -> int:
        """How many shards there are."""

    @property
    def n_bytes(self) -> int:
        """The size of all shards."""

    @property
    def is_far(self) -> bool:
        """Whether a call takes so long that it is worth its while to ask for much at a time."""


class ShardsHere:
    """Shards in this process."""

    is_far = False

    def __init__(self, stores: Sequence[Store]) -> None:
        self._shards = [Shard(Index(store)) for store in stores]
        self.n = len(stores)
        self.n_bytes = sum(store.n_bytes for store in stores)

    def ask(self, method: str, *arguments: Any) -> list[Any]:
        """As `Shards` has it."""
        return [getattr(shard, method)(*arguments) for shard in self._shards]

    def ask_each(self, method: str, arguments: Mapping[int, tuple[Any, ...]]) -> dict[int, Any]:
        """As `Shards` has it."""
        return {number: getattr(self._shards[number], method)(*given) for number, given in arguments.items()}


class _Known(dict[str, int]):
    """What all shards say of words, remembered."""

    def __init__(self, ask: Callable[[Sequence[str]], Iterable[int]]) -> None:
        super().__init__()
        self._ask = ask

    def __missing__(self, word: str) -> int:
        self.expect([word])
        return self[word]

    def expect(self, words: Iterable[str]) -> None:
        """Ask for all words that are not known at a time."""
        if new := [word for word in dict.fromkeys(words) if word not in self]:
            if len(self) > _CACHED:
                self.clear()
            self.update(zip(new, self._ask(new), strict=True))


class ShardedWords:
    """The passages' own words, as `dnqa.index.wordfield.WordField` has them.

    n_rows: how many passages.
    """

    def __init__(self, shards: Shards, places: Places) -> None:
        self.n_rows: int = places.firsts[-1]
        self.counts = _Known(lambda words: map(sum, zip(*shards.ask("count", words), strict=True)))
        """How many passages have a term."""
        self._shards = shards
        self._places = places

    def find(self, text: str) -> Term | None:
        """A term by its text, None if no passage has it; it has no number."""
        n = self.counts[text]
        return Term(-1, n, idf(n, self.n_rows)) if n else None

    def idf(self, text: str) -> float | None:
        """The inverse document frequency of a term, above 0; None if no passage has it."""
        term = self.find(text)
        return term.idf if term else None

    @property
    def rarest(self) -> float:
        """The inverse document frequency of a term that one passage has."""
        return idf(1, self.n_rows)

    def _survey(self, asked: Asked) -> Whole:
        pairs = list(
            dict.fromkeys(sort_pair(*pair) for pair in pair_up(asked.terms) if {*pair} <= asked.weights.keys())
        )
        surveys = self._shards.ask("survey", asked, pairs)
        n_held = map(sum, zip(*(survey.n_held for survey in surveys), strict=True))
        n_pairs = map(sum, zip(*(survey.n_pairs for survey in surveys), strict=True))
        order = sorted(zip(asked.weights, n_held, strict=True), key=itemgetter(1))
        return Whole([word for word, _ in order], self.n_rows, dict(zip(pairs, n_pairs, strict=True)))

    def score(self, weights: Weights, meanings: Meanings, terms: Sequence[str], rows: Sequence[int]) -> list[float]:
        """How much of a question some passages, ascending, hold."""
        if not rows:
            return []
        asked = Asked(weights, meanings, terms)
        whole = self._survey(asked)
        own = self._places.share_out(rows)
        sorted_rows = {shard: sorted(of_one) for shard, of_one in own.items()}
        found = self._shards.ask_each("score", {shard: (asked, of_one, whole) for shard, of_one in sorted_rows.items()})
        by_place = {
            (shard, row): score
            for shard, of_one in sorted_rows.items()
            for row, score in zip(of_one, found[shard], strict=True)
        }
        return [by_place[self._places.find(row)] for row in rows]

    def top(self, weights: Weights, meanings: Meanings, terms: Sequence[str], depth: int) -> list[tuple[int, float]]:
        """The best passages and their scores, best first, then in document order; at most `depth`, all above 0."""
        asked = Asked(weights, meanings, terms)
        found = self._shards.ask("top", asked, depth, self._survey(asked))
        best = sorted((score for hits in found for _, score in hits), reverse=True)[:depth]
        least = best[-1] if best else 0.0
        globalise = self._places.globalise
        hits = [
            (globalise(shard, row), score)
            for shard, of_one in enumerate(found)
            for row, score in of_one
            if score >= least
        ]
        return sorted(hits, key=lambda hit: (-hit[1], hit[0]))[:depth]


class ShardedVocabulary:
    """The words that questions are spelled by, as `dnqa.index.vocabulary.Vocabulary` has them.

    n_words: how many of them may be a right spelling.
    """

    def __init__(self, shards: Shards, root: Store) -> None:
        self._shards = shards
        self._root = Vocabulary(root)
        self.n_words: int = root.header["n_words"]
        self.known = _Known(self._look_up)

    def _look_up(self, words: Sequence[str]) -> Iterator[int]:
        for word, own in zip(words, zip(*self._shards.ask("layers", words), strict=True), strict=True):
            yield self._root.layers(word) | (OWN if any(own) else 0)

    def layers(self, word: str) -> int:
        """The sum of the layers that a word belongs to, 0 for none."""
        return self.known[word]

    def load(self) -> None:
        """Know all words that the root has, for many questions."""
        self._root.load()

    def __contains__(self, word: object) -> bool:
        """Whether a word is the corpus's or its synonyms'."""
        return word in self._root or (isinstance(word, str) and bool(self.layers(word) & OWN))

    def near(self, word: str, heard: str, edits: int) -> Near:
        """The words that may be near another by their letters."""
        found: dict[str, tuple[str, int]] = {}
        for near in (self._root.near(word, heard, edits), *self._shards.ask("near", word, heard, edits)):
            for other, sounds, layers in zip(*near, strict=True):
                found[other] = (sounds, layers | found.get(other, (sounds, 0))[1])
        return Near(list(found), [sounds for sounds, _ in found.values()], [layers for _, layers in found.values()])


class ShardedMeaning:
    """The vectors of passages, as `dnqa.index.meaning.Meaning` has them.

    encoder: the fingerprint of what made them.
    """

    def __init__(self, shards: Shards, places: Places, encoder: str) -> None:
        self.encoder = encoder
        self._shards = shards
        self._places = places

    def measure(self, vector: "NDArray[np.float32]", n: int, rows: Iterable[int] = ()) -> dict[int, float]:
        """The cosines of the n passages that are nearest to a question, and of some more, by their rows."""
        own = self._places.share_out(rows)
        asked = {shard: (vector, n, own.get(shard, [])) for shard in range(self._shards.n)}
        found = {
            self._places.globalise(shard, row): cosine
            for shard, cosines in self._shards.ask_each("measure", asked).items()
            for row, cosine in cosines.items()
        }
        least = min(sorted(found.values(), reverse=True)[:n], default=0.0)
        wanted = {self._places.globalise(shard, row) for shard, of_one in own.items() for row in of_one}
        return {row: cosine for row, cosine in found.items() if cosine >= least or row in wanted}


class _MovedRuns:
    """Runs of passages of a shard, each of one source, as runs of the whole corpus: worked out for the few that are
    read."""

    def __init__(self, places: Places, shard: int, runs: Iterable[tuple[int, int]]) -> None:
        self._places, self._shard, self._runs = places, shard, runs

    def __iter__(self) -> Iterator[tuple[int, int]]:
        for start, stop in self._runs:
            first = self._places.globalise(self._shard, start)
            yield first, first + stop - start


class ShardedIndex(Index):
    """The index of a corpus in shards."""

    def __init__(self, root: Store, shards: Shards) -> None:
        """An index.

        root: what is known of the whole corpus.
        """
        super().__init__(root)
        self._shards = shards
        self._places = Places(root)
        self._repeats = root.numbers("repeats.rows")
        self._blocks: dict[tuple[int, int], list[Passage]] = {}  # those that were read last

    @property
    def path(self) -> Path | None:
        """Where it is saved, None if another process could not open it there."""
        return None if self._shards.is_far else self.store.path

    @property
    def n_bytes(self) -> int:
        """The size of all that is saved of it."""
        return self.store.n_bytes + self._shards.n_bytes

    def check_all(self) -> None:
        """Check all that is saved of it. Raises DamagedIndexError."""
        self.store.check_all()
        self._shards.ask("check")

    def expect(self, words: Iterable[str], terms: Iterable[str]) -> None:
        """Ask all shards at once for words and terms that are about to be looked up."""
        self.vocabulary.known.expect(words)
        self.words.counts.expect(terms)

    def expect_many(self) -> None:
        """Spend the time of some dozens of questions on answering many more quickly. Raises DamagedIndexError."""
        self.vocabulary.load()
        self._synonyms.load()
        if self.vocabulary.n_words < MANY_WORDS:
            self._shards.ask("expect_many")
        self._load_questions()

    @cached_property
    def words(self) -> ShardedWords:  # type: ignore[override]  # it gives the same
        """The passages' own words."""
        return ShardedWords(self._shards, self._places)

    @cached_property
    def vocabulary(self) -> ShardedVocabulary:  # type: ignore[override]
        """What spelling knows."""
        return ShardedVocabulary(self._shards, self.store)

    @cached_property
    def meaning(self) -> ShardedMeaning | None:  # type: ignore[override]
        """The vectors of the passages, None if they were not encoded."""
        facts = self.store.header.get("meaning")
        return ShardedMeaning(self._shards, self._places, facts["encoder"]) if facts else None

    def read_own(self, row: int) -> Callable[[str], float]:
        """A function that says how far the words of a passage, and of the headings above it, hold a term, 0 to 1."""
        passage = self.passage(row)
        above = dict.fromkeys(chain.from_iterable(map(terms, passage.path)), HEADING_SHARE)
        own = above | dict.fromkeys(terms(passage.text), 1.0)
        return lambda term: own.get(term, 0.0)

    def _read_passage(self, row: int) -> Passage:
        shard, own = self._places.find(row)
        block, place = divmod(own, PASSAGES_PER_BLOCK)
        if (shard, block) not in self._blocks:
            self._read_blocks([(shard, block)])
        return self._name(row, self._blocks[shard, block][place])

    def _read_blocks(self, wanted: Iterable[tuple[int, int]]) -> None:
        """Read some blocks of passages at a time, by their shards and their numbers there."""
        numbers: dict[int, list[int]] = {}
        for shard, number in wanted:
            numbers.setdefault(shard, []).append(number)
        read = self._shards.ask_each("blocks", {shard: (of_one,) for shard, of_one in numbers.items()})
        if len(self._blocks) > _CACHED_BLOCKS:
            self._blocks.clear()
        for shard, of_one in numbers.items():
            for number, packed in zip(of_one, read[shard], strict=True):
                self._blocks[shard, number] = unpack_passages(packed)

    def expect_rows(self, rows: Iterable[int]) -> None:
        """Ask at once for passages that are about to be read, and those around them, if the shards are far."""
        if self._shards.is_far:
            places = map(self._places.find, rows)
            blocks = {(shard, own // PASSAGES_PER_BLOCK) for shard, own in places}
            self._read_blocks(sorted(blocks - self._blocks.keys()))

    def _name(self, row: int, passage: Passage) -> Passage:
        """A passage with its id in the whole corpus."""
        place = bisect_left(self._repeats, row)
        if place == len(self._repeats) or self._repeats[place] != row:
            return passage
        return passage._replace(id=f"{passage.id}-{self.store.number('repeats.numbers', place)}")

    def passages(self, start: int = 0) -> Iterator[Passage]:
        """All passages in document order, from one on."""
        return map(self._read_passage, range(start, self.n_passages))

    def find_cited(self, numbers: Iterable[int]) -> list[int]:
        """The passages that carry any of some citation numbers, ascending."""
        found = enumerate(self._shards.ask("cited", list(numbers)))
        return sorted(self._places.globalise(shard, row) for shard, rows in found for row in rows)

    def find_headings(self, terms: Iterable[str]) -> list[HeadingName]:
        """The names of headings all of whose terms are among those given, in no order."""
        return [
            HeadingName(own, small, _MovedRuns(self._places, shard, runs))
            for shard, names in enumerate(self._shards.ask("headings", list(terms)))
            for own, small, runs in names
        ]

    @cached_property
    def sources(self) -> list[dict[str, Any]]:
        """All that was read of the sources, as `dnqa.index.source_records` keeps it."""
        of_shards = list(map(iter, self._shards.ask("records")))
        return list(chain.from_iterable(islice(of_shards[shard], 1) for shard in self._places.shards))


def open_here(folder: Path, shards: Sequence[tuple[str, str]]) -> ShardsHere:
    """Shards in this process. shards: names and states of files in a folder. Raises OSError or DamagedIndexError."""
    return ShardsHere([open_shard(folder, *named) for named in shards])


def open_shard(folder: Path, name: str, state: str) -> Store:
    """A shard by its file and what it must have been made of. Raises OSError, or DamagedIndexError for another."""
    store = open_store(folder / name)
    if store.header.get("state") != state:
        raise DamagedIndexError(f"{folder / name}: a shard of another index; it is built again")
    return store
