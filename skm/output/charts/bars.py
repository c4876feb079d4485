"""Rows of bars: code and name above each, its value at the right, some of them marked."""

from dataclasses import dataclass

from skm.output.charts import style
from skm.output.charts.look import DAY

_MARK = "▼"


@dataclass(frozen=True)
class Bars:
    """Where the bars of a picture lie, in points."""

    picture: style.Picture
    top: float
    height: float  # of a row
    rows: int

    @property
    def left(self) -> float:
        """Where the bars begin."""
        return self.picture.look.margin

    @property
    def right(self) -> float:
        """Where the rails of the bars end: after them is room for the mark and the value."""
        return self.picture.look.edge - 72

    def x(self, share: float) -> float:
        """Where a share of the rail ends."""
        return self.left + share * (self.right - self.left)

    def rail(self, row: int) -> tuple[float, float]:
        """Upper and lower edge of the bar in a row."""
        top = self.top + self.height * row + self._size * 1.12
        return top, top + self.height * 0.26

    def key(self, words: str) -> None:
        """What the mark means, over the bars."""
        self.picture.small(self.left, self.top - 6, _MARK, color=DAY.marked)
        self.picture.small(self.left + 14, self.top - 6, words)

    def draw(self, row: int, code: str, name: str, share: float | None, marked: bool) -> None:
        """A bar below its code and name; without a share only those."""
        picture = self.picture
        baseline = self.top + self.height * row + self._size * 0.9
        picture.text(self.left, baseline, code, self._size, strong=True)
        [line] = style.wrapped(name, picture.look.edge - self.left - 26, self._size, strong=marked) or [""]
        picture.text(self.left + 26, baseline, line, self._size, strong=marked)
        if share is None:
            return
        rail, foot = self.rail(row)
        picture.box(self.left, rail, self.right, foot, DAY.rail)
        picture.box(self.left, rail, self.x(share), foot, DAY.marked if marked else DAY.main)
        if marked:
            picture.small(self.right + 7, foot, _MARK, color=DAY.marked)

    @property
    def _size(self) -> float:
        """Of the letters of a name."""
        return min(self.picture.look.text, self.height * 0.62)


def bars_on(picture: style.Picture, top: float, bottom: float, rows: int) -> Bars:
    """As many rows as there are between two heights."""
    return Bars(picture, top, min(36.0, (bottom - top) / max(1, rows)), rows)
