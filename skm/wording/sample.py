"""The progress towards a sample in words: how far a unit or several have come, and where that is heading."""

from dataclasses import dataclass

from skm import ikm
from skm.figures.outlook import Outlook
from skm.figures.progress import BEHIND, DESERTED, INCOMPLETE, MET, UNKNOWN, Total, UnitSample
from skm.figures.quotas import CounterPart
from skm.figures.sample import Sample
from skm.i18n import formats
from skm.survey.period import Period
from skm.wording import spans
from skm.wording.shares import reached, share

NO_PERIOD = "Belum ada periode survei yang berlaku di sini."
NO_UNITS = "Belum ada unit di sini."


@dataclass(frozen=True)
class SampleText:
    """What is said of a sample, "" where there is nothing to say; `filled` is about several units together."""

    headline: str
    filled: str = ""
    outlook: str = ""
    subline: str = ""
    warnings: tuple[str, ...] = ()


def sample_text(sample: Sample) -> SampleText:
    """Everything that is said of a sample."""
    if sample.period is None:
        return SampleText(NO_PERIOD)
    if sample.unit:
        return _unit_text(sample, sample.period, sample.unit)
    if not sample.total.units:
        return SampleText(NO_UNITS, subline=_days(sample.period))
    return SampleText(
        headline=f"{met(sample.total)} unit sudah terpenuhi.",
        filled=_filled(sample.total),
        outlook=_total_outlook(sample, sample.period),
        subline=_days(sample.period),
        warnings=tuple(_total_warnings(sample.total)),
    )


def met(total: Total) -> str:
    """How many units have met their sample: `1 dari 3`."""
    return f"{formats.count(total.met)} dari {formats.count(len(total.units))}"


def state(unit: UnitSample) -> str:
    """How far a unit is, among others."""
    lacking = formats.count((unit.target or 0) - unit.n)
    return {
        MET: "terpenuhi",
        BEHIND: f"kurang {lacking}" + (", belum lengkap" if unit.unsettled else ""),
        INCOMPLETE: "angka pengunjung keliru" if unit.wrong else "angka pengunjung belum lengkap",
        UNKNOWN: "angka pengunjung keliru" if unit.wrong else "pengunjung belum diisi",
        DESERTED: "tidak ada pengunjung",
    }[unit.state]


def _unit_text(sample: Sample, period: Period, unit: UnitSample) -> SampleText:
    return SampleText(
        headline=unit_headline(unit),
        outlook=_unit_outlook(sample, period, unit),
        subline=f"{_days(period)} {_population(sample, unit)}",
        warnings=(*_unit_warnings(unit), *(_outweighing(one) for one in sample.counters if one.outweighs)),
    )


def unit_headline(unit: UnitSample) -> str:
    """How many have answered, of how many that are needed."""
    n, target = formats.count(unit.n), unit.target
    if target is None and unit.state == MET:
        return f"{n} responden: cukup untuk berapa pun pengunjungnya."
    if target is None:
        return f"{n} responden. Jumlah yang diperlukan belum dapat dihitung."
    if unit.state == MET:
        return f"{n} dari {formats.count(target)} responden: terpenuhi."
    if unit.state == DESERTED:
        return "Tidak ada pengunjung pada periode ini, jadi tidak ada yang dapat mengisi."
    return f"{n} dari {formats.count(target)} responden ({reached(unit.n, target)})."


def _filled(total: Total) -> str:
    n = f"Terisi {formats.count(total.filled)} dari {formats.count(total.target)} responden"
    part = f" ({reached(total.filled, total.target)})" if total.target else ""
    return f"{n}{part}; kelebihan satu unit tidak menutup kekurangan unit lain."


def _days(period: Period) -> str:
    return f"{period.name}: {spans.days(period.opens, period.closes)}."


