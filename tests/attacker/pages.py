"""The doors behind which numbers stand, each read in full."""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta
from decimal import Decimal
from io import BytesIO

from lxml import html
from openpyxl import load_workbook

from skm.store import periods, snapshots
from skm.survey.organisation import Organisation
from skm.survey.period import Period, Span, before, month, spans_of_year
from skm.survey.problem import needed
from tests.attacker.people import People, Set
from tests.attacker.reader import Group, Said, View, code, decimal, place_of, text_of, whole
from tests.attacker.tables import ELEMENT, TENTH, TableReader

HEADLINE = re.compile(r"IKM ([\d,]+) – ")
POINTS = re.compile(r"(?:naik |turun |selisih |selisih IKM |\()[+−-]?(\d+,\d+)")
DIFFERENCE = re.compile(r"[Ss]elisih IKM [+−]?(\d+,\d+)")  # where the sentence is of the rating alone
PLACES = {"government": "/city", "agency": "/agencies/{}", "unit": "/units/{}"}


class PageReader(TableReader):
    """Reads pages and files."""

    # Files

    def elements(self, place: Organisation, span: Span | None) -> None:
        """The elements of a span: their number, and each with its value."""
        found = self.rows(f"/organisations/{place.slug}/elements.csv?period={code(span)}")
        if not found:
            return
        values = {at: Decimal(row["ikm_unsur"]) for at, row in enumerate(found) if row["ikm_unsur"]}
        n = int(found[0]["jawaban"]) if values else 0
        self.note((place.slug, code(span), "elements"), self.state(place, span), Said(n, values))

    def units(self, place: Organisation, span: Span | None) -> None:
        """The units below an organisation, each with its elements."""
        by_name = {one.name: one for one in self.below(place)}
        for row in self.rows(f"/organisations/{place.slug}/units.csv?period={code(span)}"):
            unit, where = by_name.get(row["Unit"].split(" (")[0]), (place.slug, code(span), row["Unit"])
            codes = [name for name in row if ELEMENT.fullmatch(name)]
            values = {at: decimal(row[name]) for at, name in enumerate(codes) if row[name][:1].isdigit()}
            if unit is None:
                self.fault(f"{where}: no such unit")
            else:
                self.note(where, self.state(place, span, inside=unit.id), Said(whole(row["Jawaban"]), values))

    def trend(self, place: Organisation, chart: str, span: Span | None) -> None:
        """The months or years of a trend."""
        for row in self.rows(f"/organisations/{place.slug}/{chart}.csv?period={code(span)}"):
            self.point(place, chart, row["periode"], int(row["jawaban"]), row["ikm"])

    def gains(self, place: Organisation, span: Span | None) -> None:
        """What each element holds the index back by, and how many answered 1 or 2."""
        who = self.state(place, span)
        for row in self.rows(f"/organisations/{place.slug}/priorities.csv?period={code(span)}"):
            at = int(row["unsur"][1:]) - 1
            said = Said(
                int(row["jawaban"]), {at: Decimal(row["ikm_unsur"])}, low={at: int(row["nilai_1_atau_2"])}
            )
            self.low((place.slug, code(span), "gains"), who, said)

    def workings(self, place: Organisation, span: Span | None) -> None:
        """The workbook that shows how a figure came about: how many gave each element each score, and the sums."""
        self.workbook(f"/organisations/{place.slug}/method.xlsx?period={code(span)}", self.state(place, span))

    def workbook(self, address: str, who: Set) -> None:
        """Such a workbook, live or of a record."""
        response = self.peek(address)
        if response.status_code != 200:
            return
        self.notes.addresses.add(address)
        book = load_workbook(BytesIO(response.data), read_only=True, data_only=True)
        rows = {str(row[0]): row[1:] for row in book.worksheets[0].iter_rows(values_only=True) if row}
        places = [
            place_of(name) for name in rows.get("BANYAKNYA JAWABAN", ()) if ELEMENT.fullmatch(str(name))
        ]
        for at in places:
            self.counts((address,), who, at, [rows[f"Nilai {score}"][at] for score in (1, 2, 3, 4)])
            self.total((address,), who, at, rows["Σ Nilai/Unsur"][at], rows["Jumlah Jawaban/Unsur"][at])

    # Pages

    def page(self, address: str, place: Organisation, span: Span | None) -> None:
        """Every table and headline of a page about a span."""
        main = self.main(address)
        if main is not None:
            own, of_year = self.state(place, span), span.code if span and len(span.months) == 12 else ""
            view = View(own, lambda child: self.state(place, span, inside=child.id), of_year)
            for line in main.xpath(".//p[@class='headline']"):
                self.headline(line, (address,), [view.own, *self.records(place, span)])
            self.tables((address,), place, view, main)
            if span:
                self.comparison(address, place, span, main)

    def record(self, address: str, place: Organisation, period: Period) -> list[str]:
        """The page of a frozen figure; where its other revisions are."""
        main = self.main(address)
        if main is None:
            return []
        key = address.rpartition("/")[2]
        mark = needed(snapshots.find(self.people.db, key), "snapshot_unknown").mark
        view = View(
            self.people.frozen(place.id, period, mark),
            lambda child: self.people.frozen(place.id, period, mark, inside=child.id),
        )
        for line in main.xpath(".//p[@class='headline']"):
            self.headline(line, (address,), [view.own])
        for table in main.xpath("//section[@aria-labelledby='unsur' or @aria-labelledby='unit']//table"):
            self.table((address,), place, view, table)
        steps = self.main(f"{address}/method")
        if steps is not None:
            for line in steps.xpath(".//p[@class='change']"):
                self.headline(line, (address, "method"), [view.own])
            self.tables((address, "method"), place, view, steps)
            self.workbook(f"{address}/method.xlsx", view.own)
        return list(main.xpath("//section[@aria-labelledby='revisi']//a/@href"))

    def main(self, address: str) -> html.HtmlElement | None:
        """What a page is about; None where the door is shut."""
        text = self.opened(address)
        return None if text is None else html.document_fromstring(text).xpath("//main")[0]

    def records(self, place: Organisation, span: Span | None) -> list[Set]:
        """Who is in the frozen figures of a span, of every revision."""
        return [
            self.people.frozen(place.id, period, one.mark)
            for period in periods.all_for(self.people.db, place.ancestors)
            if span and (period.opens, period.closes) == span.days
            for one in snapshots.all_for(self.people.db, period.id, place.id)
        ]

    def headline(self, line: html.HtmlElement, where: Sequence[str], candidates: Iterable[Set]) -> None:
        """The index in words: of which of some sets it is."""
        found = HEADLINE.search(text_of(line))
        if found:
            index = decimal(found[1])
            who = next((some for some in candidates if some and self.people.sums(some).index == index), 0)
            self.note((*where, "headline"), who, Said(who.bit_count() or 1, index=index))

    def comparison(self, address: str, place: Organisation, span: Span, main: html.HtmlElement) -> None:
        """The sentence on what changed since the span before, over the months that were answered in both."""
        units = [one for one in self.below(place) if one.kind == "unit"]
        sides = self.sides(place, span, place.id)
        difference = DIFFERENCE.findall(text_of(main))
        for line in main.xpath(".//div[@class='figure']/p[@class='change']"):
            points = [decimal(number) for number in POINTS.findall(text_of(line)) + difference]
            indices = [self.people.sums(side).index for side in sides]
            if points and not (
                sides and any(abs(abs(indices[1] - indices[0]) - one) < TENTH for one in points)
            ):
                self.fault(f"{address}: {text_of(line)!r} is not of {indices}")
            elif points:  # the parts of the change are made of the units', as their own pages show them
                parts = [side for unit in units for side in self.sides(place, span, unit.id) if side]
                self.notes.numbers += len(points)
                where = (f"{self.moment:%Y-%m-%d}", address, "change")
                self.notes.groups += [Group(where, side) for side in (*sides, *parts)]

    def sides(self, place: Organisation, span: Span, inside: str) -> list[Set]:
        """Who is compared: the months that were answered in a span and in the one before it."""
        years = zip(before(span).months, span.months, strict=True)
        both = [pair for pair in years if all(self.state(place, month(name)) for name in pair)]
        sides = [[pair[at] for pair in both] for at in (0, 1)] if both else []
        return [self.people.shown(place, self.moment, months, inside=inside) for months in sides]

    def counted(self, address: str, columns: Sequence[str] = ()) -> None:
        """A page or table that says how many answered and not what: no index stands there."""
        text = self.opened(address)
        if text and (
            HEADLINE.search(text) or any(row[name] for row in self.rows(address) for name in columns)
        ):
            self.fault(f"{address} says what they think")

    def summary(self, place: Organisation) -> None:
        """The summary for counter staff."""
        main = self.main(f"/organisations/{place.slug}/summary")
        if main is not None and (found := HEADLINE.search(text_of(main))):
            (line,) = main.xpath(".//p[@class='subline']")
            self.closed(("summary", place.slug), place, whole(text_of(line)), decimal(found[1]))

    def screen(self, token: str, place: Organisation) -> None:
        """The television: the running index with its steps, and the published one."""
        main, where = self.main(f"/layar/{token}"), ("screen", place.slug)
        if main is None:
            return
        for value in main.xpath(".//p[@class='value']/strong"):
            basis = text_of(main.xpath(".//p[@class='basis']")[0])
            said = self.published if "diumumkan" in basis else self.closed
            said(where, place, whole(re.sub(r".*[Dd]ari ", "", basis)), decimal(text_of(value)))
        points = zip(
            main.xpath(".//*[@class='point-value']"), main.xpath(".//*[@class='point-n']"), strict=True
        )
        for value, n in points:
            self.closed(
                (*where, "step"), place, whole(text_of(n).removeprefix("n ")), decimal(text_of(value)), TENTH
            )
        for line in main.xpath(".//footer/p/strong"):
            n = whole(re.sub(r".*dari ", "", text_of(line.getparent())))
            self.published(where, place, n, decimal(text_of(line)))

    def thanks(self, receipt: str, place: Organisation) -> None:
        """The page after sending: the published index."""
        main = self.main(f"/terima-kasih/{receipt}")
        for section in [] if main is None else main.xpath(".//section[@aria-labelledby='diumumkan']"):
            index, n = decimal(text_of(section.find(".//strong"))), re.sub(r".*dari ", "", text_of(section))
            self.published(("thanks", place.slug), place, whole(n), index)

    def published(self, where: Sequence[str], place: Organisation, n: int, index: Decimal) -> None:
        """A frozen figure of any period and revision."""
        candidates = [
            self.people.frozen(place.id, period, one.mark)
            for period in periods.all_for(self.people.db, place.ancestors)
            for one in snapshots.all_for(self.people.db, period.id, place.id)
        ]
        self.any_of(where, candidates, n, index)

    def closed(
        self,
        where: Sequence[str],
        place: Organisation,
        n: int,
        index: Decimal,
        tolerance: Decimal = Decimal(0),
    ) -> None:
        """The state of the months of a year that are over, or of one of them."""
        last = f"{place.today(self.moment).replace(day=1) - timedelta(days=1):%Y-%m}"
        months = [f"{last[:4]}-{at:02}" for at in range(1, int(last[5:]) + 1)]
        candidates = [
            self.people.shown(place, self.moment, some) for some in (months, *([at] for at in months))
        ]
        self.any_of(where, candidates, n, index, tolerance)

    def any_of(
        self,
        where: Sequence[str],
        candidates: Iterable[Set],
        n: int,
        index: Decimal,
        tolerance: Decimal = Decimal(0),
    ) -> None:
        """A number that is of one of several groups of people."""
        fitting = (
            some
            for some in candidates
            if some.bit_count() == n and abs(self.people.sums(some).index - index) <= tolerance
        )
        who = next(fitting, 0)
        self.notes.numbers += 1
        self.notes.groups.append(Group((f"{self.moment:%Y-%m-%d}", *where), who))
        if not who:
            self.fault(f"{' '.join(where)}: {index} of {n} is of nobody known")


def every_span(people: People) -> Iterator[Span | None]:
    """All time, and every year, semester and quarter with answers."""
    yield None
    for number in sorted({int(name[:4]) for name in people.month_names}):
        yield from (span for span in spans_of_year(number) if set(span.months) & set(people.month_names))
