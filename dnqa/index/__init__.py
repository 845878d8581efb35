"""The saved index: what asking needs of a corpus, in one file that is read only as far as it is needed.

`store` is the file, `table` a dictionary in it, `vocabulary`, `field` and `wordfield` are its larger parts, each of
which says what its sections hold; `index` says the rest. `building` and `counting` write it, and nothing else imports
scikit-learn. `arrays` reads the same in numpy where there is much of it.
"""

from dnqa.index.index import Index, StoredQuestion
from dnqa.index.neighbours import Near

__all__ = ["Index", "Near", "StoredQuestion"]
