"""Why a period cannot be frozen, revised or published, and what the log says was done."""

SENTENCES = {
    "period_unnamed": "Tidak ada periode “{name}” di sana; yang ada: {known}",
    "period_ambiguous": "Ada beberapa periode “{name}”; tulis kodenya: {codes}",
    "freezing_early": (
        "{name} baru berakhir pada {closes}; bekukan sesudah hari itu, atau akhiri lebih awal pada halaman Penyiapan"
    ),
    "freezing_done": "{name} sudah dibekukan; yang berubah sesudahnya dicatat sebagai revisi dengan alasan",
    "freezing_missing": "{name} belum dibekukan",
    "freezing_unchanged": "Tidak ada angka {name} yang berubah sejak rekaman terakhir, jadi revisi tidak diperlukan",
    "freezing_empty": "Tidak ada yang menjawab dalam {name}, jadi tidak ada angka yang dapat dibekukan",
    "freezing_uncounted": (
        "Semua jawaban dalam {name} ditahan atau dikeluarkan, jadi tidak ada angka yang dapat dibekukan"
    ),
    "freezing_undecided": (
        "{n} jawaban dalam {name} masih ditahan; putuskan dahulu, atau tulis mengapa dibekukan tanpa memutuskannya"
    ),
    "freezing_differs": (
        "Belum dibekukan: yang akan dibekukan dari {name} berubah sejak Anda membacanya; di bawah ini yang terbaru"
    ),
    "freezing_overtaken": "{name} baru saja dibekukan, direvisi, atau diubah petugas lain; muat ulang halaman ini",
    "snapshot_unpublished": "Rekaman ini belum diumumkan, atau memuat kurang dari lima jawaban.",
    "record_steps_hidden": (
        "Langkah perhitungan rekaman ini memuat bagian dengan kurang dari lima jawaban, jadi hanya dibuka untuk Bagian "
        "Organisasi dan auditor."
    ),
    "answers_damaged": "Ada jawaban tersimpan yang tidak terbaca: {units}; jalankan skm verify di server",
    "publication_empty": "Rekaman {name} tidak memuat satu jawaban pun, jadi tidak ada yang dapat diumumkan",
    "publication_done": "Angka terakhir {name} sudah diumumkan",
    "publication_tells_few": (
        "Angka {name} akan membuka jawaban {n} orang: hanya mereka yang membedakannya dari {other}, yang sudah "
        "diumumkan. Tunggu sampai sedikitnya lima jawaban berbeda, buat revisi, lalu umumkan revisi itu"
    ),
    "publication_tells_rest": (
        "Angka {name} akan membuka jawaban {n} orang: sebanyak itu sisanya kalau angka organisasi di bawahnya "
        "dikurangkan. Masukkan formulir kertas yang belum masuk atau gabungkan unit yang jawabannya kurang dari lima, "
        "buat revisi, lalu umumkan revisi itu"
    ),
    "publication_missing": "{name} tidak sedang diumumkan",
}
VERBS = {
    "freeze_period": "Membekukan angka periode",
    "revise_period": "Merevisi angka periode yang dibekukan",
    "publish_period": "Mengumumkan angka periode",
    "withdraw_publication": "Menarik pengumuman periode",
}
FIELDS = {
    "revision": "revisi",
    "snapshots": "rekaman",
    "digest": "sidik SHA-256",
    "held_answers": "jawaban yang masih ditahan",
    "undecided": "alasan belum diputuskan",
}
