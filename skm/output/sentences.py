"""Why a file cannot be read or written, in words."""

SENTENCES = {
    "worksheet_too_long": "Unit {unit} mempunyai lebih banyak jawaban daripada baris sebuah lembar kerja.",
    "import_too_large": "Berkas terlalu besar; paling besar {megabytes} MB",
    "import_old_excel": (
        "Berkas ini berformat XLS lama atau terkunci kata sandi; simpan sebagai XLSX tanpa kata sandi"
    ),
    "import_unreadable": "Berkas ini tidak terbaca sebagai XLSX; simpan ulang dari program lembar kerja",
    "import_web_page": (
        "Berkas ini halaman web (HTML atau XML), walaupun namanya mungkin XLS; buka di program lembar kerja, "
        "lalu simpan sebagai XLSX"
    ),
    "import_encoding": (
        "Berkas ini bukan XLSX, dan bukan CSV dalam UTF-8 atau Windows-1252; simpan sebagai CSV UTF-8"
    ),
    "file_exists": "Berkas {path} sudah ada; hapus lebih dahulu atau tentukan nama lain dengan --output.",
    "csv_unreadable": "Baris {row} tidak terbaca sebagai CSV; periksa tanda kutip dan pemisah kolomnya",
}
