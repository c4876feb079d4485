"""The tree of the model city. Names are Denpasar's; how well each unit does, and how busy it is, is invented."""

from collections.abc import Mapping
from dataclasses import dataclass

TIME_ZONE = "Asia/Makassar"  # WITA
CITY = "Pemerintah Kota Denpasar"


@dataclass(frozen=True)
class DemoUnit:
    """A unit: its counters as name → services, answers a month, and how satisfied people are (1 to 4)."""

    name: str
    counters: Mapping[str, tuple[str, ...]]
    monthly: int
    mood: float
    yearly_trend: float
    lowest: tuple[str, ...]


@dataclass(frozen=True)
class Agency:
    """An agency, its field and its units."""

    name: str
    field: str
    units: tuple[DemoUnit, ...]


_PUSKESMAS = {
    "Loket Pendaftaran": ("Pendaftaran",),
    "Poli Umum": ("Poli Umum",),
    "Poli KIA/KB": ("Kesehatan Ibu dan Anak", "Keluarga Berencana"),
    "Farmasi": ("Farmasi",),
}
_KELURAHAN = {"Loket Pelayanan": ("Surat Keterangan", "Surat Pengantar", "Legalisasi")}
_CAPIL = {
    "Loket KTP-el": ("KTP-el", "Kartu Identitas Anak"),
    "Loket Akta": ("Akta Kelahiran", "Akta Kematian", "Akta Perkawinan"),
    "Loket Pindah Datang": ("Surat Pindah", "Kartu Keluarga"),
}
_MPP = {
    "Loket Perizinan": ("Perizinan Berusaha", "Persetujuan Bangunan Gedung"),
    "Loket Nonperizinan": ("Rekomendasi Penelitian", "Informasi dan Pengaduan"),
}


def _puskesmas(name: str, monthly: int, mood: float, trend: float, *lowest: str) -> DemoUnit:
    return DemoUnit(f"UPTD Puskesmas {name}", _PUSKESMAS, monthly, mood, trend, lowest)


def _kelurahan(name: str, monthly: int, mood: float, trend: float, *lowest: str) -> DemoUnit:
    return DemoUnit(f"Kelurahan {name}", _KELURAHAN, monthly, mood, trend, lowest)


AGENCIES = (
    Agency(
        "Dinas Kesehatan",
        "kesehatan",
        (
            _puskesmas("I Denpasar Barat", 46, 3.42, 0.05, "U3", "U9"),
            _puskesmas("II Denpasar Barat", 40, 3.34, 0.02, "U3"),
            _puskesmas("I Denpasar Timur", 38, 3.46, 0.03, "U9"),
            _puskesmas("II Denpasar Timur", 30, 3.28, 0.06, "U3", "U8"),
            _puskesmas("I Denpasar Selatan", 44, 3.52, 0.02, "U8"),
            _puskesmas("II Denpasar Selatan", 36, 3.38, -0.05, "U3", "U2"),
            _puskesmas("III Denpasar Selatan", 26, 3.40, 0.00, "U9"),
            _puskesmas("IV Denpasar Selatan", 24, 3.30, 0.04, "U3"),
            _puskesmas("I Denpasar Utara", 34, 3.44, 0.03, "U2"),
            _puskesmas("II Denpasar Utara", 32, 3.56, 0.01, "U8"),
            _puskesmas("III Denpasar Utara", 22, 3.12, 0.09, "U3", "U9", "U8"),
        ),
    ),
    Agency(
        "Dinas Kependudukan dan Pencatatan Sipil",
        "kependudukan",
        (DemoUnit("Pelayanan Disdukcapil", _CAPIL, 90, 3.36, 0.08, ("U3", "U2")),),
    ),
    Agency(
        "Dinas Penanaman Modal dan Pelayanan Terpadu Satu Pintu",
        "perizinan",
        (DemoUnit("Mal Pelayanan Publik Graha Sewaka Dharma", _MPP, 70, 3.62, 0.02, ("U2",)),),
    ),
    Agency(
        "Kecamatan Denpasar Barat",
        "kewilayahan",
        (
            _kelurahan("Padangsambian", 16, 3.44, 0.02, "U9"),
            _kelurahan("Pemecutan", 14, 3.38, 0.03, "U8"),
            _kelurahan("Dauh Puri", 12, 3.50, 0.00, "U9"),
        ),
    ),
    Agency(
        "Kecamatan Denpasar Timur",
        "kewilayahan",
        (
            _kelurahan("Sumerta", 12, 3.46, 0.02, "U8"),
            _kelurahan("Kesiman", 14, 3.52, 0.01, "U9"),
            _kelurahan("Dangin Puri", 10, 3.30, 0.05, "U3"),
            _kelurahan("Penatih", 10, 3.40, 0.00, "U2"),
        ),
    ),
    Agency(
        "Kecamatan Denpasar Selatan",
        "kewilayahan",
        (
            _kelurahan("Sesetan", 18, 3.42, 0.03, "U3"),
            _kelurahan("Pedungan", 14, 3.36, 0.02, "U9"),
            _kelurahan("Sanur", 14, 3.66, 0.01, "U8"),
            _kelurahan("Renon", 14, 3.58, 0.02, "U8"),
            _kelurahan("Panjer", 12, 3.44, -0.03, "U3"),
            _kelurahan("Serangan", 6, 3.24, 0.04, "U9", "U2"),
        ),
    ),
    Agency(
        "Kecamatan Denpasar Utara",
        "kewilayahan",
        (
            _kelurahan("Ubung", 14, 3.34, 0.03, "U3"),
            _kelurahan("Tonja", 12, 3.48, 0.01, "U9"),
            _kelurahan("Peguyangan", 12, 3.40, 0.02, "U8"),
        ),
    ),
    Agency(
        "Sekretariat Daerah",
        "penunjang",
        (
            DemoUnit(
                "Bagian Organisasi",
                {"Meja Layanan": ("Konsultasi Kelembagaan", "Fasilitasi Standar Pelayanan")},
                8,
                3.50,
                0.0,
                ("U4",),
            ),
        ),
    ),
)

# What units changed, by their names in addresses: how many days ago, which element, and the sentence for citizens.
# What was done today has not been published yet.
IMPROVEMENTS = {
    "uptd-puskesmas-i-denpasar-barat": (
        (210, "U3", "Loket pendaftaran dibuka pukul 07.30, setengah jam lebih awal."),
        (96, "U9", "Kursi tunggu ditambah 20 buah."),
        (34, "U2", "Daftar persyaratan dipasang di pintu masuk dan di situs web."),
    ),
    "uptd-puskesmas-iii-denpasar-utara": (
        (260, "U3", "Nomor antrean dapat diambil dari rumah sejak pukul 06.00."),
        (150, "U8", "Kotak saran dibuka setiap Senin dan jawabannya ditempel di ruang tunggu."),
        (75, "U9", "Ruang tunggu diberi kipas angin dan air minum."),
        (20, "U3", "Satu loket pendaftaran ditambah pada hari Senin dan Kamis."),
        (0, "U9", "Toilet untuk kursi roda sudah dapat dipakai."),
    ),
    "pelayanan-disdukcapil": (
        (120, "U3", "Kartu Keluarga selesai dalam satu hari kerja."),
        (41, "U2", "Petugas memeriksa kelengkapan berkas sebelum Anda mengantre."),
    ),
    "kelurahan-sesetan": ((62, "U3", "Surat keterangan dapat ditunggu, paling lama 20 menit."),),
}
