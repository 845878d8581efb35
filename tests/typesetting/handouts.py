"""The hand-outs by name, the document that this tool is made for among them."""

import json
from itertools import groupby
from pathlib import Path

from tests.typesetting.general import BONES, BREATHING
from tests.typesetting.handout import Author, Block, Box, Bullets, Handout, Heading, Paragraph, Run, Sentence
from tests.typesetting.joints import CONDITIONS, KNEE, SHOULDER
from tests.typesetting.research import REVIEW, TENDON
from tests.typesetting.spine import BACK, NECK
from tests.typesetting.writing import references

_PASSAGES = Path(__file__).parent.parent / "data" / "passages.jsonl"
_BULLETED = "Radiculopathy Model"
_FLOWING = "P1"  # the first passage of the one section that is a paragraph of several sentences
_BOXED = "P12"


def _needling() -> Handout:
    """The hand-out on dry needling of the corpus, its sections as headings; the references are made up."""
    passages = [json.loads(line) for line in _PASSAGES.read_text(encoding="utf-8").splitlines()]
    blocks: list[Block] = []
    for section, group in groupby(passages, key=lambda passage: str(passage["section"])):
        found = list(group)
        sentences = tuple(_cited(passage["text"], tuple(passage["citations"])) for passage in found)
        heading = Heading(section)
        if found[0]["id"] == _BOXED:
            blocks.append(Box((heading, Paragraph(sentences))))
        elif section == _BULLETED:
            blocks += [heading, Bullets(tuple((sentence,) for sentence in sentences))]
        elif found[0]["id"] == _FLOWING:
            blocks += [heading, Paragraph(sentences)]
        else:
            blocks += [heading, *(Paragraph((sentence,)) for sentence in sentences)]
    return Handout(
        title="Dry Needling Physiology",
        authors=(Author("Physical Therapy Department"),),
        blocks=tuple(blocks),
        references=references("""
Albright S, Dent R. Trigger points: a primer. Pain Pathways. 2004;17(1):1-12.
Greco P. Acetylcholine at the motor end plate. Muscle Lett. 2002;9(2):33-41.
Borg T, Hsu L. Needles without drugs. Needling Rev. 2014;1(1):2-11.
Endo K, Varga Z. Mechanical, chemical and neural effects of dry needling. Needling Rev. 2016;3(2):60-69.
Carney M. The energy crisis of the trigger point. Pain Pathways. 2009;22(3):155-163.
Dahlberg E. Radiculopathy and supersensitive muscle. Nerve Notes. 2012;6(5):424-431.
Moss T, Kell R. Denervation revisited. Nerve Notes. 1999;2(1):1-9.
Imani F. Resting length after needling. Physiother Trials. 2017;19(2):90-99.
"""),
        running_head="Dry Needling Physiology",
        running_foot="Physical Therapy Department",
    )


def _cited(text: str, citations: tuple[int, ...]) -> Sentence:
    """The sentence with its citations in front of the full stop, if it has one."""
    if text.endswith("."):
        return (Run(text[:-1], citations), Run("."))
    return (Run(text, citations),)


HANDOUTS: dict[str, Handout] = {
    "needling": _needling(),
    "shoulder": SHOULDER,
    "knee": KNEE,
    "conditions": CONDITIONS,
    "back": BACK,
    "neck": NECK,
    "tendon": TENDON,
    "review": REVIEW,
    "bones": BONES,
    "breathing": BREATHING,
}
"""The hand-outs; those whose citations are numbered as they first appear can have them as notes in Word."""
