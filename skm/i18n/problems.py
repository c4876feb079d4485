"""The sentence for each Problem and each faulty field: what happened, and what to do."""

from collections.abc import Mapping

from skm.i18n.words import translations


def N_(sentence: str) -> str:  # noqa: N802 - the usual mark for a sentence that is translated later
    """Marks a sentence for the catalogues."""
    return sentence


SENTENCES = {
    # The form
    "service_missing": N_("Pilih pelayanan yang Anda terima"),
    "service_unknown": N_("Pelayanan itu tidak ada di loket ini; pilih salah satu pelayanan di bawah"),
    "score_missing": N_("Pilih satu jawaban untuk pertanyaan {number}"),
    "score_doubled": N_("Pilih hanya satu jawaban untuk pertanyaan {number}"),
    "score_outside": N_("Jawaban untuk pertanyaan {number} tidak dikenal; pilih salah satu jawaban"),
    "profile_outside": N_("Pilihan itu tidak dikenal; pilih salah satu atau lewati"),
    "number_outside": N_("Tulis angka dari {minimum} sampai {maximum}, atau kosongkan"),
    "comment_too_long": N_(
        "Kritik dan saran paling banyak {limit} huruf, sekarang {length}; mohon dipersingkat"
    ),
    "encoding_unreadable": N_("Sebagian tulisan tidak terbaca; periksa kembali, lalu kirim sekali lagi"),
    "stamp_invalid": N_(
        "Formulir ini terlalu lama terbuka atau berasal dari loket lain; periksa jawaban Anda, lalu kirim sekali lagi"
    ),
    "store_busy": N_("Jawaban Anda belum tersimpan karena sistem sedang sibuk; mohon kirim sekali lagi"),
    # The QR and the receipt
    "token_mistyped": N_("Kode “{typed}” bukan kode loket."),
    "token_unknown": N_("Kode ini tidak terdaftar pada loket mana pun."),
    "token_revoked": N_("Loket ini sudah memakai kode QR yang baru."),
    "period_future": N_("Penilaian untuk unit ini dibuka mulai {opens}."),
    "period_closed": N_("Saat ini tidak ada periode survei yang terbuka untuk unit ini."),
    "service_none": N_("Pelayanan itu tidak ada di loket ini."),
    "receipt_unknown": N_("Tidak ada jawaban dengan kode bukti ini."),
    # Officers' pages
    "organisation_unknown": N_("Unit atau perangkat daerah ini tidak terdaftar."),
    "counter_unknown": N_("Loket ini tidak terdaftar."),
    "span_unknown": N_("Periode “{code}” tidak dikenal; contoh yang benar: 2026, 2026-S1, 2026-TW3."),
    "year_empty": N_("Belum ada jawaban untuk tahun {year}."),
    "worksheet_too_long": N_(
        "Unit {unit} mempunyai lebih banyak jawaban daripada baris sebuah lembar kerja."
    ),
    "city_missing": N_("Data pemerintah daerah belum disiapkan di server ini."),
    # The terminal
    "demo_exists": N_("Basis data ini sudah berisi kota contoh; gunakan --fresh untuk membuatnya dari awal."),
    "demo_refused": N_(
        "Basis data ini bukan kota contoh (berisi {answers} jawaban) dan tidak diubah; tentukan basis data lain."
    ),
    "file_exists": N_("Berkas {path} sudah ada; hapus lebih dahulu atau tentukan nama lain dengan --output."),
    # The calculator
    "column_missing": N_("Kolom {columns} tidak ada; baris pertama harus memuat kode pertanyaan atau unsur"),
    "column_doubled": N_("Kolom {first} dan {second} berisi jawaban yang sama; sisakan salah satu"),
    "csv_unreadable": N_("Baris {row} tidak terbaca sebagai CSV; periksa tanda kutip dan pemisah kolomnya"),
    "row_too_long": N_("Baris {row} berisi lebih banyak kolom daripada baris judul"),
    "value_outside_scale": N_("Baris {row}, kolom {column}: {value} di luar skala 1 sampai {scale}"),
    "weights_unknown": N_("Bobot {weights} tidak dikenal; pilihannya: {known}"),
}


def sentence(key: str, details: Mapping[str, object], language: str = "id") -> str:
    """The sentence for a key in the reader's language. Raises KeyError for a key without one."""
    return translations(language).gettext(SENTENCES[key]).format(**details)
