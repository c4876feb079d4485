"""What is said of a sample: values in, sentences out."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from skm.figures.outlook import Outlook
from skm.figures.progress import Total, UnitSample
from skm.figures.quotas import CounterPart, ServicePart
from skm.figures.sample import Sample
from skm.figures.visitors import Visitors
from skm.survey.organisation import Counter, Organisation, Service
from skm.survey.period import Period
from skm.wording.sample import NO_PERIOD, NO_UNITS, met, sample_text, state, unit_headline

UNIT = Organisation("u", "g", "g/u/", "unit", "puskesmas", "Puskesmas", "", "", "Asia/Makassar")
CITY = Organisation("g", None, "g/", "government", "kota", "Kota", "", "", "Asia/Makassar")
YEAR = Period(
    "p", "g", "Tahun 2026", date(2026, 1, 1), date(2026, 12, 31), "permenpan-14-2017", "exact", "pooled"
)
JUNE = date(2026, 6, 15)
SERVICE = Service("s", "u", "Farmasi", "face_to_face", True, None)


def a_unit(n: int, visitors: int | None = 1000, **other: object) -> UnitSample:
    """A unit's progress; of 1,000 visitors 278 are wanted."""
    return UnitSample(UNIT, n, visitors, **other)


def of_a_unit(unit: UnitSample, today: date = JUNE, **other: object):
    return sample_text(Sample(UNIT, (), (YEAR,), YEAR, today, Total((unit,)), **other))


def of_a_city(*units: UnitSample, today: date = JUNE):
    return sample_text(Sample(CITY, (), (YEAR,), YEAR, today, Total(units)))


@pytest.mark.parametrize(
    ("unit", "sentence"),
    [
        (a_unit(28), "28 dari 278 responden (10 %)."),
        (a_unit(277), "277 dari 278 responden (99 %)."),  # 100 % is said only when all are there
        (a_unit(12, 10), "12 dari 10 responden: terpenuhi."),
        (a_unit(0, None), "0 responden. Jumlah yang diperlukan belum dapat dihitung."),
        (a_unit(384, None), "384 responden: cukup untuk berapa pun pengunjungnya."),
    ],
)
def test_the_headline_says_how_many_of_how_many(unit, sentence):
    assert unit_headline(unit).replace("\N{NO-BREAK SPACE}", " ") == sentence


@pytest.mark.parametrize(
    ("unit", "words"),
    [
        (a_unit(12, 10), "terpenuhi"),
        (a_unit(0), "kurang 278"),
        (a_unit(0, lacking=2), "kurang 278, belum lengkap"),
        (a_unit(278, lacking=2), "angka pengunjung belum lengkap"),
        (a_unit(0, None), "pengunjung belum diisi"),
    ],
)
def test_a_unit_among_others_is_told_by_its_state(unit, words):
    assert state(unit) == words


@pytest.mark.parametrize(
    ("outlook", "n", "sentence"),
    [
        (
            Outlook(227, 205, 249, None, 2),
            28,
            "Dengan laju sekarang: sekitar 227 (antara 205–249) pada 31 Desember 2026. "
            "Agar terpenuhi, perlu rata-rata 2 jawaban sehari.",
        ),
        (
            Outlook(299, 299, 299, date(2026, 12, 10), 1),
            100,
            "Dengan laju sekarang: 299 pada 31 Desember 2026. Terpenuhi sekitar 10 Desember 2026.",
        ),
        (
            Outlook(1500, 1488, 1512, None, 0),
            1300,
            "Dengan laju sekarang: sekitar 1.500 (antara 1.488–1.512) pada 31 Desember 2026.",
        ),
        (Outlook(3, 3, 3, None, None), 3, "Hari ini hari terakhir; masih kurang 275 responden."),
        (None, 3, "Perkiraan sampai akhir periode tersedia mulai besok."),
    ],
)
def test_the_outlook_says_where_it_is_heading_and_what_is_needed(outlook, n, sentence):
    assert of_a_unit(a_unit(n, outlook=outlook)).outlook == sentence


