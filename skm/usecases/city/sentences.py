"""Why the set-up of a city refuses something, and what the log says was done."""

SENTENCES = {
    "counters_none": "Belum ada loket yang dapat dicetak di sini.",
    "counters_too_many": (
        "Ada {count} loket di sini, dan satu berkas memuat paling banyak {limit}; "
        "cetak per perangkat daerah atau per unit."
    ),
    "size_unknown": "Ukuran itu tidak dikenal; yang ada: {sizes}",
    "code_taken": "Kode “{code}” sudah dipakai organisasi lain",
    "organisation_closed": "{name} sudah ditutup",
    "organisation_misplaced": (
        "Perangkat daerah berada di bawah pemerintah daerah atau perangkat daerah lain, "
        "dan unit di bawah perangkat daerah"
    ),
    "organisation_too_deep": "Pohon organisasi paling banyak {limit} tingkat",
    "organisation_cycle": "{name} tidak dapat dipindahkan ke {parent}, karena {parent} berada di bawahnya",
    "move_later": "Pemindahan berlaku paling lambat hari ini; pindahkan {name} pada harinya",
    "organisation_not_empty": "{name} masih membawahkan {count} organisasi; pindahkan atau tutup lebih dahulu",
    "government_exists": "Pemerintah daerah sudah ada di server ini",
    "government_stays": "Pemerintah daerah tidak dapat dipindahkan, digabung, atau ditutup",
    "merge_unlike": (
        "{name} tidak dapat digabungkan ke {into}; keduanya harus sejenis, dan yang satu tidak di bawah yang lain"
    ),
    "unit_wanted": "{name} bukan unit; layanan dan loket hanya ada pada unit",
    "channel_unknown": "Pilih cara pelayanan: {known}",
    "visitors_outside": "Tulis banyaknya pengunjung setahun dari 1 sampai {limit}, atau kosongkan",
    "period_visitors_outside": "Tulis banyaknya pengunjung dari 0 sampai {limit}, atau kosongkan",
    "service_last": (
        "{counter} hanya melayani layanan ini; tambahkan layanan lain di sana atau tutup loketnya lebih dahulu"
    ),
    "counter_stays": "Loket ini sudah berada di {unit}",
    "counter_move_past": "Pemindahan hanya dapat dibatalkan pada hari yang sama; pindahkan loketnya sekali lagi",
    "counter_without_service": "Pilih paling sedikit satu layanan unit ini yang masih terbuka",
    "period_backwards": "Tanggal berakhirnya mendahului tanggal dibukanya",
    "period_overlaps": "Tanggal itu bertumpang tindih dengan {name} ({opens} sampai {closes})",
    "period_day_outside": "Pilih hari dari {opens} sampai {closes}",
    "period_answered": (
        "Periode ini sudah berisi jawaban dari {first} sampai {last}; tanggalnya harus mencakup semuanya"
    ),
    "period_divides": (
        "Tanggal itu membelah jawaban {name} yang sudah masuk, dan dari selisihnya jawaban beberapa orang dapat "
        "dihitung. Pilih tanggal sesudah hari terakhir yang ada jawabannya, atau satu tahun penuh"
    ),
    "period_in_use": "{name} sudah berisi jawaban dan tidak dapat dihapus; akhirilah lebih awal",
    "aggregation_unknown": "Pilih cara menggabungkan unit: {known}",
    "period_frozen": "{name} sudah dibekukan; periode itu tidak dapat diubah lagi",
    "instrument_builtin": "Kode “{code}” milik kuesioner bawaan; pilih kode lain",
    "logo_unusable": "Gambar harus berupa PNG, paling besar {kilobytes} kB dan {pixels} piksel",
    "device_unknown": "Perangkat itu tidak terdaftar.",
    "device_code_mistyped": "Kode ini salah ketik; kodenya {length} huruf dan angka. Periksa, lalu ketik sekali lagi.",
    "device_code_wrong": (
        "Kode ini tidak berlaku untuk loket ini: bukan kodenya, sudah dipakai, atau sudah lewat {minutes} menit. "
        "Buatlah kode baru."
    ),
    "device_code_throttled": "Terlalu banyak kode yang salah; coba lagi {minutes} menit lagi.",
    "weights_unknown": "Bobot {weights} tidak dikenal; pilihannya: {known}",
}
VERBS = {
    "add_organisation": "Menambah organisasi",
    "edit_organisation": "Mengubah organisasi",
    "rename_organisation": "Mengganti nama organisasi",
    "move_organisation": "Memindahkan organisasi",
    "merge_organisation": "Menggabungkan organisasi",
    "close_organisation": "Menutup organisasi",
    "reopen_organisation": "Membuka kembali organisasi",
    "add_service": "Menambah layanan",
    "edit_service": "Mengubah layanan",
    "close_service": "Menutup layanan",
    "reopen_service": "Membuka kembali layanan",
    "add_counter": "Menambah loket",
    "edit_counter": "Mengubah loket",
    "close_counter": "Menutup loket",
    "reopen_counter": "Membuka kembali loket",
    "move_counter": "Memindahkan loket",
    "replace_token": "Mengganti kode QR",
    "add_period": "Menambah periode",
    "edit_period": "Mengubah periode",
    "end_period_early": "Mengakhiri periode lebih awal",
    "remove_period": "Menghapus periode",
    "add_instrument": "Menambah kuesioner",
    "change_branding": "Mengubah tampilan",
    "enter_visitors": "Mengisi jumlah pengunjung",
    "make_device_code": "Membuat kode perangkat kios",
    "register_device": "Mendaftarkan perangkat kios",
    "rename_device": "Mengganti nama perangkat kios",
    "end_device": "Mengakhiri perangkat kios",
}
FIELDS = {
    "slug": "kode",
    "kind": "jenis",
    "address": "alamat",
    "phone": "telepon",
    "field": "bidang",
    "channel": "cara pelayanan",
    "free_of_charge": "tidak dipungut biaya",
    "yearly_visitors": "pengunjung setahun",
    "opens": "dibuka",
    "closes": "berakhir",
    "closed": "ditutup",
    "instrument_id": "kuesioner",
    "aggregation": "cara menggabungkan",
    "ids": "kode",
    "heading": "judul",
    "contact": "kontak",
    "logo": "logo",
    "weights": "bobot unsur",
    "services": "layanan",
    "parent": "di bawah",
    "since": "mulai",
    "merged_into": "digabungkan ke",
    "unit": "unit",
}
RENAMED_VERBS = {
    "close_period": "end_period_early",
}  # the log is append-only and holds the old names
