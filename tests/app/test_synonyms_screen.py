"""Seeing and changing synonyms."""

from pathlib import Path

import pytest

import dnqa
from dnqa.library import Library
from dnqa.sources.synonyms import list_off
from tests.app.driving import SIZES, drive, open_desk, own_corpus
from tests.app.test_scenes import find_faint

WRITTEN = "# ours\n\n# reviewed 2026-01-02 by K\nblue mark => bruise\njog => run\n"


def corpus_with_synonyms(tmp_path: Path) -> Library:
    """A small corpus with two synonyms of its own, one of them reviewed."""
    library = own_corpus(tmp_path)
    (library.path / "synonyms.txt").write_text(WRITTEN, encoding="utf-8")
    return dnqa.load(library.path)


def test_an_own_synonym_is_changed_and_dropped(tmp_path: Path) -> None:
    """What is wrong with a line is said as it is typed, and Enter refuses it; an empty line drops it."""
    path = tmp_path / "corpus" / "synonyms.txt"

    async def scenario() -> None:
        async with open_desk(corpus_with_synonyms(tmp_path)) as desk:
            await desk.ask("/synonyms")
            assert "+ add a synonym own blue mark => bruise own jog => run" in desk.text
            await desk.press("down", "enter", "ctrl+u")
            await desk.type("black mark =>")
            assert '⚠ write "a, b => c" or "a, b"' in desk.text
            await desk.press("enter")
            assert path.read_text(encoding="utf-8") == WRITTEN
            await desk.type(" bruise")
            assert "⚠" not in desk.text
            await desk.press("enter")
            assert path.read_text(encoding="utf-8") == "# ours\n\nblack mark => bruise\njog => run\n"
            await desk.press("enter", "ctrl+u", "enter")
            assert path.read_text(encoding="utf-8") == "# ours\n\njog => run\n"
            await desk.press("enter", "escape", "escape")
            assert desk.toasts == ["Synonyms changed; read again at 09:14"]

    drive(scenario)


def test_a_synonym_is_added_and_used(tmp_path: Path) -> None:
    """At once after the screen is left; while it is open, nothing is read again."""

    async def scenario() -> None:
        async with open_desk(own_corpus(tmp_path)) as desk:
            await desk.ask("is a violet stain normal?")
            assert not desk.session.answers[-1].passages
            await desk.ask("/synonyms")
            await desk.press("enter")
            await desk.press("enter")
            assert "Add a synonym" in desk.text
            await desk.type("violet stain => bruise")
            await desk.press("enter")
            assert "own violet stain => bruise" in desk.text
            library = desk.session.library
            await desk.app.check_files()
            assert desk.session.library is library
            await desk.press("escape")
            assert desk.session.library is not library
            await desk.ask("how long does a violet stain show?")
            assert desk.session.answers[-1].passages[0].text == "A bruise may show for a few days."

    drive(scenario)


def test_a_general_synonym_is_switched(tmp_path: Path) -> None:
    """Enter puts it off and on again, the highlight where it was; the filter goes over all."""
    path = tmp_path / "corpus" / "synonyms.txt"

    async def scenario() -> None:
        async with open_desk(corpus_with_synonyms(tmp_path)) as desk:
            await desk.ask("/synonyms")
            await desk.type("PHYSIOTHERAPY, physical")
            assert "0 own, 1 general, 0 of them off" in desk.text
            assert "jog" not in desk.text
            await desk.press("enter")
            assert "0 own, 1 general, 1 of them off" in desk.text
            assert "off physiotherapy," in desk.text
            assert len(list_off(path)) == 1
            await desk.press("enter")
            assert "0 of them off" in desk.text
            assert path.read_text(encoding="utf-8") == WRITTEN

    drive(scenario)


@pytest.mark.parametrize("name", ["shipped", "single"])
def test_what_is_not_one_s_own_is_only_looked_at(tmp_path: Path, name: str) -> None:
    """Enter says so in a line, and leaving reads nothing again."""
    own_corpus(tmp_path)
    library = None if name == "shipped" else dnqa.load(tmp_path / "corpus" / "after.md")

    async def scenario() -> None:
        async with open_desk(library) as desk:
            before = desk.session.library
            await desk.ask("/synonyms")
            for key in ("enter", "down"):
                await desk.press(key, "enter")
                assert ("⚠ the shipped corpus" if name == "shipped" else "⚠ ") in desk.text
                assert len(desk.app.screen_stack) == 2
            await desk.press("escape")
            assert desk.session.library is before

    drive(scenario)


def test_a_synonyms_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    """In a line; the desk goes on."""

    async def scenario() -> None:
        async with open_desk(corpus_with_synonyms(tmp_path)) as desk:
            (tmp_path / "corpus" / "synonyms.txt").write_bytes(b"\xff\xfe")
            await desk.ask("/synonyms")
            assert "is not UTF-8" in desk.toasts[-1]
            assert len(desk.app.screen_stack) == 1

    drive(scenario)


@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize("theme", ["dark", "light"])
def test_synonyms_can_be_read(tmp_path: Path, size: tuple[int, int], theme: str) -> None:
    """The list, and a line that is being changed, with what is wrong with it."""

    async def scenario() -> None:
        async with open_desk(corpus_with_synonyms(tmp_path), size=size, theme=theme) as desk:
            await desk.ask("/synonyms")
            await desk.press("down")
            assert find_faint(desk) == []
            await desk.press("enter")
            await desk.type(" =>")
            assert "blue mark => bruise =>" in desk.text
            assert "⚠ write" in desk.text
            assert find_faint(desk) == []

    drive(scenario)
