"""Why a figure cannot be shown, in words."""

SENTENCES = {
    "span_unknown": "Periode “{code}” tidak dikenal; contoh yang benar: 2026, 2026-S1, 2026-TW3.",
    "snapshot_unknown": "Rekaman ini tidak terdaftar.",
    "snapshot_damaged": "Isi rekaman ini tidak cocok lagi dengan sidiknya; jalankan skm verify di server.",
}
