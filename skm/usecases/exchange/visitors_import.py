"""The visitors of many units at once, from a spreadsheet: for one period, every row or none."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from skm.figures.period_choice import choose_period, periods_for
from skm.i18n import formats
from skm.output.document import Document
from skm.output.workbook.tables import Column, WrittenTable, write_tables
from skm.store import organisations, visitor_numbers
from skm.store.database import Database, reading
from skm.survey.names import folded, tidied
from skm.survey.order import in_reading_order, in_series, others_last
from skm.survey.organisation import Organisation, Service, is_closed
from skm.survey.period import Period
from skm.survey.problem import Problem
from skm.usecases.city.services import VISITORS_LIMIT
from skm.usecases.city.visitors import estimate, note_visitors
from skm.usecases.deed import Deed, Log, logged
from skm.usecases.exchange.plan import Plan, planned
from skm.usecases.exchange.read_rows import read_rows
from skm.usecases.exchange.spreadsheet_rows import VISITORS, Row, Rows

_COLUMNS = (
    Column("unit kode", 36),
    Column("unit nama", 40),
    Column("layanan", 40),
    Column("perkiraan", 12),
    Column("pengunjung", 14),
)


@dataclass
class _Draft:
    """The open units of a subtree by their codes, their services by name, and what rows would enter."""

    period: Period
    units: Mapping[str, Organisation]
    services: Mapping[tuple[str, str], Service]  # by unit and name as names are compared
    entered: Mapping[str, int]
    new: dict[str, int | None] = field(default_factory=dict)  # by service
    rows: dict[str, int] = field(default_factory=dict)  # the number of the row of each service


def find_period(db: Database, slug: str, wanted: str, now: datetime) -> tuple[Organisation, Period | None]:
    """An organisation and the period that a sheet is about, by default the one that runs; raises Problem."""
    organisation = organisations.get_by_slug(db, slug)
    return organisation, choose_period(periods_for(db, organisation), wanted, organisation.today(now))


def blank_visitors(db: Database, organisation: Organisation, period: Period, now: datetime) -> Document:
    """The sheet to fill in: every open service of the subtree, its estimate, and what has been entered already."""
    with reading(db):
        draft = _draft(db, organisation, period, now)
    days = period.opens, period.closes
    units = {unit.id: unit for unit in draft.units.values()}
    lines = [
        (
            units[one.unit_id].slug,
            units[one.unit_id].name,
            one.name,
            _cell(estimate(one, days)),
            _cell(draft.entered.get(one.id)),
        )
        for one in draft.services.values()
    ]
    name = f"skm-pengunjung-{organisation.slug}.xlsx"
    return write_tables(name, [WrittenTable(VISITORS, _COLUMNS, lines)], f"Pengunjung {period.name}")


def plan_visitors(
    db: Database, organisation: Organisation, period: Period, content: bytes, name: str, now: datetime
) -> Plan:
    """What a file would do, row by row; nothing is written. Raises Problem for a file that cannot be read at all."""
    rows = read_rows(content, [VISITORS])
    with reading(db):
        return _planned(_draft(db, organisation, period, now), rows, name)


def apply_visitors(
    db: Database, deed: Deed, organisation: Organisation, period: Period, content: bytes, name: str
) -> Plan:
    """Does what a file says, all of it or, when a row is faulty, nothing. Raises Problem "import_faulty"."""
    rows = read_rows(content, [VISITORS])
    with logged(db, deed) as log:
        draft = _draft(db, organisation, period, deed.at)
        planned = _planned(draft, rows, name)
        if faults := planned.faults:
            raise Problem("import_faulty", count=len(faults), sheet=faults[0].sheet, row=faults[0].number)
        visitor_numbers.change(db, period.id, draft.new)
        _note(log, draft)
        return planned


def _draft(db: Database, top: Organisation, period: Period, now: datetime) -> _Draft:
    below = organisations.all_below(db, top.path)
    units = {
        one.slug: one for one in in_reading_order(below) if one.kind == "unit" and not is_closed(one, now)
    }
    by_unit: dict[str, list[Service]] = defaultdict(list)
    for one in organisations.all_services(db, top.path):
        if not is_closed(one, now):
            by_unit[one.unit_id].append(one)
    services = {
        (one.unit_id, folded(one.name)): one
        for unit in units.values()
        for one in others_last(in_series(by_unit[unit.id]))
    }
    return _Draft(period, units, services, visitor_numbers.all_for(db, top.path, period.opens, period.closes))


def _planned(draft: _Draft, rows: Rows, name: str) -> Plan:
    for row in rows.sheets[VISITORS]:
        if row.cells:
            _take_up(draft, row)
    return planned(name, rows.all(), rows.notes)


def _take_up(draft: _Draft, row: Row) -> None:
    service, number = _service(draft, row), _number(row)
    if service is None or row.faults:
        return
    if service.id in draft.rows:
        row.refuse(f"layanan ini sudah ada untuk unit yang sama di baris {draft.rows[service.id]}")
        return
    draft.rows[service.id], before = row.number, draft.entered.get(service.id)
    if number != before:
        draft.new[service.id] = number
        row.outcome = "new" if before is None else "changed"
        row.words = _words(draft, service, before, number)


def _service(draft: _Draft, row: Row) -> Service | None:
    """The service that a row names; what the subtree does not have is noted."""
    code, name = row.checked("unit kode", tidied), row.checked("layanan", tidied)
    if not code or not name:
        return None
    unit = draft.units.get(code.casefold())
    service = draft.services.get((unit.id, folded(name))) if unit else None
    if unit is None:
        row.refuse(f"unit kode “{code[:60]}” tidak terdaftar di sini atau sudah ditutup")
    elif service is None:
        row.refuse(f"layanan “{name[:80]}” tidak ada di unit ini")
    return service


def _number(row: Row) -> int | None:
    """The visitors of a row, None for an empty cell; anything that is not a number is noted."""
    typed = row.cells.get("pengunjung", "")
    if not typed or "pengunjung" in row.unreadable:
        return None
    number = formats.read_count(typed)
    if number is None or number > VISITORS_LIMIT:
        row.refuse(
            f"pengunjung “{typed[:40]}” bukan bilangan bulat dari 0 sampai {formats.count(VISITORS_LIMIT)}"
        )
    return number


def _note(log: Log, draft: _Draft) -> None:
    """An entry of the log for each unit."""
    by_unit: dict[str, list[Service]] = defaultdict(list)
    for service in draft.services.values():
        if service.id in draft.new:
            by_unit[service.unit_id].append(service)
    for unit in draft.units.values():
        own: Sequence[Service] = by_unit.get(unit.id, ())
        before = {one.name: draft.entered.get(one.id) for one in own}
        note_visitors(log, unit, draft.period, before, {one.name: draft.new[one.id] for one in own})


def _cell(number: int | None) -> int | str:
    return "" if number is None else number


def _words(draft: _Draft, service: Service, before: int | None, number: int | None) -> str:
    unit = next(one.name for one in draft.units.values() if one.id == service.unit_id)
    was, is_now = (None if n is None else formats.count(n) for n in (before, number))
    if was is None or is_now is None:
        return f"{unit}, {service.name}: {was or is_now} pengunjung{'' if is_now else ' dihapus'}"
    return f"{unit}, {service.name}: {was} menjadi {is_now} pengunjung"
