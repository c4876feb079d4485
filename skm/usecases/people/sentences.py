"""Why somebody cannot come in, or cannot get a role, and what the log says was done."""

SENTENCES = {
    "sign_in_wrong": "Surel atau kata sandi tidak cocok; periksa keduanya, lalu coba lagi",
    "sign_in_throttled": (
        "Terlalu banyak percobaan yang gagal; coba lagi setelah {minutes} menit, atau minta tautan masuk kepada admin"
    ),
    "code_wrong": (
        "Kode tidak cocok atau sudah dipakai; tunggu kode berikutnya, lalu ketik sekali lagi. Kalau tetap tidak cocok, "
        "jam ponsel atau jam server mungkin keliru: pakai kode pemulihan, atau minta tautan baru kepada admin"
    ),
    "password_wrong": "Kata sandi yang sekarang tidak cocok",
    "link_spent": (
        "Tautan ini sudah dipakai, sudah lewat waktunya, atau sudah diganti dengan yang lebih baru."
    ),
    "email_wrong": "Tulis alamat surel lengkap, misalnya nama@denpasarkota.go.id",
    "name_missing": "Tulis nama lengkap",
    "city_unnamed": "Tulis nama pemerintah daerah dan pilih zona waktunya",
    "role_unknown": "Peran {role} tidak dikenal; pilih dari daftar",
    "membership_unknown": "Peran itu tidak (lagi) dipegang petugas ini.",
    "membership_held": "Petugas ini sudah memegang peran itu di tempat yang sama",
    "role_beyond": "Peran itu di luar yang dapat Anda atur; mintalah kepada admin",
    "account_beyond": "Petugas ini juga memegang peran di luar yang dapat Anda atur; mintalah kepada admin",
    "until_past": "Hari terakhir itu sudah lewat; pilih hari ini atau sesudahnya",
    "admin_until": "Peran Admin tidak diberi hari terakhir; akhiri peran itu pada waktunya",
    "nobody_awaited": "Semua yang diundang sudah masuk; tidak ada undangan yang perlu dibuat lagi",
    "last_admin": "Ini admin yang terakhir; angkat admin lain lebih dahulu",
}
VERBS = {
    "add_officer": "Menambah petugas",
    "give_role": "Memberi peran",
    "end_membership": "Mengakhiri peran",
    "change_last_day": "Mengganti hari terakhir peran",
    "close_officer": "Menutup akun",
    "offer_reset": "Membuat tautan masuk kembali",
    "set_password": "Menetapkan kata sandi",
    "change_password": "Mengganti kata sandi",
    "set_up_totp": "Memasang aplikasi autentikator",
    "renew_recovery_codes": "Membuat kode pemulihan baru",
    "sign_in": "Masuk",
    "sign_out_elsewhere": "Mengeluarkan perangkat lain",
    "choose_role": "Berganti peran",
}
FIELDS = {
    "name": "nama",
    "role": "peran",
    "organisation": "untuk",
    "until": "hari terakhir",
    "email": "surel",
    "time_zone": "zona waktu",
}
