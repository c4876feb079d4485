"""What is left to do until the first answer can come."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from skm.store import officers, organisations, periods, responses
from skm.store.database import Database
from skm.survey.officer import UNIT_HEAD


@dataclass(frozen=True)
class Step:
    """One step: its `key` for the address of its page, its words, whether it is done, and how many there are."""

    key: str
    title: str
    hint: str
    done: bool
    count: int


def show_steps(db: Database, now: datetime) -> list[Step]:
    """The steps of the first day in their order; each is done once there is at least one, and a period that goes on."""
    path = organisations.find_root_path(db)
    counts = _counts(db, path, now) if path else {}
    return [Step(key, *words, counts.get(key, 0) > 0, counts.get(key, 0)) for key, words in _STEPS.items()]


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
    "people": ("Kepala unit", "Undang kepala unit; mereka hanya melihat unitnya sendiri."),
    "answers": ("Jawaban pertama", "Cetak lembar QR, pasang di loket, lalu pindai sendiri untuk mencoba."),
}


def _counts(db: Database, path: str, now: datetime) -> dict[str, int]:
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
        "people": officers.count_holding(db, UNIT_HEAD),
        "answers": responses.count_all(db),
    }
