"""Word lists that come with dnqa; where each comes from, and its licence, is in the LICENSE files beside them."""

from pathlib import Path

FOLDER = Path(__file__).parent
"""Where the lists lie."""
