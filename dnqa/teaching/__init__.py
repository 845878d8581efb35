"""Teach a corpus of one's own: add known questions, review what is known, and see what is worth adding.

`lessons` adds, `review` goes through what nobody has agreed to yet, `gaps` finds what no known question reaches, and
`general` switches off general synonyms.
"""

from dnqa.teaching.lessons import (
    Lesson,
    check_lessons,
    copy_shipped,
    find_affected,
    read_lessons,
    require_own,
    teach,
    teach_all,
)

__all__ = [
    "Lesson",
    "check_lessons",
    "copy_shipped",
    "find_affected",
    "read_lessons",
    "require_own",
    "teach",
    "teach_all",
]
