"""From a refusal to a lesson, and back."""

import json
from pathlib import Path

from tests.app.driving import drive, open_desk, own_corpus

REFUSED = "is parking free?"


def test_a_refused_question_is_taught(tmp_path: Path) -> None:
    """F7 lists the passages; the chosen one is confirmed, stored, and answers the question at once."""

    async def scenario() -> None:
        library = own_corpus(tmp_path)
        async with open_desk(library) as desk:
            await desk.ask("is it normal to look purple?")
            assert "∅ Not in this source." in desk.text
            assert "Ask the therapist" in desk.text
            assert "F7 Teach" in desk.text
            await desk.press("f7")
            await desk.type("bruise")
            await desk.press("enter")
            assert "Add this question?" in desk.text
            assert not (tmp_path / "corpus" / "questions.jsonl").exists()
            await desk.press("enter")
            record = json.loads((tmp_path / "corpus" / "questions.jsonl").read_text(encoding="utf-8"))
            assert record["question"] == "is it normal to look purple?"
            assert record["reviewed"] is False
            assert [p["opens"] for p in record["passages"]] == ["A bruise may show for a few days."]
            await desk.ask("is it normal to look purple?")
            assert "A bruise may show for a few days. [1]" in desk.text
            assert "nobody has reviewed yet" in desk.text

    drive(scenario)


def test_teaching_can_be_turned_back_from(tmp_path: Path) -> None:
    """Esc at the confirmation and in the list stores nothing."""

    async def scenario() -> None:
        async with open_desk(own_corpus(tmp_path)) as desk:
            await desk.ask(REFUSED)
            await desk.press("f7", "enter", "escape", "escape")
            assert not (tmp_path / "corpus" / "questions.jsonl").exists()
            assert "› is parking free?" in desk.text

    drive(scenario)


def test_the_shipped_corpus_is_not_taught() -> None:
    """F7 says how to copy it; the palette and the keys do not offer it."""

    async def scenario() -> None:
        async with open_desk() as desk:
            await desk.ask(REFUSED)
            assert "Teach" not in desk.text
            await desk.press("f7")
            assert "dnqa init FOLDER" in desk.toasts[-1]
            assert "Teach" not in [command.title for command in desk.app.get_system_commands(desk.app.screen)]

    drive(scenario)