def test_outside_of_the_period_its_days_are_said():
    assert of_a_unit(a_unit(3), date(2025, 12, 1)).outlook == "Periode dibuka 1 Januari 2026."
    over = of_a_unit(a_unit(3), date(2027, 2, 1)).outlook
    assert over == "Periode berakhir 31 Desember 2026. Kurang 275 responden."
    assert of_a_city(a_unit(3), today=date(2027, 2, 1)).outlook == "Periode berakhir 31 Desember 2026."


@pytest.mark.parametrize(
    ("visitors", "words"),
    [
        ([Visitors(500), Visitors(500)], "Dari 1.000 pengunjung."),
        ([Visitors(1000, estimated=True)], "Dari 1.000 pengunjung (perkiraan dari angka tahunan)."),
        (
            [Visitors(500), Visitors(500, estimated=True)],
            "Dari 1.000 pengunjung (sebagian perkiraan dari angka tahunan).",
        ),
    ],
)
def test_an_estimate_of_visitors_is_called_one(visitors, words):
    parts = [ServicePart(SERVICE, one, 0, None) for one in visitors]
    text = of_a_unit(a_unit(3), services=parts)
    assert text.subline == f"Tahun 2026: 1 Januari–31 Desember 2026. {words}"


def test_without_visitors_it_says_how_many_are_enough_for_any():
    assert "384 responden cukup untuk berapa pun pengunjungnya." in of_a_unit(a_unit(3, None)).subline


def test_what_lacks_and_what_cannot_be_is_warned_of():
    lacking = "2 layanan belum mempunyai jumlah pengunjung, jadi"
    assert of_a_unit(a_unit(3, lacking=2)).warnings == (
        f"{lacking} jumlah responden yang diperlukan belum lengkap.",
    )
    assert of_a_unit(a_unit(384, lacking=2)).warnings == (f"{lacking} kuota belum dibagi.",)
    (many,) = of_a_unit(a_unit(12, wrong=("Farmasi",))).warnings
    assert many.startswith("Farmasi: jawaban lebih banyak daripada pengunjung.")


def test_a_counter_that_speaks_for_too_many_is_named():
    loud = CounterPart(Counter("c", "u", "Loket 1"), 20, 139, Fraction(1), Fraction(1, 2))
    (warning,) = of_a_unit(a_unit(20), counters=[loud]).warnings
    assert warning.replace("\N{NO-BREAK SPACE}", " ") == ("Loket 1 menyumbang 100 % jawaban; kuotanya 50 %.")


def test_above_the_units_it_is_units_that_count():
    ahead = Outlook(300, 290, 310, None, 1)
    text = of_a_city(a_unit(0, outlook=ahead), a_unit(12, 10), a_unit(0, None))
    assert text.headline == "1 dari 3 unit sudah terpenuhi."
    assert text.filled.replace("\N{NO-BREAK SPACE}", " ") == (
        "Terisi 10 dari 288 responden (3 %); kelebihan satu unit tidak menutup kekurangan unit lain."
    )
    assert text.outlook == "Dengan laju sekarang: 2 unit pada 31 Desember 2026."
    assert text.warnings == (
        "1 unit belum mengisi jumlah pengunjung dan belum ikut dalam jumlah yang diperlukan.",
    )
    assert met(Total((a_unit(12, 10), a_unit(0)))) == "1 dari 2"


def test_units_with_some_numbers_only_are_counted():
    (warning,) = of_a_city(a_unit(0, lacking=1)).warnings
    assert warning == "1 unit baru mengisi sebagian; jumlah yang diperlukannya belum lengkap."


def test_without_a_period_or_units_it_says_so():
    bare = Sample(CITY, (), (), None, JUNE, Total(()))
    assert sample_text(bare).headline == NO_PERIOD
    text = sample_text(replace(bare, period=YEAR))
    assert (text.headline, text.subline) == (NO_UNITS, "Tahun 2026: 1 Januari–31 Desember 2026.")
