"""The conversation, the box to ask in, and the source beside it."""

import threading
from pathlib import Path

import pytest
from textual.events import Key
from textual.selection import Selection
from textual.widgets import OptionList

import dnqa
from dnqa.app.widgets.line_input import LineInput
from dnqa.app.widgets.source_pane import SourcePane
from tests.app.driving import drive, open_desk, shipped

ANSWERED = "does it help with sweling?"


def test_the_answer_is_marked_in_its_source() -> None:
    """The passage is marked in the pane with its heading above and its neighbours around."""

    async def scenario() -> None:
        async with open_desk() as desk:
            await desk.ask("how does serotonin come into it?")
            rows = [line[72:] for line in desk.raw_lines]
            marked = [row for row in rows if row.startswith(("│▌", "▌"))]
            assert len(marked) >= 2
            assert any("Brain Stem Effects" in row for row in rows)
            assert any("Pain Effects" in row for row in rows)

    drive(scenario)


def test_an_answer_says_how_it_was_read() -> None:
    """Spelling, synonyms, words that the source lacks and close passages are shown with the answer."""

    async def scenario() -> None:
        async with open_desk() as desk:
            await desk.ask(ANSWERED)
            assert '↳ read "sweling" as "swelling"; swelling → inflammation' in desk.text
            await desk.ask("what are knots")
            assert "≈ Close to it, and perhaps what was meant:" in desk.text

    drive(scenario)


def test_a_refusal_looks_like_one_and_opens_what_is_near() -> None:
    """It has its own symbol and words; what is closest says what it is silent on, and is opened with Enter."""

    async def scenario() -> None:
        async with open_desk() as desk:
            await desk.ask("can children have dry needling?")
            assert "∅ Not in this source. It says nothing about “children”." in desk.text
            assert "≈ Closest, not an answer:" in desk.text
            assert "says nothing about “children”" in desk.text
            assert desk.app.desk.passage is None
            await desk.press("tab", "up", "up", "up", "enter")
            assert isinstance(desk.app.focused, SourcePane)
            assert any("▌" in line and "Dry needling" in line for line in (row[73:] for row in desk.raw_lines))

    drive(scenario)


def test_the_question_just_asked_is_in_sight_when_its_answer_comes() -> None:
    """Whoever has scrolled up before; who does so since is left alone, and told of what is new."""

    async def scenario() -> None:
        async with open_desk(size=(80, 24)) as desk:
            log = desk.app.desk.log_view
            await desk.ask("4")
            await desk.ask("6")
            await desk.press("pageup", "pageup", "pageup")
            await desk.ask(ANSWERED)
            assert "sweling" in desk.text
            for _ in range(6):  # one by one: a page is turned when the screen is drawn next
                await desk.press("pageup")
            above = log.scroll_y
            assert above < log.max_scroll_y - log.size.height
            await log.retire("── read again ──")
            await desk.settle()
            assert log.scroll_y == above
            assert "↓ 1 new below: Page down" in desk.text
            for _ in range(6):
                await desk.press("pagedown")
            assert "read again" in desk.text
            assert "new below" not in desk.text

    drive(scenario)


def test_answers_stay_in_sight_when_the_window_shrinks() -> None:
    """After three turns the last one is seen in a smaller window, and so is the next."""

    async def scenario() -> None:
        async with open_desk(size=(80, 24)) as desk:
            for question in ("4", ANSWERED, "what is a taut band?"):
                await desk.ask(question)
            await desk.pilot.resize_terminal(60, 20)
            await desk.settle()
            assert "› what is a taut band?" in desk.text
            await desk.ask("law of denervation?")
            assert "› law of denervation?" in desk.text
            await desk.pilot.resize_terminal(40, 12)
            await desk.settle()
            assert "› law of denervation?" in desk.text

    drive(scenario)


def test_a_long_answer_is_shown_from_its_top() -> None:
    """An answer that is longer than the screen shows its question first."""

    async def scenario() -> None:
        async with open_desk(size=(80, 16)) as desk:
            await desk.ask(ANSWERED)
            await desk.ask("4")
            assert "› 4" in desk.text

    drive(scenario)


def test_arrows_choose_and_keys_follow_the_choice() -> None:
    """Tab and the arrows go from passage to passage; the source and the copy key go with them."""

    async def scenario() -> None:
        async with open_desk() as desk:
            await desk.ask("what is a taut band?")
            first = desk.app.desk.passage
            await desk.press("tab", "down")
            assert desk.app.desk.passage != first
            assert "F4 Copy [1]" in desk.text
            await desk.press("up")
            assert desk.app.desk.passage == first
            assert "F4 Copy [6]" in desk.text

    drive(scenario)


