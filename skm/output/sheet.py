"""The sheet that stands at a counter: one A5 page with the QR code and the address to type."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from skm.output.document import Document
from skm.output.documents import pdf
from skm.output.qr import svg_bytes


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


def counter_sheet(sheets: Sequence[CounterSheet], heading: str = "", logo: bytes = b"") -> Document:
    """One PDF/UA-1 file, one A5 page per counter, in the order given; `logo` is a PNG.

    Raises ValueError for no counters.
    """
    if not sheets:
        raise ValueError("a counter sheet needs at least one counter")
    units = {sheet.unit for sheet in sheets}
    data = {
        "title": f"Lembar loket {sheets[0].unit if len(units) == 1 else sheets[0].city}",
        "heading": heading,
        "logo": list(logo),
        "sheets": [asdict(sheet) | {"qr": svg_bytes(sheet.address).decode()} for sheet in sheets],
    }
    return pdf("counter_sheet", data, "lembar-loket.pdf")
