"""The tables of pages, row by row. One that is not known here is a fault: somebody has added numbers."""

import re
from collections.abc import Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal

from lxml import html

from skm.store import organisations
from skm.survey.organisation import Organisation
from skm.survey.small_cells import MERGED
from skm.wording.breakdown import TOGETHER
from tests.attacker.people import CENT, Set
from tests.attacker.reader import Reader, Said, View, decimal, place_of, text_of, whole

WITHOUT_PEOPLE = (
    "Batas mutu pelayanan",
    "IKM menurut cara hitung lain",
)  # captions: fixed, or of the page's figure
ELEMENT = re.compile(r"U\d+")
TRENDS = {"Bulan": "months", "Tahun": "years"}
KINDS = {"Layanan": "service", "Loket": "counter", "Jam mengisi": "hour"}
TENTH = Decimal("0.06")  # pages round a value of two decimals once more, to one


class TableReader(Reader):
    """Reads tables."""

    def tables(
        self, where: tuple[str, ...], place: Organisation, view: "View", main: html.HtmlElement
    ) -> None:
        """All tables of a page."""
        for table in main.xpath(".//table"):
            self.table(where, place, view, table)

    def table(
        self, where: tuple[str, ...], place: Organisation, view: "View", table: html.HtmlElement
    ) -> None:
        """The rows of a table, by its heads."""
        heads = [text_of(head) for head in table.xpath(".//thead//th")]
        caption = text_of(table.find("caption")) if table.find("caption") is not None else ""
        for cells in [
            [text_of(cell) for cell in row.xpath("./th|./td")] for row in table.xpath(".//tbody/tr")
        ]:
            if not caption.startswith(WITHOUT_PEOPLE) and not self.row(
                (*where, caption), place, view, heads, cells
            ):
                self.fault(f"{where}: a table that is not known: {heads}")
                return

    def row(
        self,
        where: tuple[str, ...],
        place: Organisation,
        view: "View",
        heads: Sequence[str],
        cells: Sequence[str],
    ) -> bool:
        """Notes a row; whether the table is a known one."""
        said, name = dict(zip(heads, cells, strict=True)), cells[0]
        where = (*where, name)
        match tuple(heads):
            case ("Unsur", "IKM unsur", *_) if "Jawaban" in said:
                read = Said(whole(said["Jawaban"]), {place_of(name): decimal(said["IKM unsur"])})
                self.note(where, view.own, read)
            case ("Unsur", "Menahan IKM", *_):
                self.lows(where, view.own, place_of(name), said)
            case (_, "IKM unsur", "Nilai 1 atau 2"):
                self.origin(where, place, view, cells)
            case ("Pertanyaan", "Unsur", "Nilai 1", "Nilai 2", "Nilai 3", "Nilai 4", *_):
                self.counts(where, view.own, place_of(cells[1]), [whole(cell) for cell in cells[2:6]])
            case ("Unsur", "Jumlah nilai", "Jawaban", "NRR", *_):
                self.total(where, view.own, place_of(name), whole(cells[1]), whole(cells[2]))
            case (_, "IKM", *_) | ("Unit", "Jawaban", "IKM") if "Jawaban" in said:
                self.listed(where, place, view, said)
            case _:
                return False
        return True

    def listed(self, where: Sequence[str], place: Organisation, view: View, said: Mapping[str, str]) -> None:
        """A row of a time, of a service, counter or hour, or of an organisation below."""
        (kind, name), n = next(iter(said.items())), whole(said["Jawaban"])
        if kind in TRENDS:
            self.point(place, TRENDS[kind], name, n, said["IKM"])
        elif kind in KINDS:
            self.note(where, self.group(place, view, KINDS[kind], name), Said(n, index=decimal(said["IKM"])))
        else:
            self.child(where, place, view, said)

    def group(self, place: Organisation, view: View, heading: str, name: str) -> Set:
        """Who is in a row of a unit's tables by service, counter and hour."""
        rows = self.people.rows_of(place, self.moment, view.year, heading)
        if heading == "hour":
            return rows.get(MERGED if name == TOGETHER else name.replace("–", "-"), 0)
        named = organisations.services_of if heading == "service" else organisations.counters_ever_of
        codes = {one.name: one.id for one in named(self.people.db, place.id)}
        return rows.get(MERGED if name == TOGETHER else codes.get(name, ""), 0)

    def child(self, where: Sequence[str], place: Organisation, view: "View", said: Mapping[str, str]) -> None:
        """A row of an organisation below, with its index and its elements."""
        child = next((one for one in self.below(place) if one.name == where[-1].split(" (")[0]), None)
        if child is None:
            self.fault(f"{where}: a row of nobody known")
            return
        n = whole(said["Jawaban"])
        values = {
            place_of(name): decimal(cell) for name, cell in said.items() if n and ELEMENT.fullmatch(name)
        }
        index = decimal(said["IKM"]).quantize(CENT, ROUND_HALF_UP) if n else None
        read = Said(n, values, index, tolerance=TENTH)
        self.note(where, view.child(child), read)

    def origin(self, where: Sequence[str], place: Organisation, view: "View", cells: Sequence[str]) -> None:
        """A group in which an element is lowest; which element is said above the table, so any that fits will do."""
        child = next((one for one in self.below(place) if one.name == cells[0]), None)
        who = view.child(child) if child else 0
        low, n = (whole(word) for word in cells[2].split(" dari "))
        values = self.people.sums(who).values if who else ()
        fitting = [at for at, value in enumerate(values) if value == decimal(cells[1])]
        at = next((at for at in fitting if self.people.low(who, at) == low), 0)
        if not fitting:
            self.fault(f"{where}: a group of {cells}")
        self.note(where, who & self.people.answered(at), Said(n))
        self.notes.numbers += 2

    def lows(self, where: Sequence[str], who: Set, at: int, said: Mapping[str, str]) -> None:
        """An element on the page of priorities."""
        low, n = (whole(word) for word in said["Nilai 1 atau 2"].split(" dari "))
        self.low(where, who, Said(n, {at: decimal(said["IKM unsur"])}, low={at: low}))

    def counts(self, where: Sequence[str], who: Set, at: int, counts: Sequence[int]) -> None:
        """How many gave an item each score."""
        self.notes.numbers += len(counts)
        if self.people.counts(who, at) != list(counts):
            self.fault(f"{' '.join(where)}: counts of others")
        self.note(where, who & self.people.answered(at), Said(sum(counts)))

    def total(self, where: Sequence[str], who: Set, at: int, total: int, n: int) -> None:
        """How the scores of an element add up."""
        self.notes.numbers += 1
        if not who or self.people.sums(who).totals[at] != total:
            self.fault(f"{' '.join(where)}: the sum of others")
        self.note(where, who & self.people.answered(at), Said(n))
