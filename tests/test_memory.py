"""What functions remember."""

import pytest

from dnqa.memory import remember


def test_a_text_is_read_once_until_there_are_too_many() -> None:
    """Then all is read anew; what was given stays right."""
    read: list[str] = []

    def measure(text: str) -> int:
        read.append(text)
        return len(text)

    remembered = remember(measure, 2)
    assert [remembered(text) for text in ("a", "bb", "a", "bb", "ccc", "a", "ccc")] == [1, 2, 1, 2, 3, 1, 3]
    assert read == ["a", "bb", "ccc", "a"]


def test_what_fails_is_not_remembered() -> None:
    """It is tried again."""
    tried: list[str] = []

    def read(text: str) -> int:
        tried.append(text)
        if len(tried) == 1:
            raise ValueError("damaged")
        return len(text)

    remembered = remember(read, 9)
    with pytest.raises(ValueError, match="damaged"):
        remembered("a")
    assert remembered("a") == 1
    assert tried == ["a", "a"]
