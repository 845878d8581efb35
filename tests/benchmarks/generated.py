"""A corpus of any size, the same each time: words by Zipf's law, and questions whose words some passage has."""

import random
from collections.abc import Iterator

import numpy as np

N_WORDS = 1_000_000
"""Made-up words; of a million passages about six hundred thousand are used."""
WORDS_IN_PASSAGE, STOP_WORDS_IN_PASSAGE = 25, 11
_STEEPNESS, _FLATNESS = 1.15, 30
"""Of Zipf's law as Mandelbrot has it: the commonest word is in one passage of twelve."""
_STOP_WORDS = (
    "the of and to in a is that for it as was with be by on not he his but at are this have from or had an they which "
    "one you were her all she there would their we him been has when who will more no if out so said what up its about "
    "into than them can only other new some could time these two may then do first any my now such like our over me "
    "even most made after also did many before must through years where much your way well down should because each"
).split()
_BEGINNINGS = "b bl br c ch cl d dr f fl g gr h j k l m n p pl pr qu r s sc sh sl sm sp st str t th tr v w z".split()
_MIDDLES = "a e i o u ai ea ee oa ou".split()
_ENDS = ["", "n", "r", "l", "s", "t", "m", "x", "nd", "st"]
_AT_ONCE = 10_000


def make_words(n: int) -> list[str]:
    """Different words that can be pronounced, the shorter ones first."""
    rng = random.Random(7)
    words: dict[str, None] = {}
    while len(words) < n:
        n_syllables = 1 + (len(words) > 300) + (len(words) > 40_000) + (rng.random() < 0.15)
        word = "".join(rng.choice(_BEGINNINGS) + rng.choice(_MIDDLES) + rng.choice(_ENDS) for _ in range(n_syllables))
        if len(word) > 2:
            words[word] = None
    return list(words)


def make_passages(n: int) -> Iterator[str]:
    """Passages one by one."""
    rng = np.random.default_rng(1)
    words = np.array(make_words(N_WORDS), object)
    stop_words = np.array(_STOP_WORDS, object)
    often = np.cumsum((np.arange(len(words)) + 1 + _FLATNESS) ** -_STEEPNESS)
    often_stop = np.cumsum(1 / (np.arange(len(stop_words)) + 3))
    n_content = WORDS_IN_PASSAGE - STOP_WORDS_IN_PASSAGE
    for start in range(0, n, _AT_ONCE):
        n_rows = min(_AT_ONCE, n - start)
        content = words[np.searchsorted(often, rng.random((n_rows, n_content)) * often[-1])]
        small = stop_words[np.searchsorted(often_stop, rng.random((n_rows, STOP_WORDS_IN_PASSAGE)) * often_stop[-1])]
        for row in rng.permuted(np.concatenate([content, small], axis=1), axis=1):
            yield " ".join(row)


def make_questions(passages: list[str], n: int) -> list[str]:
    """Questions of two to six words of a passage, stop words left out."""
    rng = random.Random(3)
    stop_words = set(_STOP_WORDS)
    questions = []
    for _ in range(n):
        words = [word for word in rng.choice(passages).split() if word not in stop_words]
        questions.append(" ".join(rng.sample(words, rng.randint(2, min(6, len(words))))))
    return questions
