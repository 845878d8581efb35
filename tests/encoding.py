"""Libraries of which a test knows whether they encode what they read."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

import dnqa
from dnqa.text.meaning import ENCODER_VARIABLE, OFF, find_encoder


@contextmanager
def encoder_named(value: str) -> Iterator[None]:
    """While it lasts the environment names an encoder, "" for the one that is installed."""
    try:
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv(ENCODER_VARIABLE, value)
            find_encoder.cache_clear()
            yield
    finally:
        find_encoder.cache_clear()


def load_with(value: str, path: Path | None = None) -> dnqa.Library:
    """A library of a corpus, of the shipped one without a path, that is built anew with an encoder and kept nowhere."""
    with encoder_named(value):
        library = dnqa.load(path, saved=False)
        library.build()
        return library


def load_by_words(path: Path | None = None) -> dnqa.Library:
    """A library that goes by words alone, whatever is installed."""
    return load_with(OFF, path)
