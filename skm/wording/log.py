"""The log in words: what each role, field and value is called by the people who read it."""

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
_UNSAID = {"id", "path", "parent_id", "unit_id", "organisation_id", "totp_step"}
FIELDS = {
    "slug": "kode",
    "name": "nama",
    "kind": "jenis",
    "address": "alamat",
    "phone": "telepon",
    "time_zone": "zona waktu",
    "field": "bidang",
    "role": "peran",
    "organisation": "untuk",
    "channel": "cara pelayanan",
    "free_of_charge": "tidak dipungut biaya",
    "yearly_visitors": "pengunjung setahun",
    "opens": "dibuka",
    "closes": "berakhir",
    "closed": "ditutup",
    "instrument_id": "kuesioner",
    "aggregation": "cara menggabungkan",
    "ids": "kode",
    "new": "baris baru",
    "changed": "baris berubah",
    "same": "baris tetap",
    "fault": "baris salah",
    "heading": "judul",
    "contact": "kontak",
    "logo": "logo",
    "weights": "bobot unsur",
    "services": "layanan",
    "parent": "di bawah",
    "merged_into": "digabungkan ke",
    "unit": "unit",
    "counter": "loket",
    "email": "surel",
    "why": "alasan",
    "state": "keadaan",
    "revision": "revisi",
    "snapshots": "rekaman",
    "day": "tanggal survei",
    "part": "jam survei",
    "language": "bahasa",
    "sheets": "lembar",
    "sheet": "lembar nomor",
    "sample": "lembar contoh",
    "compared": "isian dibandingkan",
    "corrected": "isian diperbaiki",
    "digest": "sidik SHA-256",
    "sentence": "kalimat",
    "element": "unsur",
    "done": "selesai",
    "created": "dicatat",
    "published": "diumumkan",
    "withdrawn": "ditarik",
}
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


def sought(typed: str, verbs: Mapping[str, str]) -> list[Sought]:
    """What a reader looks for: every word typed, and the verbs and roles that are shown with it."""
    shown = {**verbs, **ROLES, "server": "server"}
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


def line(entry: Entry, city: Organisation, verbs: Mapping[str, str]) -> Line:
    """An entry by the clock of the city; `verbs` has the words of each verb."""
    before, after = _values(entry.before, city), _values(entry.after, city)
    return Line(
        at=_moment(entry.at, city),
        officer="Server" if entry.officer_id is None else entry.officer_name,
        role=ROLES.get(entry.role, ""),
        act=verbs.get(entry.verb, entry.verb),
        subject=entry.subject,
        changes=tuple(
            FieldChange(name, before.get(name, ""), after.get(name, ""))
            for name in dict.fromkeys([*before, *after])
        ),
    )


def cells(entry: Entry, city: Organisation, verbs: Mapping[str, str]) -> Sequence[str]:
    """An entry as a row of the table that is downloaded, under HEADS."""
    words = line(entry, city, verbs)
    sides = ("; ".join(map(": ".join, _values(side, city).items())) for side in (entry.before, entry.after))
    return words.at, words.officer, words.role, words.act, words.subject, *sides


def _values(side: str, city: Organisation) -> dict[str, str]:
    """The fields of one side by their names, in words."""
    fields = json.loads(side or "{}").items()
    return {FIELDS.get(name, name): _value(value, city) for name, value in fields if name not in _UNSAID}


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
