"""What is published about a unit, in the reader's language: for the thank-you page and the television."""

from collections.abc import Sequence
from typing import Any

from skm.figures.official import Official
from skm.i18n import formats
from skm.i18n.words import N_
from skm.survey.improvement import Improvement
from skm.web.frame.language import gettext, language

_GRADES = {"A": N_("Sangat Baik"), "B": N_("Baik"), "C": N_("Kurang Baik"), "D": N_("Tidak Baik")}


def grade_word(grade: str | None) -> str:
    """The word of a grade (mutu pelayanan)."""
    return gettext(_GRADES[grade]) if grade else ""


def figure(official: Official | None) -> dict[str, Any] | None:
    """The published figure of a unit."""
    return vars(official) | {"word": grade_word(official.grade)} if official else None


def improvements(published: Sequence[Improvement]) -> list[dict[str, str]]:
    """What was changed, and in which month. The sentences are Indonesian."""
    return [{"sentence": one.sentence, "month": formats.month(one.day, language())} for one in published]
