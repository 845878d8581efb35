"""Weigh what was counted, by numpy, scipy and scikit-learn, and write it; nothing that answers imports this.

Postings and pairs are written in batches, so that an index of millions needs hardly more memory than its counts.
"""

from collections.abc import Iterable, Sequence
from itertools import chain, pairwise
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from dnqa.index.counting import NO_TERM, Counts
from dnqa.index.store import StoreWriter, choose_code
from dnqa.index.table import write_table
from dnqa.index.wordfield import HEADING_SHARE, LENGTH_SHARE, PAIR_REACH, SATURATION, WHOLE_PAIR, saturate
from dnqa.text.features import list_all_features, weigh

_BATCH = 1 << 18
"""Numbers that are worked on at a time."""
_SORTED = 1 << 21
"""Pairs that are sorted at a time."""

Numbers = NDArray[Any]


def write_words(writer: StoreWriter, counts: Counts, mean_length: float) -> float:
    """Write the sections that `dnqa.index.wordfield.WordField` describes.

    counts: of all sources; what is no longer needed of them is let go.
    mean_length: of a passage of the whole corpus, in terms, above 0.
    Returns how great a share a pair can have that is in one passage alone.
    """
    counts.add_headings(PAIR_REACH)
    n_terms = len(counts.terms)
    write_table(writer, "terms", counts.terms.items())
    counts.terms.clear()
    above = np.frombuffer(counts.heading_of, np.uint32)
    order = np.frombuffer(counts.order, np.uint32) if counts.order else np.zeros(0, np.uint32)
    starts = np.frombuffer(counts.starts, np.uint32).astype(np.int64)
    lengths = np.diff(starts)[: len(above)].astype(np.float64)
    damping = SATURATION * (1 - LENGTH_SHARE + LENGTH_SHARE * lengths / mean_length)
    _write(writer, "words.sequences", starts, "I")
    _write(writer, "words.order", order, "I")
    _write(writer, "words.damping", damping, "f")
    _write(writer, "words.headings", above if any(map(any, counts.headings)) else above[:0], "I")
    _write_postings(writer, _count(order, starts, above, n_terms), damping)
    return _write_pairs(writer, _Rows(order, starts, above, damping), n_terms)


def _count(order: Numbers, starts: Numbers, above: Numbers, n_terms: int) -> Any:
    """How often each term is in each passage and, a unit each time, in the headings above it.

    Returns a sparse matrix of whole numbers in units of HEADING_SHARE, with a column for each term.
    """
    from scipy.sparse import csr_matrix

    n_rows, end = len(above), starts[len(above)]
    own = csr_matrix((np.ones(end, np.int32), order[:end].astype(np.int32), starts[: n_rows + 1]), (n_rows, n_terms))
    own.sum_duplicates()
    own.data *= round(1 / HEADING_SHARE)
    group = np.repeat(np.arange(len(starts) - 1 - n_rows), np.diff(starts[n_rows:]))
    is_term = order[end:] != NO_TERM
    if is_term.any():
        cells = group[is_term], order[end:][is_term].astype(np.int32)
        headings = csr_matrix((np.ones(len(cells[0]), np.int32), cells), (len(starts) - 1 - n_rows, n_terms))
        own = own + headings[above]
    return own.tocsc()


def _write_postings(writer: StoreWriter, counted: Any, damping: Numbers) -> None:
    """Write saturated counts by term: of a passage's own words, and in part of the headings above it.

    counted: a column for each term, in units of HEADING_SHARE.
    """
    starts, rows, counts = counted.indptr.astype(np.int64), counted.indices, counted.data
    _write(writer, "words.starts", starts)
    _write(writer, "words.rows", rows, "I")
    most = np.zeros(len(starts) - 1, np.float32)
    writer.begin("words.shares", "f")
    first = 0
    while first < len(starts) - 1:  # whole terms, about a batch at a time
        last = max(first + 1, int(np.searchsorted(starts, starts[first] + _BATCH, "right")) - 1)
        span = slice(starts[first], starts[last])
        shares = saturate(HEADING_SHARE * counts[span], damping[rows[span]]).astype(np.float32)
        present = np.flatnonzero(np.diff(starts[first : last + 1]))
        if len(present):
            most[first + present] = np.maximum.reduceat(shares, starts[first + present] - starts[first])
        writer.append(shares.tobytes())
        first = last
    _write(writer, "words.most", most, "f")


