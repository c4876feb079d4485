"""Each fault of a questionnaire file is refused with its line and its reason."""

from pathlib import Path

import pytest

from skm.survey.instrument import InstrumentError
from skm.survey.instrument_file import parse

SMALL = Path(__file__).with_name("kelurahan.toml").read_text("utf-8")
# The variants come last and an empty line replaces the title: both samples number their lines alike.
VARIED = (
    SMALL.replace('title = { id = "Survei Kelurahan" }', "")
    + """\
[[variant]]
code = "kelurahan-2"
title = { id = "Tatap muka" }
[[variant]]
code = "kelurahan-2-daring"
title = { id = "Daring" }
"""
)


def small(old: str, new: str) -> str:
    assert old in SMALL
    return SMALL.replace(old, new, 1)


def varied(old: str, new: str) -> str:
    assert old in VARIED
    return VARIED.replace(old, new, 1)


def weights(written: str) -> str:
    return small('elements = ["U1", "U2"]', f'elements = ["U1", "U2"]\nweights = {written}')


WHOLE = """\
[[element]]
code = "{}"
counted = false
overall = true
name = {{ id = "Keseluruhan" }}
"""
ASKED = """\
[[item]]
code = "{}"
element = "X1"
text = {{ id = "Bagaimana?" }}
options = {{ id = ["Buruk", "Cukup", "Baik", "Sangat baik"] }}
"""

