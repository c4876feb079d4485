"""Where no period follows, in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from skm.figures.reach import Reach
from skm.i18n import formats

NAMED = 8  # units; the rest is counted


@dataclass(frozen=True)
class Notice:
    """A sentence on units that take no answers now, or soon. `loud` where nobody can answer and none is to come."""

    sentence: str
    loud: bool


def notices(reaches: Sequence[Reach], alone: bool = False) -> list[Notice]:
    """A notice for each way in which units lack a period; `alone` on the page of the one unit."""
    groups: dict[tuple[date | None, date | None, date | None], list[Reach]] = {}
    for reach in reaches:
        if reach.is_warned:
            groups.setdefault((reach.until, reach.since, reach.opens), []).append(reach)
    return [
        Notice(
            _sentence(group[0], "di unit ini" if alone else _whose(group, len(reaches))),
            not (group[0].is_open or group[0].opens),
        )
        for group in sorted(groups.values(), key=lambda group: group[0].is_open)
    ]


def closed_today(reach: Reach) -> str:
    """Why a sheet with a QR invites nobody today; "" where it does."""
    if reach.is_open:
        return ""
    if reach.opens:
        day = formats.date(reach.opens)
        return f"Kode QR di bawah ini baru menerima jawaban mulai {day}."
    return "Kode QR tidak ditampilkan selama survei tutup."


def _sentence(reach: Reach, where: str) -> str:
    later = f"baru dibuka lagi {formats.date(reach.opens)}" if reach.opens else ""
    if reach.until:
        left = (reach.until - reach.today).days
        end = f"Survei {where} berakhir {formats.date(reach.until)}, {f'{left} hari lagi' if left else 'hari ini'}"
        return f"{end}, dan {later or 'belum ada periode sesudahnya'}."
    if later:
        return f"Survei {where} sedang tutup dan {later.replace(' lagi', '') if not reach.since else later}."
    since = f" sejak {formats.date(reach.since)}" if reach.since else ""
    return f"Survei {where} tutup{since}: tidak ada periode yang berlaku, jadi tidak ada yang dapat menjawab."


def _whose(group: Sequence[Reach], all_units: int) -> str:
    if len(group) == all_units:
        return "semua unit"
    names = "; ".join(reach.unit.name for reach in group[:NAMED])
    more = len(group) - NAMED
    rest = f"; dan {formats.count(more)} unit lain" if more > 0 else ""
    return f"{formats.count(len(group))} unit ({names}{rest})"
