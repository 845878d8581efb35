"""Reading: passages, citations, headings and references out of a text."""

import hashlib
from typing import Any

import pytest

from dnqa import Line, read_lines, read_text
from dnqa.index.cache import READING_VERSION
from dnqa.reading import copy_text
from tests.conftest import CORPUS, read_jsonl

DOCUMENTS = [
    record
    for name in ("citations_dev", "citations_more", "citations_real_dev")
    for record in read_jsonl(f"{name}.jsonl")
]
EXPORTS_FLOOR = 111
"""Of 120 texts as other programs export them, written by the rules alone, so many are read without a fault."""


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: document["id"])
def test_reads_documents_as_a_person_does(document: dict[str, Any]) -> None:
    """Every passage, citation number and reference entry of a hand-labelled document is found, and no other."""
    read = read_text(document["document"])
    assert [(p.text, list(p.citations)) for p in read.passages] == [
        (p["text"], sorted(p["citations"])) for p in document["passages"]
    ]
    if "references" in document:
        assert read.references == {int(number): entry for number, entry in document["references"].items()}


def test_exports_stay_above_the_floor() -> None:
    """As many exported texts as ever are read without a fault, and in none is a citation invented."""
    right = 0
    for record in read_jsonl("citations_exports.jsonl"):
        read = read_text(record["document"])
        expected = [(passage["text"], passage["citations"]) for passage in record["passages"]]
        right += [(passage.text, list(passage.citations)) for passage in read.passages] == expected
        cited = {number for passage in read.passages for number in passage.citations}
        assert cited <= {number for _, numbers in expected for number in numbers}, record["id"]
    assert right >= EXPORTS_FLOOR


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: document["id"])
def test_a_copy_is_read_as_what_it_is_a_copy_of(document: dict[str, Any]) -> None:
    """The copy that can be edited has the same passages, citations, headings above them and entries."""
    read, copied = read_text(document["document"]), read_text(copy_text(document["document"]))
    assert [passage[1:5] for passage in copied.passages] == [passage[1:5] for passage in read.passages]
    assert copied.references == read.references


ROWS = {
    "dots that lead to a price make a row": (
        "Dry needling, 30 min ........ £45\nDry needling, 60 min ........ £80\n",
        [("Dry needling, 30 min | £45", None), ("Dry needling, 60 min | £80", None)],
    ),
    "a decimal before a capital is no citation": (
        "Version 3.2\n\nRest helps1. Ice too2.",
        [("Version 3.2", None), ("Rest helps.", 1), ("Ice too.", 2)],
    ),
    "a page number in mid-sentence is cut out of it": (
        "Heat eases the\n\n3\n\fstiff neck2.",
        [("Heat eases the stiff neck.", 2)],
    ),
    "a page break alone does not end a sentence": (
        "The knee may be\n\fswollen [1].",
        [("The knee may be swollen.", 1)],
    ),
    "a line that heads nothing is text": (
        "Rest first1.\n\nThe Clinic Team",
        [("Rest first.", 1), ("The Clinic Team", None)],
    ),
    "brackets around a tag go with it": ("Rest helps (<sup>4</sup>).", [("Rest helps.", 4)]),
    "a web address keeps its digit": (
        "See example.org/part2 first. It helps3.",
        [
            ("See example.org/part2 first.", None),
            ("It helps.", 3),
        ],
    ),
    "a negative exponent is no citation": ("Light of 10⁻⁶ metres¹.", [("Light of 10⁻⁶ metres.", 1)]),
    "a bullet alone on its line heads the next": ("•\nRest the leg4\n•\nIce it4", [("Rest the leg", 4), ("Ice it", 4)]),
    "a text in capitals is not a heap of headings": (
        "REST THE LEG\nFOR A DAY\nTHEN WALK",
        [("REST THE LEG FOR A DAY THEN WALK", None)],
    ),
    "a pause at a line start is no bullet": (
        "The twitch is brief\n– less than a second – and good4.",
        [("The twitch is brief – less than a second – and good.", 4)],
    ),
    "a suspended hyphen stays": ("We treat short-\nand long-term pain2.", [("We treat short- and long-term pain.", 2)]),
    "a prefix at a line end joins": ("Nerves become super-\nsensitive3.", [("Nerves become supersensitive.", 3)]),
    "a citation on the next line after the stop": (
        "It helps.\n[2]\nWalk often.",
        [("It helps.", 2), ("Walk often.", None)],
    ),
    "Vitamin C. ends a sentence, an initial does not": (
        "Take vitamin C. Dr. A. Smith agrees1.",
        [
            ("Take vitamin C.", None),
            ("Dr. A. Smith agrees.", 1),
        ],
    ),
    "'No.' alone is an answer": (
        "Is it safe? No. Ask first.",
        [("Is it safe?", None), ("No.", None), ("Ask first.", None)],
    ),
    "wide full stops need no space": ("针刺止痛。每周一次。", [("针刺止痛。", None), ("每周一次。", None)]),
    "a number too large for a citation": ("It helped patients2019 in all.", [("It helped patients2019 in all.", None)]),
    "control characters and overrides go": (
        "It \x1b[31mhelps\x1b[0m \u202ea lot\u202c2.",
        [("It helps a lot.", 2)],
    ),
    "an exponent behind a unit is no citation": (
        "Over 30 kg/m<sup>2</sup> is high<sup>1</sup>.",
        [("Over 30 kg/m² is high.", 1)],
    ),
    "an entity in a tag is read": ("Rest works<sup>4&ndash;4</sup>.", [("Rest works.", 4)]),
    "bulleted entries are references": ("Ice helps [1].\n\nReferences\n- [1] Smith J. Ankle.", [("Ice helps.", 1)]),
    "steps in round brackets stay": (
        "You may (1) walk and (2) swim. Rest helps (4). So does ice (5).",
        [
            ("You may (1) walk and (2) swim.", None),
            ("Rest helps.", 4),
            ("So does ice.", 5),
        ],
    ),
    "opening hours are no heading": (
        "Hours\n\nMonday 9 to 5\n\nCall first.",
        [("Monday 9 to 5", None), ("Call first.", None)],
    ),
    "an empty text has no passage": ("", []),
    "white space alone has no passage": (" \n\f\n\t", []),
}


