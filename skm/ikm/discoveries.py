"""Of many changes that are looked at together: which ones are called real, and at most how many of these by chance."""

from collections.abc import Sequence
from dataclasses import replace

from skm.ikm.change import Change

RATE = 0.10  # of those that are called real, so many may be so by chance, on average


def discoveries(probabilities: Sequence[float], rate: float = RATE) -> list[bool]:
    """Which of some p-values are discoveries at a false-discovery rate (Benjamini and Hochberg, 1995).

    The largest k of which the k-th smallest is at most rate x k / m, and the k smallest are.
    """
    ordered = sorted(probabilities)
    m = len(ordered)
    last = max((p for k, p in enumerate(ordered, start=1) if p <= rate * k / m), default=-1.0)
    return [p <= last for p in probabilities]


def judged_together(changes: Sequence[Change | None], rate: float = RATE) -> list[Change | None]:
    """The same changes, each called real where it is a discovery among them all.

    One of which nothing can be said is not looked at. The intervals stay those of each by itself.
    """
    looked_at = [step.p for step in changes if step is not None and step.p is not None]
    verdicts = iter(discoveries(looked_at, rate))
    return [
        step if step is None or step.p is None else replace(step, real=next(verdicts)) for step in changes
    ]
