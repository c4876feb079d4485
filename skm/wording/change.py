"""A change of the index in words. Only what is more than chance is called a rise or a fall."""

from fractions import Fraction
from math import sqrt

from skm import ikm
from skm.figures.changes import Changes
from skm.figures.choice import Choice
from skm.figures.comparison import Comparison
from skm.figures.mixes import SERVICES, UNITS
from skm.i18n import formats
from skm.wording import spans

REASONS = {  # of a part of a change that is no rating: the mix of groups, and groups on one side only
    UNITS: ("unit yang ramai berganti", "unit yang baru atau tidak ikut lagi"),
    SERVICES: ("layanan yang ramai berganti", "layanan yang baru atau tidak ada lagi"),
}
ROSE, FELL = "naik", "turun"
SMALL = 1  # points; less that is not clear is called nearly the same


def change(step: ikm.Change | None, earlier: str) -> str:
    """The step since an earlier time, in the middle of a sentence; "" where there is none.

    Where a part of it is no rating, only the rating is judged.
    """
    if step is None:
        return ""
    rated, what = step.rated, "penilaian " if _has_parts(step) else ""
    if not rated:
        return f"{what}sama dengan {earlier}"
    if step.real:
        way = ROSE if rated > 0 else FELL
        return f"{what}{way} {formats.number(abs(rated))} dari {earlier}, perubahan nyata"
    if step.real is None:
        return f"selisih {what}{formats.signed(rated)} dari {earlier}"
    if abs(rated) < SMALL:
        small = "selisih sekecil ini dapat terjadi secara kebetulan"
        return f"{what}hampir sama dengan {earlier} ({formats.signed(rated)}); {small}"
    by_chance = "selisih ini dapat terjadi secara kebetulan"
    return f"selisih {what}{formats.signed(rated)} dari {earlier} belum tentu nyata; {by_chance}"


def parts(comparison: Comparison) -> str:
    """What the difference is made of, as a sentence; "" where it is all rating."""
    step = comparison.step
    if step is None or comparison.mixed is None or not _has_parts(step):
        return ""
    busy, new = REASONS[comparison.mixed.of]
    reasons = [(step.rated, "penilaian"), (step.mixed, busy), (step.turnover, new)]
    told = [(points, why) for points, why in reasons if points]
    if len(told) == 1:
        return f"Selisih IKM {formats.signed(step.points)} seluruhnya karena {told[0][1]}."
    each = ", ".join(f"{formats.signed(points)} karena {why}" for points, why in told)
    return f"Dari selisih IKM {formats.signed(step.points)}, {each}."


def drawn(comparison: Comparison) -> str:
    """What the interval of a change counts with beside the answers: the shock of months."""
    if comparison.mixed is None:
        return ""
    shock = comparison.mixed.shock
    if not shock.freedom:
        return "Guncangan bulanan belum diperhitungkan: bulan yang mempunyai jawaban terlalu sedikit."
    if not shock.variance:
        return "Bulan-bulannya tidak berguncang lebih daripada yang dapat terjadi secara kebetulan."
    deviation = formats.number(ikm.round_half_up(Fraction(sqrt(shock.variance)), 2))
    return f"Guncangan bulanan ikut diperhitungkan: simpangan bakunya {deviation}."


def looked_at(changes: Changes) -> str:
    """How many changes a list has, how many of them are real, and what that means."""
    earlier = spans.in_sentence(changes.earlier)
    indices, elements = changes.indices, changes.elements
    units, real = formats.count(len(indices)), formats.count(sum(bool(step.real) for step in indices))
    more, arrows = formats.count(len(elements)), formats.count(sum(bool(step.real) for step in elements))
    return (
        f"Dari {units} unit yang dilihat, {real} berubah nyata dari {earlier}; dari {more} IKM unsur, {arrows}. "
        "Makin banyak yang dilihat sekaligus, makin ketat ukurannya: dari yang disebut nyata, rata-rata paling banyak "
        "sepersepuluh terjadi secara kebetulan. Setiap unit dibandingkan atas bulan yang sama."
    )


def in_table(step: ikm.Change | None) -> str:
    """A change in a list of many, in a few words: `naik 1,20`, `hampir sama (−0,20)`; "" where nothing can be said."""
    if step is None:
        return ""
    if step.real:
        return f"{ROSE if step.rated > 0 else FELL} {formats.number(abs(step.rated))}"
    if not step.rated:
        return "sama"
    if step.real is not None and abs(step.rated) < SMALL:
        return f"hampir sama ({formats.signed(step.rated)})"
    doubt = "belum dapat dinilai" if step.real is None else "belum tentu nyata"
    return f"{formats.signed(step.rated)}, {doubt}"


def why_no_changes(choice: Choice, changes: Changes | None) -> str:
    """Why a list of units shows no changes; "" where it does."""
    span, earlier = choice.span, choice.earlier
    if span is None:
        return (
            "Perubahan tidak ditampilkan: seluruh waktu tidak mempunyai masa sebelumnya. Pilih satu periode."
        )
    if earlier is None:
        return "Perubahan tidak ditampilkan: tidak ada periode sebelumnya."
    if cut := next((one for one in (span, earlier) if one.cuts_months), None):
        return (
            f"Perubahan tidak ditampilkan: {spans.in_sentence(cut)} mulai atau berakhir di tengah bulan, sedangkan "
            "unit dibandingkan atas bulan yang sama."
        )
    if changes is None or not any(one.index for one in changes.units.values()):
        return (
            f"Perubahan dari {spans.in_sentence(earlier)} tidak ditampilkan: tidak ada unit yang menjawab "
            "kuesioner yang sama pada bulan yang sama."
        )
    return ""


def verdict(step: ikm.Change | None) -> str:
    """In a list: what is said of a change; "" where nothing can be."""
    if step is None or step.real is None:
        return ""
    return "nyata" if step.real else "dapat kebetulan"


def real_way(step: ikm.Change | None) -> str:
    """Which way something really changed, ROSE or FELL; "" where it did not."""
    if step is None or not step.real or not step.rated:
        return ""
    return ROSE if step.rated > 0 else FELL


def since(comparison: Comparison) -> str:
    """With what a span is compared: `tahun 2025`, or the months of it that are: `Jan–Nov 2025`."""
    return spans.in_sentence(comparison.earlier) if comparison.all_before else spans.months(comparison.since)


def compared(comparison: Comparison) -> str:
    """A span beside the one before it, as sentences; "" where one of them has no index."""
    if comparison.before.index is None:
        return ""
    if why := _not_compared(comparison):
        return f"Tidak dibandingkan dengan {spans.in_sentence(comparison.earlier)}: {why}."
    words = change(comparison.step, since(comparison))
    if not words:
        return ""
    only = "" if comparison.all_now else f"Yang dibandingkan hanya {spans.months(comparison.now)}."
    return " ".join(filter(None, [f"{words[0].upper()}{words[1:]}.", only]))


def _not_compared(comparison: Comparison) -> str:
    if not comparison.alike:
        return "pertanyaan kuesionernya lain"
    if comparison.mixed and comparison.mixed.parts is None:
        group = "unit" if comparison.mixed.of == UNITS else "layanan"
        return f"tidak ada {group} yang dinilai pada kedua masa"
    return ""


def _has_parts(step: ikm.Change) -> bool:
    return bool(step.mixed or step.turnover)
