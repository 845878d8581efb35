"""How the screens look, at every size, and whether they can be read."""

from itertools import product
from pathlib import Path

import pytest
from textual.color import Color

import dnqa
from dnqa.app.widgets.turn import Turn
from dnqa.rendering import cite
from tests.app.driving import SIZES, Desk, drive, open_desk, own_corpus
from tests.app.scenes import SCENES, draw, golden_path

LEAST_CONTRAST = 4.5  # WCAG 2.2, level AA, for text
LEAST_CONTRAST_OF_LINES = 3.0  # for what is not text


@pytest.mark.parametrize(("name", "size"), list(product(SCENES, SIZES)), ids=str)
def test_scene_is_as_kept(name: str, size: tuple[int, int]) -> None:
    """Every scene looks as in its golden file; `python -m tests.app.scenes` draws them anew."""

    async def scenario() -> None:
        assert await draw(name, size) == golden_path(name, size).read_text(encoding="utf-8")

    drive(scenario)


@pytest.mark.parametrize("theme", ["dark", "light"])
@pytest.mark.parametrize("name", [*SCENES, "toasts"])
def test_everything_has_contrast(name: str, theme: str) -> None:
    """Text is at least 4.5:1 in both themes, lines and bars 3:1, in every scene and on every message."""

    async def scenario() -> None:
        async with open_desk(theme=theme) as desk:
            if name == "toasts":
                desk.app.tell("for your information")
                desk.app.tell("⚠ a warning", warns=True)
                desk.desk_says("⚠ something that stays")
                await desk.settle()
            else:
                await SCENES[name](desk)
            assert find_faint(desk) == []

    drive(scenario)


def find_faint(desk: Desk) -> list[tuple[str, str, float]]:
    """Texts that are hard to tell from their ground, with their style and contrast.

    What is behind a dialog is not to be read meanwhile.
    """
    screen = desk.app.screen
    is_dialog = len(desk.app.screen_stack) > 1
    region = next(iter(screen.query(".dialog, CommandPalette > *"))).region if is_dialog else screen.region
    faint = []
    for strip in screen._compositor.render_strips()[region.y : region.bottom]:
        for text, style, _ in strip.crop(region.x, region.right):
            if not text.strip() or style is None or style.color is None or style.bgcolor is None:
                continue
            ratio = contrast(Color.from_rich_color(style.color), Color.from_rich_color(style.bgcolor))
            least = LEAST_CONTRAST if any(character.isalnum() for character in text) else LEAST_CONTRAST_OF_LINES
            if ratio < least or (style.dim and ratio < 2 * least):
                faint.append((text, str(style), round(ratio, 2)))
    return faint


def contrast(one: Color, other: Color) -> float:
    """The contrast ratio of WCAG 2.2, 1 to 21."""
    dark, light = sorted(map(luminance, (one, other)))
    return (light + 0.05) / (dark + 0.05)


def luminance(color: Color) -> float:
    """The relative luminance of WCAG 2.2, 0 to 1."""
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in color.normalized)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize("n_sources", [1, 12])
def test_the_first_screen_fits(tmp_path: Path, n_sources: int, size: tuple[int, int]) -> None:
    """Whatever is shown before anything is asked is in sight; titles are words of the sources and no markup."""
    for n in range(n_sources):
        parts = "".join(f"## Part [{m}]\n\nRest on day {m} of {n} [{m}].\n\n" for m in range(1, 25))
        (tmp_path / f"care{n:02}.md").write_text(f"# Care [bold]{n}[/]\n\n{parts}", encoding="utf-8")
    library = dnqa.load(tmp_path)

    async def scenario() -> None:
        async with open_desk(library, size=size) as desk:
            assert desk.app.desk.log_view.max_scroll_y == 0
            assert "Care [bold]0[/]" in desk.text
            assert desk.text.count("→") == 3
            assert ("and 9 more" in desk.text) is (n_sources == 12)
            if size[1] > 12:
                assert "^P lists everything that can be done" in desk.text
                assert "4 lists what citation 4 supports" in desk.text
            if n_sources == 1:
                assert "24 passages · citations 1-24" in desk.text
            if n_sources == 1 and size[1] > 20:
                assert "Part [1] · Part [2] · " in desk.text
                assert "Part [8] · and 16 more" in desk.text

    drive(scenario)


@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize("question", ["how does serotonin come into it?", "does it help with swelling?"])
def test_messages_cover_nothing(size: tuple[int, int], question: str) -> None:
    """The marked passage is whole in its source while messages are shown, and so are the answer and the box."""

    async def scenario() -> None:
        async with open_desk(size=size) as desk:
            await desk.ask(question)
            (passage,) = desk.session.answers[0].passages
            for _ in range(2):
                desk.app.tell("Copied [4] with a tool whose name is long, and pasted nowhere as yet")
                await desk.settle()
                quoted = squeeze(f"{passage.text} {cite(passage)}")
                assert quoted in squeeze(" ".join(line.strip(" ▌▁▂▃▄▅▆▇█") for line in read_pane(desk, "#log")))
                await desk.press("f2")
                assert quoted in squeeze(" ".join(line.strip(" ▌▁▂▃▄▅▆▇█") for line in read_pane(desk, "#source")))
                assert "Copied [4] with a tool whose name is long" in desk.text
                assert "Ask a question, or a citation number" in desk.text
                await desk.press("escape")

    drive(scenario)


