"""The last full week in words."""

from skm.figures.last_week import LastWeek
from skm.i18n import formats
from skm.wording import spans


def last_week_sentence(week: LastWeek) -> str:
    """How many answered: `12 jawaban pekan lalu, 8 Juni–14 Juni 2026.`"""
    number = f"{formats.count(week.n)} jawaban" if week.n else "Tidak ada jawaban"
    return f"{number} pekan lalu, {spans.days(week.monday, week.sunday)}."
