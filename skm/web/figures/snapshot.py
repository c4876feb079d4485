"""Snapshots in words: states of a period, the figures of a content, and what a revision changed."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

from flask import url_for

from skm.figures.snapshot import Content, Difference
from skm.i18n import formats
from skm.ikm import EXACT, KINERJA, round_half_up
from skm.store.publications import Publication
from skm.store.snapshots import Snapshot
from skm.survey.organisation import Organisation
from skm.survey.period import AGGREGATIONS
from skm.usecases.closing.records import Closing, Shown

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

day = formats.date


def state(found: Closing, organisation: Organisation, today: date) -> str:
    """How far a period is."""
    if found.snapshots:
        made = organisation.today(datetime.fromisoformat(found.snapshots[-1].made))
        revised = f"direvisi {day(made)} (revisi {found.snapshots[-1].revision})"
        return f"dibekukan {day(made)}" if found.snapshots[-1].revision == 1 else revised
    if found.revision:
        return "dibekukan; tidak ada angka dari sini"
    if found.ended:
        return "berakhir, belum dibekukan"
    return "akan datang" if today < found.period.opens else "berjalan"


def published(deed: Publication | None, organisation: Organisation) -> str:
    """Since when a period is official, and as of which revision; "" where nobody has ever published it."""
    if deed is None:
        return ""
    at = day(organisation.today(datetime.fromisoformat(deed.at)))
    revision = f" (revisi {deed.revision})" if deed.revision > 1 else ""
    return f"diumumkan {at}{revision}" if deed.standing else f"pengumuman ditarik {at}: {deed.reason}"


def late_in_words(late: Sequence[tuple[Organisation, int]]) -> str:
    """What came after the latest revision, and where."""
    if not late:
        return "Tidak ada jawaban yang datang atau diputuskan sesudah rekaman terakhir."
    total = formats.count(sum(n for _, n in late))
    named = ", ".join(f"{unit.name} ({formats.count(n)})" for unit, n in late[:NAMED])
    rest = f", dan {formats.count(len(late) - NAMED)} unit lain" if len(late) > NAMED else ""
    return f"{total} jawaban datang atau diputuskan sesudah rekaman terakhir: {named}{rest}."


def page_of(found: Shown) -> dict[str, Any]:
    """The context `page` of a snapshot's page, in the shape of the pages of figures."""
    content, figures = found.content, found.content["figures"]
    measured = figures["index"] is not None and figures["index"]["value"] is not None
    return {
        "name": found.organisation.name,
        "period": content["period"]["name"],
        "headline": _headline(figures),
        "grade": figures["grade"],
        "change": "",
        "subline": _subline(content),
        "index": _number(figures["index"]["value"]) if measured else None,
        "interval": _interval(figures) if measured else None,
        "priorities": [],
        "warnings": _warnings(found),
        "instrument": "; ".join(_joined(figures)) or "–",
        "n": figures["n"],
        "convention": _convention(content),
        "alternatives": _alternatives(content),
        "rule": None,  # both stand among the facts and the alternatives
        "other_rule": None,
        "aside": {"n": 0},
        "elements": [_element(code, one) for code, one in sorted(figures["elements"].items(), key=_by_code)],
        "units": _units(found),
        "facts": _facts(found),
        "digest": found.snapshot.digest,
        "json_url": url_for("snapshots.download_snapshot", snapshot_id=found.snapshot.id),
        "revisions": [_revision(one, found) for one in reversed(found.revisions)],
        "before": found.before and found.before.revision,
        "changes": list(_changes(found.changes, content)),
    }


def _headline(figures: Content) -> str:
    if figures["index"] is None:
        return "Belum ada data."
    if figures["grade"] is None:
        return "IKM belum dapat dihitung: ada unsur yang belum dijawab."
    return f"IKM {_said(figures['index']['value'])} – {KINERJA[figures['grade']]}."


def _subline(content: Content) -> str:
    opens, closes = (date.fromisoformat(content["period"][name]) for name in ("opens", "closes"))
    return f"Dari {formats.count(content['figures']['n'])} jawaban, {day(opens)} sampai {day(closes)}."


def _interval(figures: Content) -> dict[str, Any] | None:
    found = figures["interval"]
    return found and found | {name: _number(found[name]) for name in ("low", "high")}


def _warnings(found: Shown) -> list[str]:
    figures, newest = found.content["figures"], found.revisions[-1].revision
    said = {
        f"Ini bukan rekaman terakhir: sudah ada revisi {newest}.": found.snapshot.revision < newest,
        "Mutu belum pasti: selang kepercayaannya melewati batas mutu.": bool(
            figures.get("interval") and not figures["interval"]["grade_certain"]
        ),
        "Mutu bergantung pada pembobotan; lihat nilai menurut cara hitung lain.": bool(
            figures.get("grade_depends_on_weights")
        ),
        f"{formats.count(figures['left_out'])} jawaban dari kuesioner dengan unsur lain "
        "tidak ikut dihitung di sini.": figures["left_out"] > 0,
    }
    return [words for words, holds in said.items() if holds]


def _joined(figures: Content) -> list[str]:
    return [name for name, one in figures["questionnaires"].items() if one["counted_together"]]