def squeeze(text: str) -> str:
    """A text without white space, which wrapping moves."""
    return "".join(text.split())


def read_pane(desk: Desk, selector: str) -> list[str]:
    """The lines of the screen where a widget has its content."""
    x, y, width, height = desk.app.desk.query_one(selector).content_region
    return [line[x : x + width] for line in desk.raw_lines[y : y + height]]


@pytest.mark.parametrize("size", SIZES, ids=str)
def test_the_last_message_is_seen_of_many(size: tuple[int, int]) -> None:
    """However many there are, also over a dialog, and the box stays where questions are typed."""

    async def scenario() -> None:
        async with open_desk(size=size) as desk:
            for n in range(12):
                desk.app.tell(f"message {n} of a dozen")
            await desk.settle()
            assert "message 11 of a dozen" in "\n".join(desk.lines)
            assert "Ask a question" in desk.text
            await desk.press("f3")
            assert "message 11 of a dozen" in "\n".join(desk.lines)
            assert "Esc: back" in desk.text

    drive(scenario)


@pytest.mark.parametrize("size", SIZES, ids=str)
def test_the_palette_does_not_open_over_a_dialog(size: tuple[int, int]) -> None:
    """Ctrl+P does nothing while help, the lists, a prompt or the palette itself is open."""

    async def scenario() -> None:
        async with open_desk(size=size) as desk:
            await desk.ask("what is a taut band?")
            await desk.press("f6")
            for key in ("f1", "f3", "f9", "ctrl+p"):
                await desk.press(key)
                screens = desk.app.screen_stack[:]
                await desk.press("ctrl+p")
                assert desk.app.screen_stack == screens
                await desk.press("escape")
            assert len(desk.app.screen_stack) == 1

    drive(scenario)


def test_nothing_depends_on_color(monkeypatch: pytest.MonkeyPatch) -> None:
    """Under NO_COLOR no colour is drawn, and citation, chosen passage and highlighted row still stand out."""
    monkeypatch.setenv("NO_COLOR", "1")

    async def scenario() -> None:
        async with open_desk() as desk:
            await desk.ask("what is a taut band?")
            await desk.press("tab")
            for strip in desk.app.screen._compositor.render_strips():
                for segment in desk.app._filters[-1].apply(list(strip), Color(0, 0, 0)):
                    assert segment.style is None or segment.style.color is None or segment.style.color.is_default
            assert any(text == "[6]" and style.reverse for text, style in desk.styled)
            assert any("█" in line for line in desk.lines)
            await desk.press("f3", "down")
            assert {text.strip() for text, style in desk.styled if style.underline} == {
                "Trigger Point Model/ Motor End Plate Model",
                "· 4 passages",
                "",
            }

    drive(scenario)


@pytest.mark.parametrize("size", SIZES, ids=str)
def test_lines_are_as_long_with_a_scrollbar(size: tuple[int, int]) -> None:
    """A conversation that begins to scroll is not wrapped anew, and its last row is followed to the end."""

    async def scenario() -> None:
        async with open_desk(size=size) as desk:
            log = desk.app.desk.log_view
            await desk.ask("what is a taut band?")
            width = next(iter(log.query(Turn))).size.width
            for _ in range(12):
                await desk.ask("what about parking?")
            assert log.show_vertical_scrollbar
            assert {turn.size.width for turn in log.query(Turn)} == {width}
            assert log.is_vertical_scroll_end

    drive(scenario)


@pytest.mark.parametrize("size", [(1, 1), (2, 2), (10, 3), (39, 5), (300, 100)], ids=str)
def test_any_size_is_survived(size: tuple[int, int]) -> None:
    """The terminal may shrink to nothing and grow again, in every scene, and nothing is lost."""

    async def scenario() -> None:
        async with open_desk() as desk:
            await desk.ask("what is a taut band?")
            for key in ("f1", "f3", "ctrl+p", "f2"):
                await desk.press(key)
                await desk.pilot.resize_terminal(*size)
                await desk.settle()
                await desk.pilot.resize_terminal(80, 24)
                await desk.settle()
                await desk.press("escape")
            assert "Muscles then shorten" in desk.text

    drive(scenario)


def test_several_sources_are_named(tmp_path: Path) -> None:
    """With two sources, a passage says which it is from, and the header how many there are."""
    library = own_corpus(tmp_path)
    (tmp_path / "corpus" / "before.md").write_text("# Fasting\n\nEat as usual [1].\n", encoding="utf-8")

    async def scenario() -> None:
        async with open_desk(library) as desk:
            await desk.app.reload("asked for")
            await desk.settle()
            assert desk.lines[0].startswith("dnqa  2 sources · loaded")
            await desk.ask("Fasting")
            assert "Eat as usual. [1] Fasting · Fasting · line 3" in desk.text

    drive(scenario)
