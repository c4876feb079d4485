"""What a chart shows, in values already computed and rounded. All values are on the scale 25 to 100."""

from dataclasses import dataclass
from decimal import Decimal

from skm.ikm import ElementFigure, Share


@dataclass(frozen=True)
class Bar:
    """One element (unsur) with its name; `lowest` marks those to improve first."""

    figure: ElementFigure
    name: str
    lowest: bool = False


@dataclass(frozen=True)
class ElementChart:
    """The elements of one index, in list order. `demo` marks the picture DATA CONTOH."""

    title: str
    subtitle: str
    bars: tuple[Bar, ...]
    demo: bool


@dataclass(frozen=True)
class Point:
    """One period: `value` None leaves a gap; `low` and `high` are its 95 % interval, if there is one."""

    label: str
    n: int
    value: Decimal | None
    low: Decimal | None = None
    high: Decimal | None = None


@dataclass(frozen=True)
class Break:
    """From the point at index `before` on, another instrument or method was used; `words` say which."""

    before: int
    words: str


@dataclass(frozen=True)
class TrendChart:
    """An index over time, oldest point first. `graded` False: an index without official bands (IPAK)."""

    title: str
    subtitle: str
    points: tuple[Point, ...]
    breaks: tuple[Break, ...]
    demo: bool
    graded: bool = True


@dataclass(frozen=True)
class GainBar:
    """By how many points of the index an element holds it back; `first`: it may be the one to improve first."""

    figure: ElementFigure
    name: str
    points: Decimal
    low: Share
    first: bool


@dataclass(frozen=True)
class GainChart:
    """The elements by what they hold the index back by, the largest first. `demo` marks the picture DATA CONTOH."""

    title: str
    subtitle: str
    bars: tuple[GainBar, ...]
    demo: bool
