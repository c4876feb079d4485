"""The sheets of services and counters against what the units have: what each row would do."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from skm.i18n import formats
from skm.security.keys import new_key
from skm.survey.names import MARK, checked_name, checked_service_name, folded, tidied
from skm.survey.organisation import CHANNELS, Counter, Service
from skm.usecases.city.services import VISITORS_LIMIT
from skm.usecases.exchange.spreadsheet_rows import CHANNEL_WORDS, YES_NO, Row
from skm.usecases.exchange.tree_draft import TreeDraft

Key = tuple[str, str]  # unit, name as names are compared


@dataclass
class ServiceDraft:
    """The open services of all units as they would be."""

    tree: TreeDraft
    known: Iterable[Service]
    new: list[Service] = field(default_factory=list)
    changed: list[tuple[Service, Service]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.open = {_key(each.unit_id, each.name): each for each in self.known if each.closed is None}
        self.refused: dict[Key, Row] = {}  # rows of a name that cannot be
        self.sheet_is_there = False
        self._rows: dict[Key, Row] = {}

    def draft(self, rows: Sequence[Row]) -> None:
        """Gives every row its outcome."""
        self.sheet_is_there = bool(rows)
        for row in rows:
            unit, name = self.tree.unit_of(row), row.checked("nama", checked_service_name)
            if unit and not name:
                self.refused[_key(unit.id, tidied(row.cells.get("nama", "")))] = row
            if unit and name and _is_first(self._rows, _key(unit.id, name), row):
                self._take_up(row, unit.id, name)

    def _take_up(self, row: Row, unit_id: str, name: str) -> None:
        standing = self.open.get(_key(unit_id, name))
        base = standing or Service(new_key(), unit_id, name, "face_to_face", True, None)
        after = replace(
            base,
            name=name,
            channel=row.chosen("saluran", CHANNEL_WORDS, base.channel),
            free_of_charge=row.chosen("gratis", YES_NO, bool(base.free_of_charge)),
            yearly_visitors=_visitors(row, base.yearly_visitors),
        )
        self.open[_key(unit_id, name)] = after
        if standing is None:
            row.outcome, row.words = "new", "layanan baru"
            self.new.append(after)
        elif after != standing:
            row.outcome, row.words = "changed", _service_words(standing, after)
            self.changed.append((standing, after))


@dataclass
class CounterDraft:
    """The open counters of all units as they would be. `served` has the ids of the services of each counter."""

    services: ServiceDraft
    known: Iterable[Counter]
    served: Iterable[tuple[str, str]]
    new: list[tuple[Counter, list[str]]] = field(default_factory=list)
    changed: list[tuple[Counter, Counter, list[str], list[str]]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._open = {_key(each.unit_id, each.name): each for each in self.known if each.closed is None}
        self._rows: dict[Key, Row] = {}
        self._names = {each.id: each.name for each in self.services.open.values()}
        self._served: dict[str, list[str]] = {}
        self._without_sheet: Row | None = None  # the first that names a service of a sheet that is not there
        for counter_id, service_id in self.served:
            if service_id in self._names:
                self._served.setdefault(counter_id, []).append(service_id)

    def draft(self, rows: Sequence[Row]) -> None:
        """Gives every row its outcome."""
        for row in rows:
            unit, name = self.services.tree.unit_of(row), row.checked("nama", checked_name)
            if unit and name and _is_first(self._rows, _key(unit.id, name), row):
                self._take_up(row, unit.id, name)

    def names(self, service_ids: Iterable[str]) -> str:
        """The names of services, as a spreadsheet has them."""
        return f"{MARK} ".join(self._names[key] for key in service_ids)

    def _take_up(self, row: Row, unit_id: str, name: str) -> None:
        wanted = self._given(row, unit_id)
        standing = self._open.get(_key(unit_id, name))
        if standing is None:
            row.outcome, row.words = "new", "loket baru; kode QR dibuat"
            self.new.append((Counter(new_key(), unit_id, name), wanted))
            return
        after, before = replace(standing, name=name), self._served.get(standing.id, [])
        words = [f"nama “{standing.name}” menjadi “{name}”"] * (standing.name != name)
        if set(before) != set(wanted):
            words.append(f"layanan “{self.names(before)}” menjadi “{self.names(wanted)}”")
        if words:
            row.outcome, row.words = "changed", "; ".join(words)
            self.changed.append((standing, after, before, wanted))

    def _given(self, row: Row, unit_id: str) -> list[str]:
        """The ids of the services that a row names; a name that the unit does not have is noted."""
        names = [tidied(name) for name in row.cells.get("layanan", "").split(MARK)]
        given: dict[str, None] = {}
        for name in filter(None, names if "layanan" not in row.unreadable else ()):
            service = self.services.open.get(_key(unit_id, name))
            if service is None:
                self._refuse(row, name, self.services.refused.get(_key(unit_id, name)))
            else:
                given[service.id] = None
                self._names[service.id] = service.name
        if not any(names) and "layanan" not in row.unreadable:
            row.refuse("layanan kosong; tuliskan paling sedikit satu")
        return list(given)

    def _refuse(self, row: Row, name: str, refused: Row | None) -> None:
        """Refuses a service that the unit does not have; without the sheet of services all rows lack the same."""
        if refused:
            row.wait(refused)
        elif self.services.sheet_is_there or self._without_sheet is None:
            self._without_sheet = self._without_sheet or row
            row.refuse(f"layanan “{name[:80]}” tidak ada di unit ini; tuliskan di lembar Layanan")
        else:
            row.wait(self._without_sheet, shared=True)


def _is_first(rows: dict[Key, Row], key: Key, row: Row) -> bool:
    """Whether no earlier row of the sheet has this name in this unit; otherwise that is noted."""
    if key in rows:
        row.refuse(f"nama ini sudah ada untuk unit yang sama di baris {rows[key].number}")
        return False
    rows[key] = row
    return True


def _visitors(row: Row, otherwise: int | None) -> int | None:
    column = "pengunjung setahun"
    if column not in row.cells:
        return otherwise
    typed = row.cells[column]
    if not typed or column in row.unreadable:
        return None
    number = formats.read_count(typed)
    if number is None or not 0 < number <= VISITORS_LIMIT:
        row.refuse(f"{column} “{typed[:40]}” bukan bilangan bulat di atas nol")
        return None
    return number


def _service_words(before: Service, after: Service) -> str:
    shown = {
        "nama": (before.name, after.name),
        "saluran": (CHANNELS[before.channel], CHANNELS[after.channel]),
        "gratis": tuple("ya" if each.free_of_charge else "tidak" for each in (before, after)),
        "pengunjung setahun": (before.yearly_visitors or "", after.yearly_visitors or ""),
    }
    return "; ".join(f"{name} “{was}” menjadi “{now}”" for name, (was, now) in shown.items() if was != now)


def _key(unit_id: str, name: str) -> Key:
    return unit_id, folded(name)
