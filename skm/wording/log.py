"""The log in words: what each verb, role and value is called by the people who read it."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from skm.i18n import formats
from skm.store.audit import Entry, Sought
from skm.survey.officer import ROLES
from skm.survey.organisation import CHANNELS, KINDS, TIME_ZONES, Organisation
from skm.survey.period import AGGREGATIONS
from skm.survey.response import STATES

VERBS = {
    # People
    "add_officer": "Menambah petugas",
    "give_role": "Memberi peran",
    "end_membership": "Mengakhiri peran",
    "close_officer": "Menutup akun",
    "offer_reset": "Membuat tautan masuk kembali",
    "set_password": "Menetapkan kata sandi",
    "change_password": "Mengganti kata sandi",
    "set_up_totp": "Memasang aplikasi autentikator",
    "renew_recovery_codes": "Membuat kode pemulihan baru",
    "sign_in": "Masuk",
    "sign_out_elsewhere": "Mengeluarkan perangkat lain",
    "choose_role": "Berganti peran",
    # Setting up
    "add_organisation": "Menambah organisasi",
    "edit_organisation": "Mengubah organisasi",
    "rename_organisation": "Mengganti nama organisasi",
    "move_organisation": "Memindahkan organisasi",
    "merge_organisation": "Menggabungkan organisasi",
    "close_organisation": "Menutup organisasi",
    "reopen_organisation": "Membuka kembali organisasi",
    "add_service": "Menambah layanan",
    "edit_service": "Mengubah layanan",
    "close_service": "Menutup layanan",
    "reopen_service": "Membuka kembali layanan",
    "add_counter": "Menambah loket",
    "edit_counter": "Mengubah loket",
    "close_counter": "Menutup loket",
    "reopen_counter": "Membuka kembali loket",
    "replace_token": "Mengganti kode QR",
    "add_period": "Menambah periode",
    "edit_period": "Mengubah periode",
    "end_period_early": "Mengakhiri periode lebih awal",
    "remove_period": "Menghapus periode",
    "freeze_period": "Membekukan angka periode",
    "revise_period": "Merevisi angka periode yang dibekukan",
    "publish_period": "Mengumumkan angka periode",
    "withdraw_publication": "Menarik pengumuman periode",
    # Improvements
    "add_improvement": "Mencatat perbaikan",
    "edit_improvement": "Mengubah perbaikan",
    "publish_improvement": "Mengumumkan perbaikan",
    "withdraw_improvement": "Menarik perbaikan",
    # Answers
    "held_answer": "Menahan jawaban",
    "released_answer": "Melepas jawaban",
    "excluded_answer": "Mengeluarkan jawaban",
    # Papers
    "open_batch": "Membuka bundel kertas",
    "edit_batch": "Mengubah bundel kertas",
    "finish_batch": "Menyelesaikan pengetikan bundel kertas",
    "discard_batch": "Membuang bundel kertas",
    "edit_sheet": "Mengubah lembar kertas",
    "remove_sheet": "Menghapus lembar kertas",
    "repeat_check": "Mengetik ulang lembar contoh",
    "decide_sheet": "Memutuskan selisih ketikan",
    "draw_further": "Menambah lembar contoh",
    "count_batch": "Menyelesaikan pemeriksaan bundel kertas",
    # Questionnaires and the look
    "add_instrument": "Menambah kuesioner",
    "change_branding": "Mengubah tampilan",
    "import": "Mengimpor lembar kerja",
    "enter_visitors": "Mengisi jumlah pengunjung",
}
# The log is append-only, so it holds verbs that were renamed since: what each is called now.
RENAMED_VERBS = {
    "close_period": "end_period_early",
    "add_follow_up": "add_improvement",
    "edit_follow_up": "edit_improvement",
    "publish_follow_up": "publish_improvement",
    "withdraw_follow_up": "withdraw_improvement",
}
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


def sought(typed: str) -> list[Sought]:
    """What a reader looks for: every word typed, and the verbs and roles that are shown with it."""
    renamed = {before: VERBS[verb] for before, verb in RENAMED_VERBS.items()}
    shown = VERBS | renamed | ROLES | {"server": "server"}
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


def line(entry: Entry, city: Organisation) -> Line:
    """An entry by the clock of the city."""
    before, after = _values(entry.before, city), _values(entry.after, city)
    return Line(
        at=_moment(entry.at, city),
        officer="Server" if entry.officer_id is None else entry.officer_name,
        role=ROLES.get(entry.role, ""),
        act=_verb(entry.verb),
        subject=entry.subject,
        changes=tuple(
            FieldChange(name, before.get(name, ""), after.get(name, ""))
            for name in dict.fromkeys([*before, *after])
        ),
    )


def cells(entry: Entry, city: Organisation) -> Sequence[str]:
    """An entry as a row of the table that is downloaded, under HEADS."""
    words = line(entry, city)
    sides = ("; ".join(map(": ".join, _values(side, city).items())) for side in (entry.before, entry.after))
    return words.at, words.officer, words.role, words.act, words.subject, *sides


def _verb(verb: str) -> str:
    """A verb in words, under the name that it has now."""
    name = RENAMED_VERBS.get(verb, verb)
    return VERBS.get(name, name)


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
