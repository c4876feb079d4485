"""What is wrong with a form, a name or a text, in words."""

SENTENCES = {
    "service_missing": "Pilih pelayanan yang Anda terima",
    "service_unknown": "Pelayanan itu tidak ada di loket ini; pilih salah satu pelayanan di bawah",
    "score_missing": "Pilih satu jawaban untuk pertanyaan {number}",
    "score_doubled": "Pilih hanya satu jawaban untuk pertanyaan {number}",
    "score_outside": "Jawaban untuk pertanyaan {number} tidak dikenal; pilih salah satu jawaban",
    "profile_outside": "Pilihan itu tidak dikenal; pilih salah satu atau lewati",
    "number_outside": "Tulis angka dari {minimum} sampai {maximum}, atau kosongkan",
    "comment_too_long": "Kritik dan saran paling banyak {limit} huruf, sekarang {length}; mohon dipersingkat",
    "comment_personal": (
        "Saran Anda tampaknya memuat NIK, nomor telepon, atau alamat surel. Hapuslah supaya penilaian ini tetap "
        "anonim; kalau memang perlu, kirim sekali lagi"
    ),
    "sheet_empty": "Lembar ini tidak berisi satu jawaban pun; lembar kosong tidak diketik",
    "name_unusable": "Nama harus memuat huruf atau angka, dan tidak diawali tanda =",
    "name_too_long": "Nama paling banyak {limit} huruf",
    "name_with_mark": "Nama layanan tidak boleh memuat titik koma",
    "name_taken": "Nama “{name}” sudah dipakai di unit ini",
    "text_unusable": "Isian paling banyak {limit} huruf, dan tidak diawali tanda =",
    "code_unusable": (
        "Kode “{code}” hanya boleh berisi huruf kecil, angka, tanda hubung, dan titik, paling banyak {limit}"
    ),
    "field_unknown": "Pilih bidang pelayanan: {known}",
    "time_zone_unknown": "Pilih zona waktu: {known}",
}
