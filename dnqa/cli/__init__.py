"""The command line: dnqa ask, passages, references, check."""

from dnqa.cli.main import main

__all__ = ["main"]
