"""Why a file cannot be read or written, in words."""

SENTENCES = {
    "worksheet_too_long": "Unit {unit} mempunyai lebih banyak jawaban daripada baris sebuah lembar kerja.",
    "import_too_large": "Berkas terlalu besar; paling besar {megabytes} MB",
    "import_old_excel": (
        "Berkas ini berformat XLS lama atau terkunci kata sandi; simpan sebagai XLSX tanpa kata sandi"
    ),
    "import_unreadable": (
        "Berkas ini tidak terbaca sebagai XLSX; simpan ulang dari program lembar kerja sebagai "
        "Buku Kerja Excel (.xlsx) biasa"
    ),
    "import_web_page": (
        "Berkas ini halaman web (HTML atau XML), walaupun namanya mungkin XLS; buka di program lembar kerja, "
        "lalu simpan sebagai XLSX"
    ),
    "import_encoding": (
        "Berkas ini bukan XLSX, dan bukan teks dalam UTF-8, UTF-16, atau Windows-1252; simpan sebagai CSV UTF-8"
    ),
    "import_other_workbook": (
        "Berkas ini lembar kerja yang bukan XLSX (misalnya ODS, XLSB, atau Numbers); simpan sebagai Buku Kerja Excel "
        "(.xlsx) biasa"
    ),
    "import_other_document": "Berkas ini dokumen Office, tetapi bukan lembar kerja; simpan tabelnya sebagai XLSX",
    "import_pdf": "Berkas ini PDF; kirim lembar kerjanya sendiri, sebagai XLSX atau CSV",
    "file_exists": "Berkas {path} sudah ada; hapus lebih dahulu atau tentukan nama lain dengan --output.",
    "folder_missing": "Folder {folder} tidak ada; buat lebih dahulu atau tentukan folder lain dengan --output.",
    "folder_locked": "Folder {folder} tidak dapat ditulisi; tentukan folder lain dengan --output.",
    "csv_unreadable": "Baris {row} tidak terbaca sebagai CSV; periksa tanda kutip dan pemisah kolomnya",
}