FAULTS = {
    "no equals sign": (
        small("scale =", "scale"),
        3,
        "tanda '=' setelah nama kunci tidak ditemukan (kolom 7)",
    ),
    "an open quote": (small('"U1"', '"U1'), 7, "tanda kutip penutup tidak ditemukan (kolom 11)"),
    "a text without quotes": (
        small('"U1"', "U1"),
        7,
        "nilai tidak dikenal; teks ditulis di antara tanda kutip (kolom 8)",
    ),
    "a key twice": (small("\nscale", "\ncode = 1\nscale"), 3, "kunci ini sudah ditulis sebelumnya (kolom 9)"),
    "a list cut off": (SMALL.removesuffix(",\n]\n"), 35, "kurung penutup tidak ditemukan"),
    "no code": (small('code = "kelurahan-2"', ""), 1, "kunci 'code' belum diisi"),
    "a code with a space": (
        small("kelurahan-2", "kelurahan 2"),
        1,
        "kode 'kelurahan 2' hanya boleh berisi huruf, angka, dan tanda hubung",
    ),
    "an unknown key": (
        small('name = { id = "Pros', 'nama = { id = "Pros'),
        11,
        "kunci 'nama' tidak dikenal; yang dikenal: code, name, counted, overall",
    ),
    "an unknown table": (
        small("[[profile]]", "[[profil]]"),
        25,
        "kunci 'profil' tidak dikenal; yang dikenal: "
        "code, title, scale, options, element, item, index, profile",
    ),
    "an unknown language": (
        small("en =", "eng ="),
        11,
        "kunci 'eng' tidak dikenal; yang dikenal: id, en, ban",
    ),
    "no Indonesian text": (
        small('{ id = "Persyaratannya?" }', '{ en = "Requirements?" }'),
        20,
        "'text' belum mempunyai teks bahasa Indonesia (id)",
    ),
    "a blank Indonesian text": (
        small("Persyaratannya?", " "),
        20,
        "'text' belum mempunyai teks bahasa Indonesia (id)",
    ),
    "a name without a language": (
        small('{ id = "Persyaratan" }', '"Persyaratan"'),
        8,
        "'name' harus berupa tabel",
    ),
    "a scale of 1": (small("= 4", "= 1"), 3, "'scale' harus berupa bilangan bulat 2 sampai 9"),
    "a scale of two digits": (small("= 4", "= 10"), 3, "'scale' harus berupa bilangan bulat 2 sampai 9"),
    "a scale that is a decimal": (small("= 4", "= 4.0"), 3, "'scale' harus berupa bilangan bulat 2 sampai 9"),
    "an element twice": (small('code = "U2"', 'code = "U1"'), 10, "kode 'U1' dipakai dua kali"),
    "an item twice": (small('code = "P2"', 'code = "P1"'), 18, "kode 'P1' dipakai dua kali"),
    "a choice twice": (small('code = "L"', 'code = "P"'), 33, "kode 'P' dipakai dua kali"),
    "a list that is a table": (small("[[index]]", "[index]"), 22, "'index' harus berupa daftar tabel"),
    "no items": (SMALL.replace("[[item]]", "[[profile]]"), 1, "daftar [[item]] masih kosong"),
    "a list cut off after a comma": (
        SMALL.removesuffix("]\n"),
        35,
        "berkas berakhir sebelum nilainya lengkap",
    ),
    "an empty list of items": (
        SMALL.replace("[[item]]", "[[profile]]").replace("scale = 4", "scale = 4\nitem = []"),
        4,
        "daftar [[item]] masih kosong",
    ),
    "an item that measures nothing": (small('element = "U2"', ""), 12, "kunci 'element' belum diisi"),
    "an item of an unknown element": (
        small('element = "U1"', 'element = "U10"'),
        19,
        "unsur 'U10' pada butir P2 tidak ada dalam daftar unsur",
    ),
    "an item named like another element": (
        small('"P2"', '"U2"'),
        18,
        "butir U2 memakai kode unsur lain; ia mengukur unsur U1",
    ),
    "an unknown set of options": (
        small('"mudah"', '"muda"'),
        16,
        "pilihan jawaban 'muda' pada butir P1 tidak ada dalam [options]",
    ),
    "three options": (
        small('"Buruk", ', ""),
        21,
        "'options' mempunyai 3 pilihan jawaban (id); skala 1 sampai 4 memerlukan 4",
    ),
    "three shared options": (
        small('"Tidak mudah", ', ""),
        4,
        "'mudah' mempunyai 3 pilihan jawaban (id); skala 1 sampai 4 memerlukan 4",
    ),
    "options half translated": (
        small("en = []", 'en = ["Poor"]'),
        21,
        "'options' mempunyai 1 pilihan jawaban (en); skala 1 sampai 4 memerlukan 4",
    ),
    "a blank option": (small('"Buruk"', '""'), 21, "'id' harus berupa daftar teks yang tidak kosong"),
    "no index": (SMALL.replace("[[index]]", "[[profile]]"), 1, "daftar [[index]] masih kosong"),
    "an index of an unknown element": (
        small('["U1", "U2"]', '["U1", "U2", "U3"]'),
        24,
        "unsur 'U3' pada indeks IKM tidak ada dalam daftar unsur",
    ),
    "an index over nothing": (small('["U1", "U2"]', "[]"), 24, "indeks IKM tidak menghitung satu unsur pun"),
    "an element twice in an index": (
        small('["U1", "U2"]', '["U1", "U2", "U1"]'),
        24,
        "unsur 'U1' pada indeks IKM disebut dua kali",
    ),
    "an element without an item": (
        small('element = "U2"', 'element = "U1"'),
        24,
        "unsur 'U2' pada indeks IKM tidak mempunyai butir dalam kelurahan-2",
    ),
    "an element that never counts": (
        small('["U1", "U2"]', '["U1"]'),
        10,
        "unsur 'U2' tidak dihitung dalam indeks mana pun",
    ),
    "an element that counts against its own word": (
        small('code = "U2"', 'code = "U2"\ncounted = false'),
        11,
        "unsur 'U2' bertanda counted = false, tetapi dihitung",
    ),
    "a whole that counts": (
        small('code = "U2"', 'code = "U2"\noverall = true'),
        11,
        "unsur 'U2' bertanda overall = true, tetapi dihitung",
    ),
    "two wholes": (
        small("[[index]]", WHOLE.format("X1") + WHOLE.format("X2") + "[[index]]"),
        30,
        "hanya satu unsur yang boleh bertanda overall = true",
    ),
    "a whole asked twice": (
        small("[[index]]", WHOLE.format("X1") + ASKED.format("T1") + ASKED.format("T2") + "[[index]]"),
        25,
        "unsur 'X1' bertanda overall = true hanya boleh satu butir",
    ),
    "counted as a word": (
        small('code = "U2"', 'code = "U2"\ncounted = "tidak"'),
        11,
        "'counted' harus berupa true atau false",
    ),
    "too few weights": (weights("[1]"), 25, "ada 1 bobot untuk 2 unsur"),
    "weights that miss 1": (weights('["1/2", 0.49]'), 25, "jumlah bobot 99/100, seharusnya 1"),
    "a weight of zero": (
        weights("[0, 1]"),
        25,
        "bobot '0' bukan bilangan di atas nol seperti 0.125 atau \"1/9\"",
    ),
    "a weight over zero": (
        weights('["1/0", 1]'),
        25,
        "bobot '1/0' bukan bilangan di atas nol seperti 0.125 atau \"1/9\"",
    ),
    "a weight without end": (
        weights("[inf, 1]"),
        25,
        "bobot 'inf' bukan bilangan di atas nol seperti 0.125 atau \"1/9\"",
    ),
    "a field for a number of 16 digits": (
        small("120", "9999999999999999"),
        29,
        "'maximum' harus berupa bilangan bulat 0 sampai 999",
    ),
    "a field upside down": (small("= 10", "= 120"), 28, "'minimum' harus lebih kecil daripada 'maximum'"),
    "a field for free text": (small("minimum = 10\nmaximum = 120\n", ""), 25, "kunci 'minimum' belum diisi"),
    "an unknown variant": (
        varied('options = "mudah"', 'options = "mudah"\nvariants = ["kelurahan-2-luring"]'),
        17,
        "varian 'kelurahan-2-luring' tidak ada dalam daftar varian",
    ),
    "an item in no variant": (
        varied('options = "mudah"', 'options = "mudah"\nvariants = []'),
        17,
        "butir ini tidak ditanyakan dalam varian mana pun",
    ),
    "an element that one variant leaves out": (
        varied('element = "U2"', 'element = "U2"\nvariants = ["kelurahan-2"]'),
        25,
        "unsur 'U2' pada indeks IKM tidak mempunyai butir dalam kelurahan-2-daring",
    ),
    "a variant twice": (
        varied("kelurahan-2-daring", "kelurahan-2"),
        41,
        "kode 'kelurahan-2' dipakai dua kali",
    ),
}


@pytest.mark.parametrize(("text", "line", "reason"), FAULTS.values(), ids=list(FAULTS))
def test_a_fault_is_refused_with_its_line_and_reason(text: str, line: int, reason: str) -> None:
    with pytest.raises(InstrumentError) as caught:
        parse(text, "survei.toml")
    assert (caught.value.line, caught.value.reason) == (line, reason)


def test_a_refusal_reads_as_file_line_and_reason() -> None:
    assert str(InstrumentError("survei.toml", 12, "alasan")) == "survei.toml, baris 12: alasan"


def test_a_refusal_without_a_line_reads_as_file_and_reason() -> None:
    assert str(InstrumentError("survei.toml", None, "alasan")) == "survei.toml: alasan"
