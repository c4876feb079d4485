"""The log in words: what each role and value is called by the people who read it."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from skm.i18n import formats
from skm.store.audit import Entry, Sought
from skm.survey.officer import ROLES
from skm.survey.organisation import CHANNELS, KINDS, TIME_ZONES, Organisation
from skm.survey.period import AGGREGATIONS
from skm.survey.response import STATES

# Keys of the store: they say nothing to a reader, and the subject says it better.
UNSAID = {"id", "path", "parent_id", "unit_id", "organisation_id", "totp_step"}
_VALUES = {
    **ROLES,
    **CHANNELS,
    **TIME_ZONES,
    **KINDS,
    **AGGREGATIONS,
    "exact": "tepat",
    **STATES,
}
HEADS = ("Waktu", "Petugas", "Peran", "Perbuatan", "Objek", "Sebelum", "Sesudah")


@dataclass(frozen=True)
class LogWords:
    """What each verb and each field is called."""

    verbs: Mapping[str, str]
    fields: Mapping[str, str]


def sought(typed: str, words: LogWords) -> list[Sought]:
    """What a reader looks for: every word typed, and the verbs and roles that are shown with it."""
    shown = {**words.verbs, **ROLES, "server": "server"}
    return [
        Sought(word, [code for code, said in shown.items() if word.lower() in said.lower()])
        for word in typed.split()[:10]
    ]


@dataclass(frozen=True)
class FieldChange:
    """A field as it was and as it is now, "" where it was not or is no more."""

    name: str
    before: str
    after: str


@dataclass(frozen=True)
class Line:
    """An entry of the log in words."""

    at: str
    officer: str
    role: str
    act: str
    subject: str
    changes: tuple[FieldChange, ...]


def line(entry: Entry, city: Organisation, words: LogWords) -> Line:
    """An entry by the clock of the city."""
    before, after = _values(entry.before, city, words), _values(entry.after, city, words)
    return Line(
        at=_moment(entry.at, city),
        officer="Server" if entry.officer_id is None else entry.officer_name,
        role=ROLES.get(entry.role, ""),
        act=words.verbs.get(entry.verb, entry.verb),
        subject=entry.subject,
        changes=tuple(
            FieldChange(name, before.get(name, ""), after.get(name, ""))
            for name in dict.fromkeys([*before, *after])
        ),
    )


def cells(entry: Entry, city: Organisation, words: LogWords) -> Sequence[str]:
    """An entry as a row of the table that is downloaded, under HEADS."""
    shown = line(entry, city, words)
    values = (_values(side, city, words) for side in (entry.before, entry.after))
    sides = ("; ".join(map(": ".join, side.items())) for side in values)
    return shown.at, shown.officer, shown.role, shown.act, shown.subject, *sides


def _values(side: str, city: Organisation, words: LogWords) -> dict[str, str]:
    """The fields of one side by their names, in words."""
    fields = json.loads(side or "{}").items()
    return {words.fields.get(name, name): _value(value, city) for name, value in fields if name not in UNSAID}


def _value(value: object, city: Organisation) -> str:
    if isinstance(value, bool):
        return "ya" if value else "tidak"
    text = "–" if value in (None, "") else str(value)
    if re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        return formats.date(date.fromisoformat(text))
    if re.fullmatch(r"\d{4}-\d\d-\d\dT.+", text):
        return _moment(text, city)
    return _VALUES.get(text, text)


def _moment(at: str, city: Organisation) -> str:
    return formats.moment(city.local(datetime.fromisoformat(at)))
