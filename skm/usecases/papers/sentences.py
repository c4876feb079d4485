"""Why a batch of papers refuses something, and what the log says was done."""

SENTENCES = {
    "services_none": "Unit ini belum mempunyai layanan yang dapat dinilai.",
    "paper_batch_unknown": "Bundel ini tidak terdaftar.",
    "paper_sheet_unknown": "Lembar ini tidak ada di bundel ini; muat ulang halamannya.",
    "paper_day_future": "Tanggal survei belum tiba; tulis tanggal yang tertera pada kertas",
    "paper_period_none": "Tidak ada periode survei yang terbuka pada {day}; periksa tanggal pada kertas",
    "paper_counter_elsewhere": "Pada {day} {counter} berada di {unit}; ketik kertasnya di sana",
    "paper_part_unknown": "Pilih jam survei dan bahasa dari daftar",
    "paper_stack_outside": "Tulis banyaknya lembar dari 1 sampai {limit}",
    "paper_stack_differs": (
        "Lembar yang diketik {keyed}, sedangkan tumpukannya {stack}; hitung kembali tumpukannya, lalu ketik yang "
        "kurang, hapus yang lebih, atau ubah banyaknya lembar"
    ),
    "paper_questions_differ": (
        "Kuesioner pada tanggal dan layanan itu lain daripada yang sudah diketik; "
        "buang bundel ini dan mulai yang baru"
    ),
    "paper_keying_done": "Pengetikan bundel ini sudah selesai; lembarnya tidak dapat diubah lagi.",
    "paper_batch_done": "Bundel ini sudah dihitung atau sudah dibuang.",
    "paper_check_closed": "Bundel ini sedang tidak menunggu pemeriksaan.",
    "paper_own_keying": "Anda ikut mengetik bundel ini; pemeriksanya harus orang lain.",
    "paper_sheet_decided": "Lembar ini sudah diputuskan; lanjutkan dengan lembar berikutnya.",
    "paper_choice_missing": "Pilih yang sesuai dengan kertas untuk setiap isian",
    "paper_check_unfinished": "Masih ada {sheets} lembar contoh yang belum selesai diperiksa.",
}
VERBS = {
    "open_batch": "Membuka bundel kertas",
    "edit_batch": "Mengubah bundel kertas",
    "finish_batch": "Menyelesaikan pengetikan bundel kertas",
    "discard_batch": "Membuang bundel kertas",
    "key_sheet": "Mengetik lembar kertas",
    "edit_sheet": "Mengubah lembar kertas",
    "remove_sheet": "Menghapus lembar kertas",
    "check_sheet": "Mengetik lembar contoh untuk pemeriksaan",
    "repeat_check": "Mengetik ulang lembar contoh",
    "decide_sheet": "Memutuskan selisih ketikan",
    "draw_further": "Menambah lembar contoh",
    "count_batch": "Menyelesaikan pemeriksaan bundel kertas",
}
FIELDS = {
    "counter": "loket",
    "day": "tanggal survei",
    "part": "jam survei",
    "language": "bahasa",
    "sheets": "lembar",
    "sheet": "lembar nomor",
    "sample": "lembar contoh",
    "compared": "isian dibandingkan",
    "corrected": "isian diperbaiki",
}