def test_typing_goes_to_the_box_wherever_the_focus_is() -> None:
    """A letter typed in the conversation or the source begins the next question."""

    async def scenario() -> None:
        async with open_desk(size=(80, 24)) as desk:
            await desk.ask(ANSWERED)
            await desk.press("f2")
            assert "Source" in desk.lines[1]
            await desk.type("why")
            assert desk.app.desk.box.value == "why"
            assert desk.app.desk.box.has_focus
            assert "Conversation" in desk.lines[1]

    drive(scenario)


def test_esc_goes_back_one_step_at_a_time() -> None:
    """From the source to the box; in the box it empties it, and the arrow up brings the text back."""

    async def scenario() -> None:
        async with open_desk(size=(80, 24)) as desk:
            await desk.ask(ANSWERED)
            await desk.press("f2", "escape")
            assert desk.app.desk.box.has_focus
            await desk.type("half")
            await desk.press("escape")
            assert desk.app.desk.box.value == ""
            await desk.press("up")
            assert desk.app.desk.box.value == "half"

    drive(scenario)


def test_history_goes_up_and_down_and_keeps_the_draft() -> None:
    """Earlier questions come back in order, and what was being typed is still there at the end."""

    async def scenario() -> None:
        async with open_desk() as desk:
            box = desk.app.desk.box
            await desk.ask("pain")
            await desk.ask("serotonin")
            await desk.type("dra")
            await desk.press("up")
            assert box.value == "serotonin"
            await desk.press("up", "up")
            assert box.value == "pain"
            await desk.press("down", "down", "down")
            assert box.value == "dra"

    drive(scenario)


def test_pasted_lines_are_joined() -> None:
    """A paste of several lines becomes one question, without control characters."""

    async def scenario() -> None:
        async with open_desk() as desk:
            await desk.type("does")
            await desk.paste(" it help\r\nwith\tsweling\n\x1b[31m?\n")
            assert desk.app.desk.box.value == "does it help with sweling ?"

    drive(scenario)


def test_a_question_that_is_too_long_is_refused_in_words() -> None:
    """A paste of a whole book neither hangs nor ends the app."""

    async def scenario() -> None:
        async with open_desk() as desk:
            await desk.paste("word " * 300_000)
            await desk.press("enter")
            assert "longer than 100,000 characters" in desk.session.answers[0].reason
            assert "∅ Not in this source." in desk.text

    drive(scenario)


def test_known_questions_are_suggested() -> None:
    """The box completes a known question; Tab takes it."""

    async def scenario() -> None:
        async with open_desk() as desk:
            await desk.type("what is a tr")
            await desk.press("tab")
            assert desk.app.desk.box.value == "what is a trigger point"
            assert desk.app.desk.box.has_focus

    drive(scenario)


def test_the_examples_ask_themselves() -> None:
    """The empty state gives three real examples; clicking one asks it, and it is answered."""

    async def scenario() -> None:
        async with open_desk() as desk:
            rows = [line.strip("│ ")[:60].split("  ")[0] for line in desk.lines if "→" in line]
            assert len(rows) == 3
            await desk.pilot.click(".example")
            await desk.settle()
            assert desk.session.answers[0].question == rows[0].removeprefix("→ ").strip()
            assert desk.session.answers[0].passages

    drive(scenario)


def test_the_examples_can_be_chosen_with_the_keys() -> None:
    """Tab goes to the first of them, the arrow down to the next, and Enter asks it."""

    async def scenario() -> None:
        async with open_desk() as desk:
            rows = [line.strip("│ ")[:60].split("  ")[0] for line in desk.lines if "→" in line]
            await desk.press("tab", "down", "enter")
            assert desk.session.answers[0].question == rows[1].removeprefix("→ ").strip()

    drive(scenario)


def test_a_corpus_of_one_file_has_examples_too() -> None:
    """Without known questions the headings are the examples."""
    import dnqa

    library = dnqa.load(shipped().corpus.sources[0].path)

    async def scenario() -> None:
        async with open_desk(library) as desk:
            assert desk.text.count("→") == 3

    drive(scenario)


