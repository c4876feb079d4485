"""The sheet of organisations against the tree that is there: what each row would do, and what is wrong with it."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from skm.i18n import formats
from skm.security.keys import new_key
from skm.survey.names import checked_name, checked_slug, checked_text, lacks_prefix, tidied
from skm.survey.organisation import DEPTH_LIMIT, FIELDS, KINDS, PARENTS, TIME_ZONES, Organisation, is_closed
from skm.usecases.exchange.absent import AbsentCodes
from skm.usecases.exchange.day_column import find_day
from skm.usecases.exchange.spreadsheet_rows import FIELD_WORDS, KIND_WORDS, SINCE, ZONE_WORDS, Row
from skm.usecases.exchange.tree_moves import Move, Ring, in_order

_SHOWN = {
    "name": "nama",
    "address": "alamat",
    "phone": "telepon",
    "time_zone": "zona waktu",
    "field": "bidang",
}
_OUTSIDE = "di luar bagian yang Anda atur"
JAKARTA = "Asia/Jakarta"


@dataclass
class _Wanted:
    """A row that names an organisation."""

    row: Row
    kind: str
    name: str
    parent: str  # code; "" at the top


@dataclass
class TreeDraft:
    """The tree as it would be. `new` has parents before children, each where it stands before anything moves.

    `days` says from when on those that move stand elsewhere; `moves` has them in this order, with all below them.
    """

    known: Sequence[Organisation]
    now: datetime
    within: str  # path of the subtree that may be changed; "": everything
    new: list[Organisation] = field(default_factory=list)
    changed: list[tuple[Organisation, Organisation]] = field(default_factory=list)
    days: dict[str, date] = field(default_factory=dict)
    moves: list[tuple[date, list[Organisation]]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._by_code = {each.slug: each for each in self.known}
        self._by_id = {each.id: each for each in self.known}
        self._wanted: dict[str, _Wanted] = {}
        self._final: dict[str, Organisation] = {}  # by code, as it would be
        self._paths: dict[str, str] = {}  # by id
        self._absent = AbsentCodes()
        self.doubtful: list[Row] = []  # whose telephone may lack its first sign

    def draft(self, rows: Sequence[Row]) -> None:
        """Gives every row its outcome."""
        for row in rows:
            self._take_up(row)
        root = self._root()
        for wanted in self._wanted.values():
            self._find_parent(wanted, root)
        for code in self._from_the_top():
            self._settle(code)
        if all(row.stands for row in rows):
            self._move()

    def unit_of(self, row: Row, kinds: Collection[str] = ("unit",)) -> Organisation | None:
        """The unit (or another of `kinds`) that a row of another sheet names; None, with a fault noted, without one."""
        code = tidied(row.cells.get("unit kode", "")).lower()
        unit = self._final.get(code) or self._by_code.get(code)
        wanted = self._wanted.get(code)
        if not code:
            row.refuse("unit kode kosong")
        elif wanted and not wanted.row.stands:
            row.unit = wanted.name
            row.wait(wanted.row)
        elif unit is None:
            self._absent.refuse(row, "unit", code)
        elif unit.kind not in kinds:
            row.refuse(f"“{code}” adalah {KINDS[unit.kind]}, bukan unit")
        elif is_closed(unit, self.now):
            row.refuse(f"unit “{code}” sudah ditutup")
        elif not unit.path.startswith(self.within):
            row.refuse(f"unit “{code}” {_OUTSIDE}")
        else:
            row.unit = unit.name
            return unit
        return None

    def path_of(self, organisation_id: str) -> str:
        """Where an organisation lies in the tree as it would be."""
        return self._paths[organisation_id]

    @property
    def root_path(self) -> str:
        """Where the government lies in the tree as it would be."""
        return next(path for path in self._paths.values() if path.count("/") == 1)

    def parent_name(self, organisation: Organisation) -> str:
        """The name of what stands above."""
        above = self._by_id.get(organisation.parent_id or "")
        return above.name if above else ""

    def _take_up(self, row: Row) -> None:
        code = row.checked("kode", checked_slug)
        kind = row.chosen("jenis", KIND_WORDS, "")
        if not row.has("jenis"):
            row.refuse(f"jenis kosong; pilihannya: {', '.join(KINDS.values())}")
        name = row.checked("nama", checked_name)
        if code and code in self._wanted:
            row.refuse(f"kode “{code}” sudah dipakai di baris {self._wanted[code].row.number}")
        elif code:
            self._wanted[code] = _Wanted(row, kind, name, tidied(row.cells.get("induk", "")).lower())
        else:
            self._absent.misspelt(row)

    def _root(self) -> str:
        """The code of the government: the one that is there, or the first in the file."""
        there = [each.slug for each in self.known if each.parent_id is None]
        asked = [code for code, wanted in self._wanted.items() if wanted.kind == "government"]
        return (there + asked + [""])[0]

    def _find_parent(self, wanted: _Wanted, root: str) -> None:
        if wanted.kind == "government":
            if wanted.parent:
                wanted.row.refuse("pemerintah daerah tidak mempunyai induk; kosongkan kolom induk")
            elif self._wanted.get(root) is not wanted:
                wanted.row.refuse(f"pemerintah daerah sudah ada, dengan kode “{root}”")
            wanted.parent = ""
        elif not wanted.parent and wanted.kind == "agency" and root:
            wanted.parent = root
        elif not wanted.parent and wanted.kind:
            wanted.row.refuse("induk kosong")
        elif wanted.parent and wanted.parent not in self._wanted and wanted.parent not in self._by_code:
            self._absent.refuse(wanted.row, "induk", wanted.parent)

    def _above(self, code: str) -> str | None:
        """The code of the parent as it would be."""
        if code in self._wanted:
            return self._wanted[code].parent or None
        standing = self._by_code.get(code)
        above = self._by_id.get(standing.parent_id or "") if standing else None
        return above.slug if above else None

    def _from_the_top(self) -> Iterator[str]:
        """All codes that rows name or lead to, parents before children; rows that go round in a ring are refused."""
        seen: set[str] = set()
        for start in self._wanted:
            way: dict[str, None] = {}
            code: str | None = start
            while code is not None and code not in seen and code not in way:
                way[code] = None
                code = self._above(code)
            if code is not None and code in way:
                self._refuse_ring([*way][[*way].index(code) :])
            seen.update(way)
            yield from reversed(way)

    def _refuse_ring(self, ring: Sequence[str]) -> None:
        shown = " → ".join([*ring[:5], *(["…"] if len(ring) > 5 else []), ring[0]])
        first, *others = [self._wanted[code].row for code in ring if code in self._wanted]
        first.refuse(f"induk berputar: {shown}")
        for row in others:
            row.wait(first, shared=True)

    def _settle(self, code: str) -> None:
        """What an organisation becomes, once its parent is known."""
        wanted, standing = self._wanted.get(code), self._by_code.get(code)
        parent = self._final.get(self._above(code) or "")
        if wanted is None:
            if standing:
                self._final[code] = _under(standing, parent) if parent else standing
            return
        if wanted.row.stands:
            self._check(wanted, standing, parent)
        if wanted.row.stands:
            self._final[code] = self._become(wanted, standing, parent, code)

    def _check(self, wanted: _Wanted, standing: Organisation | None, parent: Organisation | None) -> None:
        row = wanted.row
        if wanted.parent and parent is None:
            row.wait(self._wanted[wanted.parent].row)
        elif parent and parent.kind not in PARENTS[wanted.kind]:
            allowed = " atau ".join(KINDS[kind] for kind in PARENTS[wanted.kind])
            row.refuse(
                f"induk {KINDS[wanted.kind]} harus {allowed}; “{parent.slug}” adalah {KINDS[parent.kind]}"
            )
        elif parent and is_closed(parent, self.now):
            row.refuse(f"induk “{parent.slug}” sudah ditutup")
        elif parent and parent.path.count("/") >= DEPTH_LIMIT:
            row.refuse(f"pohon organisasi paling banyak {DEPTH_LIMIT} tingkat")
        if standing and is_closed(standing, self.now):
            row.refuse(f"kode “{standing.slug}” milik organisasi yang sudah ditutup")
        elif standing and standing.kind != wanted.kind:
            row.refuse(f"jenis tidak dapat diubah; di server “{standing.slug}” adalah {KINDS[standing.kind]}")

    def _become(
        self, wanted: _Wanted, standing: Organisation | None, parent: Organisation | None, code: str
    ) -> Organisation:
        row = wanted.row
        base = standing or self._blank(wanted, parent, code)
        after = replace(
            _under(base, parent) if parent else base,
            name=wanted.name,
            address=self._text(row, "alamat", base.address),
            phone=self._text(row, "telepon", base.phone),
            time_zone=row.chosen("zona waktu", ZONE_WORDS, base.time_zone),
            field=row.chosen("bidang", FIELD_WORDS, base.field),
        )
        if any(each and not each.path.startswith(self.within) for each in (standing, after)):
            row.refuse(f"“{code}” {_OUTSIDE}")
        day = self._since(row, base, moves=bool(standing and parent and parent.id != standing.parent_id))
        if row.faults:
            return after
        if day:
            self.days[after.id] = day
        if standing is None:
            row.outcome, row.words = "new", f"{KINDS[after.kind]} baru"
            self.new.append(after)
        elif differences := self._differences(standing, after, parent):
            row.outcome, row.words = "moved" if day else "changed", "; ".join(differences)
            self.changed.append((standing, after))
        if lacks_prefix(after.phone) and row.has("telepon"):
            self.doubtful.append(row)
        if row.has(SINCE) and after.id not in self.days:
            row.words = "; ".join(filter(None, [row.words, f"{SINCE} tidak dipakai: induknya tidak berubah"]))
        return after

    def _since(self, row: Row, organisation: Organisation, *, moves: bool) -> date | None:
        """From which day on it stands elsewhere, today by default; None where it does not move."""
        typed, today = tidied(row.cells.get(SINCE, "")), organisation.today(self.now)
        day = find_day(typed) if typed and SINCE not in row.unreadable else today
        if day is None or not 1900 <= day.year < 3000:
            row.refuse(f"{SINCE} “{typed[:40]}” bukan tanggal seperti 2026-07-01 atau 01/07/2026")
        elif moves and day > today:
            row.refuse(f"{SINCE} paling lambat hari ini; impor pemindahan ini pada {formats.date(day)}")
        return day if moves else None

    def _blank(self, wanted: _Wanted, parent: Organisation | None, code: str) -> Organisation:
        key = new_key()
        zone = parent.time_zone if parent else JAKARTA
        return Organisation(key, None, f"{key}/", wanted.kind, code, wanted.name, "", "", zone)

    def _text(self, row: Row, column: str, otherwise: str) -> str:
        return row.checked(column, checked_text) if column in row.cells else otherwise

    def _differences(
        self, before: Organisation, after: Organisation, parent: Organisation | None
    ) -> list[str]:
        """What a row changes, in words."""
        differences = [
            f"{words} “{_short(before, name)}” menjadi “{_short(after, name)}”"
            for name, words in _SHOWN.items()
            if getattr(before, name) != getattr(after, name)
        ]
        if parent and before.parent_id != after.parent_id:
            since = formats.date(self.days[after.id])
            differences.append(
                f"{after.name} pindah dari {self.parent_name(before)} ke {parent.name} sejak {since}; "
                "sebelum hari itu tidak ada yang berubah"
            )
        return differences

    def _move(self) -> None:
        """Everything below what moves lies elsewhere from that day on."""
        self._paths = {each.id: each.path for each in self.known}
        for place, each in enumerate(self.new):
            self._paths[each.id] = f"{self._paths.get(each.parent_id or '', '')}{each.id}/"
            self.new[place] = replace(each, path=self._paths[each.id])
        moves = [
            Move(after.id, after.parent_id or "", self.days[after.id])
            for _, after in self.changed
            if after.id in self.days
        ]
        try:
            self.moves = list(in_order([*self.known, *self.new], moves))
        except Ring as ring:
            self._refuse_on_its_day(ring.move)
        for _, moved in self.moves:
            self._paths |= {each.id: each.path for each in moved}

    def _refuse_on_its_day(self, move: Move) -> None:
        code, day = self._by_id[move.id].slug, formats.date(move.day)
        self._wanted[code].row.refuse(f"pada {day} induknya masih berada di bawah “{code}”")


def _under(organisation: Organisation, parent: Organisation) -> Organisation:
    return replace(organisation, parent_id=parent.id, path=f"{parent.path}{organisation.id}/")


def _short(organisation: Organisation, name: str) -> str:
    value = getattr(organisation, name)
    return str((TIME_ZONES | FIELDS).get(value, value))
