"""Forgetting everything for the next patient, when told and when nobody types."""

import pytest
from textual.events import Key, Paste

from tests.app.driving import drive, open_desk

ANSWERED = "does it help with sweling?"


def test_new_patient_forgets_everything() -> None:
    """F8 clears the screen, the history, the conversation, the ticks, messages and what was copied here."""

    async def scenario() -> None:
        async with open_desk() as desk:
            await desk.ask(ANSWERED)
            await desk.press("f6", "f4")
            await desk.paste("half a ques")
            await desk.press("f8")
            assert "sweling" not in desk.text
            assert "For example:" in desk.text
            assert not desk.session.answers
            assert not desk.session.ticked
            assert desk.app.clipboard == ""
            assert desk.app.desk.box.value == ""
            assert desk.toasts == ["Cleared for the next patient."]
            await desk.press("up")
            assert desk.app.desk.box.value == ""
            await desk.ask("same reference?")
            assert "decrease pain" not in desk.conversation

    drive(scenario)


def test_an_answer_that_comes_after_new_patient_is_not_shown() -> None:
    """A question of the last patient that is still being answered leaves nothing behind."""

    async def scenario() -> None:
        async with open_desk() as desk:
            with desk.session._asking:  # as if the index were being built
                await desk.pilot.press(*"pain", "enter")
                await desk.pilot.press("f8")
            await desk.settle()
            assert "› pain" not in desk.text
            assert desk.session.answers == ()

    drive(scenario)


def test_new_patient_may_come_at_any_moment() -> None:
    """Pressed again and again, between questions and over dialogs, it forgets everything and breaks nothing."""

    async def scenario() -> None:
        async with open_desk() as desk:
            for key in ("f8", "f8", "f3", "f8", "ctrl+p", "f8", "f1", "f8"):
                desk.app.desk.box.post_message(Paste("is john parking free?"))
                desk.app.post_message(Key("enter", None))
                desk.app.post_message(Key(key, None))
            await desk.settle()
            await desk.press("f8")
            assert "john" not in desk.text
            assert not desk.session.answers
            assert len(desk.app.screen_stack) == 1
            assert desk.text.count("→") == 3

    drive(scenario)


def test_idle_time_clears_everything_and_warns_before() -> None:
    """After the minutes that the user set without a key everything is cleared; a key starts them anew."""
    now = [0.0]

    async def scenario() -> None:
        async with open_desk(clock=lambda: now[0]) as desk:
            await desk.ask("/idle 5")
            await desk.press("enter")
            assert "◷ 5 min" in desk.lines[0]
            await desk.ask(ANSWERED)
            now[0] += 280
            await desk.app.clear_if_idle()
            await desk.settle()
            assert desk.toasts[-1] == "Everything will be cleared in 20 seconds; press any key to keep it."
            await desk.press("left")
            now[0] += 280
            await desk.app.clear_if_idle()
            assert desk.session.answers
            now[0] += 20
            await desk.app.clear_if_idle()
            await desk.settle()
            assert desk.session.answers == ()
            assert "sweling" not in desk.text

    drive(scenario)


def test_idle_time_is_a_number_of_minutes() -> None:
    """Anything else is refused in one line, and what was typed stays."""

    async def scenario() -> None:
        async with open_desk() as desk:
            await desk.ask("/idle soon")
            await desk.press("enter")
            assert "'soon' is not a number of minutes" in desk.text
            assert "soon" in desk.text

    drive(scenario)


@pytest.mark.parametrize("typed", ["", "escaped", "dialog"])
def test_idle_time_clears_what_was_only_typed(typed: str) -> None:
    """Half a question, one that Esc took out of the box, and one typed into a dialog are forgotten too."""
    now = [0.0]

    async def scenario() -> None:
        async with open_desk(clock=lambda: now[0]) as desk:
            desk.session.set_idle_minutes("5")
            if typed == "dialog":
                await desk.press("f3")
            await desk.type("john smith")
            if typed == "escaped":
                await desk.press("escape")
            now[0] += 301
            await desk.app.clear_if_idle()
            await desk.settle()
            await desk.press("up")
            assert "john" not in desk.text
            assert len(desk.app.screen_stack) == 1

    drive(scenario)
