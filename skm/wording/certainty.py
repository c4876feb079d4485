"""How certain a grade is, in words, and what its interval takes as drawn by chance."""

from skm import ikm
from skm.i18n import formats

TOO_FEW = {
    ikm.DAYS: "Mutu belum pasti: jawabannya dari kurang dari lima hari.",
    ikm.ANSWERS: "Mutu belum pasti: ada pertanyaan dengan kurang dari lima jawaban.",
}


def doubt(measure: ikm.Measure) -> str:
    """Why the grade is not certain; "" where it is, or where there is no grade."""
    interval = measure.interval
    if measure.grade is None:
        return ""
    if interval is None:
        return (
            "Mutu belum pasti: jawabannya terlalu sedikit, atau dari satu hari saja, untuk menghitung selang."
        )
    if interval.few:
        return TOO_FEW[interval.few]
    return "" if interval.grade_certain else "Mutu belum pasti: selang kepercayaannya melewati batas mutu."


def drawn(measure: ikm.Measure) -> str:
    """What the interval takes as drawn by chance, days or answers; "" without one, and in old records."""
    interval = measure.interval
    if interval is None or interval.deff is None:
        return ""
    if interval.by == ikm.ANSWERS:
        return "Tanggal jawaban tidak diketahui: setiap jawaban dianggap lepas dari yang lain."
    effect = f"(efek rancangan {formats.number(interval.deff)})"
    if interval.deff == 1:
        return f"Dihitung menurut hari {effect}."
    worth = formats.count(max(int(measure.n / interval.deff), 1))
    return f"Dihitung menurut hari: {formats.count(measure.n)} jawaban setara dengan {worth} yang lepas {effect}."
