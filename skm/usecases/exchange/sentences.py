"""Why a file cannot be imported, exported or computed, and what the log says was done."""

SENTENCES = {
    "year_empty": "Belum ada jawaban untuk tahun {year}.",
    "import_empty": "Berkas ini tidak berisi satu baris pun",
    "import_columns": "Lembar {sheet} tidak mempunyai baris judul dengan kolom: {columns}",
    "import_faulty": (
        "Ada {count} baris yang salah, yang pertama di lembar {sheet} baris {row}; tidak ada yang diubah"
    ),
    "import_overtaken": (
        "Organisasi, layanan, atau loket berubah selagi berkas ini diperiksa, jadi belum ada yang diimpor; "
        "periksa sekali lagi, lalu impor"
    ),
    "upload_gone": "Berkas yang diunggah sudah tidak tersimpan; unggah sekali lagi.",
    "column_missing": "Kolom {columns} tidak ada; baris judul harus memuat kode pertanyaan atau unsur",
    "column_doubled": "Kolom {first} dan {second} berisi jawaban yang sama; sisakan salah satu",
    "row_too_long": "Baris {row} berisi lebih banyak kolom daripada baris judul",
    "day_column_missing": "Kolom {column} untuk tanggal tidak ada di baris judul",
    "day_invalid": "Baris {row}, kolom {column}: {value} bukan tanggal seperti 2026-03-09 atau 09/03/2026; kolom lain "
    "dipilih dengan --day, dan --day - menghitung tanpa tanggal",
    "value_outside_scale": "Baris {row}, kolom {column}: {value} di luar skala 1 sampai {scale}; "
    "pertanyaan yang tidak dijawab dibiarkan kosong",
    "answer_formula": "Baris {row}, kolom {column} berisi rumus; tempelkan nilainya saja",
    "answer_unusable": "Baris {row}, kolom {column}: {value} bukan nilai 1 sampai {scale}",
    "sheet_missing": "Lembar {sheet} tidak ada; yang ada: {known}",
    "answers_in_several_sheets": "Beberapa lembar berisi jawaban: {sheets}; pilih salah satu dengan --sheet",
}
VERBS = {
    "import": "Mengimpor lembar kerja",
}
FIELDS = {
    "new": "baris baru",
    "changed": "baris berubah",
    "same": "baris tetap",
    "fault": "baris salah",
}
