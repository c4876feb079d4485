"""A change of the index in words. Only what is more than chance is called a rise or a fall."""

from skm import ikm
from skm.figures.comparison import Comparison
from skm.i18n import formats
from skm.wording import spans

SMALL = 1  # points; less that is not clear is called nearly the same


def change(step: ikm.Change | None, earlier: str) -> str:
    """The step since an earlier time, in the middle of a sentence; "" where there is none."""
    if step is None:
        return ""
    if not step.points:
        return f"sama dengan {earlier}"
    if step.real:
        way = "naik" if step.points > 0 else "turun"
        return f"{way} {formats.number(abs(step.points))} dari {earlier}, perubahan nyata"
    points = f"{'+' if step.points > 0 else '−'}{formats.number(abs(step.points))}"
    if step.real is None:
        return f"selisih {points} dari {earlier}"
    if abs(step.points) < SMALL:
        return f"hampir sama dengan {earlier} ({points}); selisih sekecil ini dapat terjadi secara kebetulan"
    return f"selisih {points} dari {earlier} belum tentu nyata; selisih ini dapat terjadi secara kebetulan"


def since(comparison: Comparison) -> str:
    """With what a span is compared: `tahun 2025`, or the months of it that are: `Jan–Nov 2025`."""
    return spans.in_sentence(comparison.earlier) if comparison.all_before else spans.months(comparison.since)


def compared(comparison: Comparison) -> str:
    """A span beside the one before it, as sentences; "" where one of them has no index."""
    if not comparison.alike and comparison.before.index is not None:
        return f"Tidak dibandingkan dengan {spans.in_sentence(comparison.earlier)}: pertanyaan kuesionernya lain."
    words = change(comparison.step, since(comparison))
    if not words:
        return ""
    only = "" if comparison.all_now else f" Yang dibandingkan hanya {spans.months(comparison.now)}."
    return f"{words[0].upper()}{words[1:]}.{only}"
