"""A change of the index in words. Only what is more than chance is called a rise or a fall."""

from skm import ikm
from skm.i18n import formats


def change(step: ikm.Change | None, since: str) -> str:
    """The step since an earlier time, in the middle of a sentence; "" where there is none."""
    if step is None:
        return ""
    if not step.points:
        return f"sama dengan {since}"
    if step.real:
        way = "naik" if step.points > 0 else "turun"
        return f"{way} {formats.number(abs(step.points))} dari {since}, perubahan nyata"
    sign = "+" if step.points > 0 else "−"
    unsure = ", belum tentu perubahan nyata" if step.real is False else ""
    return f"selisih {sign}{formats.number(abs(step.points))} dari {since}{unsure}"


def change_sentence(step: ikm.Change | None, since: str) -> str:
    """The same as a sentence of its own."""
    words = change(step, since)
    return words and f"{words[0].upper()}{words[1:]}."