@pytest.mark.parametrize(("text", "expected"), ROWS.values(), ids=ROWS.keys())
def test_reads(text: str, expected: list[tuple[str, int | None]]) -> None:
    """Each named case is read as it says."""
    found = [(passage.text, *(passage.citations or (None,))) for passage in read_text(text).passages]
    assert found == expected


def test_reads_the_hand_out_as_a_person_does() -> None:
    """The user's own document has its 23 passages with their citations, in order."""
    text = (CORPUS / "dry-needling-physiology.txt").read_bytes().decode("utf-8")
    found = [(passage.text, list(passage.citations)) for passage in read_text(text).passages]
    assert found == [(gold["text"], gold["citations"]) for gold in read_jsonl("passages.jsonl")]


def test_known_superscripts_are_citations() -> None:
    """Lines whose font marks a superscript cite by it, whatever the digits are glued to; exponents stay raised."""
    document = read_lines([Line("Needling quiets EMG4 over 5 mm2.", [(19, 20), (30, 31)]), Line("C5 rests.")])
    assert [(p.text, p.citations) for p in document.passages] == [
        ("Needling quiets EMG over 5 mm².", (4,)),
        ("C5 rests.", ()),
    ]
    assert document.convention == "raised"


def test_path_has_all_headings_above() -> None:
    """A passage knows its nearest heading and all above it, and a deeper section ends with its parent."""
    document = read_text("# Knee\n\nRest.\n\n## Week One\n\nWalk.\n\n# Hip\n\nSit.")
    assert [(p.section, p.path) for p in document.passages] == [
        ("Knee", ("Knee",)),
        ("Week One", ("Knee", "Week One")),
        ("Hip", ("Hip",)),
    ]


def test_repeated_sentences_have_their_own_ids() -> None:
    """The same sentence twice gives two ids, the second with -2, whatever stands between."""
    first, _, second = (passage.id for passage in read_text("Rest. Walk. Rest.").passages)
    assert second == f"{first}-2"


def test_a_compound_broken_at_a_line_end_keeps_its_hyphen() -> None:
    """Where the text has it unbroken elsewhere, in the singular or the plural."""
    text = "A flare-up passes.\n\nMost flare-\nups pass within ten days."
    assert [passage.text for passage in read_text(text).passages][-1] == "Most flare-ups pass within ten days."


def test_lines_count_from_one_whatever_the_line_ends() -> None:
    """The line of a passage is the same with LF and CRLF, byte order mark or not."""
    for line_end in ("\n", "\r\n", "\r"):
        document = read_text(f"\ufeffRest first.{line_end}{line_end}Then walk.")
        assert [passage.line for passage in document.passages] == [1, 3]


def test_undecided_numbers_are_doubts() -> None:
    """A capital abbreviation that stands elsewhere without its number, and a lone number, are reported."""
    text = "EMG was quiet1. The EMG9 hummed2. It fell silent3.\n\n4\n\nRest now."
    messages = [doubt.message for doubt in read_text(text).doubts]
    assert len(messages) == 2
    assert "EMG9" in messages[0]
    assert "stands alone" in messages[1]


def test_the_version_stands_for_what_is_read() -> None:
    """Saved indexes are believed if the version is the same: raise READING_VERSION when this fails, with the digest."""
    read = [read_text(document["document"]) for document in DOCUMENTS]
    seen = [(document.passages, document.headings, sorted(document.references.items())) for document in read]
    digest = hashlib.sha256(repr(seen).encode()).hexdigest()[:16]
    assert (READING_VERSION, digest) == (9, "3d4d13a433c7db0a")
