"""The saved index: what asking needs of a corpus, in one file that is read only as far as it is needed.

`store` is the file and `table` a dictionary in it; `wordfield` (the passages' own words), `field` (known questions),
`neighbours` and `vocabulary` (spelling) are its larger parts, and each says what its sections hold; `index` says the
rest. `loops` are the innermost loops of asking, compiled where there is a compiler. `building` and
`counting` write the index, by numpy and scikit-learn; `sources` gives back what was read of the sources.
"""

from dnqa.index.index import Index, StoredQuestion

__all__ = ["Index", "StoredQuestion"]
