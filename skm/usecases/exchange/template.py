"""The spreadsheet to fill in: what each column means, an example, and the sheets, empty or filled."""

from collections.abc import Mapping, Sequence

from skm.output.document import Document
from skm.output.workbook.tables import Column, WrittenTable, write_tables
from skm.survey.officer import ROLES
from skm.survey.organisation import CHANNELS, FIELDS, KINDS, TIME_ZONES
from skm.usecases.exchange.spreadsheet_rows import COUNTERS, ORGANISATIONS, PEOPLE, SERVICES, SINCE, UNTIL

Lines = Sequence[Sequence[str | int]]
_YES_NO = ("ya", "tidak")

_COLUMNS = {
    ORGANISATIONS: (
        Column("kode", 32),
        Column("induk", 32),
        Column("jenis", 20, tuple(KINDS.values())),
        Column("nama", 48),
        Column("alamat", 40),
        Column("telepon", 18),
        Column("zona waktu", 12, tuple(TIME_ZONES.values())),
        Column("bidang", 32, tuple(FIELDS.values())),
        Column(SINCE, 16),
    ),
    SERVICES: (
        Column("unit kode", 32),
        Column("nama", 40),
        Column("saluran", 24, tuple(CHANNELS.values())),
        Column("gratis", 10, _YES_NO),
        Column("pengunjung setahun", 20),
    ),
    COUNTERS: (Column("unit kode", 32), Column("nama", 32), Column("layanan", 60)),
    PEOPLE: (
        Column("nama", 40),
        Column("surel", 40),
        Column("unit kode", 32),
        Column("peran", 20, tuple(ROLES.values())),
        Column(UNTIL, 16),
    ),
}

_GUIDE = (
    ("Cara mengisi lembar kerja ini",),
    ("Urutan", "Isi lembar Organisasi, lalu Layanan, Loket, dan Petugas. Baris pertama setiap lembar jangan diubah."),
    ("Mencoba", "Setelah diunggah, nasib setiap baris ditampilkan lebih dahulu; belum ada yang berubah di server."),
    ("Menerapkan", "Semua baris diterapkan sekaligus, atau tidak satu pun bila masih ada baris yang salah."),
    ("Mengulang", "Berkas yang sama boleh diunggah lagi: baris yang sudah sama tidak berubah."),
    ("Menghapus", "Baris yang tidak ada di berkas tidak dihapus dari server; menutup dilakukan di halaman penyiapan."),
    ("Rumus", "Sel berisi rumus ditolak; tempelkan nilainya saja."),
    ("Batas", "Paling banyak 100.000 baris dalam satu berkas. CSV (satu lembar) juga diterima."),
    ("",),
    ("Organisasi: kode", "Pendek, tetap, tidak berulang: huruf kecil, angka, tanda hubung, titik. Ada di alamat."),
    ("Organisasi: induk", "Kode organisasi di atasnya. Kosong pada perangkat daerah berarti pemerintah daerah."),
    ("Organisasi: jenis", f"Salah satu dari: {', '.join(KINDS.values())}. Unit berada di bawah perangkat daerah."),
    ("Organisasi: nama", "Nama resmi. Mengubah nama di sini mengganti nama di server; nama lama tetap dicatat."),
    ("Organisasi: zona waktu", "WIB, WITA, atau WIT. Bila kosong, sama dengan induknya."),
    ("Organisasi: bidang", f"Salah satu dari: {', '.join(FIELDS.values())}. Bila kosong, sama dengan induknya."),
    ("Organisasi: berlaku sejak", "Kalau induknya berubah: hari mulai di bawah induk itu. Bila kosong: hari ini."),
    ("", "Seperti 2026-07-01 atau 01/07/2026, paling lambat hari ini. Angka sebelum hari itu tidak berubah."),
    ("Layanan: unit kode", "Kode unit di lembar Organisasi atau yang sudah ada di server."),
    ("Layanan: saluran", f"Salah satu dari: {', '.join(CHANNELS.values())}. Bila kosong: tatap muka."),
    ("Layanan: gratis", "ya atau tidak. Bila kosong: ya."),
    ("Layanan: pengunjung setahun", "Perkiraan banyaknya pengunjung, untuk menghitung jumlah sampel; boleh kosong."),
    ("Loket: layanan", "Nama layanan unit itu; beberapa layanan dipisahkan dengan titik koma (;)."),
    ("Petugas: surel", "Alamat untuk masuk. Yang sudah mempunyai akun tetap memakainya dan mendapat peran ini."),
    ("Petugas: unit kode", "Kode unit, atau organisasi lain, tempat peran berlaku. Baris tanpa nama dilewati."),
    ("Petugas: peran", f"Salah satu dari: {', '.join(ROLES.values())}. Bila kosong: Kepala unit."),
    ("Petugas: sampai", "Hari terakhir kepala sementara (Plt.), seperti 2026-12-31. Kosong berarti tanpa batas waktu."),
    ("", "Sesudah diimpor, tautan undangan setiap orang tampil satu kali, dengan pesan yang dapat disalin."),
    ("",),
    ("Contoh", "Lihat lembar Contoh. Lembar ini dan lembar Contoh tidak dibaca saat diunggah."),
)  # fmt: skip

_EXAMPLE = (
    ("Contoh isian",),
    ("Organisasi", "kode | induk | jenis | nama | alamat | telepon | zona waktu | bidang | berlaku sejak"),
    (
        "",
        "dinkes |  | perangkat daerah | Dinas Kesehatan | Jalan Maruti 8 | 0361-424801 | WITA | Kesehatan |",
    ),
    (
        "",
        "pkm-denbar-1 | dinkes | unit | UPTD Puskesmas I Denpasar Barat | Jalan Gunung Rinjani | | WITA | | 2026-07-01",
    ),
    ("Layanan", "unit kode | nama | saluran | gratis | pengunjung setahun"),
    ("", "pkm-denbar-1 | Pendaftaran | tatap muka | ya | 7360"),
    ("", "pkm-denbar-1 | Poli Umum | tatap muka | ya | 7360"),
    ("Loket", "unit kode | nama | layanan"),
    ("", "pkm-denbar-1 | Loket 1 | Pendaftaran; Poli Umum"),
    ("Petugas", "nama | surel | unit kode | peran | sampai"),
    ("", "dr. Ni Made Ayu | ayu@denpasarkota.go.id | pkm-denbar-1 | Kepala unit |"),
    ("", "dr. I Ketut Budi | budi@denpasarkota.go.id | pkm-denbar-2 | Kepala unit | 2026-12-31"),
)


def blank_template() -> Document:
    """The template to download."""
    return _workbook("skm-templat-organisasi.xlsx", dict.fromkeys(_COLUMNS, ()))


def filled_template(rows: Mapping[str, Lines]) -> Document:
    """The same with rows in it."""
    return _workbook("skm-organisasi.xlsx", rows)


def _workbook(name: str, rows: Mapping[str, Lines]) -> Document:
    sheets = [WrittenTable(sheet, columns, rows[sheet]) for sheet, columns in _COLUMNS.items()]
    words = [WrittenTable("Petunjuk", (), _GUIDE), WrittenTable("Contoh", (), _EXAMPLE)]
    return write_tables(name, [*sheets, *words], "Organisasi, layanan, loket, dan petugas SKM")
