"""What hangs, stands and lies at a counter: one design in five sizes, with the QR code and the address to type."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

from skm.i18n.words import LANGUAGES, N_, translations
from skm.output.document import Document
from skm.output.documents import pdf
from skm.output.faces import drawing
from skm.output.qr import svg_bytes


@dataclass(frozen=True)
class Size:
    """A way to print a counter: its name, the page (mm), how often the counter stands on it, and what it is for."""

    name: str
    paper: tuple[int, int]
    copies: int
    purpose: str


A4, A5 = (210, 297), (148, 210)
SIZES: Mapping[str, Size] = {
    "poster": Size("Poster A4", A4, 1, "untuk dinding ruang tunggu, terbaca dari jarak 1,5 meter"),
    "stand": Size("Lembar A5", A5, 1, "untuk tempat brosur di loket"),
    "card": Size("Kartu A6", A4, 4, "empat kartu setiap lembar A4, untuk dibagikan atau diletakkan di meja"),
    "tent": Size("Tenda meja", A4, 2, "selembar A4 yang dilipat, terbaca dari kedua sisi meja"),
    "stickers": Size("Stiker", A4, 8, "delapan stiker 99,1 × 67,7 mm setiap lembar A4"),
}
USUAL = "stand"
COPIES = 1_000  # in one file: each takes its memory until the file is made, some 2 MB

# What is said in several languages; the rest of the sheet is Indonesian.
WORDS: Mapping[str, str] = {
    "question": N_("Bagaimana pelayanan kami?"),
    "help": N_(
        "Penilaian ini anonim dan sukarela. Jawaban Anda tidak memengaruhi pelayanan yang Anda terima."
    ),
}


@dataclass(frozen=True)
class CounterSheet:
    """One counter. `address` is the whole URL in the QR, `short_address` the one that people type."""

    city: str
    unit: str
    counter: str
    services: tuple[str, ...]
    address: str
    short_address: str
    demo: bool


def counter_sheets(
    sheets: Sequence[CounterSheet], size: str = USUAL, heading: str = "", logo: bytes = b""
) -> Document:
    """One PDF/UA-1 file, one page per counter, in the order given; `logo` is a PNG.

    Raises ValueError for no counters and KeyError for a size that is not in SIZES.
    """
    if not sheets:
        raise ValueError("a counter sheet needs at least one counter")
    units = {sheet.unit for sheet in sheets}
    chosen = SIZES[size]
    data = {
        "title": f"{chosen.name} {sheets[0].unit if len(units) == 1 else sheets[0].city}",
        "size": size,
        "paper": chosen.paper,
        "heading": heading,
        "logo": list(logo),
        "faces": [drawing(f"face-{score}", "#17202a", "#ffe2a0") for score in range(1, 5)],
        "tick": drawing("tick", "#ffffff", "#0b5f6b"),
        "words": {language: _words(language) for language in LANGUAGES},
        "sheets": [asdict(sheet) | {"qr": svg_bytes(sheet.address).decode()} for sheet in sheets],
    }
    return pdf("counters", data, f"loket-{size}.pdf")


def _words(language: str) -> dict[str, str]:
    say = translations(language).gettext
    return {key: say(words) for key, words in WORDS.items()}
