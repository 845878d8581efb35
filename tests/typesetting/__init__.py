"""Clinic hand-outs made up for tests, typeset as PDF, Word, web page and Markdown, with what is to be read in them.

- ``handout``: what a hand-out consists of, and the passages that ``expect`` wants read from it;
- ``writing``: the short notation in which the hand-outs are written;
- ``handouts``: ``HANDOUTS``, the hand-outs by name; they are in ``joints``, ``spine``, ``research``, ``general``;
- ``pdf``, ``word``, ``web`` and ``markdown``: a ``Style`` and ``to_pdf``, ``to_docx``, ``to_html`` and ``to_markdown``;
- ``hyphens``: where a word may be broken at the end of a line.

Everything is deterministic: the same hand-out in the same style gives the same bytes.
"""
