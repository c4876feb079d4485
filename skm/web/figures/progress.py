"""The progress towards a sample in words and rows."""

from fractions import Fraction
from typing import Any

from flask import request, url_for

from skm import ikm
from skm.figures.outlook import Outlook
from skm.figures.progress import BEHIND, INCOMPLETE, MET, UNKNOWN, Total, UnitSample
from skm.figures.quotas import CounterPart, ServicePart
from skm.figures.sample import Branch, Sample
from skm.i18n import formats
from skm.survey.organisation import Organisation
from skm.survey.period import Period, find_span, span_of
from skm.wording import spans

NO_PERIOD = "Belum ada periode survei yang berlaku di sini."


def page(found: Sample) -> dict[str, Any]:
    """The context `page` of the page about a sample."""
    unit = found.total.units[0] if found.organisation.kind == "unit" and found.total.units else None
    words = _unit_words(found, unit) if unit else _total_words(found)
    return words | {
        "name": found.organisation.name,
        "periods": [_option(one, found.period) for one in found.periods],
        "enter_url": _enter_url(found),
        "enter_words": "Isi jumlah pengunjung" if unit else "Impor jumlah pengunjung",
        "branches": [_branch(one) for one in found.branches],
        "units": [] if unit else [_unit_row(one) for one in found.total.units],
        "services": [_service_row(one) for one in found.services],
        "counters": [_counter_row(one) for one in found.counters],
        "largest": ikm.sample_size(None),
    }


def _unit_words(found: Sample, unit: UnitSample) -> dict[str, Any]:
    n, target = formats.count(unit.n), unit.target
    if target is None and unit.state == MET:
        headline = f"{n} responden: cukup untuk berapa pun pengunjungnya."
    elif target is None:
        headline = f"{n} responden. Jumlah yang diperlukan belum dapat dihitung."
    elif unit.state == MET:
        headline = f"{n} dari {formats.count(target)} responden: terpenuhi."
    else:
        headline = f"{n} dari {formats.count(target)} responden ({_percent(unit.n, target)})."
    return {
        "headline": headline,
        "outlook": _unit_outlook(found, unit),
        "filled": "",
        "subline": f"{_when(found)} {_population(found, unit)}",
        "bar": _bar(unit.n, target, f"Responden {unit.unit.name}"),
        "warnings": _unit_warnings(found, unit),
    }


def _total_words(found: Sample) -> dict[str, Any]:
    total, met = found.total, found.total.count(MET)
    if found.period is None:
        return {"headline": NO_PERIOD}
    if not total.units:
        return {"headline": "Belum ada unit di sini.", "subline": _when(found)}
    filled = f"Terisi {formats.count(total.filled)} dari {formats.count(total.target)} responden"
    share = f" ({_percent(total.filled, total.target)})" if total.target else ""
    return {
        "headline": f"{met} dari {len(total.units)} unit sudah terpenuhi.",
        "filled": f"{filled}{share}; kelebihan satu unit tidak menutup kekurangan unit lain.",
        "outlook": _total_outlook(found),
        "subline": _when(found),
        "bar": _bar(total.filled, total.target, f"Responden {found.organisation.name}"),
        "warnings": _total_warnings(total),
    }


def _when(found: Sample) -> str:
    period = found.period
    return f"{period.name}: {spans.days(period.opens, period.closes)}." if period else ""


def _population(found: Sample, unit: UnitSample) -> str:
    if unit.visitors is None:
        enough = ikm.sample_size(None)
        return f"Jumlah pengunjung belum diisi; {enough} responden cukup untuk berapa pun pengunjungnya."
    origins = {part.visitors.estimated for part in found.services if part.visitors.number is not None}
    some = "sebagian " if len(origins) > 1 else ""
    how = f" ({some}perkiraan dari angka tahunan)" if True in origins else ""
    return f"Dari {formats.count(unit.visitors)} pengunjung{how}."


def _unit_outlook(found: Sample, unit: UnitSample) -> str:
    """Where it is heading, and what is needed to get there."""
    lacking = max((unit.target or 0) - unit.n, 0)
    if outside := _outside(found):
        return outside + (
            f" Kurang {formats.count(lacking)} responden." if lacking and _is_over(found) else ""
        )
    if unit.outlook is None:
        return "" if unit.target is None else "Perkiraan sampai akhir periode tersedia mulai besok."
    return _ahead(found, unit.outlook, lacking)


def _ahead(found: Sample, outlook: Outlook, lacking: int) -> str:
    assert found.period is not None
    if lacking and outlook.a_day is None:
        return f"Hari ini hari terakhir; masih kurang {formats.count(lacking)} responden."
    end = f"{formats.count(outlook.projected)} pada {formats.date(found.period.closes)}"
    said = f"Dengan laju sekarang: {end}."
    if outlook.met_on:
        return f"{said} Terpenuhi sekitar {formats.date(outlook.met_on)}."
    if lacking:
        return f"{said} Agar terpenuhi, perlu rata-rata {formats.count(outlook.a_day)} jawaban sehari."
    return said


