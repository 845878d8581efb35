"""Ranking passages."""

import random

from hypothesis import given, settings
from hypothesis import strategies as st

import dnqa
from dnqa.asking.query import make_query
from dnqa.asking.ranking import rank
from dnqa.index.field import UNKNOWN
from dnqa.sources.synonyms import SynonymList
from dnqa.text.features import list_all_features
from tests.index.reference import make_passages
from tests.making import index_passages

LIBRARY = dnqa.load()
words = st.sampled_from("why do knots hurt nerve root pain needle serotonin stiff swelling who cost 4 the does".split())


@settings(max_examples=50)
@given(st.lists(words, min_size=1, max_size=8))
def test_ranking_is_a_total_order(question: list[str]) -> None:
    """Support falls, ties stand in document order, and the same question ranks the same."""
    query = LIBRARY.make_query(" ".join(question))
    candidates = rank(LIBRARY.index, query).candidates
    keys = [(-candidate.support, candidate.row) for candidate in candidates]
    assert keys == sorted(keys)
    assert len({candidate.row for candidate in candidates}) == len(candidates)
    assert rank(LIBRARY.index, query).candidates == candidates


def test_ties_stand_in_document_order_without_known_questions() -> None:
    """Also where scores differ by less than their shares of the question do."""
    rng = random.Random(28)
    names = "tendon needle spine elbow wrist muscle".split()
    index = index_passages(make_passages([" ".join(rng.choices(names, k=6)) for _ in range(40)]))
    candidates = rank(index, make_query("needle spine tendon muscle wrist elbow", None, SynonymList({}))).candidates
    keys = [(-candidate.support, candidate.row) for candidate in candidates]
    assert keys == sorted(keys)


def test_question_scores_are_scikit_learns_cosines() -> None:
    """The postings of known questions give the cosines of scikit-learn's own matrices."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    known = LIBRARY.knowledge.questions[:200]
    index = index_passages(LIBRARY.passages, known)
    question = "does needling help trigger points"
    features = list_all_features((question,))
    vectorizer = TfidfVectorizer(analyzer=lambda text: list_all_features((text,)), sublinear_tf=True, norm=None)
    matrix = vectorizer.fit_transform([one.question for one in known]).toarray()
    kinds = [(index.questions.idf(name) or 0) / idf for name, idf in zip(
        vectorizer.get_feature_names_out(), vectorizer.idf_, strict=True
    )]  # fmt: skip
    rows = matrix * kinds
    vector = vectorizer.transform([question]).toarray()[0] * kinds
    scores = index.questions.score(dict.fromkeys(features, 1.0))
    unknown = [name for name in features if index.questions.idf(name) is None and "\t" not in name and name[0] != "~"]
    length = (vector @ vector + len(unknown) * UNKNOWN * index.questions.rarest**2) ** 0.5
    for row, score in zip(rows, scores, strict=True):
        expected = row @ vector / ((row @ row) ** 0.5 * length) if row.any() else 0.0
        assert abs(score - expected) < 1e-6