def test_a_citation_with_many_passages_goes_on_in_browse() -> None:
    """A long list is cut on the screen, says so, and its last row lists the rest."""

    async def scenario() -> None:
        from pathlib import Path
        from tempfile import TemporaryDirectory

        import dnqa

        with TemporaryDirectory() as folder:
            path = Path(folder) / "many.md"
            path.write_text("# Many\n\n" + "".join(f"Sentence number {n} is here [1].\n\n" for n in range(40)))
            library = dnqa.load(path)
            async with open_desk(library, size=(80, 60)) as desk:
                await desk.ask("1")
                assert "→ 28 more passages, in Browse" in desk.text
                await desk.press("tab", *["down"] * 12, "enter")
                assert "41 matches" in desk.text

    drive(scenario)


def test_browse_filters_as_one_types() -> None:
    """Headings, citations and passages are listed; words filter them, a number lists what it supports."""

    async def scenario() -> None:
        async with open_desk() as desk:
            await desk.press("f3")
            assert "Brain Stem Effects · 1 passage" in desk.text
            assert "[4] citation · 11 passages" in desk.text
            await desk.type("trigger shortening")
            assert "1 match" in desk.text
            await desk.press("ctrl+u")
            await desk.type("[5]")
            assert desk.app.screen.query_one(OptionList).option_count == 3
            await desk.press("ctrl+u")
            await desk.type("no such words")
            assert "∅ Nothing matches." in desk.text

    drive(scenario)


@pytest.mark.parametrize("size", [(120, 36), (80, 24)])
def test_browse_opens_in_the_source(size: tuple[int, int]) -> None:
    """Enter on a passage shows it in its source, where it can be copied; on a citation, what it supports."""

    async def scenario() -> None:
        async with open_desk(size=size) as desk:
            await desk.press("f3")
            await desk.type("serotonin")
            await desk.press("enter")
            assert desk.app.desk.passage
            assert "serotonin" in desk.app.desk.passage.text
            assert "F4 Copy [4]" in desk.text
            await desk.press("escape", "f3", *["down"] * 14, "enter")
            assert "trigger points" in desk.text
            await desk.press("down", "enter")
            assert desk.app.desk.passage.citations == (3,)

    drive(scenario)


def test_clicks_choose() -> None:
    """A click on a passage of the source, and on a key of the bar, do what the keys do."""

    async def scenario() -> None:
        async with open_desk() as desk:
            row = next(y for y, line in enumerate(desk.lines) if "motor end plate or" in line)
            await desk.pilot.click(offset=(85, row))
            await desk.settle()
            assert desk.app.desk.passage
            assert desk.app.desk.passage.citations == (2,)
            await desk.pilot.click(offset=(desk.lines[-1].index("Browse"), 35))
            await desk.settle()
            assert "Headings, then citations" in desk.text

    drive(scenario)


def test_resizing_keeps_the_marked_passage_in_view() -> None:
    """From wide to narrow and back, the passage stays marked and visible."""

    async def scenario() -> None:
        async with open_desk() as desk:
            await desk.ask("how does serotonin come into it?")
            await desk.pilot.resize_terminal(60, 20)
            await desk.press("f2")
            assert "▌ Dry needling activates non-opioid" in "\n".join(desk.lines).replace("▌  ", "▌ ")
            await desk.pilot.resize_terminal(140, 30)
            await desk.settle()
            assert any("▌" in line[80:] for line in desk.lines)

    drive(scenario)


@pytest.mark.parametrize("screen", ["box", "prompt", "browse"])
def test_keys_act_in_the_order_in_which_they_come(screen: str) -> None:
    """Letters that come right behind Ctrl+U or Enter do not overtake them, as when a script or a paste types."""

    async def scenario() -> None:
        async with open_desk() as desk:
            if screen != "box":
                await desk.ask("/idle" if screen == "prompt" else "/browse")
            line = desk.app.focused
            assert isinstance(line, LineInput)
            for key in ("a", "b", "ctrl+u", "c", "left", "d", "end", "e"):
                line.post_message(Key(key, key if len(key) == 1 else None))
            await desk.settle()
            assert line.value == "dce"

    drive(scenario)


def test_a_paste_into_a_prompt_is_cleaned_too() -> None:
    """No control character reaches a dialog."""

    async def scenario() -> None:
        async with open_desk() as desk:
            await desk.press("f3")
            await desk.paste("pain\x1b[31m\nneural\u202e")
            assert desk.app.focused
            assert isinstance(desk.app.focused, LineInput)
            assert desk.app.focused.value == "pain neural"

    drive(scenario)