def _total_outlook(found: Sample) -> str:
    if outside := _outside(found):
        return outside
    if found.period is None or not any(unit.outlook for unit in found.total.units):
        return ""
    return f"Dengan laju sekarang: {found.total.will_be_met} unit pada {formats.date(found.period.closes)}."


def _outside(found: Sample) -> str:
    """What is said before and after a period."""
    if found.period is None or found.period.holds(found.today):
        return ""
    if _is_over(found):
        return f"Periode berakhir {formats.date(found.period.closes)}."
    return f"Periode dibuka {formats.date(found.period.opens)}."


def _is_over(found: Sample) -> bool:
    return found.period is not None and found.period.closes < found.today


def _unit_warnings(found: Sample, unit: UnitSample) -> list[str]:
    said = []
    if unit.lacking and unit.visitors is not None:
        what = "kuota belum dibagi" if unit.state == MET else "jumlah responden yang diperlukan belum lengkap"
        said.append(f"{unit.lacking} layanan belum mempunyai jumlah pengunjung, jadi {what}.")
    if unit.visitors is not None and unit.n > unit.visitors:
        said.append("Jawaban lebih banyak daripada pengunjung; periksa jumlah pengunjungnya.")
    said += [
        f"{one.counter.name} menyumbang {_share(one.share)} jawaban; kuotanya {_share(one.quota_share)}."
        for one in found.counters
        if one.outweighs
    ]
    return said


def _total_warnings(total: Total) -> list[str]:
    unknown = sum(unit.target is None for unit in total.units)
    some = sum(unit.target is not None and unit.lacking > 0 and unit.state != MET for unit in total.units)
    said = []
    if unknown:
        said.append(
            f"{unknown} unit belum mengisi jumlah pengunjung dan belum ikut dalam jumlah yang diperlukan."
        )
    if some:
        said.append(f"{some} unit baru mengisi sebagian; jumlah yang diperlukannya belum lengkap.")
    return said


def _unit_row(unit: UnitSample) -> dict[str, Any]:
    lacking = (unit.target or 0) - unit.n
    states = {
        MET: "terpenuhi",
        BEHIND: f"kurang {formats.count(lacking)}",
        INCOMPLETE: "angka pengunjung belum lengkap",
        UNKNOWN: "pengunjung belum diisi",
    }
    return {
        "name": unit.unit.name,
        "url": _address(unit.unit),
        "n": unit.n,
        "target": unit.target,
        "bar": _bar(unit.n, unit.target, f"Responden {unit.unit.name}"),
        "projected": unit.outlook.projected if unit.outlook else None,
        "state": states[unit.state] + (", belum lengkap" if unit.lacking and unit.state == BEHIND else ""),
        "met": unit.state == MET,
    }


def _branch(branch: Branch) -> dict[str, Any]:
    total = branch.total
    return {
        "name": branch.organisation.name,
        "url": _address(branch.organisation),
        "met": f"{total.count(MET)} dari {len(total.units)}",
        "filled": total.filled,
        "target": total.target,
        "bar": _bar(total.filled, total.target, f"Responden {branch.organisation.name}"),
    }


def _service_row(part: ServicePart) -> dict[str, Any]:
    return {
        "name": part.service.name,
        "visitors": part.visitors.number,
        "estimated": part.visitors.estimated,
        "n": part.n,
        "quota": part.quota,
        "bar": _bar(part.n, part.quota, f"Responden {part.service.name}"),
    }


def _counter_row(part: CounterPart) -> dict[str, Any]:
    return {
        "name": part.counter.name,
        "n": part.n,
        "quota": part.quota,
        "bar": _bar(part.n, part.quota, f"Responden {part.counter.name}"),
        "share": _share(part.share),
        "quota_share": _share(part.quota_share),
        "outweighs": part.outweighs,
    }


def _bar(n: int, target: int | None, label: str) -> dict[str, Any] | None:
    """A bar that is full at its target, and its percentage in words; None without anything to reach."""
    if not target:
        return None
    return {"value": min(n, target), "max": target, "percent": _percent(n, target), "label": label}


def _percent(n: int, whole: int) -> str:
    """Rounded down: 100 % is said only when all are there."""
    return f"{formats.count(100 * n // whole)}\N{NO-BREAK SPACE}%"


def _share(share: Fraction | None) -> str:
    return "–" if share is None else f"{ikm.round_half_up(100 * share, 0)}\N{NO-BREAK SPACE}%"


def _option(period: Period, chosen: Period | None) -> dict[str, object]:
    return {"code": _code(period), "name": period.name, "selected": period == chosen}


def _code(period: Period) -> str:
    """What the other pages about an organisation know a period by too."""
    code = span_of(period).code
    return code if find_span(code) else period.id


def _enter_url(found: Sample) -> str:
    """Where the visitors are entered: of a unit one by one, of many units from a spreadsheet."""
    if found.period is None or not found.total.units or found.organisation.closed:
        return ""
    way = "visitors.enter_visitors" if found.organisation.kind == "unit" else "visitors.import_visitors"
    return url_for(way, slug=found.organisation.slug, period=_code(found.period))


def _address(organisation: Organisation) -> str:
    chosen = request.args.get("period") or None
    return url_for("sample.show_sample", slug=organisation.slug, period=chosen)
