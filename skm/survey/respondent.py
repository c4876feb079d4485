"""What an answer tells about the respondent: rows of a table, by the codes of the profile fields.

"Not answered" was asked and left empty; "not asked" had no such question. Neither is ever counted as something else.
"""

import json
from collections.abc import Callable, Iterable
from functools import lru_cache

from skm.survey.instrument import Instrument, ProfileField, say

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


def reader(instrument: Instrument) -> Callable[[str], tuple[str, ...]]:
    """From a stored profile (JSON) of this instrument to its rows, one for each of TRAITS."""
    fields = {field.code: field for field in instrument.profile}

    @lru_cache(1 << 16)
    def rows(profile: str) -> tuple[str, ...]:
        given = json.loads(profile or "{}")
        return tuple(_row(fields.get(trait), given.get(trait)) for trait in TRAITS)

    return rows


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


def _row(field: ProfileField | None, value: str | int | None) -> str:
    if field is None:
        return NOT_ASKED
    if value is None or value == "":
        return NOT_ANSWERED
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
