"""What each part of understanding adds, on labelled questions to the default corpus.

    python -m tests.benchmarks.understanding [QUESTIONS.jsonl [PASSAGES.jsonl]]

Prints, for dnqa with more and more of its parts, hit@1 when it must always answer; last, what it answers and refuses
as it ships. `python -m tests.benchmarks.decision` prints what the decision between the two gives on other hand-outs.
"""

import sys
from pathlib import Path

from dnqa import Library, load
from dnqa.asking.answering import Answerer
from dnqa.asking.evaluation import ALL, LabelledQuestion, evaluate, read_labelled, read_names
from dnqa.asking.named import drop_frame
from dnqa.asking.ranking import rank
from dnqa.sources.knowledge import Knowledge
from dnqa.sources.synonyms import SynonymList
from dnqa.text.characters import clean_line
from tests.making import index_in_memory

DATA = Path(__file__).parent.parent / "data"


def build_variants(full: Library) -> dict[str, Answerer]:
    """What answers with more and more of what a library knows."""
    knowledge = full.knowledge
    none = SynonymList({})
    return {
        name: Answerer(index_in_memory(full.corpus.sources, Knowledge(synonyms, questions)), spells=spells)
        for name, synonyms, questions, spells in (
            ("analyser", none, (), False),
            ("+ spelling", none, (), True),
            ("+ synonyms", knowledge.synonyms, (), True),
            ("+ known questions", knowledge.synonyms, knowledge.questions, True),
        )
    }


def is_first_right(answerer: Answerer, question: LabelledQuestion) -> bool:
    """Whether a right passage comes first when a question must be answered."""
    answer = answerer.ask(question.question)
    if answer.why is None and answer.passages:  # a number or a section was named
        return answer.passages[0].id in question.answers
    candidates = rank(answerer.index, answerer.make_query(drop_frame(clean_line(question.question)))).candidates
    return bool(candidates) and answerer.index.passage(candidates[0].row).id in question.answers


def main() -> None:
    """Print the table."""
    arguments = [Path(argument) for argument in sys.argv[1:]]
    questions, names = [*arguments, *(DATA / "questions_dev.jsonl", DATA / "passages.jsonl")[len(arguments) :]]
    library = load()
    labelled = read_labelled(questions, library.passages, read_names(names))
    answerable = [question for question in labelled if question.answers]
    for name, answerer in build_variants(library).items():
        right = sum(is_first_right(answerer, question) for question in answerable)
        print(f"{name:20}{right / len(answerable):8.3f}")
    print(f"as it ships: {evaluate(library.ask, labelled).tallies[ALL].describe()}")


if __name__ == "__main__":
    main()
