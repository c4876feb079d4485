"""Why a file cannot be read or written, in words."""

SENTENCES = {
    "worksheet_too_long": "Unit {unit} mempunyai lebih banyak jawaban daripada baris sebuah lembar kerja.",
    "import_too_large": "Berkas terlalu besar; paling besar {megabytes} MB",
    "import_unpacked": (
        "Isi berkas ini setelah dibuka lebih dari {megabytes} MB; simpan tabelnya saja ke berkas baru, lalu unggah itu"
    ),
    "import_large_part": (
        "Bagian {part} di berkas ini lebih dari {megabytes} MB; salin tabelnya sebagai nilai ke buku kerja baru, lalu "
        "unggah itu"
    ),
    "import_many_parts": (
        "Berkas ini tersusun dari lebih dari {limit} bagian; salin tabelnya ke buku kerja baru, lalu unggah itu"
    ),
    "import_many_sheets": "Buku kerja ini berisi lebih dari {limit} lembar; hapus lembar yang tidak diperlukan",
    "import_last_row": (
        "Ada baris bernomor di atas {limit}, baris terakhir yang dikenal lembar kerja; hapus baris kosong di bawah "
        "tabel, lalu simpan ulang"
    ),
    "import_too_wide": "Ada baris dengan lebih dari {limit} kolom; hapus kolom yang tidak diperlukan",
    "import_too_long": "Berkas berisi lebih dari {limit} baris; bagilah menjadi beberapa berkas",
    "import_many_cells": "Berkas berisi lebih dari {limit} sel; hapus kolom yang tidak diperlukan, atau bagilah",
    "import_many_words": (
        "Berkas berisi lebih dari {limit} teks yang berbeda; hapus lembar atau kolom yang tidak diperlukan"
    ),
    "import_long_cell": "Ada sel dengan lebih dari {limit} huruf; persingkat isinya",
    "import_definitions": (
        "Berkas ini memuat definisi XML (DOCTYPE), yang tidak ada di lembar kerja mana pun; simpan ulang dari program "
        "lembar kerja"
    ),
    "upload_busy": "Sedang ada berkas lain dibaca; tunggu sebentar, lalu kirim sekali lagi",
    "upload_slow": (
        "Berkas ini belum selesai dibaca setelah {seconds} detik, jadi dihentikan; salin yang perlu saja ke berkas "
        "baru, atau bagilah menjadi beberapa berkas"
    ),
    "upload_memory": (
        "Membaca berkas ini memerlukan lebih dari {megabytes} MB memori, jadi dihentikan; salin yang perlu saja ke "
        "berkas baru, atau bagilah menjadi beberapa berkas"
    ),
    "upload_answer": (
        "Berkas ini berisi lebih dari {megabytes} MB teks; hapus kolom yang tidak diperlukan, atau bagilah menjadi "
        "beberapa berkas"
    ),
    "upload_broken": "Berkas ini rusak sedemikian rupa sehingga tidak dapat dibaca; simpan ulang, lalu unggah lagi",
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
