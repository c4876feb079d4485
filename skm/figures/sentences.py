"""Why a figure cannot be shown, in words."""

SENTENCES = {
    "span_unknown": "Periode “{code}” tidak dikenal; contoh yang benar: 2026, 2026-S1, 2026-TW3.",
    "month_refused": (
        "Satu bulan dipilih hanya oleh Bagian Organisasi dan auditor, supaya jawaban beberapa orang tidak dapat "
        "dihitung; pilih triwulan, semester, atau tahun. Bulan demi bulan ada pada tren."
    ),
    "snapshot_unknown": "Rekaman ini tidak terdaftar.",
    "snapshot_damaged": "Isi rekaman ini tidak cocok lagi dengan sidiknya; jalankan skm verify di server.",
}
