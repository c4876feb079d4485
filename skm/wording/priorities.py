"""What to improve first, in words."""

from collections.abc import Sequence

from skm import ikm
from skm.figures.priorities import Priorities
from skm.i18n import formats

KINDS = {"services": "Layanan", "units": "Unit", "hours": "Jam"}


def finding(priorities: Priorities) -> str:
    """The lowest element, and how many rate it low."""
    if not priorities.lowest:
        return "Belum ada unsur yang menonjol rendah."
    first = priorities.lowest[0]
    name, value = priorities.figure.names[first.figure.code], formats.number(first.figure.value)
    return f"{name} paling rendah: {value}. {share(first.low)} menjawab nilai 1 atau 2."


def share(low: ikm.Share) -> str:
    """50,0 % (5 dari 10)."""
    if low.part is None:
        return "Tidak ada yang"
    return f"{formats.number(low.part * 100, 1)} % ({numbers(low)})"


def numbers(low: ikm.Share) -> str:
    """18 dari 89."""
    return f"{formats.count(low.low)} dari {formats.count(low.answers)}"


def advice(low: bool, important: bool) -> str:
    """What the place of an element among the others advises."""
    if important:
        return "perbaiki dulu" if low else "pertahankan"
    return "prioritas rendah" if low else "cukup"


def listed(names: Sequence[str]) -> str:
    """U1, U2 dan U3."""
    return f"{', '.join(names[:-1])} dan {names[-1]}" if len(names) > 1 else names[0]
