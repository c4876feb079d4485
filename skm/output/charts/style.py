"""The one style of all charts: Source Sans Pro, the colours of Okabe–Ito, nothing that is not needed.

A picture is drawn in points from its top left corner, so that type and lines keep their size on paper. The same input
gives the same bytes.
"""

import re
import threading
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache, lru_cache
from io import BytesIO
from typing import TYPE_CHECKING, Any

from skm.output.charts.look import BY_NIGHT, DAY, PAPER, Look
from skm.output.document import Document
from skm.output.font import REGULAR, SEMIBOLD, printable

if TYPE_CHECKING:
    from matplotlib.figure import Figure
    from matplotlib.font_manager import FontProperties

LEADING = 1.18

MEDIA_TYPES = {"svg": "image/svg+xml", "png": "image/png"}
_FORMATS: dict[str, dict[str, Any]] = {
    "svg": {"metadata": dict.fromkeys(("Date", "Creator", "Format", "Type"))},
    "png": {"metadata": {"Software": None}, "dpi": 144},
}
_STYLE = {"svg.fonttype": "path", "svg.hashsalt": "skm", "text.parse_math": False, "text.hinting": "none"}

_STYLED = re.compile(rb' style="([^"]*)"')
_OWN_STYLE = re.compile(rb"<defs>\s*<style .*?</style>\s*</defs>", re.DOTALL)

# matplotlib's settings are global and its font caches and FreeType faces are shared between threads
# without locks of their own, so one picture is drawn at a time.
_ONE_AT_A_TIME = threading.Lock()


class Picture:
    """An empty sheet of a look; positions and sizes in points, y counted downwards."""

    def __init__(self, figure: "Figure", look: Look) -> None:
        self.figure, self.look = figure, look
        self.axes = figure.add_axes((0, 0, 1, 1), xlim=(0, look.width), ylim=(look.height, 0))
        self.axes.set_axis_off()

    def text(self, x: float, y: float, words: str, size: float, **manner: Any) -> None:
        """Write one line with its baseline at `y`; `manner` may hold strong, color and ha."""
        font = _font(size, manner.pop("strong", False))
        usual: dict[str, Any] = {"color": DAY.ink, "zorder": 3}
        self.axes.text(x, y, printable(words), fontproperties=font, **usual | manner)

    def small(self, x: float, y: float, words: str, **manner: Any) -> None:
        """Write one line of the smallest letters, muted unless `manner` says otherwise."""
        self.text(x, y, words, self.look.small, **{"color": DAY.muted} | manner)

    def line(self, x: Sequence[float], y: Sequence[float], **manner: Any) -> None:
        """A line through the points (x[i], y[i])."""
        from matplotlib.lines import Line2D

        usual: dict[str, Any] = {"color": DAY.line, "linewidth": 0.7, "clip_on": False}
        self.axes.add_artist(Line2D(x, y, **usual | manner))

    def area(self, x: Sequence[float], y: Sequence[float], **manner: Any) -> None:
        """A filled polygon through the points (x[i], y[i])."""
        from matplotlib.patches import Polygon

        outline = list(zip(x, y, strict=True))
        usual: dict[str, Any] = {"linewidth": 0, "clip_on": False}
        self.axes.add_artist(Polygon(outline, **usual | manner))

    def box(self, left: float, top: float, right: float, bottom: float, color: str) -> None:
        """A filled rectangle."""
        self.area((left, right, right, left), (top, top, bottom, bottom), color=color)

    def heading(self, title: str, subtitle: str, demo: bool) -> float:
        """Title, subtitle and, for invented data, the mark that says so. Returns the y below them."""
        look = self.look
        mark = self._demo_mark() if demo else 0
        room = look.edge - look.margin - (0 if look.narrow else mark)
        y = 8.0 + (24 if demo and look.narrow else 0)
        for words in wrapped(title, room, look.title, strong=True, lines=5 if look.narrow else 3):
            y += look.title * LEADING
            self.text(look.margin, y - 5, words, look.title, strong=True)
        for words in wrapped(subtitle, look.edge - look.margin, look.text, lines=3 if look.narrow else 2):
            y += look.text * LEADING
            self.text(look.margin, y - 3, words, look.text, color=DAY.muted)
        return y

    def _demo_mark(self) -> float:
        """The mark in the right corner, or on a phone in a line of its own."""
        look, words, height = self.look, "DATA CONTOH", 19
        width = text_width(words, look.text, strong=True) + 12
        left = look.margin if look.narrow else look.edge - width
        self.box(left, 8, left + width, 8 + height, DAY.ink)
        paper = {"strong": True, "color": DAY.paper, "ha": "center"}
        self.text(left + width / 2, 22, words, look.text, **paper)
        return width + 10

    def foot(self, words: str) -> float:
        """What is to be known of the drawing, in small letters at its foot. Returns the y above it."""
        rows = wrapped(words, self.look.edge - self.look.margin, self.look.small, lines=3)
        top = self.look.height - 11 - self.look.small * LEADING * (len(rows) - 1)
        for row, line in enumerate(rows):
            self.small(self.look.margin, top + row * self.look.small * LEADING, line)
        return top - self.look.small

    def document(self, name: str, format: str) -> Document:
        """The finished picture as "svg" or as "png" at twice the size of the screen."""
        stream = BytesIO()
        self.figure.savefig(stream, format=format, **_FORMATS[format])
        content = stream.getvalue()
        return Document(
            f"{name}.{format}", MEDIA_TYPES[format], self._own(content) if format == "svg" else content
        )

    def _own(self, svg: bytes) -> bytes:
        """Smaller, and coloured by attributes: a page's policy forbids styles within elements."""
        plain = _STYLED.sub(lambda found: _attributes(found[1].decode()), _smaller(svg))
        night = f"<style>{BY_NIGHT}</style>" if self.look.screen else ""
        joined = plain.replace(b"<svg ", b'<svg stroke-linejoin="round" ', 1)
        return _OWN_STYLE.sub(night.encode(), joined)


@contextmanager
def drawing(look: Look = PAPER) -> Iterator[Picture]:
    """An empty picture, and the right to draw until the block ends."""
    # matplotlib takes a third of a second and 40 MB to import: the public form never pays for it.
    from matplotlib import style
    from matplotlib.figure import Figure

    with _ONE_AT_A_TIME, style.context(_STYLE, after_reset=True):
        yield Picture(Figure((look.width / 72, look.height / 72), facecolor=DAY.paper), look)


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


def _attributes(style: str) -> bytes:
    pairs = (part.split(":", 1) for part in style.split(";"))
    return "".join(f' {name.strip()}="{value.strip()}"' for name, value in pairs).encode()