def _population(sample: Sample, unit: UnitSample) -> str:
    if unit.visitors is None:
        enough, what = ikm.sample_size(None), "keliru" if unit.wrong else "belum diisi"
        return f"Jumlah pengunjung {what}; {enough} responden cukup untuk berapa pun pengunjungnya."
    origins = {part.visitors.estimated for part in sample.services if part.visitors.number is not None}
    some = "sebagian " if len(origins) > 1 else ""
    how = f" ({some}perkiraan dari angka tahunan)" if True in origins else ""
    return f"Dari {formats.count(unit.visitors)} pengunjung{how}."


def _unit_outlook(sample: Sample, period: Period, unit: UnitSample) -> str:
    """Where it is heading, and what is needed to get there."""
    lacking = max((unit.target or 0) - unit.n, 0)
    if not period.holds(sample.today):
        short = lacking and period.closes < sample.today
        return _outside(sample, period) + (f" Kurang {formats.count(lacking)} responden." if short else "")
    if unit.outlook is None:
        return "" if unit.target is None else "Perkiraan sampai akhir periode tersedia mulai besok."
    return ahead(unit.outlook, period, lacking)


def ahead(outlook: Outlook, period: Period, lacking: int) -> str:
    """What the period will come to at the pace of now, and what it would take to meet the sample."""
    if lacking and outlook.a_day is None:
        return f"Hari ini hari terakhir; masih kurang {formats.count(lacking)} responden."
    pace = f"Dengan laju sekarang: {_projected(outlook)} pada {formats.date(period.closes)}."
    if outlook.met_on:
        return f"{pace} Terpenuhi sekitar {formats.date(outlook.met_on)}."
    if lacking:
        return f"{pace} Agar terpenuhi, perlu rata-rata {formats.count(outlook.a_day)} jawaban sehari."
    return pace


def _projected(outlook: Outlook) -> str:
    if outlook.low == outlook.high:
        return formats.count(outlook.projected)
    band = f"{formats.count(outlook.low)}–{formats.count(outlook.high)}"
    return f"sekitar {formats.count(outlook.projected)} (antara {band})"


def _total_outlook(sample: Sample, period: Period) -> str:
    if not period.holds(sample.today):
        return _outside(sample, period)
    if not any(unit.outlook for unit in sample.total.units):
        return ""
    return f"Dengan laju sekarang: {sample.total.will_be_met} unit pada {formats.date(period.closes)}."


def _outside(sample: Sample, period: Period) -> str:
    """What is said before and after a period."""
    if period.closes < sample.today:
        return f"Periode berakhir {formats.date(period.closes)}."
    return f"Periode dibuka {formats.date(period.opens)}."


def _unit_warnings(unit: UnitSample) -> list[str]:
    warnings = [
        f"{name}: jawaban lebih banyak daripada pengunjung. Angka pengunjungnya keliru dan tidak dipakai."
        for name in unit.wrong
    ]
    if unit.lacking and unit.visitors is not None:
        what = "kuota belum dibagi" if unit.state == MET else "jumlah responden yang diperlukan belum lengkap"
        warnings.append(f"{unit.lacking} layanan belum mempunyai jumlah pengunjung, jadi {what}.")
    return warnings


def _outweighing(part: CounterPart) -> str:
    return f"{part.counter.name} menyumbang {share(part.share)} jawaban; kuotanya {share(part.quota_share)}."


def _total_warnings(total: Total) -> list[str]:
    unknown = sum(unit.target is None and not unit.wrong for unit in total.units)
    wrong = sum(bool(unit.wrong) for unit in total.units)
    some = sum(unit.target is not None and unit.lacking > 0 and unit.state != MET for unit in total.units)
    warnings = []
    if unknown:
        warnings.append(
            f"{unknown} unit belum mengisi jumlah pengunjung dan belum ikut dalam jumlah yang diperlukan."
        )
    if some:
        warnings.append(f"{some} unit baru mengisi sebagian; jumlah yang diperlukannya belum lengkap.")
    if wrong:
        warnings.append(
            f"{wrong} unit mempunyai layanan dengan jawaban lebih banyak daripada pengunjung; angka itu tidak dipakai."
        )
    return warnings
