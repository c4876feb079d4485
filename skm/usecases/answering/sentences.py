"""Why a form cannot be opened, sent or decided upon, and what the log says was done."""

SENTENCES = {
    "encoding_unreadable": "Sebagian tulisan tidak terbaca; periksa kembali, lalu kirim sekali lagi",
    "stamp_invalid": (
        "Formulir ini terlalu lama terbuka atau berasal dari loket lain; periksa jawaban Anda, lalu kirim sekali lagi"
    ),
    "store_busy": "Jawaban Anda belum tersimpan karena sistem sedang sibuk; mohon kirim sekali lagi",
    "code_signs": "Di dalam kode kami tidak pernah ada {signs}; periksa kembali tulisannya.",
    "code_length": "Kode loket terdiri atas {counter} huruf dan angka, kode bukti {receipt}; yang Anda tulis {n}.",
    "token_mistyped": "Kode “{typed}” bukan kode loket.",
    "token_unknown": "Kode ini tidak terdaftar pada loket mana pun.",
    "token_revoked": "Loket ini sudah memakai kode QR yang baru.",
    "counter_closed": "Loket ini sudah ditutup.",
    "unit_closed": "Unit ini sudah ditutup.",
    "unit_merged": "Unit ini sudah bergabung dengan {into}.",
    "period_future": "Penilaian untuk unit ini dibuka mulai {opens}.",
    "period_closed": "Saat ini tidak ada periode survei yang terbuka untuk unit ini.",
    "service_none": "Pelayanan itu tidak ada di loket ini.",
    "receipt_unknown": "Tidak ada jawaban dengan kode bukti ini.",
    "reason_missing": "Tulis alasannya",
    "words_missing": "Pada jawaban {receipt} tidak ada saran atau data responden yang dapat dihapus",
    "decision_refused": "Jawaban {receipt} sedang {state}; keputusan itu tidak berlaku untuknya",
    "second_person_missing": (
        "Anda sendiri yang mengusulkannya; petugas lain yang harus menyetujui sebelum jawaban itu dikeluarkan"
    ),
    "answers_unchosen": "Pilih jawaban yang diputuskan",
    "decisions_overtaken": (
        "Tidak ada yang diputuskan: jawaban yang dipilih sudah diputuskan petugas lain, atau tidak sedang diusulkan"
    ),
}
VERBS = {
    "erase_words": "Menghapus saran atau data responden",
    "erase_words_again": "Menghapus lagi sesudah pemulihan",
    "held_answer": "Menahan jawaban",
    "released_answer": "Melepas jawaban",
    "excluded_answer": "Mengeluarkan jawaban",
    "proposed_exclusion": "Mengusulkan jawaban dikeluarkan",
    "withdrew_exclusion": "Menarik usul mengeluarkan jawaban",
}
FIELDS = {
    "erased": "yang dihapus",
    "state": "keadaan",
    "why": "alasan",
}
