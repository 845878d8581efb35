"""What is shown is what the source says, whatever it holds."""

import json
from pathlib import Path

import pytest

import dnqa
from dnqa.library import Library
from dnqa.rendering import cite
from tests.app.driving import drive, open_desk, own_corpus, shipped

HOSTILE = """\
# Doses [mg] and [/4] signs

Take [5%] of the dose in [mg] with [B vitamins] daily [1].
Close it with [/4] and [/] and [/bold] at night [2].
A click [@click=app.quit] here or [@click='app.bell'] there does nothing [3].
Styles [red]such as[/red] [link=https://example.org]this[/link] stay words [4].

# Steering \x1b[31mthe\x1b[0m terminal

Colours \x1b[31mred\x1b[0m and titles \x1b]0;owned\x07 are words too [5].
Copying \x1b]52;c;b3duZWQ=\x07 by the \u009b31mtext itself \x9d0;owned\x9c fails [6].
Backwards \u202eevil\u202c text reads forwards [7].

# 漢字 and 👩‍⚕️ signs

針治療は筋肉の痛みを和らげることがあります [8].
Emoji 👩‍⚕️ and flags 🇩🇪 and accents é ü ñ keep their places [9].
A $variable and {braces} and \\[escaped] and ]brackets[ and :smile: stay [10].
"""


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Library:
    """A source full of what other programs take for markup or commands."""
    path = tmp_path_factory.mktemp("hostile") / "hostile.md"
    path.write_text(HOSTILE, encoding="utf-8")
    return dnqa.load(path)


def squeeze(text: str) -> str:
    """A text without white space, which wrapping moves."""
    return "".join(text.split())


def test_the_source_pane_shows_every_passage_as_it_is(hostile: Library) -> None:
    """The pane holds headings and passages with their citations, in order, and nothing else."""

    async def scenario() -> None:
        for library in (hostile, shipped()):
            async with open_desk(library, size=(90, 300)) as desk:
                await desk.press("f2")
                pane = desk.app.desk.source
                rows = desk.raw_lines[pane.region.y + 1 : pane.region.bottom]
                shown = " ".join(row.rstrip(" ▁▂▃▄▅▆▇█") for row in rows).split()
                expected: list[str] = []
                for section in desk.sections:
                    expected += (section.heading, *(f"{p.text} {cite(p)}" for p in section.passages))
                assert shown == " ".join(expected).split()

    drive(scenario)


@pytest.mark.parametrize("number", range(1, 11))
def test_every_passage_is_quoted_as_it_is(hostile: Library, number: int) -> None:
    """Each passage, looked up by its citation, is on its card word for word, with the citation."""
    passage = next(p for p in hostile.passages if number in p.citations)

    async def scenario() -> None:
        async with open_desk(hostile, size=(80, 50)) as desk:
            await desk.ask(f"[{number}]")
            assert squeeze(f"{passage.text}{cite(passage)}") in squeeze("".join(desk.without_bars))
            await desk.press("f4")
            assert desk.app.clipboard.startswith(f"{passage.text} {cite(passage)}\n")

    drive(scenario)


def test_what_is_typed_is_shown_as_it_is() -> None:
    """A question is no markup either: in the log, in messages, in Teach and under a refusal."""
    question = "is [5%] of [/4] or [@click=app.quit] $x [red]safe[/red]?"

    async def scenario() -> None:
        async with open_desk() as desk:
            await desk.ask(question)
            assert f"› {question}" in desk.text
            await desk.press("up")
            assert question in desk.text
            await desk.press("escape")
            await desk.ask("/idle [/4]")
            await desk.press("enter")
            assert "[/4]" in desk.text

    drive(scenario)


def test_no_control_character_reaches_the_screen(hostile: Library) -> None:
    """Neither a source nor a pasted question brings an escape sequence or a bidirectional override."""

    async def scenario() -> None:
        async with open_desk(hostile, size=(100, 60)) as desk:
            await desk.ask("what is \x1b[31mred\x1b[0m \x9b31m \u202e \x1b]0;owned\x07 ?")
            await desk.ask("5")
            shown = "".join(desk.raw_lines)
            assert "› what is red ]0;owned ?" in shown
            assert not [c for c in shown if ord(c) < 32 or 0x7F <= ord(c) < 0xA0 or c in "\u202a\u202b\u202d\u202e"]

    drive(scenario)


def test_what_is_taught_is_listed_as_it_is_written(tmp_path: Path) -> None:
    """Refused questions, known ones and synonyms may hold markup and control characters, which do nothing."""
    library = own_corpus(tmp_path)
    (library.path / "synonyms.txt").write_text("[/4] mark\x1b[31m, [b]blue[/b] => bruise\n", encoding="utf-8")
    known = {
        "question": "is it [/red] [@click=app.quit]blue[/]?",
        "passages": [{"id": "p0", "opens": "[1] \x1b]52;c;x"}],
    }
    (library.path / "questions.jsonl").write_text(json.dumps(known) + "\n", encoding="utf-8")

    async def scenario() -> None:
        async with open_desk(dnqa.load(library.path)) as desk:
            await desk.ask("where to [/b] park [5%]?")
            await desk.ask("/refused")
            assert "where to [/b] park [5%]?" in desk.text
            await desk.press("escape")
            await desk.ask("/synonyms")
            assert "[/4] mark, [b]blue[/b] => bruise" in desk.text
            await desk.press("escape")
            await desk.ask("/review [b]K[/]")
            assert "is it [/red] [@click=app.quit]blue[/]?" in desk.text
            assert "[b]K[/] reviews" in desk.text
            assert "\x1b" not in desk.text
            await desk.press("enter")
            assert "no passage any more that opens “[1] ]52;c;x”" in desk.text

    drive(scenario)
