"""Files of other formats than plain text."""
