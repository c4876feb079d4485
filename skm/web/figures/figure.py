"""One figure as a page shows it, live or frozen: what `components/figure.html` is made from."""

from collections.abc import Sequence
from dataclasses import dataclass

from skm import ikm
from skm.figures.figure import Figure
from skm.wording.index import FigureWords, figure_words


@dataclass(frozen=True)
class ShownFigure:
    """A figure with its words.

    A live one may have the step from the span before with what its interval counts with, and the index with the answers
    that are held back or excluded.
    """

    figure: Figure
    words: FigureWords
    step: ikm.Change | None = None
    with_aside: ikm.Alternative | None = None
    step_drawn: str = ""


def shown_figure(
    figure: Figure,
    when: str,
    change: str = "",
    step: ikm.Change | None = None,
    with_aside: ikm.Alternative | None = None,
    sure: Sequence[str] = (),
    step_drawn: str = "",
) -> ShownFigure:
    """A figure for its page; `when` names the time of its answers, `change` is a sentence about the step."""
    return ShownFigure(figure, figure_words(figure, when, change, sure), step, with_aside, step_drawn)
