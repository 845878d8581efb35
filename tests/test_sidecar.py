"""The sidecar of a source."""

from collections.abc import Callable
from pathlib import Path

import pytest

import dnqa
from dnqa.sources.checking import find_doubts
from dnqa.sources.corpus import read_corpus

Write = Callable[[dict[str, str | bytes]], Path]
SOURCE = "First Part\n\nRest helps1.\n\nSecond Part\n\nA stray box2. Walking helps2."


def test_a_sidecar_completes_its_source(write_corpus: Write) -> None:
    """Title, entries, hand-off and a moved passage come from the sidecar."""
    sidecar = """
        title = "Knee care"
        reviewed = 2026-05-01
        handoff = "Ask the desk"
        clinic = "Hill Clinic, 3 Mill Lane"
        [references]
        2 = "Smith J. Walking."
        [[moved]]
        begins = "A stray box"
        section = "First Part"
    """
    corpus = read_corpus(write_corpus({"a.txt": SOURCE, "a.toml": sidecar}))
    assert [(p.section, p.title) for p in corpus.passages] == [
        ("First Part", "Knee care"),
        ("First Part", "Knee care"),
        ("Second Part", "Knee care"),
    ]
    assert corpus.references == {"a.txt": {2: "Smith J. Walking."}}
    assert corpus.handoff == "Ask the desk"
    assert corpus.sources[0].sidecar.reviewed == "2026-05-01"
    assert corpus.sources[0].sidecar.clinic == "Hill Clinic, 3 Mill Lane"


def test_entries_that_match_nothing_are_doubts(write_corpus: Write) -> None:
    """check names a moved passage, a heading, a reference and a sidecar that are not there."""
    sidecar = """
        [references]
        9 = "Nobody."
        [[moved]]
        begins = "Nowhere"
        section = "First Part"
        [[moved]]
        begins = "A stray"
        section = "No Part"
    """
    corpus = read_corpus(write_corpus({"a.txt": SOURCE, "a.toml": sidecar, "other.toml": ""}))
    messages = " ".join(finding.message for finding in find_doubts(corpus))
    for expected in ("Nowhere", "No Part", "reference 9", "other.toml"):
        assert expected in messages


BROKEN = {
    "no TOML": ("title = \n", "line 1"),
    "unclosed": ('version = "1"\ntitle = "x', "line 2"),
    "misspelt key": ('title = "x"\n\nhandof = "y"', 'line 3: unknown key "handof"'),
    "a number for a title": ("\ntitle = 3", "line 2: title must be text"),
    "references are no list": ("references = [1]", "line 1: references"),
    "a reference without a number": ('[references]\nfour = "x"', "line 2"),
    "moved without section": ('[[moved]]\nbegins = "x"', "line 1"),
    "moved with one bracket": ('[moved]\nbegins = "x"', "two brackets"),
    "not UTF-8": (b'title = "\xe9"', "byte 10 is not UTF-8"),
}


@pytest.mark.parametrize(("sidecar", "message"), BROKEN.values(), ids=BROKEN.keys())
def test_a_broken_sidecar_names_file_and_line(write_corpus: Write, sidecar: str | bytes, message: str) -> None:
    """What a sidecar may not say is refused, never passed over."""
    with pytest.raises(dnqa.SidecarError) as caught:
        read_corpus(write_corpus({"a.txt": SOURCE, "a.toml": sidecar}))
    assert "a.toml" in str(caught.value)
    assert message in str(caught.value)
