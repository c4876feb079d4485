"""Why an improvement cannot be noted, and what the log says was done."""

SENTENCES = {
    "improvement_unknown": "Perbaikan ini tidak terdaftar.",
    "improvement_wordy": "Tulis satu kalimat, paling banyak {limit} huruf",
    "improvement_early": "Tanggal selesainya belum tiba; catat sesudah perbaikannya selesai",
    "improvement_published": (
        "Perbaikan ini sudah diumumkan atau ditarik; kalimatnya tidak dapat diubah lagi, tulis yang baru"
    ),
    "element_unknown": "Pilih unsur dari daftar",
}
VERBS = {
    "add_improvement": "Mencatat perbaikan",
    "edit_improvement": "Mengubah perbaikan",
    "publish_improvement": "Mengumumkan perbaikan",
    "withdraw_improvement": "Menarik perbaikan",
}
FIELDS = {
    "sentence": "kalimat",
    "element": "unsur",
    "done": "selesai",
    "created": "dicatat",
    "published": "diumumkan",
    "withdrawn": "ditarik",
}
RENAMED_VERBS = {
    "add_follow_up": "add_improvement",
    "edit_follow_up": "edit_improvement",
    "publish_follow_up": "publish_improvement",
    "withdraw_follow_up": "withdraw_improvement",
}  # the log is append-only and holds the old names
