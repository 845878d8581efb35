"""A curve of shares as a picture: SVG, which every browser shows."""

from collections.abc import Sequence

_SIZE, _MARGIN = 400, 60


def draw_curve(points: Sequence[tuple[float, float]], chosen: tuple[float, float], *, across: str, up: str) -> str:
    """An SVG of points from 0 to 1 joined by lines, with one of them marked and said.

    across, up: what both axes show. All text is ours; nothing of a corpus is in the picture.
    """
    path = " ".join(f"{_x(x):.1f},{_y(y):.1f}" for x, y in points)
    ticks = [tick / 5 for tick in range(6)]
    grid = "".join(
        f'<path d="M{_x(0)} {_y(t)}H{_x(1)}M{_x(t)} {_y(0)}V{_y(1)}"/>'
        f'<text x="{_x(0) - 8}" y="{_y(t) + 4}" text-anchor="end">{t:.1f}</text>'
        f'<text x="{_x(t)}" y="{_y(0) + 18}" text-anchor="middle">{t:.1f}</text>'
        for t in ticks
    )
    whole = _SIZE + 2 * _MARGIN
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{whole}" height="{whole}" viewBox="0 0 {whole} {whole}">'
        "<style>text{font:12px sans-serif;fill:#222}path{stroke:#ddd;fill:none}</style>"
        f'<rect width="{whole}" height="{whole}" fill="#fff"/>{grid}'
        f'<polyline points="{path}" fill="none" stroke="#1f5fa8" stroke-width="2"/>'
        f'<circle cx="{_x(chosen[0]):.1f}" cy="{_y(chosen[1]):.1f}" r="5" fill="#b3471d"/>'
        f'<text x="{_x(chosen[0]) + 9:.1f}" y="{_y(chosen[1]) + 16:.1f}">as it decides: {chosen[1]:.2f} right, '
        f"{chosen[0]:.2f} false</text>"
        f'<text x="{_x(0.5)}" y="{_y(0) + 42}" text-anchor="middle">{across}</text>'
        f'<text transform="translate({_x(0) - 40} {_y(0.5)}) rotate(-90)" text-anchor="middle">{up}</text>'
        "</svg>\n"
    )


def _x(share: float) -> float:
    return _MARGIN + share * _SIZE


def _y(share: float) -> float:
    return _MARGIN + (1 - share) * _SIZE
