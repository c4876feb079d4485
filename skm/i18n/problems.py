"""The sentence for each Problem and each faulty field: what happened, and what to do."""

from collections.abc import Mapping
from datetime import date

from skm.i18n import formats
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
    "sheet_empty": N_("Lembar ini tidak berisi satu jawaban pun; lembar kosong tidak diketik"),
    # The QR and the receipt
    "token_mistyped": N_("Kode “{typed}” bukan kode loket."),
    "token_unknown": N_("Kode ini tidak terdaftar pada loket mana pun."),
    "token_revoked": N_("Loket ini sudah memakai kode QR yang baru."),
    "counter_closed": N_("Loket ini sudah ditutup."),
    "unit_closed": N_("Unit ini sudah ditutup."),
    "unit_merged": N_("Unit ini sudah bergabung dengan {into}."),
    "period_future": N_("Penilaian untuk unit ini dibuka mulai {opens}."),
    "period_closed": N_("Saat ini tidak ada periode survei yang terbuka untuk unit ini."),
    "counters_none": N_("Belum ada loket yang dapat dicetak di sini."),
    "counters_too_many": N_(
        "Ada {count} loket di sini, dan satu berkas memuat paling banyak {limit}; "
        "cetak per perangkat daerah atau per unit."
    ),
    "services_none": N_("Unit ini belum mempunyai layanan yang dapat dinilai."),
    "size_unknown": N_("Ukuran itu tidak dikenal; yang ada: {sizes}"),
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
    # Coming in
    "sign_in_wrong": N_("Surel atau kata sandi tidak cocok; periksa keduanya, lalu coba lagi"),
    "sign_in_throttled": N_(
        "Terlalu banyak percobaan yang gagal; coba lagi setelah {minutes} menit, atau minta tautan masuk kepada admin"
    ),
    "code_wrong": N_("Kode tidak cocok atau sudah dipakai; tunggu kode berikutnya, lalu ketik sekali lagi"),
    "password_short": N_(
        "Kata sandi paling sedikit {shortest} huruf; beberapa kata yang tidak berkaitan mudah diingat"
    ),
    "password_long": N_("Kata sandi paling banyak {longest} huruf"),
    "password_common": N_("Kata sandi itu mudah ditebak; pakai beberapa kata yang tidak berkaitan"),
    "password_wrong": N_("Kata sandi yang sekarang tidak cocok"),
    "link_spent": N_(
        "Tautan ini sudah dipakai, sudah lewat waktunya, atau sudah diganti dengan yang lebih baru."
    ),
    # Officers and their roles
    "email_wrong": N_("Tulis alamat surel lengkap, misalnya nama@denpasarkota.go.id"),
    "name_missing": N_("Tulis nama lengkap"),
    "city_unnamed": N_("Tulis nama pemerintah daerah dan pilih zona waktunya"),
    "officer_unknown": N_("Tidak ada petugas {email} yang akunnya terbuka."),
    "role_unknown": N_("Peran {role} tidak dikenal; pilih dari daftar"),
    "membership_unknown": N_("Peran itu tidak (lagi) dipegang petugas ini."),
    "membership_held": N_("Petugas ini sudah memegang peran itu di tempat yang sama"),
    "last_admin": N_("Ini admin yang terakhir; angkat admin lain lebih dahulu"),
    # Setting up a city
    "name_unusable": N_("Nama harus memuat huruf atau angka, dan tidak diawali tanda ="),
    "name_too_long": N_("Nama paling banyak {limit} huruf"),
    "name_with_mark": N_("Nama layanan tidak boleh memuat titik koma"),
    "name_taken": N_("Nama “{name}” sudah dipakai di unit ini"),
    "text_unusable": N_("Isian paling banyak {limit} huruf, dan tidak diawali tanda ="),
    "code_unusable": N_(
        "Kode “{code}” hanya boleh berisi huruf kecil, angka, tanda hubung, dan titik, paling banyak {limit}"
    ),
    "code_taken": N_("Kode “{code}” sudah dipakai organisasi lain"),
    "field_unknown": N_("Pilih bidang pelayanan: {known}"),
    "time_zone_unknown": N_("Pilih zona waktu: {known}"),
    "organisation_closed": N_("{name} sudah ditutup"),
    "organisation_misplaced": N_(
        "Perangkat daerah berada di bawah pemerintah daerah atau perangkat daerah lain, "
        "dan unit di bawah perangkat daerah"
    ),
    "organisation_too_deep": N_("Pohon organisasi paling banyak {limit} tingkat"),
    "organisation_cycle": N_(
        "{name} tidak dapat dipindahkan ke {parent}, karena {parent} berada di bawahnya"
    ),
    "organisation_not_empty": N_(
        "{name} masih membawahkan {count} organisasi; pindahkan atau tutup lebih dahulu"
    ),
    "government_exists": N_("Pemerintah daerah sudah ada di server ini"),
    "government_stays": N_("Pemerintah daerah tidak dapat dipindahkan, digabung, atau ditutup"),
    "merge_unlike": N_(
        "{name} tidak dapat digabungkan ke {into}; keduanya harus sejenis, dan yang satu tidak di bawah yang lain"
    ),
    "unit_wanted": N_("{name} bukan unit; layanan dan loket hanya ada pada unit"),
    "channel_unknown": N_("Pilih cara pelayanan: {known}"),
    "visitors_outside": N_("Tulis banyaknya pengunjung setahun dari 1 sampai {limit}, atau kosongkan"),
    "period_visitors_outside": N_("Tulis banyaknya pengunjung dari 0 sampai {limit}, atau kosongkan"),
    "service_unregistered": N_("Layanan ini tidak terdaftar."),
    "service_last": N_(
        "{counter} hanya melayani layanan ini; tambahkan layanan lain di sana atau tutup loketnya lebih dahulu"
    ),
    "counter_without_service": N_("Pilih paling sedikit satu layanan unit ini yang masih terbuka"),
    "period_unknown": N_("Periode ini tidak terdaftar."),
    "period_backwards": N_("Tanggal berakhirnya mendahului tanggal dibukanya"),
    "period_overlaps": N_("Tanggal itu bertumpang tindih dengan {name} ({opens} sampai {closes})"),
    "period_day_outside": N_("Pilih hari dari {opens} sampai {closes}"),
    "period_answered": N_(
        "Periode ini sudah berisi jawaban dari {first} sampai {last}; tanggalnya harus mencakup semuanya"
    ),
    "period_in_use": N_("{name} sudah berisi jawaban dan tidak dapat dihapus; akhirilah lebih awal"),
    "aggregation_unknown": N_("Pilih cara menggabungkan unit: {known}"),
    "period_frozen": N_("{name} sudah dibekukan; periode itu tidak dapat diubah lagi"),
    "period_unnamed": N_("Tidak ada periode “{name}” di sana; yang ada: {known}"),
    "period_ambiguous": N_("Ada beberapa periode “{name}”; tulis kodenya: {codes}"),
    "instrument_unknown": N_("Kuesioner “{code}” tidak terdaftar."),
    "instrument_builtin": N_("Kode “{code}” milik kuesioner bawaan; pilih kode lain"),
    "logo_unusable": N_("Gambar harus berupa PNG, paling besar {kilobytes} kB dan {pixels} piksel"),
    # Freezing a period, and decisions on answers
    "freezing_early": N_(
        "{name} baru berakhir pada {closes}; bekukan sesudah hari itu, atau akhiri lebih awal pada halaman Penyiapan"
    ),
    "freezing_done": N_(
        "{name} sudah dibekukan; yang berubah sesudahnya dicatat sebagai revisi dengan alasan"
    ),
    "freezing_missing": N_("{name} belum dibekukan"),
    "freezing_unchanged": N_(
        "Tidak ada angka {name} yang berubah sejak rekaman terakhir, jadi revisi tidak diperlukan"
    ),
    "freezing_overtaken": N_(
        "{name} baru saja dibekukan, direvisi, atau diubah petugas lain; muat ulang halaman ini"
    ),
    "reason_missing": N_("Tulis alasannya"),
    "answers_damaged": N_("Ada jawaban tersimpan yang tidak terbaca: {units}; jalankan skm verify di server"),
    "snapshot_unknown": N_("Rekaman ini tidak terdaftar."),
    "snapshot_damaged": N_(
        "Isi rekaman ini tidak cocok lagi dengan sidiknya; jalankan skm verify di server."
    ),
    # What everyone is told
    "publication_done": N_("Angka terakhir {name} sudah diumumkan"),
    "publication_missing": N_("{name} tidak sedang diumumkan"),
    "improvement_unknown": N_("Perbaikan ini tidak terdaftar."),
    "improvement_wordy": N_("Tulis satu kalimat, paling banyak {limit} huruf"),
    "improvement_early": N_("Tanggal selesainya belum tiba; catat sesudah perbaikannya selesai"),
    "improvement_published": N_(
        "Perbaikan ini sudah diumumkan atau ditarik; kalimatnya tidak dapat diubah lagi, tulis yang baru"
    ),
    "element_unknown": N_("Pilih unsur dari daftar"),
    "decision_refused": N_("Jawaban {receipt} sedang {state}; keputusan itu tidak berlaku untuknya"),
    # Papers
    "paper_batch_unknown": N_("Bundel ini tidak terdaftar."),
    "paper_sheet_unknown": N_("Lembar ini tidak ada di bundel ini; muat ulang halamannya."),
    "paper_day_future": N_("Tanggal survei belum tiba; tulis tanggal yang tertera pada kertas"),
    "paper_period_none": N_("Tidak ada periode survei yang terbuka pada {day}; periksa tanggal pada kertas"),
    "paper_part_unknown": N_("Pilih jam survei dan bahasa dari daftar"),
    "paper_stack_outside": N_("Tulis banyaknya lembar dari 1 sampai {limit}"),
    "paper_stack_differs": N_(
        "Lembar yang diketik {keyed}, sedangkan tumpukannya {stack}; hitung kembali tumpukannya, lalu ketik yang "
        "kurang, hapus yang lebih, atau ubah banyaknya lembar"
    ),
    "paper_questions_differ": N_(
        "Kuesioner pada tanggal dan layanan itu lain daripada yang sudah diketik; "
        "buang bundel ini dan mulai yang baru"
    ),
    "paper_keying_done": N_("Pengetikan bundel ini sudah selesai; lembarnya tidak dapat diubah lagi."),
    "paper_batch_done": N_("Bundel ini sudah dihitung atau sudah dibuang."),
    "paper_check_closed": N_("Bundel ini sedang tidak menunggu pemeriksaan."),
    "paper_own_keying": N_("Anda ikut mengetik bundel ini; pemeriksanya harus orang lain."),
    "paper_sheet_decided": N_("Lembar ini sudah diputuskan; lanjutkan dengan lembar berikutnya."),
    "paper_choice_missing": N_("Pilih yang sesuai dengan kertas untuk setiap isian"),
    "paper_check_unfinished": N_("Masih ada {sheets} lembar contoh yang belum selesai diperiksa."),
    # The import
    "import_too_large": N_("Berkas terlalu besar; paling besar {megabytes} MB"),
    "import_too_long": N_("Berkas berisi lebih dari {limit} baris; bagilah menjadi beberapa berkas"),
    "import_old_excel": N_(
        "Berkas ini berformat XLS lama atau terkunci kata sandi; simpan sebagai XLSX tanpa kata sandi"
    ),
    "import_unreadable": N_("Berkas ini tidak terbaca sebagai XLSX; simpan ulang dari program lembar kerja"),
    "import_web_page": N_(
        "Berkas ini halaman web (HTML atau XML), walaupun namanya mungkin XLS; buka di program lembar kerja, "
        "lalu simpan sebagai XLSX"
    ),
    "import_encoding": N_(
        "Berkas ini bukan XLSX, dan bukan CSV dalam UTF-8 atau Windows-1252; simpan sebagai CSV UTF-8"
    ),
    "import_empty": N_("Berkas ini tidak berisi satu baris pun"),
    "import_columns": N_("Lembar {sheet} tidak mempunyai baris judul dengan kolom: {columns}"),
    "import_faulty": N_(
        "Ada {count} baris yang salah, yang pertama di lembar {sheet} baris {row}; tidak ada yang diubah"
    ),
    "import_overtaken": N_(
        "Organisasi, layanan, atau loket berubah selagi berkas ini diperiksa, jadi belum ada yang diimpor; "
        "periksa sekali lagi, lalu impor"
    ),
    "upload_gone": N_("Berkas yang diunggah sudah tidak tersimpan; unggah sekali lagi."),
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
    """The sentence for a key in the reader's language, dates too. Raises KeyError for a key without one."""
    said = {
        name: formats.date(value, language) if isinstance(value, date) else value
        for name, value in details.items()
    }
    return translations(language).gettext(SENTENCES[key]).format(**said)