def _convention(content: Content) -> str:
    weights = content["period"]["weights"]
    if weights != EXACT:
        return f"bobot {_said(weights)}"
    return f"bobot tepat 1/{len(content['figures']['elements'])}" if content["figures"]["elements"] else "–"


def _alternatives(content: Content) -> list[dict[str, Any]]:
    figures = content["figures"]
    named = {
        "Bobot tepat" if name == EXACT else f"Bobot {_said(name)}": other
        for name, other in figures.get("alternatives", {}).items()
    }
    if other := figures.get("other_rule"):
        named[AGGREGATIONS[other["rule"]]] = other
    return [
        {
            "name": name,
            "index": _number(other["index"]),
            "grade": other["grade"],
            "differs": other["grade"] != figures["grade"],
        }
        for name, other in named.items()
    ]


def _element(code: str, one: Content) -> dict[str, Any]:
    return {
        "code": code,
        "name": one["name"],
        "n": one["n"],
        "value": _number(one["value"]),
        "nrr": None if one["nrr"] is None else round_half_up(Fraction(one["nrr"]), 3),
        "grade": one["grade"],
        "kinerja": KINERJA[one["grade"]] if one["grade"] else "",
        "lowest": False,
    }


def _units(found: Shown) -> list[dict[str, Any]]:
    """The units that take part, by name; none for a unit itself."""
    own, names = found.content["figures"].get("units", {}), found.content["units"]
    rows = [
        {
            "name": names[unit],
            "n": one["n"],
            "index": _number(one["index"]["value"]) if one["index"] else None,
            "url": url_for("snapshots.show_snapshot", snapshot_id=found.units[unit])
            if unit in found.units
            else None,
        }
        for unit, one in own.items()
    ]
    return sorted(rows, key=lambda row: str(row["name"]))


def _facts(found: Shown) -> dict[str, str]:
    """How the figures were frozen, for who has to defend them."""
    content, snapshot, figures = found.content, found.snapshot, found.content["figures"]
    visitors, several = content["visitors"], found.organisation.kind != "unit"
    facts = {
        "Dibekukan": f"{_moment(snapshot, found.organisation)}, oleh {_who(snapshot)}",
        "Revisi": str(snapshot.revision),
        "Alasan": snapshot.reason,
        "Pengumuman": published(found.publication, found.organisation) or "belum diumumkan",
        "Cara menggabungkan unit": AGGREGATIONS[content["period"]["rule"]] if several else "",
        "Jawaban yang ditahan": formats.count(figures["held"]),
        "Jawaban yang dikeluarkan": formats.count(figures["excluded"]),
        "Unit tanpa jawaban": formats.count(len(figures["silent"])) if several else "",
        "Pengunjung": "belum diisi" if visitors is None else formats.count(visitors),
        "Dihitung sampai": f"jawaban nomor {formats.count(snapshot.last_response)}, "
        f"keputusan nomor {formats.count(snapshot.last_event)}",
        "Versi perangkat lunak": content["software"],
        "Data": "DATA CONTOH" if content["demo"] else "",
    }
    return {name: value for name, value in facts.items() if value}


def _revision(one: Snapshot, found: Shown) -> dict[str, Any]:
    return {
        "number": one.revision,
        "made": _moment(one, found.organisation),
        "who": _who(one),
        "reason": one.reason or "Pembekuan pertama",
        "url": None
        if one.id == found.snapshot.id
        else url_for("snapshots.show_snapshot", snapshot_id=one.id),
    }


def _changes(changes: Sequence[Difference], content: Content) -> Iterator[dict[str, str]]:
    """What a revision changed, the figures that people read; the counts are in the download."""
    places = {way: place for place, way in enumerate(_WORDS)}
    for way, before, after in sorted(changes, key=lambda change: places.get(change[0], len(places))):
        if name := _name(way, content):
            yield {"name": name, "before": _said(before), "after": _said(after)}


def _name(way: str, content: Content) -> str:
    first, *rest = way.split("/")
    if first == "elements" and rest[1:] == ["value"]:
        return f"Nilai {rest[0]}"
    if first == "alternatives" and rest[1:] == ["index"]:
        return f"IKM dengan bobot {_said(rest[0]) if rest[0] != EXACT else 'tepat'}"
    if first == "units" and rest[1:] in (["n"], ["index", "value"]):
        what = "Jawaban" if rest[1:] == ["n"] else "IKM"
        return f"{what} {content['units'].get(rest[0], rest[0])}"
    return _WORDS.get(way, "")


def _who(snapshot: Snapshot) -> str:
    return snapshot.officer_name if snapshot.officer_id else "server"


def _moment(snapshot: Snapshot, organisation: Organisation) -> str:
    local = organisation.local(datetime.fromisoformat(snapshot.made))
    return f"{day(local.date())} {local:%H.%M %Z}"


def _number(value: str | None) -> Decimal | None:
    return None if value is None else Decimal(value)


def _said(value: object) -> str:
    if isinstance(value, int):
        return formats.count(value)
    return "–" if value is None else str(value).replace(".", ",")


def _by_code(item: tuple[str, Any]) -> tuple[int, str]:
    return len(item[0]), item[0]
