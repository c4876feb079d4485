"""What an answer tells about the respondent: rows of a table, by the codes of the profile fields.

"Not answered" was asked and left empty; "not asked" had no such question. Neither is ever counted as something else.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from skm.survey.instrument import Instrument, ProfileField, say
from skm.survey.profile import readings, slices

TRAITS = ("sex", "age", "education", "occupation", "disability")
NOT_ANSWERED, NOT_ASKED = "?", "-"  # no code of a choice looks like these
AGES = {
    "lt17": (16, "<17"),
    "17-25": (25, "17–25"),
    "26-34": (34, "26–34"),
    "35-44": (44, "35–44"),
    "45-54": (54, "45–54"),
    "55-65": (65, "55–65"),
    "gt65": (999, ">65"),
}  # code -> the highest age and the label, as SKM Online asks for it
# The kind of a disability is health data (UU 27/2022, article 4): a table never tells more than whether there is one.
DISABILITY = {"ya": "Ya", "tidak": "Tidak"}


@dataclass(frozen=True)
class Column:
    """Where a stored profile tells about a trait, and which row each thing that may stand there belongs to."""

    place: slice
    rows: Mapping[str, str]  # anything else is NOT_ANSWERED


def column(instrument: Instrument, trait: str) -> Column | None:
    """The column of a trait in the stored profiles of an instrument; None where it does not ask."""
    for field, place in slices(instrument.profile):
        if field.code == trait:
            return Column(place, {stored: _row(field, value) for stored, value in readings(field).items()})
    return None


def labels(instruments: Iterable[Instrument], trait: str) -> dict[str, str]:
    """The rows of a trait with their Indonesian words, in the order of the longest questionnaire."""
    if trait == "disability":
        return DISABILITY
    fields = [field for known in instruments for field in known.profile if field.code == trait]
    choices = {
        choice.code: say(choice.label, "id")
        for field in sorted(fields, key=lambda field: -len(field.choices))
        for choice in field.choices
    }
    return {code: label for code, (_, label) in AGES.items()} | choices if trait == "age" else choices


def _row(field: ProfileField, value: str | int) -> str:
    if field.code == "age" and field.kind == "number":
        return next(code for code, (highest, _) in AGES.items() if int(value) <= highest)
    if field.code == "disability":
        return "tidak" if value == "tidak" else "ya"
    return str(value)


def part_of_day(hour: int) -> str:
    """As coarse as the printed questionnaire asks for it: an exact time could name a person."""
    if 8 <= hour < 12:
        return "08.00-12.00"
    return "12.00-17.00" if 12 <= hour < 17 else "di luar jam layanan"