def _write(writer: StoreWriter, name: str, numbers: Numbers, code: str = "") -> None:
    """Write a whole section: of a kind, or in no more bytes than the greatest of some whole numbers needs."""
    code = code or choose_code(int(numbers.max(initial=0)))
    writer.begin(name, code)
    writer.append(np.ascontiguousarray(numbers, code).data.cast("B") if len(numbers) else b"")


class _Rows(NamedTuple):
    """Passages, and behind them groups of headings, as the sequences of their terms.

    order: all terms, one row after the other.
    starts: where each row begins, and where the last one ends.
    above: for each passage, its group of headings.
    damping: of each passage.
    """

    order: Numbers
    starts: Numbers
    above: Numbers
    damping: Numbers


def _write_pairs(writer: StoreWriter, sequences: _Rows, n_terms: int) -> float:
    """In how many passages each pair of neighbouring terms is, and how great a share it can have in any of them, for
    those in more than one.

    Returns how great a share one can have that is in one passage alone.
    """
    order, starts, above, damping = sequences
    n_rows = len(above)
    of_headings = _pair_up_headings(order, starts, n_rows, above)
    term_bits = np.uint64(max(1, n_terms).bit_length())
    in_headings = np.concatenate(
        [np.zeros(0, np.uint64), *(_join(lower, higher, term_bits) for lower, higher, _ in of_headings)]
    )
    per_term = np.zeros(n_terms + 1, np.int64)
    for lower, _, _ in _pair_up(order, starts, n_rows):
        per_term[:n_terms] += np.bincount(lower, minlength=n_terms)
    for lower, _, rows in of_headings:
        np.add.at(per_term, lower, len(rows))
    row_bits = np.uint64(max(1, n_rows).bit_length())
    totals = np.concatenate([[0], np.cumsum(per_term)])
    n_others = np.zeros(n_terms, np.int64)
    counts: list[Numbers] = [np.zeros(0, np.int64)]
    greatest: list[Numbers] = [np.zeros(0, np.uint8)]
    writer.begin("pairs.others", "I")
    first = 0
    most_single = 0.0
    while first < n_terms:  # some lower terms at a time: as many as fit into a batch, and into 64 bits with the rest
        last = max(first + 1, int(np.searchsorted(totals, totals[first] + _SORTED, "right")) - 1)
        last = min(last, n_terms, first + (1 << (64 - int(row_bits + term_bits))))
        keys = np.empty(totals[last] - totals[first], np.uint64)
        end = 0
        for lower, higher, rows in chain(_pair_up(order, starts, n_rows), _spread(of_headings)):
            chosen = (lower >= first) & (lower < last)
            key = _join(lower[chosen] - first, higher[chosen], term_bits)
            begin, end = end, end + len(key)
            keys[begin:end] = _join(key, rows[chosen], row_bits)
        keys.sort()
        keys, counts_in_row = _count_runs(keys)
        shares = np.empty(len(keys), np.float32)
        for begin in range(0, len(keys), _BATCH):
            span = slice(begin, begin + _BATCH)
            rows = _last_bits(keys[span], row_bits)
            shares[span] = saturate(counts_in_row[span], damping[rows])
        keys, times = _count_runs(keys >> row_bits)
        several = times > 1
        found = keys[several]
        writer.append(_last_bits(found, term_bits).astype(np.uint32).tobytes())
        n_others[first:last] = np.bincount((found >> term_bits).astype(np.int64), minlength=last - first)
        counts.append(times[several])
        most = np.maximum.reduceat(shares, np.cumsum(times) - times) if len(times) else shares
        most[np.isin(keys + (np.uint64(first) << term_bits), in_headings)] = SATURATION + 1  # how often is not counted
        most_single = max(most_single, float(most[~several].max(initial=0.0)))
        greatest.append(np.ceil(most[several] / (SATURATION + 1) * WHOLE_PAIR).astype(np.uint8))
        first = last
    _write(writer, "pairs.counts", np.concatenate(counts))
    _write(writer, "pairs.most", np.concatenate(greatest), "B")
    _write(writer, "pairs.starts", np.concatenate([[0], np.cumsum(n_others)]))
    return most_single


def _join(high: Numbers, low: Numbers, n_bits: Any) -> Numbers:
    """Two whole numbers as one, of which the second has the last bits."""
    joined: Numbers = (high.astype(np.uint64) << n_bits) | low.astype(np.uint64)
    return joined


