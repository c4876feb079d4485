"""The one look of all charts: 7:4, Source Sans Pro, Okabe–Ito colours, nothing that is not needed.

A picture is drawn in points from its top left corner, so that type and lines keep their size on paper
and shrink together on a phone. The same input gives the same bytes.
"""

import re
import threading
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache, lru_cache
from io import BytesIO
from typing import TYPE_CHECKING, Any

from skm.output.document import Document
from skm.output.font import REGULAR, SEMIBOLD, printable

if TYPE_CHECKING:
    from matplotlib.figure import Figure
    from matplotlib.font_manager import FontProperties

WIDTH, HEIGHT, MARGIN = 504, 288, 12  # points: 7 by 4 inches
INK, MUTED, LINE, PAPER = "#17202a", "#5b6773", "#d5dce3", "#ffffff"
BOUND, RAIL = "#a3aeb9", "#e9edf1"
BLUE, VERMILLION = "#0072B2", "#D55E00"  # Okabe–Ito: told apart by every kind of colour sight
TITLE, TEXT, SMALL = 17, 13.5, 12.5  # points; at 360 pixels wide the smallest is still 9 pixels
LEADING = 1.18

MEDIA_TYPES = {"svg": "image/svg+xml", "png": "image/png"}
_FORMATS: dict[str, dict[str, Any]] = {
    "svg": {"metadata": dict.fromkeys(("Date", "Creator", "Format", "Type"))},
    "png": {"metadata": {"Software": None}, "dpi": 144},
}
_STYLE = {"svg.fonttype": "path", "svg.hashsalt": "skm", "text.parse_math": False, "text.hinting": "none"}

# matplotlib's settings are global and its font caches and FreeType faces are shared between threads
# without locks of their own, so one picture is drawn at a time.
_ONE_AT_A_TIME = threading.Lock()


class Picture:
    """An empty 7:4 sheet; positions and sizes in points, y counted downwards."""

    def __init__(self, figure: "Figure") -> None:
        self.figure = figure
        self.axes = figure.add_axes((0, 0, 1, 1), xlim=(0, WIDTH), ylim=(HEIGHT, 0))
        self.axes.set_axis_off()

    def text(self, x: float, y: float, words: str, size: float = TEXT, **look: Any) -> None:
        """Write one line with its baseline at `y`; `look` may hold strong, color and ha."""
        font = _font(size, look.pop("strong", False))
        self.axes.text(x, y, printable(words), fontproperties=font, **{"color": INK, "zorder": 3, **look})

    def line(self, x: Sequence[float], y: Sequence[float], **look: Any) -> None:
        """A line through the points (x[i], y[i])."""
        from matplotlib.lines import Line2D

        self.axes.add_artist(Line2D(x, y, **{"color": LINE, "linewidth": 0.7, "clip_on": False, **look}))

    def area(self, x: Sequence[float], y: Sequence[float], **look: Any) -> None:
        """A filled polygon through the points (x[i], y[i])."""
        from matplotlib.patches import Polygon

        outline = list(zip(x, y, strict=True))
        self.axes.add_artist(Polygon(outline, **{"linewidth": 0, "clip_on": False, **look}))

    def box(self, left: float, top: float, right: float, bottom: float, color: str) -> None:
        """A filled rectangle."""
        self.area((left, right, right, left), (top, top, bottom, bottom), color=color)

    def heading(self, title: str, subtitle: str, demo: bool) -> float:
        """Title, subtitle and, for invented data, the mark that says so. Returns the y below them."""
        room = WIDTH - 2 * MARGIN - (self._demo_mark() if demo else 0)
        y = 8.0
        for words in wrapped(title, room, TITLE, strong=True, lines=3):
            y += TITLE * LEADING
            self.text(MARGIN, y - 5, words, TITLE, strong=True)
        for words in wrapped(subtitle, WIDTH - 2 * MARGIN, TEXT, lines=2):
            y += TEXT * LEADING
            self.text(MARGIN, y - 3, words, color=MUTED)
        return y

    def _demo_mark(self) -> float:
        words, height = "DATA CONTOH", 19
        width = text_width(words, TEXT, strong=True) + 12
        self.box(WIDTH - MARGIN - width, 8, WIDTH - MARGIN, 8 + height, INK)
        self.text(WIDTH - MARGIN - width / 2, 22, words, TEXT, strong=True, color=PAPER, ha="center")
        return width + 10

    def document(self, name: str, format: str) -> Document:
        """The finished picture as "svg" or as "png" at twice the size of the screen."""
        stream = BytesIO()
        self.figure.savefig(stream, format=format, **_FORMATS[format])
        content = stream.getvalue()
        return Document(
            f"{name}.{format}", MEDIA_TYPES[format], _smaller(content) if format == "svg" else content
        )


@contextmanager
def drawing() -> Iterator[Picture]:
    """An empty picture, and the right to draw until the block ends."""
    # matplotlib takes a third of a second and 40 MB to import: the public form never pays for it.
    from matplotlib import style
    from matplotlib.figure import Figure

    with _ONE_AT_A_TIME, style.context(_STYLE, after_reset=True):
        yield Picture(Figure(figsize=(WIDTH / 72, HEIGHT / 72)))


@lru_cache(maxsize=4096)
def text_width(words: str, size: float, strong: bool = False) -> float:
    """Width of one line in points."""
    from matplotlib.textpath import text_to_path

    return float(
        text_to_path.get_text_width_height_descent(printable(words), _font(size, strong), ismath=False)[0]
    )


def wrapped(words: str, width: float, size: float, strong: bool = False, lines: int = 1) -> list[str]:
    """The words in at most `lines` lines of `width` points; what does not fit ends in an ellipsis."""
    rows: list[str] = []
    for word in printable(words).split():
        longer = f"{rows[-1]} {word}" if rows else word
        if rows and (len(rows) == lines or text_width(longer, size, strong) <= width):
            rows[-1] = longer
        else:
            rows.append(word)
    return [_cut(row, width, size, strong) for row in rows]


def _cut(row: str, width: float, size: float, strong: bool) -> str:
    if text_width(row, size, strong) <= width:
        return row
    fits = bisect_right(range(len(row)), width, key=lambda end: text_width(row[:end] + "…", size, strong))
    return row[: max(0, fits - 1)].rstrip() + "…"


@cache
def _font(size: float, strong: bool) -> "FontProperties":
    from matplotlib.font_manager import FontProperties

    # By file and not by name: an installed font of the same name could be another version.
    return FontProperties(fname=SEMIBOLD if strong else REGULAR, size=size)


def _smaller(svg: bytes) -> bytes:
    # Indentation and the font's name before every glyph are a fifth of the file.
    return re.sub(rb"\s*\n\s*", b"\n", svg).replace(b"SourceSansPro-", b"")
