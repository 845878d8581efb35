"""Teach a corpus of one's own: add known questions and documents, review what is known, and see what is worth adding.

`lessons` adds questions, and takes them back, `documents` adds documents, `review` goes through what nobody has agreed
to yet, `gaps` finds what no known question reaches, `own_synonyms` changes the corpus's own synonyms, and `general`
switches off general ones.
"""

from dnqa.teaching.documents import add_document
from dnqa.teaching.lessons import (
    Lesson,
    Taught,
    check_lessons,
    copy_shipped,
    describe_affected,
    find_affected,
    read_lessons,
    require_own,
    require_own_folder,
    take_back,
    teach,
    teach_all,
)

__all__ = [
    "Lesson",
    "Taught",
    "add_document",
    "check_lessons",
    "copy_shipped",
    "describe_affected",
    "find_affected",
    "read_lessons",
    "require_own",
    "require_own_folder",
    "take_back",
    "teach",
    "teach_all",
]