def _last_bits(joined: Numbers, n_bits: Any) -> Numbers:
    """The second of two numbers that were joined."""
    last: Numbers = (joined & ((np.uint64(1) << n_bits) - np.uint64(1))).astype(np.int64)
    return last


def _count_runs(ascending: Numbers) -> tuple[Numbers, Numbers]:
    """Each number once, and how often it is there."""
    begins = np.flatnonzero(np.concatenate([[True], ascending[1:] != ascending[:-1]])[: len(ascending)])
    return ascending[begins], np.diff(np.append(begins, len(ascending)))


_Pairs = tuple[Numbers, Numbers, Numbers]  # lower term, higher term, row, in parallel


def _pair_up(order: Numbers, starts: Numbers, n_rows: int) -> Iterable[_Pairs]:
    """The neighbouring terms of passages, some passages at a time; repeats kept."""
    row = 0
    while row < n_rows:
        end = max(row + 1, int(np.searchsorted(starts[: n_rows + 1], starts[row] + _BATCH, "right")) - 1)
        terms = order[starts[row] : starts[end]]
        rows = np.repeat(np.arange(row, end, dtype=np.uint32), np.diff(starts[row : end + 1]))
        for reach in range(1, PAIR_REACH + 1):
            yield _pair_neighbours(terms, rows, reach)
        row = end


def _pair_neighbours(terms: Numbers, rows: Numbers, reach: int) -> _Pairs:
    one, other = terms[:-reach], terms[reach:]
    is_pair = (rows[:-reach] == rows[reach:]) & (one != NO_TERM) & (other != NO_TERM)
    one, other = one[is_pair], other[is_pair]
    return np.minimum(one, other), np.maximum(one, other), rows[:-reach][is_pair]


def _pair_up_headings(order: Numbers, starts: Numbers, n_rows: int, above: Numbers) -> list[_Pairs]:
    """The neighbouring terms of each group of headings, each once, with all passages below."""
    found = []
    by_heading = np.argsort(above, kind="stable").astype(np.uint32)
    edges = np.searchsorted(above[by_heading], np.arange(len(starts) - n_rows))
    for heading, (begin, end) in enumerate(pairwise(edges.tolist())):
        terms = order[starts[n_rows + heading] : starts[n_rows + heading + 1]].tolist()
        pairs = {  # of a few words, for which numpy would take longer
            (min(one, other), max(one, other))
            for reach in range(1, PAIR_REACH + 1)
            for one, other in zip(terms, terms[reach:], strict=False)
            if NO_TERM not in (one, other)
        }
        if pairs:
            lower, higher = np.array(sorted(pairs), np.uint32).T
            found.append((lower, higher, by_heading[begin:end]))
    return found


def _spread(of_headings: Iterable[_Pairs]) -> Iterable[_Pairs]:
    """Each pair of a heading with each passage below it."""
    for lower, higher, rows in of_headings:
        yield np.repeat(lower, len(rows)), np.repeat(higher, len(rows)), np.tile(rows, len(lower))


def write_features(writer: StoreWriter, name: str, rows: Sequence[Sequence[str]]) -> dict[str, int]:
    """Write the sections that `dnqa.index.field.Field` describes, and return the number of each feature.

    rows: the texts of each.
    """
    from scipy.sparse import csc_matrix
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.preprocessing import normalize

    features: list[str] = []
    columns, idf = csc_matrix((len(rows), 0)), np.empty(0)
    if any(map(list_all_features, rows)):  # else there is nothing that could be counted
        vectorizer = TfidfVectorizer(analyzer=list_all_features, sublinear_tf=True, norm=None)
        counted = vectorizer.fit_transform(rows)
        features = [str(feature) for feature in vectorizer.get_feature_names_out()]
        kinds = np.array([weigh(feature) for feature in features])
        columns = normalize(counted.multiply([kinds]).tocsr()).tocsc()
        columns.sort_indices()
        idf = kinds * vectorizer.idf_
    _write(writer, f"{name}.idf", idf, "d")
    _write(writer, f"{name}.starts", columns.indptr, "I")
    _write(writer, f"{name}.rows", columns.indices, "I")
    _write(writer, f"{name}.weights", columns.data, "f")
    return {feature: column for column, feature in enumerate(features)}
