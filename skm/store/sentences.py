"""What the database does not have, in words."""

SENTENCES = {
    "organisation_unknown": "Unit atau perangkat daerah ini tidak terdaftar.",
    "counter_unknown": "Loket ini tidak terdaftar.",
    "city_missing": "Data pemerintah daerah belum disiapkan di server ini.",
    "officer_unknown": "Tidak ada petugas {email} yang akunnya terbuka.",
    "service_unregistered": "Layanan ini tidak terdaftar.",
    "period_unknown": "Periode ini tidak terdaftar.",
    "disk_too_small": "Ruang kosong di cakram {free}, padahal migrasi basis data ini memerlukan {needed}. "
    "Basis data tidak diubah. Kosongkan cakram, lalu jalankan lagi: skm migrate",
    "instrument_unknown": "Kuesioner “{code}” tidak terdaftar.",
}
