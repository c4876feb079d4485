"""Frozen figures that were computed again, in words: whether they are the same, and where they differ."""

from collections.abc import Sequence

from skm.figures.verify import DAMAGED, DIGEST, STRAY, UNREADABLE, Finding
from skm.i18n import formats

FAULTS = {
    DIGEST: "isi rekaman tidak cocok dengan sidiknya",
    UNREADABLE: "isi rekaman tidak terbaca",
    DAMAGED: "ada jawaban dengan isi di luar skala",
    STRAY: "ada jawaban yang berbeda dari indeks basis data",
}
_NAMED = 12  # differences of one snapshot; the rest is counted


def verdict(finding: Finding) -> str:
    """Whether one snapshot still says what the answers say, and why not."""
    where = f"{finding.period}, revisi {finding.snapshot.revision}, {finding.organisation}"
    because_of = f", akibat {'; '.join(finding.because_of)}" if finding.because_of else ""
    same = "sama" if finding.equal else f"berbeda{because_of}"
    other = (
        [f"selang dihitung dengan cara lain oleh versi {finding.other_method}"]
        if finding.other_method
        else []
    )
    return "; ".join([f"{where}: {same}", *(FAULTS[fault] for fault in finding.faults), *other])


def differences(finding: Finding) -> list[str]:
    """The figures that differ; those of whole agencies follow from their units and are not repeated."""
    if finding.because_of:
        return []
    lines = [
        f"{way}: tersimpan {_value(stored)}, dihitung {_value(computed)}"
        for way, stored, computed in finding.differences[:_NAMED]
    ]
    if others := len(finding.differences) - len(lines):
        lines.append(f"dan {formats.count(others)} angka lain")
    return lines


def summary(findings: Sequence[Finding]) -> str:
    """How many snapshots were computed again, and how many of them differ."""
    unequal = sum(not finding.equal for finding in findings)
    return f"{formats.count(len(findings))} rekaman diperiksa, {formats.count(unequal)} berbeda."


def _value(value: object) -> str:
    return "–" if value is None else str(value)
