"""What stands among the rows of a table and is none: notes, sums and means, numbers of columns, heads again."""

import re
from collections.abc import Sequence

from skm.survey.names import folded

NOTE, SUM, NUMBERS, HEADS = "catatan", "jumlah atau rata-rata", "nomor kolom", "judul yang berulang"
# The words of which the label of a sum is made: it needs one of these.
_TELLING = frozenset((
    "jumlah", "jml", "total", "subtotal", "sum", "rata", "rata2", "rerata", "mean", "average", "nrr", "ikm", "bobot",
    "indeks", "konversi", "nilai",
))  # fmt: skip
_WITH_IT = frozenset((
    "per", "unsur", "unit", "tertimbang", "tertbg", "terttimbang", "kepuasan", "masyarakat", "skm", "responden", "mutu",
    "kinerja", "keseluruhan", "akhir", "interval", "umum", "persen", "seluruh", "semua", "halaman", "ini", "dan", "x",
    "jawaban", "25",
))  # fmt: skip
_MEASURED = frozenset(("mutu", "kinerja", "predikat", "kategori"))  # labels by themselves
_SERVING = ("layan", "pelayan")  # layanan and what else begins so
_WORD = re.compile(r"[^\W_]+")
_SIGMA = re.compile("[σ∑]")  # as names are compared, Σ is small
_NUMBER_OF_COLUMN = re.compile(r"\(?([0-9]{1,2})\)?")
_NOTE_STARTS = re.compile(r"(catatan|keterangan|sumber|nb|petugas|legenda|note|ket)\b|[*•†(]")


def is_sum(label: Sequence[str]) -> bool:
    """Whether the cells before the first answer label a sum: `Nilai | /Unsur`, `NRR tertbg/unsur`, `Σ`."""
    words = _WORD.findall(_SIGMA.sub(" jumlah ", folded(" ".join(filter(None, label)))))
    if not words:
        return False
    if words[0] not in _MEASURED and _TELLING.isdisjoint(words):
        return False
    return all(word in _TELLING | _WITH_IT | _MEASURED or word.startswith(_SERVING) for word in words)


def are_numbers(cells: Sequence[str], heads: Sequence[str]) -> bool:
    """Whether a line numbers every column that has a head: 1 2 3 4, or (1) (2) (3) (4)."""
    numbers = [_NUMBER_OF_COLUMN.fullmatch(cell) for cell in cells if cell]
    places = [int(number[1]) for number in numbers if number]
    return 3 <= len(numbers) == sum(map(bool, heads)) and places == list(range(1, len(numbers) + 1))


def is_note(cells: Sequence[str]) -> bool:
    """Whether the one thing that a row says is in words: it has one filled cell, or starts as notes do."""
    filled = [cell for cell in cells if cell]
    if not filled or not _has_words(filled[0]):
        return False
    if len(filled) == 1:
        return " " in filled[0] or filled[0].endswith(":") or bool(_NOTE_STARTS.match(folded(filled[0])))
    return bool(_NOTE_STARTS.match(folded(filled[0])))


def are_heads(cells: Sequence[str], heads: Sequence[str]) -> bool:
    """Whether a row repeats the heads, as at the top of a printed page."""
    pairs = [(cell, head) for cell, head in zip(cells, heads, strict=False) if cell]
    return len(pairs) > 1 and all(
        folded(cell) == folded(head) for cell, head in pairs
    )  # to the first that differs


def quoted(cells: Sequence[str]) -> str:
    """What a row says, to be recognised by: its first words."""
    text = " ".join(" ".join(filter(None, cells)).split())
    return text if len(text) <= 60 else f"{text[:59]}…"


def _has_words(cell: str) -> bool:
    return any(sign.isalpha() for sign in cell)
