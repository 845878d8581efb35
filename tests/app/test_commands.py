"""What the commands do that have no subject of their own."""

import pytest

from tests.app.driving import drive, open_desk

ANSWERED = "does it help with sweling?"
REFUSED = "is parking free?"


def test_the_palette_offers_only_what_applies() -> None:
    """Copying, ticking and the sheet come when there is something to copy, tick and save."""

    async def scenario() -> None:
        async with open_desk() as desk:

            def offered() -> set[str]:
                return {command.title for command in desk.app.get_system_commands(desk.app.screen)}

            assert not {"Copy", "Tick", "Sheet", "More", "Why", "Transcript"} & offered()
            await desk.ask(ANSWERED)
            assert {"Copy", "Tick", "More", "Why", "Transcript"} <= offered()
            assert "Sheet" not in offered()
            await desk.press("f6")
            assert "Sheet" in offered()
            await desk.ask(REFUSED)
            assert "Copy" not in offered()

    drive(scenario)


def test_an_unknown_command_is_named() -> None:
    """A single word behind a slash that is no command is not asked."""

    async def scenario() -> None:
        async with open_desk() as desk:
            await desk.ask("/fly")
            assert desk.toasts == ["there is no command /fly; /help lists them"]
            assert desk.session.answers == ()

    drive(scenario)


def test_why_shows_what_led_to_the_answer() -> None:
    """/why lists how the words were read, which are not in the source, and the runners-up."""

    async def scenario() -> None:
        async with open_desk() as desk:
            await desk.ask("what about sweling in milk?")
            await desk.ask("/why")
            assert "not in the source: “milk”" in desk.text
            assert "words found: “sweling”" in desk.text or "words found: “swelling”" in desk.text
            await desk.press("escape")
            assert "words found" not in desk.text

    drive(scenario)


def test_tell_me_more_goes_on() -> None:
    """/more shows what comes close, or next, as a turn of its own."""

    async def scenario() -> None:
        async with open_desk() as desk:
            await desk.ask("what are trigger points?")
            await desk.ask("/more")
            assert len(desk.session.answers) == 2
            assert desk.session.answers[1].passages[0] != desk.session.answers[0].passages[0]

    drive(scenario)


def test_the_theme_changes() -> None:
    """/theme goes to the light theme and back."""

    async def scenario() -> None:
        async with open_desk() as desk:
            await desk.ask("/theme")
            assert desk.app.theme == "dnqa-light"
            await desk.ask("/theme")
            assert desk.app.theme == "dnqa-dark"

    drive(scenario)


@pytest.mark.parametrize("keys", [("ctrl+q",), ("ctrl+c", "ctrl+c")])
def test_leaving(keys: tuple[str, ...]) -> None:
    """Ctrl+Q leaves at once; Ctrl+C says so first and leaves the second time."""

    async def scenario() -> None:
        async with open_desk() as desk:
            for key in keys[:-1]:
                await desk.press(key)
                await desk.settle()
                assert "Press Ctrl+C again to leave" in desk.toasts[-1]
                assert desk.app.is_running
            await desk.pilot.press(keys[-1])
            assert desk.app._exit

    drive(scenario)


def test_questions_pasted_are_asked_one_after_the_other() -> None:
    """Those on lines of their own; a question that goes over several lines is one, and Esc stops a row of them."""

    async def scenario() -> None:
        async with open_desk() as desk:
            await desk.paste("law of denervation?\n\nwhat about inflammation?\nwhere can I park?\n")
            asked = [answer.question for answer in desk.session.answers]
            assert asked == ["law of denervation?", "what about inflammation?", "where can I park?"]
            await desk.paste("what about\ninflammation?")
            assert desk.app.desk.box.value == "what about inflammation?"
            assert len(desk.session.answers) == 3

    drive(scenario)


def test_more_after_a_refusal_goes_to_what_comes_closest() -> None:
    """And why explains what was asked last, whatever row is chosen."""

    async def scenario() -> None:
        async with open_desk() as desk:
            await desk.ask("law of denervation?")
            await desk.ask("can children have dry needling?")
            closest = desk.session.answers[-1].closest[0].passage
            await desk.ask("/more")
            assert desk.app.desk.passage == closest
            await desk.press("escape")
            await desk.ask("/why")
            assert "can children have dry needling?" in desk.text

    drive(scenario)


@pytest.mark.parametrize("width", [30, 40, 60, 80, 120, 160])
def test_help_and_new_patient_are_always_in_the_key_bar(width: int) -> None:
    """And the bar uses its width."""

    async def scenario() -> None:
        async with open_desk(size=(width, 24)) as desk:
            await desk.ask("law of denervation?")
            bar = desk.lines[-1]
            assert "F1" in bar
            assert "F8" in bar
            if width >= 120:
                assert "Browse" in bar
                assert "Quit" in bar

    drive(scenario)
