"""The innermost loops of asking: whether they run compiled."""

from dnqa.index import scorer

COMPILED = not str(scorer.__file__).endswith(".py")
"""Whether they are compiled; if not, they are plain Python."""
