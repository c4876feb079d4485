"""What was found when an installation was examined, in words, and what to do about it."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from skm.i18n import formats

PARTS = {
    "version": "Versi",
    "database": "Basis data",
    "rights": "Hak akses berkas",
    "disk": "Cakram",
    "wal": "WAL",
    "clock": "Jam",
    "secret": "Rahasia",
    "address": "Alamat",
    "service": "Layanan",
    "pages": "Halaman petugas",
    "people": "Petugas",
    "mail": "Surel",
    "backup": "Cadangan",
}
# What was found, and what to do; nothing to do where it is in order.
WORDS = {
    "version_sound": ("mutakhir", ""),
    "version_lacking": ("basis data belum mutakhir ({names})", "Jalankan: skm migrate"),
    "version_older": (
        "basis data berasal dari versi SKM yang lebih baru ({names})",
        "Pasang kembali versi yang baru; versi lama tidak mengenal isinya.",
    ),
    "database_sound": ("utuh, {answers} jawaban", ""),
    "database_missing": (
        "belum ada basis data di {path}",
        "Instalasi baru: jalankan skm migrate. Instalasi lama: periksa pengaturan database, atau pulihkan cadangan "
        "dengan skm restore.",
    ),
    "database_closed": ("tidak dapat dibuka: {why}", "Periksa letak berkasnya, hak aksesnya, dan cakramnya."),
    "database_faulty": (
        "rusak: {faults}",
        "Hentikan layanan, simpan berkas ini apa adanya, lalu pulihkan cadangan terakhir dengan skm restore.",
    ),
    "rights_sound": ("hanya untuk pemiliknya", ""),
    "rights_open": ("pengguna lain di mesin ini dapat membaca {paths}", "Tutup dengan: chmod go= {paths}"),
    "rights_foreign": (
        "pemilik {paths} bukan pemilik {owner}, jadi layanan mungkin tidak dapat menulis",
        "Samakan pemiliknya dengan chown, dan jalankan perintah skm selalu sebagai pengguna layanan.",
    ),
    "disk_sound": ("tersisa {free}", ""),
    "disk_small": ("tersisa {free}, sebaiknya paling sedikit {needed}", "Kosongkan cakram, atau perbesar."),
    "wal_sound": ("baik", ""),
    "wal_large": (
        "sudah {size} dan tidak dipindahkan ke basis data",
        "Ada program yang lama membaca basis data; hentikan program itu, lalu jalankan ulang layanan.",
    ),
    "clock_sound": ("tidak lebih awal daripada jawaban terakhir", ""),
    "clock_behind": (
        "{why}",
        "Betulkan jam mesin ini (timedatectl), lalu putuskan jawaban yang ditahan.",
    ),
    "secret_sound": ("baik", ""),
    "secret_weak": (
        "mudah ditebak",
        "Hapus secret_key dari pengaturan; rahasia acak dibuat sendiri. Formulir yang sedang terbuka lalu ditolak, dan "
        "petugas perlu masuk kembali.",
    ),
    "address_local": (
        "{address} hanya berlaku di mesin ini, padahal alamat itulah yang ada di kode QR",
        "Isi address dengan alamat yang dapat dibuka warga, lalu cetak ulang kode QR.",
    ),
    "address_plain": (
        "{address} tanpa https: isian warga dan kata sandi petugas dapat disadap",
        "Pasang sertifikat menurut docs/operate/server.md, lalu ubah address.",
    ),
    "address_without_proxy": (
        "{address} memakai https, tetapi proxies = 0: semua percobaan masuk tampak dari satu alamat",
        "Isi proxies = 1 bila ada satu nginx di depan aplikasi.",
    ),
    "service_sound": ("menjawab di {address}", ""),
    "service_silent": (
        "tidak menjawab di {address}: {why}",
        "Periksa layanan (systemctl status skm), nginx, sertifikat, dan nama di DNS.",
    ),
    "pages_open": (
        "terbuka tanpa kata sandi (open_pages)",
        "Hapus open_pages dari pengaturan; itu hanya untuk contoh.",
    ),
    "admin_missing": (
        "belum ada admin",
        "Buka tautan penyiapan yang dicetak skm serve, atau jalankan: skm officer add",
    ),
    "mail_none": ("tidak dipakai; tautan disalin sendiri", ""),
    "mail_sound": ("menjawab", ""),
    "mail_silent": (
        "server surel tidak menerima surat: {why}",
        "Periksa pengaturan smtp dan server surelnya.",
    ),
    "backup_sound": ("terakhir {at} UTC", ""),
    "backup_missing": (
        "belum pernah dibuat",
        "Jalankan skm backup --output FOLDER, dan jadwalkan setiap hari.",
    ),
    "backup_old": (
        "terakhir {at} UTC",
        "Periksa jadwalnya (systemctl list-timers), atau jalankan skm backup.",
    ),
}
BYTES = {"free", "needed", "size"}


def finding(key: str, details: Mapping[str, object]) -> tuple[str, str]:
    """What was found, and what to do about it, "" where nothing is to be done."""
    told, to_do = WORDS[key]
    words = {name: _word(name, value) for name, value in details.items()}
    return told.format(**words), to_do.format(**words)


def _word(name: str, value: object) -> str:
    if isinstance(value, datetime):
        return formats.moment(value)
    if isinstance(value, list):
        return (" " if all(isinstance(one, Path) for one in value) else "; ").join(map(str, value))
    if isinstance(value, int):
        return f"{formats.number(value / 1_000_000, 0)} MB" if name in BYTES else formats.count(value)
    return str(value)
