"""Where indexes are kept, and that none is believed that should not be."""

import errno
import json
import os
import random
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO

import pytest

import dnqa
from dnqa.index.cache import Cache
from dnqa.index.saving import Way
from dnqa.index.store import StoreWriter

Write = Callable[[dict[str, str | bytes]], Path]
FILES: dict[str, str | bytes] = {
    "knee.txt": "# Knee\n\nRest the knee for two days [1].\n\nIce helps against the swelling [2].\n",
    "back.md": "# Back\n\nWalk a little every hour [1].\n\nHeat eases the stiffness [3].\n",
    "knee.toml": 'title = "The knee"\nclinic = "Hill Clinic"\n',
}
QUESTIONS = ("does ice help?", "what eases stiffness", "how long should I rest the knee", "what about parking")


class Killed(BaseException):
    """What a process that is killed does not live to see."""


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache folder for each test."""
    folder = tmp_path / "cache"
    monkeypatch.setenv("DNQA_CACHE", str(folder))
    return folder


def ask(folder: Path, said: list[str] | None = None, **options: Any) -> list[tuple[str, ...]]:
    """What the questions get from a corpus that is loaded anew."""
    library = dnqa.load(folder, way=Way(report=(said if said is not None else []).append), **options)
    return [tuple(passage.text for passage in library.ask(question).passages) for question in QUESTIONS]


def find_indexes(cache: Path) -> list[Path]:
    """All saved indexes."""
    return sorted(cache.glob("*/*.index"))


def refuse_to_build(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every building of an index fail."""

    def build(*_: object, **__: object) -> None:
        raise AssertionError("an index is built")

    monkeypatch.setattr("dnqa.index.building.build_index", build)


def test_the_second_time_nothing_is_read_or_built(
    write_corpus: Write, monkeypatch: pytest.MonkeyPatch, cache: Path
) -> None:
    """The saved index gives the same answers, and the same sources, without the text being read again."""
    folder = write_corpus(FILES)
    expected = ask(folder)
    sources = dnqa.load(folder, saved=False).corpus.sources
    refuse_to_build(monkeypatch)
    monkeypatch.setattr("dnqa.reading.read_text", None)
    assert ask(folder) == expected
    assert dnqa.load(folder).corpus.sources == sources
    assert len(find_indexes(cache)) == 1


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("knee.txt", FILES["knee.txt"] + "\nStiffness goes with stretching [4].\n"),  # type: ignore[operator]
        ("knee.toml", 'title = "Another"\n'),
        ("synonyms.txt", "chill => ice\n"),
        ("questions.jsonl", json.dumps({"question": "may I park", "passages": []})),
        ("new.txt", "Parking is free [1].\n"),
    ],
)
def test_what_changes_is_seen(write_corpus: Write, cache: Path, name: str, content: str) -> None:
    """A source, a sidecar, synonyms or questions that change make another index, and the old one goes."""
    folder = write_corpus(FILES)
    ask(folder)
    before = find_indexes(cache)
    (folder / name).write_text(content, encoding="utf-8")
    dnqa.load(folder).build()
    after = find_indexes(cache)
    assert len(after) == 1
    assert after != before
    assert dnqa.load(folder).passages == dnqa.load(folder, saved=False).passages


def test_a_change_of_the_same_size_and_time_is_seen(write_corpus: Write) -> None:
    """Setting a file's time back does not hide that it was changed."""
    folder = write_corpus(FILES)
    ask(folder)
    path = folder / "knee.txt"
    status = path.stat()
    path.write_bytes(path.read_bytes().replace(b"two days", b"six days"))
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert "six days" in ask(folder)[2][0]


