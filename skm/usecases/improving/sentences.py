"""Why an improvement cannot be noted, in words."""

SENTENCES = {
    "improvement_unknown": "Perbaikan ini tidak terdaftar.",
    "improvement_wordy": "Tulis satu kalimat, paling banyak {limit} huruf",
    "improvement_early": "Tanggal selesainya belum tiba; catat sesudah perbaikannya selesai",
    "improvement_published": (
        "Perbaikan ini sudah diumumkan atau ditarik; kalimatnya tidak dapat diubah lagi, tulis yang baru"
    ),
    "element_unknown": "Pilih unsur dari daftar",
}
