"""Closed periods in words: how far a period is, how its figures were frozen, what a revision changed."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from skm.figures.choice import Choice
from skm.figures.figure import Figure, Result
from skm.figures.frozen import FrozenFigure, alike
from skm.figures.overview import Child, Overview
from skm.figures.snapshot import Difference
from skm.i18n import formats
from skm.ikm import EXACT
from skm.store.publications import Publication
from skm.store.snapshots import Snapshot
from skm.survey.organisation import Organisation
from skm.survey.period import AGGREGATIONS, Period

NAMED = 8  # units with late answers; the rest is counted
_WORDS = {
    "index/value": "IKM",
    "grade": "Mutu",
    "n": "Jawaban yang dihitung",
    "held": "Jawaban yang ditahan",
    "excluded": "Jawaban yang dikeluarkan",
    "left_out": "Jawaban kuesioner lain",
    "visitors": "Pengunjung",
    "interval/low": "Batas bawah selang 95 %",
    "interval/high": "Batas atas selang 95 %",
    "other_rule/index": "IKM menurut cara menggabungkan yang lain",
}


@dataclass(frozen=True)
class ChangedFigure:
    """One figure that a revision changed: its name, what it was and what it is, in words."""

    name: str
    before: str
    after: str


@dataclass(frozen=True)
class RevisionWords:
    """When a revision was made, by whom, and why."""

    name: str
    made: str
    who: str
    reason: str


def days(opens: date, closes: date) -> str:
    """The first and the last day of a period: 1 Januari 2025 sampai 31 Desember 2025."""
    return f"{formats.date(opens)} sampai {formats.date(closes)}"


def period_state(
    period: Period,
    organisation: Organisation,
    latest: Snapshot | None,
    frozen: bool,
    ended: bool,
    today: date,
) -> str:
    """How far a period is for an organisation, whose `latest` snapshot may lack where the period is `frozen`."""
    if latest:
        made = formats.date(organisation.today(datetime.fromisoformat(latest.made)))
        return f"dibekukan {made}" if latest.revision == 1 else f"direvisi {made} (revisi {latest.revision})"
    if frozen:
        return "dibekukan; tidak ada angka dari sini"
    if ended:
        return "berakhir, belum dibekukan"
    return "akan datang" if today < period.opens else "berjalan"


def publication_state(latest: Publication | None, organisation: Organisation) -> str:
    """Since when a period is official, and as of which revision; "" where nobody has ever published it."""
    if latest is None:
        return ""
    at = formats.date(organisation.today(datetime.fromisoformat(latest.at)))
    revision = f" (revisi {latest.revision})" if latest.revision > 1 else ""
    return f"diumumkan {at}{revision}" if latest.standing else f"pengumuman ditarik {at}: {latest.reason}"


def late_answers(late: Sequence[tuple[Organisation, int]]) -> str:
    """What came after the latest revision, and where."""
    if not late:
        return "Tidak ada jawaban yang datang atau diputuskan sesudah rekaman terakhir."
    total = formats.count(sum(n for _, n in late))
    named = ", ".join(f"{unit.name} ({formats.count(n)})" for unit, n in late[:NAMED])
    rest = f", dan {formats.count(len(late) - NAMED)} unit lain" if len(late) > NAMED else ""
    return f"{total} jawaban datang atau diputuskan sesudah rekaman terakhir: {named}{rest}."


def newer_revision(snapshot: Snapshot, newest: Snapshot) -> list[str]:
    """A warning where a snapshot is not the latest of its organisation."""
    newer = snapshot.revision < newest.revision
    return [f"Ini bukan rekaman terakhir: sudah ada revisi {newest.revision}."] if newer else []


BY_RECORD, RUNNING = "menurut rekaman", "angka berjalan"


def frozen_sentence(frozen: FrozenFigure, *, moved_on: bool) -> str:
    """What a page says of the record of its period; `moved_on` where the running figure differs from it."""
    words = "inilah angkanya" if moved_on else "angka berjalan masih sama dengan rekaman"
    return f"{_frozen(frozen)}; {words}."


def basis(overview: Overview) -> str:
    """What tables and charts follow where record and running figure differ; "" elsewhere."""
    if not overview.follows:
        return RUNNING
    return BY_RECORD if overview.running else ""


def part_of_record(frozen: FrozenFigure) -> str:
    """What a page says of a service, a counter or a field in a period that is frozen: no record has these."""
    return (
        f"{_frozen(frozen)}. Rekaman tidak memuat pilihan ini; "
        "angkanya dihitung dari jawaban yang sama, tanpa yang datang atau diputuskan sesudahnya."
    )


def beside_record(choice: Choice, shown: Figure) -> str:
    """What another page with the figure of a span that is frozen says: whether it is that of the record; else ""."""
    frozen = choice.record
    if frozen is None:
        return ""
    if choice.partial:
        return part_of_record(frozen)
    if alike(frozen.figure, shown):
        return f"{_frozen(frozen)}; angka di halaman ini {BY_RECORD}."
    return (
        f"{_frozen(frozen)} dengan {_result(frozen.figure.result)}. "
        f"Halaman ini memuat {RUNNING}: {_result(shown.result)}."
    )


def units_beside_record(choice: Choice, units: Sequence[Child]) -> str:
    """The same of a page with a row for every unit."""
    frozen = choice.record
    if frozen is None:
        return ""
    if choice.partial:
        return part_of_record(frozen)
    own = frozen.figure.units or {}
    told = {unit.organisation.id: (unit.result.n, unit.result.index) for unit in units if unit.result.n}
    follows = told == {key: (unit.n, unit.index) for key, unit in own.items() if unit.n}
    return f"{_frozen(frozen)}; angka di halaman ini {BY_RECORD if follows else RUNNING}."


def cannot_follow(frozen: FrozenFigure, shown: Figure) -> str:
    """A warning where the record of a period can no longer be computed from its answers as things stand."""
    return (
        f"PERINGATAN: rekaman {frozen.period} menyebut {_result(frozen.figure.result)}, "
        f"sedangkan halaman ini {_result(shown.result)}. "
        "Susunan organisasi atau dasar hitungnya berubah sesudah dibekukan."
    )


def late_since(n: int) -> list[str]:
    """A warning on the page of a record where answers came, or were decided on, after it."""
    return (
        [f"{formats.count(n)} jawaban datang atau diputuskan sesudah rekaman ini; tidak ada yang ikut."]
        if n
        else []
    )


def _frozen(frozen: FrozenFigure) -> str:
    return f"{frozen.period} sudah dibekukan (revisi {frozen.snapshot.revision})"


def fingerprint(frozen: FrozenFigure) -> str:
    """What a printed page says at its foot of the record of its figures."""
    snapshot = frozen.snapshot
    return f"Rekaman {frozen.period} revisi {snapshot.revision}, SHA-256 {snapshot.digest}."


def running(last_day: str) -> str:
    """What a workbook of figures that are not frozen says at its head."""
    day = formats.date(date.fromisoformat(last_day))
    return f"Sementara, sampai jawaban tanggal {day}: periode ini belum dibekukan."


def by_record(record: FrozenFigure, again: Result, now: Result | None) -> list[str]:
    """What a workbook of frozen figures says at its head, and where something does not agree with the record.

    `again` is what the answers of the record come to; `now` is what they come to with those that came later.
    """
    snapshot, own = record.snapshot, record.figure.result
    words = [f"Menurut rekaman {record.period} revisi {snapshot.revision}, SHA-256 {snapshot.digest}."]
    if again.index != own.index or again.n != own.n:
        words.append(
            f"PERINGATAN: jawaban pada lembar ini memberi {_result(again)}, rekaman {_result(own)}. "
            "Periksa dengan skm verify sebelum memakainya."
        )
    if now:
        words.append(
            f"Sesudah dibekukan ada jawaban yang datang atau diputuskan: angka berjalan {_result(now)}, "
            f"rekaman {_result(own)}."
        )
    return words


def _result(result: Result) -> str:
    return f"IKM {formats.number(result.index)} dari {formats.count(result.n)} jawaban"


def snapshot_details(
    frozen: FrozenFigure, organisation: Organisation, publication: Publication | None
) -> dict[str, str]:
    """How a figure was frozen, for who has to defend it."""
    snapshot, figure, several = frozen.snapshot, frozen.figure, organisation.kind != "unit"
    details = {
        "Dibekukan": f"{_moment(snapshot, organisation)}, oleh {_who(snapshot)}",
        "Revisi": str(snapshot.revision),
        "Alasan": snapshot.reason,
        "Pengumuman": publication_state(publication, organisation) or "belum diumumkan",
        "Cara menggabungkan unit": AGGREGATIONS[figure.terms.rule] if several else "",
        "Jawaban yang ditahan": formats.count(figure.held),
        "Dibekukan dengan jawaban yang ditahan": frozen.undecided,
        "Jawaban yang dikeluarkan": formats.count(figure.excluded),
        "Unit tanpa jawaban": formats.count(len(figure.silent)) if several else "",
        "Pengunjung": "belum diisi" if frozen.visitors is None else formats.count(frozen.visitors),
        "Dihitung sampai": f"jawaban nomor {formats.count(snapshot.last_response)}, "
        f"keputusan nomor {formats.count(snapshot.last_event)}",
        "Versi perangkat lunak": frozen.software,
        "Data": "DATA CONTOH" if frozen.demo else "",
    }
    return {name: value for name, value in details.items() if value}


def revision_words(snapshot: Snapshot, organisation: Organisation) -> RevisionWords:
    """One revision of a period."""
    return RevisionWords(
        name=f"Revisi {snapshot.revision}",
        made=_moment(snapshot, organisation),
        who=_who(snapshot),
        reason=snapshot.reason or "Pembekuan pertama",
    )


def changed_figures(changes: Sequence[Difference], units: Mapping[str, str]) -> Iterator[ChangedFigure]:
    """What a revision changed, the figures that people read; the counts they come from are in the download.

    `units` are the names of the units by id.
    """
    places = {way: place for place, way in enumerate(_WORDS)}
    for way, before, after in sorted(changes, key=lambda change: places.get(change[0], len(places))):
        if name := _name(way, units):
            yield ChangedFigure(name, _value(before), _value(after))


def _name(way: str, units: Mapping[str, str]) -> str:
    first, *rest = way.split("/")
    if first == "elements" and rest[1:] == ["value"]:
        return f"IKM unsur {rest[0]}"
    if first == "alternatives" and rest[1:] == ["index"]:
        return f"IKM dengan bobot {_value(rest[0]) if rest[0] != EXACT else 'tepat'}"
    if first == "units" and rest[1:] in (["n"], ["index", "value"]):
        what = "Jawaban" if rest[1:] == ["n"] else "IKM"
        return f"{what} {units.get(rest[0], rest[0])}"
    return _WORDS.get(way, "")


def _who(snapshot: Snapshot) -> str:
    return snapshot.officer_name if snapshot.officer_id else "server"


def _moment(snapshot: Snapshot, organisation: Organisation) -> str:
    return formats.zoned_moment(organisation.local(datetime.fromisoformat(snapshot.made)))


def _value(value: object) -> str:
    if isinstance(value, int):
        return formats.count(value)
    return "–" if value is None else str(value).replace(".", ",")
