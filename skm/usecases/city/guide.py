"""What is left to do until the first answer can come."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from skm.store import officers, organisations, periods, responses
from skm.store.database import Database


@dataclass(frozen=True)
class Step:
    """One step: its `key` for the address of its page, its words, whether it is done, and how many there are.

    `missing` names what it still lacks where it has begun.
    """

    key: str
    title: str
    hint: str
    done: bool
    count: int
    missing: Sequence[str] = ()


def show_steps(db: Database, now: datetime) -> list[Step]:
    """The steps of the first day in their order; each is done once there is at least one.

    Of the periods one has to go on, and every unit has a head.
    """
    path = organisations.find_root_path(db)
    headless = officers.all_headless(db, organisations.today(db, now))
    counts = _counts(db, path, headless, now) if path else {}
    return [_step(key, counts.get(key, 0), headless if key == "people" else []) for key in _STEPS]


def _step(key: str, count: int, missing: Sequence[str]) -> Step:
    return Step(key, *_STEPS[key], count > 0 and not missing, count, missing)


_STEPS = {
    "government": ("Pemerintah daerah", "Nama dan zona waktu pemerintah daerah di puncak pohon organisasi."),
    "agencies": ("Perangkat daerah", "Tambahkan satu per satu, atau impor semuanya dari lembar kerja."),
    "units": ("Unit pelayanan", "Setiap unit menerima IKM sendiri."),
    "services": (
        "Jenis layanan",
        "Layanan yang dipilih warga saat menilai; setiap unit mempunyai paling sedikit satu.",
    ),
    "counters": ("Loket", "Setiap loket mempunyai kode QR sendiri."),
    "periods": ("Periode survei", "Kapan survei dibuka, dan dengan kuesioner yang mana."),
    "people": ("Kepala unit", "Setiap unit mempunyai kepala; ia hanya melihat unitnya sendiri."),
    "answers": ("Jawaban pertama", "Cetak lembar QR, pasang di loket, lalu pindai sendiri untuk mencoba."),
}


def _counts(db: Database, path: str, headless: Sequence[str], now: datetime) -> dict[str, int]:
    """How many there are of what each step is about; closed ones do not count, nor do periods that have ended."""
    today = organisations.get_root(db).today(now)
    kinds = Counter(each.kind for each in organisations.all_below(db, path) if each.closed is None)
    return {
        "government": 1,
        "agencies": kinds["agency"],
        "units": kinds["unit"],
        "services": sum(each.closed is None for each in organisations.all_services(db, path)),
        "counters": sum(each.closed is None for each in organisations.all_counters(db, path)),
        "periods": sum(each.closes >= today for each in periods.all_below(db, path)),
        "people": kinds["unit"] - len(headless),
        "answers": responses.count_all(db),
    }
