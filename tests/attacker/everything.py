"""Everything that the public and each role without rows may read of a city on a day."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from flask import Flask

from skm.store import organisations, periods
from skm.survey.officer import ROLES
from skm.survey.organisation import Organisation
from skm.survey.period import Span, before, year
from skm.web.frame.guard import LOCKS
from tests.attacker.pages import PLACES, PageReader, every_span
from tests.attacker.people import People
from tests.attacker.reader import Notes, code
from tests.client import Visitor
from tests.officers import signed_in_as

WITHOUT_ROWS = [role for role in ROLES if role not in LOCKS["reads_rows"].roles]


def read_everything(app: Flask, people: People, moment: datetime, notes: Notes, *, whole: bool) -> None:
    """Reads it all. Where not `whole`, the same figures not on every page on which they stand.

    Then the pages and files of a place are read that repeat one another for the largest and the smallest of its kind.
    """
    root = organisations.get_root(people.db)
    places = organisations.all_ever_below(people.db, root.path, None)
    for role in WITHOUT_ROWS:
        reader = PageReader(people, signed_in_as(app, people.db, role, root, moment).peek, moment, notes)
        for place in places:
            read_as_officer(reader, place, whole=whole or place in ends(people, places))
    read_as_anybody(PageReader(people, Visitor(app.test_client()).peek, moment, notes), places)


def ends(people: People, places: Sequence[Organisation]) -> list[Organisation]:
    """The largest and the smallest of each kind."""
    by_size = sorted(places, key=lambda place: people.now(place.id).bit_count())
    kinds = [[place for place in by_size if place.kind == kind] for kind in ("government", "agency", "unit")]
    return [place for kind in kinds for place in (kind[0], kind[-1])]


def read_as_officer(reader: PageReader, place: Organisation, *, whole: bool) -> None:
    """What an officer may read of an organisation."""
    newest = year(int(f"{reader.moment:%Y}"))
    for span in every_span(reader.people):
        reader.gains(place, span)
        reader.units(place, span)
        if span == newest or (whole and span in (None, before(newest))):
            reader.page(f"{PLACES[place.kind].format(place.slug)}?period={code(span)}", place, span)
        if whole and span in (None, newest):
            read_again(reader, place, span)
    if whole:
        for page in ("sample", "who"):
            reader.counted(f"/organisations/{place.slug}/{page}")
        reader.counted(f"/organisations/{place.slug}/who.csv", ("IKM", "Mutu"))
    reader.summary(place)
    read_records(reader, place)


def read_again(reader: PageReader, place: Organisation, span: Span | None) -> None:
    """The pages and files that hold the figures of a span once more."""
    reader.elements(place, span)
    reader.workings(place, span)
    for chart in ("months", "years"):
        reader.trend(place, chart, span)
    for name in ("method", "priorities", "units"):
        reader.page(f"/organisations/{place.slug}/{name}?period={code(span)}", place, span)


def read_records(reader: PageReader, place: Organisation) -> None:
    """The frozen figures that the list of periods leads to, and from there to other revisions."""
    main = reader.main(f"/organisations/{place.slug}/freezing")
    if main is None:
        return
    by_name = {one.name: one for one in periods.all_for(reader.people.db, place.ancestors)}
    for link in main.xpath(".//table//a[starts-with(@href, '/snapshots/')]"):
        left, seen = [link.get("href")], set()
        while left:
            address = left.pop()
            if address not in seen:
                seen.add(address)
                left += reader.record(address, place, by_name[link.text_content()])


def read_as_anybody(reader: PageReader, places: Iterable[Organisation]) -> None:
    """The television and the page after sending, of every unit."""
    for place in places:
        for token in _first(
            reader, "SELECT token FROM tokens JOIN counters ON counters.id = counter_id", place
        ):
            reader.screen(token, place)
        for receipt in _first(reader, "SELECT receipt FROM responses", place):
            reader.thanks(receipt, place)


def _first(reader: PageReader, sql: str, place: Organisation) -> Iterator[str]:
    found = reader.people.db.execute(f"{sql} WHERE unit_id = :unit LIMIT 1", {"unit": place.id}).fetchone()
    return iter(found or ())
