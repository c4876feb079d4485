"""What to improve first, in a sentence that a head can repeat."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from types import SimpleNamespace

import pytest

from skm import ikm
from skm.figures.priorities import Priorities
from skm.wording.priorities import chance, deciding, finding, left_out, standing

NAMES = {
    "U1": "Persyaratan",
    "U2": "Sistem, Mekanisme, dan Prosedur",
    "U3": "Waktu Penyelesaian",
    "U4": "Biaya/Tarif",
}


def a_gain(code, points, first=False, margin=1.0):
    value = 100 - Decimal(points) * 9
    figure = ikm.ElementFigure(code, 10, 30, Fraction(3), value, "B")
    return ikm.Gain(figure, Fraction(points), first, margin=margin)


def found(*gains, **other):
    top = [replace(gains[0], first=True, margin=None), *gains[1:]] if gains else []
    figure = SimpleNamespace(names=NAMES | {f"U{n}": f"Unsur {n}" for n in range(5, 10)})
    known = {"choice": None, "figure": figure, "gains": top, "low": {}, "lowest": (), "without": ()}
    return Priorities(**(known | {"next_alone": False} | other))


@pytest.mark.parametrize(
    ("gains", "next_alone", "words"),
    [
        ([], False, "Belum ada data."),
        (
            [a_gain("U3", 2), a_gain("U1", 1)],
            False,
            "Yang pertama diperbaiki: Waktu Penyelesaian 82,00; yang lain tidak dapat dibedakan.",
        ),
        (
            [a_gain("U3", 2), a_gain("U1", 1)],
            True,
            "Yang pertama diperbaiki: Waktu Penyelesaian 82,00, lalu Persyaratan 91,00.",
        ),
        (
            [a_gain("U3", 2), a_gain("U1", 1, True), a_gain("U2", 0)],
            False,
            "Yang pertama diperbaiki: Waktu Penyelesaian 82,00 atau Persyaratan 91,00. Keduanya tidak dapat dibedakan.",
        ),
        (
            [a_gain("U3", 4), *(a_gain(f"U{n}", 3, True) for n in range(5, 8)), a_gain("U2", 2, True)],
            False,
            "Yang pertama diperbaiki belum dapat ditentukan: 5 unsur tidak dapat dibedakan, dari Waktu Penyelesaian "
            "64,00 sampai Sistem, Mekanisme, dan Prosedur 82,00.",
        ),
        (
            [a_gain("U3", 2), a_gain("U1", 2, True)],
            False,
            "Yang pertama diperbaiki tidak dapat ditentukan: semua unsur sama.",
        ),
        (
            [a_gain("U3", 2), a_gain("U1", 1, True, None)],
            False,
            "Yang pertama diperbaiki belum dapat ditentukan: jawabannya terlalu sedikit. Terendah Waktu Penyelesaian "
            "82,00.",
        ),
    ],
)
def test_the_finding(gains, next_alone, words):
    assert finding(found(*gains, next_alone=next_alone)) == words


def test_whether_an_element_may_be_the_first():
    priorities = found(a_gain("U3", 3), a_gain("U1", 2, True), a_gain("U2", 1), a_gain("U4", 0, True, None))
    words = [standing(gain, priorities) for gain in priorities.gains]
    assert words == ["ya", "ya", "tidak", "belum dapat dibandingkan"]


def test_why_an_element_is_left_out():
    assert (
        left_out(found(without=["U4"]))
        == "Biaya/Tarif tidak ikut dibandingkan: semua layanan di sini gratis."
    )
    assert left_out(found()) == ""


@pytest.mark.parametrize(
    ("drivers", "words"),
    [
        (
            ikm.Drivers(412, 60, 0.4, (ikm.Driver("U3", 0.7, 0.94), ikm.Driver("U1", 0.3, 0.06)), clear=True),
            "Yang paling menentukan: Waktu Penyelesaian (peluang 94 %).",
        ),
        (
            ikm.Drivers(412, 60, 0.4, (ikm.Driver("U3", 0.5, 0.6), ikm.Driver("U1", 0.5, 0.4))),
            "Unsur yang paling menentukan belum dapat dibedakan.",
        ),
        (
            ikm.Drivers(299, 60),
            "Unsur yang paling menentukan belum dapat dibedakan: baru 299 dari 300 responden yang diperlukan.",
        ),
        (
            ikm.Drivers(1412, 9),
            "Unsur yang paling menentukan belum dapat dibedakan: baru 9 dari 10 hari yang diperlukan.",
        ),
    ],
)
def test_which_element_decides(drivers, words):
    assert deciding(drivers, NAMES) == words


@pytest.mark.parametrize(("part", "words"), [(0.0, "< 1 %"), (0.5, "50 %"), (0.944, "94 %"), (1.0, "> 99 %")])
def test_a_chance_is_never_said_to_be_certain(part, words):
    assert chance(part) == words
