"""Read a text that cites its sources by number.

read_text takes the text of a file; read_lines takes lines that may carry what a font knows,
for formats in which superscripts are marked. Both go the same way: clean the characters, cut
blocks, decide how the document cites, cut sentences, take the words out.
"""

from dnqa.reading.document import copy_text, read_lines, read_text
from dnqa.reading.lines import Line, LineKind

__all__ = ["Line", "LineKind", "copy_text", "read_lines", "read_text"]