def test_below_100_columns_the_source_follows_every_question() -> None:
    """F2 shows the passage of the last answer also the second time, and what Browse has opened."""

    async def scenario() -> None:
        async with open_desk(size=(80, 24)) as desk:
            await desk.ask("muscle gone short n sore, nerve to blame?")
            await desk.press("f2", "escape")
            await desk.ask("does it help with inflammation?")
            await desk.press("f2")
            assert any(line.startswith("▌") and "Dry needling also triggers" in line for line in desk.lines)
            await desk.press("f3")
            await desk.type("acetylcholine at")
            await desk.press("enter")
            assert any(line.startswith("▌") and "These trigger points result" in line for line in desk.lines)

    drive(scenario)


def test_one_passage_is_marked_and_that_is_the_one_acted_on() -> None:
    """What Browse opens is marked in the source, and no longer what the conversation has; narrow, Esc goes back."""

    async def scenario() -> None:
        for size in ((120, 36), (80, 24)):
            async with open_desk(size=size) as desk:
                await desk.ask("what is a taut band?")
                asked = desk.app.desk.passage
                await desk.press("f3")
                await desk.type("serotonin")
                await desk.press("enter")
                assert not desk.app.screen.query("Choice.-chosen")
                assert "F4 Copy [4]" in desk.text
                await desk.press("escape")
                if size[0] < 100:
                    assert desk.app.desk.passage == asked
                    assert "F4 Copy [6]" in desk.text

    drive(scenario)


def test_headings_alike_open_their_own_section(tmp_path: Path) -> None:
    """Browse marks the second of two sections of the same name when it is the one that was picked."""
    path = tmp_path / "twice.md"
    path.write_text("# A\n\n## Care\n\nRest well [1].\n\n# B\n\n## Care\n\nMove soon [2].\n", encoding="utf-8")

    async def scenario() -> None:
        async with open_desk(dnqa.load(path)) as desk:
            await desk.press("f3")
            await desk.type("care")
            await desk.press("down", "enter")
            rows = [row[73:] for row in desk.raw_lines]
            marked = next(n for n, row in enumerate(rows) if row.startswith("▌"))
            assert "Move soon" in rows[marked + 1]

    drive(scenario)


def test_a_long_section_goes_on_in_the_source(tmp_path: Path) -> None:
    """The last row of a long list that is no citation opens the first passage that is not shown."""
    path = tmp_path / "long.md"
    path.write_text("# Aftercare\n\n" + "".join(f"Advice number {n} is here.\n\n" for n in range(40)), encoding="utf-8")

    async def scenario() -> None:
        async with open_desk(dnqa.load(path), size=(80, 60)) as desk:
            await desk.ask("Aftercare")
            assert "→ 28 more passages, in the source" in desk.text
            await desk.press("tab", *["down"] * 12, "enter")
            assert any(line.startswith("▌") and "Advice number 12 is here." in line for line in desk.lines)

    drive(scenario)


def test_a_word_that_is_cut_is_copied_whole(tmp_path: Path) -> None:
    """Selecting a long word over several rows of the source gives the word, without a space in it."""
    path = tmp_path / "long.md"
    word = "針" * 100
    path.write_text(f"# Long\n\nBefore {word} after [1].\n", encoding="utf-8")

    async def scenario() -> None:
        async with open_desk(dnqa.load(path)) as desk:
            selected = desk.app.desk.source.get_selection(Selection(None, None))
            assert selected
            assert f"Before {word} after. [1]" in selected[0]

    drive(scenario)


def test_enter_before_the_app_was_ready_asks() -> None:
    """It comes as a line feed then."""

    async def scenario() -> None:
        async with open_desk() as desk:
            await desk.type("pain")
            await desk.press("ctrl+j")
            assert desk.session.answers

    drive(scenario)


def test_a_question_that_waits_says_so() -> None:
    """While the sources are being read a line says that the question is being worked on."""

    async def scenario() -> None:
        async with open_desk() as desk:
            held = desk.session._asking
            released = threading.Event()

            def hold() -> None:
                with held:
                    released.wait(30)

            threading.Thread(target=hold).start()
            await desk.pilot.press(*"pain", "enter")
            for _ in range(100):
                if "… the sources are still being read: pain" in desk.text:
                    break
                await desk.pilot.pause(0.02)
            else:
                raise AssertionError(desk.text)
            released.set()
            await desk.settle()
            assert "› pain" in desk.text
            assert "still being read" not in desk.text

    drive(scenario)
