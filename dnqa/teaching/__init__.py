"""Teach a corpus of one's own: add known questions, review what is known, and see what is worth adding.

`lessons` adds, and takes back, `review` goes through what nobody has agreed to yet, `gaps` finds what no known question
reaches, `own_synonyms` changes the corpus's own synonyms, and `general` switches off general ones.
"""

from dnqa.teaching.lessons import (
    Lesson,
    Taught,
    check_lessons,
    copy_shipped,
    describe_affected,
    find_affected,
    read_lessons,
    require_own,
    take_back,
    teach,
    teach_all,
)

__all__ = [
    "Lesson",
    "Taught",
    "check_lessons",
    "copy_shipped",
    "describe_affected",
    "find_affected",
    "read_lessons",
    "require_own",
    "take_back",
    "teach",
    "teach_all",
]
