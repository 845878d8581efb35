"""A dark and a light theme of high contrast: every text at least 4.5:1 (WCAG 2.2, AA), which a test holds.

What stands out does so by a sign, weight or inversion too, so that nothing is lost without colour.
"""

from typing import NamedTuple

from textual.theme import Theme


class _Colors(NamedTuple):
    """text: on everything. ground: behind it. raised: behind bars. quiet: small print. line: borders. key: emphasis.

    answer, closest, refused: what a turn came to.
    """

    text: str
    ground: str
    raised: str
    quiet: str
    line: str
    key: str
    answer: str
    closest: str
    refused: str


def _make_theme(name: str, colors: _Colors, *, dark: bool) -> Theme:
    text, ground, raised, quiet, line, key, answer, closest, refused = colors
    return Theme(
        name=name,
        dark=dark,
        primary=key,
        secondary=key,
        accent=key,
        warning=key,
        error=key,
        success=key,
        foreground=text,
        background=ground,
        surface=ground,
        panel=raised,
        boost=raised,
        text_alpha=1.0,
        variables={
            "quiet": quiet,
            "line": line,
            "answer": answer,
            "closest": closest,
            "refused": refused,
            "text": text,
            "text-muted": quiet,
            "text-disabled": quiet,
            "foreground-muted": quiet,
            "foreground-disabled": quiet,
            "border": key,
            "border-blurred": line,
            "block-cursor-foreground": ground,
            "block-cursor-background": text,
            "block-cursor-text-style": "bold",
            "block-cursor-blurred-foreground": text,
            "block-cursor-blurred-background": raised,
            "block-hover-background": raised,
            "input-cursor-foreground": ground,
            "input-cursor-background": text,
            "input-selection-foreground": ground,
            "input-selection-background": key,
            "screen-selection-foreground": ground,
            "screen-selection-background": key,
            "scrollbar": line,
            "scrollbar-hover": key,
            "scrollbar-active": key,
            "scrollbar-background": ground,
            "scrollbar-background-hover": ground,
            "scrollbar-background-active": ground,
            "scrollbar-corner-color": ground,
        },
    )


DARK = _make_theme(
    "dnqa-dark",
    _Colors(
        text="#f2f2f2",
        ground="#101418",
        raised="#262d35",
        quiet="#b4bec8",
        line="#7d8894",
        key="#7cc4ff",
        answer="#8fd6a5",
        closest="#e3c078",
        refused="#f0b0a8",
    ),
    dark=True,
)
LIGHT = _make_theme(
    "dnqa-light",
    _Colors(
        text="#111111",
        ground="#ffffff",
        raised="#e6ebf0",
        quiet="#444c54",
        line="#6b7580",
        key="#00447c",
        answer="#1f6b3a",
        closest="#6e4a00",
        refused="#8f2a2a",
    ),
    dark=False,
)
