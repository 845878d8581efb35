"""Say what was made of a corpus, and what looks doubtful in it."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from enum import Enum
from itertools import pairwise
from typing import NamedTuple

from dnqa.reading.references import is_title
from dnqa.rendering import count, join_runs
from dnqa.sources.corpus import Corpus, Source
from dnqa.sources.folder import QUESTIONS_FILE
from dnqa.sources.knowledge import Knowledge

_LONGEST_QUOTE = 60


class Kind(Enum):
    """What sort of thing is doubtful, what matters most first."""

    UNREAD = "file that cannot be read"
    UNLISTED = "citation without an entry"
    NUMBER = "number that may be a citation"
    SOURCE = "doubt about the source"
    SIDECAR = "doubt about the sidecar"
    UNCITED = "entry that is cited nowhere"
    GAP = "gap in the run of citations"
    HEADING = "heading that nothing stands under"
    NO_CITATION = "passage without a citation"
    KNOWLEDGE = "doubt about known questions"
    UNREVIEWED = "known question that nobody has reviewed"


class Finding(NamedTuple):
    """Something worth a look.

    source: file name, "" if it concerns the whole corpus.
    line: from 1; 0 if it concerns the whole source.
    message: one line.
    kind: what sort of thing it is.
    page: from 1; 0 if the source has no pages, or it concerns the whole source.
    """

    source: str
    line: int
    message: str
    kind: Kind = Kind.SOURCE
    page: int = 0

    @property
    def place(self) -> str:
        """Where it is: "a.txt, line 3", "b.pdf, page 2", "a.txt", "" for the whole corpus."""
        if not self.source or not self.line:
            return self.source
        return f"{self.source}, {f'page {self.page}' if self.page else f'line {self.line}'}"


def find_doubts(corpus: Corpus) -> list[Finding]:
    """Everything doubtful in a corpus, source by source, by line."""
    findings = [Finding("", 0, file.message, Kind.UNREAD) for file in corpus.unread]
    findings += [
        Finding("", 0, f"{name}: no source of this name beside it", Kind.SIDECAR) for name in corpus.stray_sidecars
    ]
    for source in corpus.sources:
        found = sorted(_find_doubts(source, corpus.references[source.name]), key=lambda finding: finding.line)
        findings += (finding._replace(page=_find_page(source, finding.line)) for finding in found)
    return findings


def _find_page(source: Source, line: int) -> int:
    """The page of a line of a source's copy, 0 if it has no pages."""
    passages = source.document.passages
    place = bisect_right(passages, line, key=lambda passage: passage.line) - 1
    return passages[max(0, place)].page if line else 0


def find_knowledge_doubts(knowledge: Knowledge) -> list[Finding]:
    """Known questions that have lost a passage, and those that nobody has reviewed."""
    findings = [Finding(*problem, Kind.KNOWLEDGE) for problem in knowledge.problems]
    findings += (
        Finding(QUESTIONS_FILE, 0, f'not reviewed: "{_shorten(known.question)}"', Kind.UNREVIEWED)
        for known in knowledge.questions
        if not known.reviewed
    )
    return findings


def group_findings(findings: Sequence[Finding]) -> dict[Kind, list[Finding]]:
    """Findings by their kind, what matters most first."""
    groups = {kind: [finding for finding in findings if finding.kind is kind] for kind in Kind}
    return {kind: group for kind, group in groups.items() if group}


def _find_doubts(source: Source, references: dict[int, str]) -> Iterator[Finding]:
    name = source.name
    for message in source.unmatched:
        yield Finding(name, 0, f"sidecar: {message}", Kind.SIDECAR)
    for doubt in source.document.doubts:
        yield Finding(name, doubt.line, doubt.message, Kind.NUMBER if doubt.line else Kind.SOURCE)
    both = set(source.sidecar.references) & set(source.document.references)
    for number in sorted(both):
        if source.sidecar.references[number] != source.document.references[number]:
            message = f"reference {number}: the sidecar and the source differ; the source's is used"
            yield Finding(name, 0, message, Kind.SIDECAR)
    yield from _find_empty_headings(source)
    cited = {number for passage in source.document.passages for number in passage.citations}
    last = max(cited, default=0)
    if missing := [number for number in range(1, last + 1) if number not in cited and number not in references]:
        message = f"gaps in the run of citations: {join_runs(missing)} of 1 to {last} cited nowhere"
        yield Finding(name, 0, message, Kind.GAP)
    if references:
        if unlisted := sorted(cited - set(references)):
            yield Finding(name, 0, f"cited but not in the reference list: {join_runs(unlisted)}", Kind.UNLISTED)
        if uncited := sorted(set(references) - cited):
            yield Finding(name, 0, f"in the reference list but cited nowhere: {join_runs(uncited)}", Kind.UNCITED)
    for passage in source.document.passages:
        if cited and not passage.citations:
            yield Finding(name, passage.line, f'no citation: "{_shorten(passage.text)}"', Kind.NO_CITATION)


def _find_empty_headings(source: Source) -> Iterator[Finding]:
    """Headings that nothing stands under, though they may be text."""
    document = source.document
    starts = [passage.start for passage in document.passages]
    for heading, following in pairwise(document.headings):
        has_passage = bisect_left(starts, heading.end) < bisect_left(starts, following.start)
        if following.depth <= heading.depth and not has_passage and not is_title(heading.text):
            message = f'nothing stands under "{_shorten(heading.text)}": is it a heading?'
            yield Finding(source.name, heading.line, message, Kind.HEADING)


def summarise(source: Source, references: dict[int, str]) -> str:
    """One line: what was made of a source."""
    document = source.document
    cited = sorted({number for passage in document.passages for number in passage.citations})
    pages = max((passage.page for passage in document.passages), default=0)
    parts = [
        count(len(document.passages), "passage") + (f" on {count(pages, 'page')}" if pages else ""),
        count(len(document.headings), "heading"),
        f"citations {join_runs(cited)} ({document.convention})" if cited else "no citations",
        count(len(references), "reference entry", "reference entries") if references else "no reference entries",
    ]
    return f"{source.name}: {', '.join(parts)}; sha256 {source.sha256[:8]}"


def _shorten(text: str) -> str:
    return text if len(text) <= _LONGEST_QUOTE else text[: _LONGEST_QUOTE - 1].rstrip() + "…"
