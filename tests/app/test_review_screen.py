"""Going through what nobody has agreed to yet."""

import json
from pathlib import Path
from typing import Any

import pytest

import dnqa
from dnqa.library import Library
from tests.app.driving import SIZES, Desk, drive, open_desk, own_corpus
from tests.app.test_scenes import find_faint


def taught_corpus(tmp_path: Path) -> Library:
    """A small corpus with three known questions, of which one was agreed to and one names a lost passage, and two
    synonyms."""
    library = own_corpus(tmp_path)
    ice = library.passages[1]
    known = [
        {"question": "ice?", "passages": [{"id": ice.id, "opens": "Ice helps"}], "reviewed": True},
        {"question": "cold packs?", "passages": [{"id": ice.id, "opens": "Ice helps"}]},
        {"question": "heat?", "passages": []},
        {"question": "jogging?", "passages": [{"id": "p00000000", "opens": "Jog after"}]},
    ]
    lines = "".join(json.dumps(record) + "\n" for record in known)
    (library.path / "questions.jsonl").write_text(lines, encoding="utf-8")
    (library.path / "synonyms.txt").write_text("# ours\nblue mark => bruise\njog => run\n", encoding="utf-8")
    return dnqa.load(library.path)


def read_known(tmp_path: Path) -> list[dict[str, Any]]:
    """The known questions as they are written, dropped ones left out."""
    text = (tmp_path / "corpus" / "questions.jsonl").read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines() if line]


async def open_review(desk: Desk) -> None:
    """As K. Mehta."""
    await desk.ask("/review K. Mehta")


def test_what_nobody_has_agreed_to_is_listed(tmp_path: Path) -> None:
    """Questions with the passage that answers them, none, or the one that is lost; and synonyms; filtered as typed."""

    async def scenario() -> None:
        async with open_desk(taught_corpus(tmp_path)) as desk:
            await open_review(desk)
            assert "cold packs? Ice helps in the first hours. [2]" in desk.text
            assert "heat? ∅ The source does not say" in desk.text
            assert "jogging? ⚠ no passage any more that opens “Jog after”" in desk.text
            assert "synonym blue mark => bruise" in desk.text
            assert "5 to review · K. Mehta reviews" in desk.text
            await desk.type("FIRST HOURS")
            assert "1 to review" in desk.text
            assert "heat?" not in desk.text

    drive(scenario)


def test_each_decision_is_written_at_once_and_the_list_goes_on(tmp_path: Path) -> None:
    """Kept, answered by another passage, by none, reworded and dropped; the corpus is read again once, at the end."""

    async def scenario() -> None:
        async with open_desk(taught_corpus(tmp_path)) as desk:
            loaded = []
            reload = desk.session.reload
            desk.session.reload = lambda: loaded.append(1) or reload()  # type: ignore[method-assign, func-returns-value]
            await open_review(desk)
            await desk.press("enter", "enter")
            assert [record.get("reviewed_by") for record in read_known(tmp_path)] == [None, "K. Mehta", None, None]
            assert "4 to review" in desk.text
            await desk.press("enter", "down", "enter")
            assert "Which passage answers it?" in desk.text
            await desk.type("few days")
            await desk.press("enter")
            assert read_known(tmp_path)[2]["passages"][0]["opens"] == "A bruise may show for a few days."
            await desk.press("enter", "down", "enter")
            await desk.press("enter")
            assert read_known(tmp_path)[3]["passages"] == []
            await desk.press("enter", "down", "enter", "ctrl+u")
            await desk.type("black mark => bruise")
            await desk.press("enter")
            await desk.press("enter", "end", "enter")
            today = read_known(tmp_path)[1]["reviewed_on"]
            assert (tmp_path / "corpus" / "synonyms.txt").read_text(encoding="utf-8") == (
                f"# ours\n# reviewed {today} by K. Mehta\nblack mark => bruise\n\n"
            )
            assert "∅ Nothing is left to review." in desk.text
            await desk.app.check_files()
            assert loaded == []
            await desk.press("escape")
            assert loaded == [1]
            await desk.app.check_files()
            assert loaded == [1]
            assert "5 reviewed by K. Mehta; read again at 09:14" in desk.toasts[-1]
            await desk.ask("heat?")
            assert "A bruise may show for a few days. [1]" in desk.text
            await desk.ask("/review")
            assert "Nothing is left to review" in desk.toasts[-1]

    drive(scenario)


def test_who_reviews_is_asked_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the name under which somebody is at the computer; what is only looked at changes nothing."""
    monkeypatch.setenv("USER", "maria")

    async def scenario() -> None:
        async with open_desk(taught_corpus(tmp_path)) as desk:
            before = read_known(tmp_path)
            await desk.ask("/review")
            assert "Who reviews?" in desk.text
            assert "maria" in desk.text
            await desk.press("enter")
            assert "maria reviews" in desk.text
            await desk.press("enter", "escape", "escape")
            await desk.ask("/review")
            assert "maria reviews" in desk.text
            await desk.press("escape")
            assert read_known(tmp_path) == before
            assert desk.toasts == []

    drive(scenario)


def test_what_goes_wrong_is_said_in_the_dialog(tmp_path: Path) -> None:
    """A line that was changed meanwhile, a synonym that is none, a file that cannot be written; nothing is lost."""
    path = tmp_path / "corpus" / "synonyms.txt"

    async def scenario() -> None:
        async with open_desk(taught_corpus(tmp_path)) as desk:
            await open_review(desk)
            await desk.type("blue")
            await desk.press("enter", "down", "enter", "ctrl+u")
            await desk.type("# blue, bruise")
            await desk.press("enter")
            assert '⚠ a synonym does not begin with "#"' in desk.text
            await desk.press("escape")
            path.write_text("bluish mark => bruise\n", encoding="utf-8")
            await desk.press("up", "enter")
            assert "was changed meanwhile; begin again" in desk.text
            await desk.press("escape", "escape")
            assert path.read_text(encoding="utf-8") == "bluish mark => bruise\n"

    drive(scenario)


def test_the_next_patient_closes_a_review(tmp_path: Path) -> None:
    """What was decided is kept, and noticed as a changed file."""

    async def scenario() -> None:
        async with open_desk(taught_corpus(tmp_path)) as desk:
            await open_review(desk)
            await desk.press("enter", "enter", "f8")
            assert len(desk.app.screen_stack) == 1
            await desk.app.check_files()
            await desk.settle()
            assert "questions.jsonl changed on disk; read again" in desk.toasts[-1]

    drive(scenario)


@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize("theme", ["dark", "light"])
def test_a_review_can_be_read(tmp_path: Path, size: tuple[int, int], theme: str) -> None:
    """The list and the dialog, with all that can be chosen in sight at every size."""

    async def scenario() -> None:
        async with open_desk(taught_corpus(tmp_path), size=size, theme=theme) as desk:
            await open_review(desk)
            assert find_faint(desk) == []
            assert "Ice helps in the first hours. [2]" in desk.text
            await desk.press("enter")
            assert find_faint(desk) == []
            for shown in ("cold packs?", "Keep", "Other passage", "Reword", "Drop", "Enter: choose · Esc: back"):
                assert shown in desk.text

    drive(scenario)
