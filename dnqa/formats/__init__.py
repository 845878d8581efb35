"""Formats other than plain text: each module takes the bytes of a file and yields its lines, and nothing else.

A new format is one module more, and a line in `dnqa.formats.choice`.
"""
