"""What is said of snapshots that were computed again."""

from dataclasses import replace

import pytest

from skm.figures.verify import DAMAGED, DIGEST, STRAY, UNREADABLE, Finding
from skm.store.snapshots import Snapshot
from skm.wording import verification

SNAPSHOT = Snapshot("s", "p", "u", 2, "2026-01-05T01:00:00+00:00", None, "Sari", "", 9, 0, "abc")
FINDING = Finding(SNAPSHOT, "Tahun 2025", "Puskesmas")
CHANGED = replace(FINDING, differences=(("index/value", "84.12", "84.20"), ("grade", "B", None)))


def test_what_is_the_same_is_said_to_be():
    assert verification.verdict(FINDING) == "Tahun 2025, revisi 2, Puskesmas: sama"
    assert verification.differences(FINDING) == []
    older = replace(FINDING, other_method="0.1.0")
    assert verification.verdict(older).endswith("sama; selang dihitung dengan cara lain oleh versi 0.1.0")


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        (DIGEST, "isi rekaman tidak cocok dengan sidiknya"),
        (UNREADABLE, "isi rekaman tidak terbaca"),
        (DAMAGED, "ada jawaban dengan isi di luar skala"),
        (STRAY, "ada jawaban yang berbeda dari indeks basis data"),
    ],
)
def test_a_fault_is_named(fault, words):
    broken = replace(FINDING, faults=(fault,))
    assert verification.verdict(broken) == f"Tahun 2025, revisi 2, Puskesmas: berbeda; {words}"


def test_what_differs_is_shown_as_stored_and_as_computed():
    assert verification.differences(CHANGED) == [
        "index/value: tersimpan 84.12, dihitung 84.20",
        "grade: tersimpan B, dihitung –",
    ]


def test_many_differences_are_counted():
    many = replace(FINDING, differences=tuple((f"n{n}", 1, 2) for n in range(14)))
    lines = verification.differences(many)
    assert (len(lines), lines[-1]) == (13, "dan 2 angka lain")


def test_an_agency_differs_because_of_its_units():
    agency = replace(CHANGED, organisation="Dinas", because_of=("Puskesmas", "Kelurahan"))
    assert verification.verdict(agency).endswith("Dinas: berbeda, akibat Puskesmas; Kelurahan")
    assert verification.differences(agency) == []


def test_the_end_counts_what_differs():
    assert verification.summary([FINDING, CHANGED]) == "2 rekaman diperiksa, 1 berbeda."
