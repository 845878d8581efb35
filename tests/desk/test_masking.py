"""What is taken out of a question before it is kept."""

import pytest

from dnqa.desk.masking import mask

CORPUS = frozenset("needle needling shoulder achilles grace pain is the in mark".split())


@pytest.mark.parametrize(
    ("question", "kept"),
    [
        ("my name is John Smith, born 12/03/1980", "my name is ___ ___, born ##/##/####"),
        ("does mrs jones need to fast before?", "does mrs ___ need to fast before?"),
        ("can Rose Carpenter come at 4?", "can ___ ___ come at #?"),
        ("IS JOHN OK TO DRIVE", "IS ___ OK TO DRIVE"),
        ("can i come if my daughter is called mark", "can i come if my daughter is called ___"),
        ("Will it hurt?", "Will it hurt?"),
        ("Dr Will said no", "Dr ___ said no"),
        ("Is Mr. Baker allowed to run? Mrs. Brown is.", "Is Mr. ___ allowed to run? Mrs. ___ is."),
        ("I'm rose, room ½", "I'm ___, room #"),
        ("my wife Priya's shoulder", "my wife ___'s shoulder"),
        ("Ngozi asked about the cost. Can she come?", "___ asked about the cost. Can she come?"),
        ("ring 0400 123 456 or a.b@clinic.example", "ring #### ### ### or ___"),
        ("is the Achilles pain worse with a needle?", "is the Achilles pain worse with a needle?"),
        ("is TENS or XQZ better?", "is TENS or ___ better?"),
        ("jane doe is here", "___ ___ is here"),
        ("Siobhán O’Brien-Núñez", "___ ___"),
        ("", ""),
    ],
)
def test_digits_and_likely_names_are_masked(question: str, kept: str) -> None:
    """Digits become "#", likely names "___", and the words of the corpus stay."""
    assert mask(question, CORPUS.__contains__) == kept
