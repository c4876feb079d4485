"""Why the demo city cannot be built, in words."""

SENTENCES = {
    "demo_exists": "Basis data ini sudah berisi kota contoh; gunakan --fresh untuk membuatnya dari awal.",
    "demo_refused": (
        "Basis data ini bukan kota contoh (berisi {answers} jawaban) dan tidak diubah; tentukan basis data lain."
    ),
}