def test_only_changed_files_are_read_again(write_corpus: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a folder of which one file has changed, the others are taken from the index before."""
    folder = write_corpus(FILES)
    ask(folder)
    (folder / "knee.txt").write_text("Rest the knee for a week [1].\n", encoding="utf-8")
    read: list[str] = []
    from dnqa.reading import read_text

    def remember(text: str, *, is_markdown: bool = False) -> dnqa.Document:
        read.append(text)
        return read_text(text, is_markdown=is_markdown)

    monkeypatch.setattr("dnqa.reading.read_text", remember)
    library = dnqa.load(folder, ahead=True)
    assert [text[:13] for text in read] == ["Rest the knee"]
    assert library.corpus.sources == dnqa.load(folder, saved=False).corpus.sources


@pytest.mark.parametrize("version", ["dnqa.text.analysis.VERSION", "dnqa.index.cache.READING_VERSION"])
def test_another_version_makes_another_index(
    write_corpus: Write, monkeypatch: pytest.MonkeyPatch, cache: Path, version: str
) -> None:
    """An index that other rules have made is not used."""
    folder = write_corpus(FILES)
    ask(folder)
    before = find_indexes(cache)
    monkeypatch.setattr(version, 99)
    ask(folder)
    assert find_indexes(cache) != before


def test_without_a_cache_nothing_is_left(write_corpus: Write, cache: Path) -> None:
    """Neither an index nor a folder for it."""
    folder = write_corpus(FILES)
    assert any(ask(folder, saved=False))
    assert not cache.exists()
    assert sorted(path.name for path in folder.iterdir()) == sorted(FILES)


def test_a_damaged_index_is_named_and_built_again(write_corpus: Write, cache: Path) -> None:
    """Whatever byte is another, and wherever the file is cut: the answers are right, and nothing is raised."""
    folder = write_corpus(FILES)
    expected = ask(folder)
    whole = find_indexes(cache)[0].read_bytes()
    rng = random.Random(4)
    n_named = 0
    for number in range(40):
        path = find_indexes(cache)[0]
        data = bytearray(path.read_bytes())
        if number % 4 == 0:
            del data[rng.randrange(len(data)) :]
        else:
            for _ in range(rng.choice([1, 50, 2000])):
                data[rng.randrange(len(data))] ^= 1 << rng.randrange(8)
        path.write_bytes(data)
        said: list[str] = []
        assert ask(folder, said) == expected
        assert all(line.startswith(str(path)) for line in said)
        n_named += bool(said)
        if not said:  # only what nobody asked for was damaged
            path.write_bytes(whole)
    assert n_named > 20


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"x": 1}', b'{"x": [1, 2, 3, 4, "5", 6]}', b"\xff\xfe"])
def test_damaged_digests_do_no_harm(write_corpus: Write, cache: Path, content: bytes) -> None:
    """Digests that cannot be read are taken anew."""
    folder = write_corpus(FILES)
    expected = ask(folder)
    next(cache.glob("*")).joinpath("digests.json").write_bytes(content)
    assert ask(folder) == expected


@pytest.mark.parametrize("n_written", [0, 10, 1000, 100_000, 400_000])
def test_killed_while_it_is_built(
    write_corpus: Write, monkeypatch: pytest.MonkeyPatch, cache: Path, n_written: int
) -> None:
    """Wherever writing ends, the next question is answered, and nothing stays behind."""
    folder = write_corpus(FILES)
    write = StoreWriter._write
    written = 0

    def write_or_die(self: StoreWriter, data: bytes) -> None:
        nonlocal written
        written += len(data)
        if written > n_written:
            raise Killed
        write(self, data)

    monkeypatch.setattr(StoreWriter, "_write", write_or_die)
    with pytest.raises(Killed):
        ask(folder)
    monkeypatch.undo()
    monkeypatch.setenv("DNQA_CACHE", str(cache))
    left = next(cache.glob("*")) / ".999999999-1"
    left.write_bytes(b"left by a process that is no more")
    assert ask(folder) == ask(folder, saved=False)
    assert len(find_indexes(cache)) == 1
    assert not left.exists()


def test_a_full_disk_keeps_nobody_from_asking(
    write_corpus: Write, monkeypatch: pytest.MonkeyPatch, cache: Path
) -> None:
    """The index then lies in memory, and nothing half-written stays."""
    folder = write_corpus(FILES)
    write = StoreWriter._write

    def write_some(self: StoreWriter, data: bytes) -> None:
        if self._length > 50_000 and not isinstance(self._file, BytesIO):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        write(self, data)

    expected = ask(folder, saved=False)
    monkeypatch.setattr(StoreWriter, "_write", write_some)
    assert ask(folder) == expected
    assert find_indexes(cache) == []
    assert [path.name for path in cache.glob("*/.*")] == []


def test_a_folder_that_cannot_be_written_to(
    write_corpus: Write, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A cache folder that is a file, or below one, is as good as none."""
    (tmp_path / "file").write_bytes(b"")
    monkeypatch.setenv("DNQA_CACHE", str(tmp_path / "file"))
    folder = write_corpus(FILES)
    assert ask(folder) == ask(folder, saved=False)


def test_a_corpus_that_changes_while_it_is_indexed_is_not_saved_as_what_it_is_not(
    write_corpus: Write, monkeypatch: pytest.MonkeyPatch, cache: Path
) -> None:
    """What was read is asked, and not kept under the name of something else."""
    folder = write_corpus({**FILES, "synonyms.txt": "chill => ice\n"})
    from dnqa.sources.knowledge import read_knowledge

    def read_and_change(*arguments: Any) -> Any:
        knowledge = read_knowledge(*arguments)
        (folder / "synonyms.txt").write_text("frost => ice\n", encoding="utf-8")
        return knowledge

    monkeypatch.setattr("dnqa.sources.knowledge.read_knowledge", read_and_change)
    dnqa.load(folder).build()
    assert find_indexes(cache) == []


@pytest.mark.parametrize("name", ["knee.toml", "synonyms.txt", "questions.jsonl", "knee.txt"])
def test_what_cannot_be_read_is_named(write_corpus: Write, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """A file that may not be read is said to be so, in one line, by whoever needs it."""
    folder = write_corpus({**FILES, "synonyms.txt": "chill => ice\n", "questions.jsonl": ""})
    read_bytes = Path.read_bytes

    def refuse(self: Path) -> bytes:
        if self.name == name:
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(self))
        return read_bytes(self)

    monkeypatch.setattr(Path, "read_bytes", refuse)
    if name.startswith("knee"):  # one of several sources: the others go on
        said: list[str] = []
        dnqa.load(folder, way=Way(report=said.append)).build()
        assert [name in line for line in said] == [True]
    else:
        with pytest.raises(dnqa.CorpusError, match=name):
            ask(folder)


def test_folders_in_the_place_of_files_are_no_files(write_corpus: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder that has the name of a sidecar or of the synonyms does not make the index a new one every time."""
    folder = write_corpus({"a.txt": "Rest helps [1].\n"})
    (folder / "a.toml").mkdir()
    (folder / "questions.jsonl").mkdir()
    expected = ask(folder)
    refuse_to_build(monkeypatch)
    assert ask(folder) == expected


def test_sources_of_any_name_are_gone_through_in_order(write_corpus: Write) -> None:
    """Names that are shown otherwise than they are written do not confuse what comes next."""
    folder = write_corpus(
        {" omega.txt": FILES["back.md"], "alpha.txt": FILES["knee.txt"], "beta.txt": "Parking is free."}
    )
    ask(folder)
    library = dnqa.load(folder)
    for passage in library.passages:
        following = library.list_following(passage, 1)
        assert all(found.line > passage.line and found.source == passage.source for found in following)
    assert {source.path.name for source in library.corpus.sources} == {path.name for path in folder.iterdir()}


def test_a_wrong_digest_is_not_believed_twice(
    write_corpus: Write, monkeypatch: pytest.MonkeyPatch, cache: Path
) -> None:
    """A digest that was changed on disk costs one building, not one for every question."""
    folder = write_corpus(FILES)
    expected = ask(folder)
    path = next(cache.glob("*")) / "digests.json"
    monkeypatch.setattr("dnqa.index.cache._RACY_NS", -(10**18))  # as if the files had been there for long
    ask(folder)
    known = json.loads(path.read_bytes())
    for facts in known.values():
        facts[4] = "0" * 64
    path.write_text(json.dumps(known), encoding="utf-8")
    assert ask(folder) == expected
    refuse_to_build(monkeypatch)
    assert ask(folder) == expected


def test_names_that_no_file_can_have_are_named() -> None:
    """A NUL in the name of a corpus is an error of the usual kind."""
    with pytest.raises(dnqa.CorpusError):
        dnqa.load("a\0b")


def test_the_folder_belongs_to_its_owner(write_corpus: Write, cache: Path) -> None:
    """A hand-out need not be public: others cannot look into the folder of its index."""
    ask(write_corpus(FILES))
    if os.name == "posix":
        assert Cache(Path("x")).folder.parent == cache
        assert next(cache.iterdir()).stat().st_mode & 0o077 == 0


def test_a_file_aside_is_closed_before_it_is_renamed(write_corpus: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    """Windows cannot rename a file that is open."""
    opened: list[BinaryIO] = []
    real_open, real_rename = Path.open, Path.rename

    def watch_open(self: Path, *arguments: Any, **options: Any) -> Any:
        file = real_open(self, *arguments, **options)
        if self.name.startswith("."):
            opened.append(file)
        return file

    def rename(self: Path, target: Path) -> Path:
        assert all(file.closed for file in opened)
        return real_rename(self, target)

    monkeypatch.setattr(Path, "open", watch_open)
    monkeypatch.setattr(Path, "rename", rename)
    ask(write_corpus(FILES))
    assert opened


def test_one_process_builds_and_the_others_wait(write_corpus: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    """While another writes an index nobody else does; theirs is opened when it is there."""
    folder = write_corpus(FILES)
    dnqa.load(folder).build()
    cache = Cache(folder)
    index = next(cache.folder.glob("*.index"))
    hidden, aside = cache.folder / "hidden", cache.folder / f".{os.getppid()}-1"
    index.rename(hidden)
    aside.touch()
    looked: list[float] = []

    def finish(seconds: float) -> None:  # as the other process does
        looked.append(seconds)
        hidden.rename(index)
        aside.unlink()

    monkeypatch.setattr("dnqa.index.cache.time.sleep", finish)
    monkeypatch.setattr("dnqa.library.read_corpus", None)
    monkeypatch.setattr("dnqa.library.build", None)
    assert ask(folder)[0]
    assert len(looked) == 1


@pytest.mark.parametrize("age", [0, 3600])
def test_nobody_waits_for_what_has_stalled_or_is_its_own(write_corpus: Write, age: int) -> None:
    """A file of this process, of one that has ended, or that has not grown for long, is nothing to wait for."""
    found = Cache(write_corpus(FILES))
    found.folder.mkdir(parents=True)
    number = os.getppid() if age else os.getpid()
    for name in (f".{number}-1", ".999999999-1"):
        aside = found.folder / name
        aside.touch()
        os.utime(aside, (aside.stat().st_mtime - age,) * 2)
    assert not found.wait_for_other()
