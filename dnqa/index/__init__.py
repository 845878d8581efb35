"""The saved index: what asking needs of a corpus, in one file that is read only as far as it is needed.

`store` is the file and `table` a dictionary in it; `wordfield` (the passages' own words), `field` (known questions),
`neighbours` and `vocabulary` (spelling) are its larger parts, and each says what its sections hold; `index` says the
rest. `building` and `counting` write it, `sources` gives back what was read of the sources. `arrays`, `maxscore` and
`likeness` read the same in numpy where there is much of it. Only `counting` imports scikit-learn.
"""

from dnqa.index.index import Index, StoredQuestion
from dnqa.index.neighbours import Near

__all__ = ["Index", "Near", "StoredQuestion"]
