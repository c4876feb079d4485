"""Why a copy cannot be made or brought back, and what the log says was done."""

SENTENCES = {
    "backup_failed": "Cadangan tidak dapat dibuat di {folder}: {why}. Yang sudah ada tidak berubah.",
    "backup_damaged": "{file} tidak dapat dipulihkan: {why}. Tidak ada yang diubah; pakailah cadangan yang lain.",
    "backup_newer": "Cadangan ini dari versi SKM yang lebih baru ({names}); perbarui SKM lebih dahulu. "
    "Tidak ada yang diubah.",
    "database_damaged": "Basis datanya rusak: {faults}",
    "records_unequal": "{n} rekaman tidak sama dengan jawabannya; rinciannya: skm verify",
    "place_taken": "Di {path} sudah ada basis data. Pemulihan hanya ke tempat yang kosong: pindahkan dahulu "
    "berkas itu, atau pilih tempat lain dengan pengaturan database. Tidak ada yang diubah.",
    "restore_failed": "{file} tidak dapat dipulihkan: {why}",
}
VERBS = {"make_backup": "Membuat cadangan"}
FIELDS = {"answers": "jawaban"}
