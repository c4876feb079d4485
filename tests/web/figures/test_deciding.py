"""Which element decides most how people judge the service as a whole, where they are asked for that."""

import re
from html import unescape

import pytest

from skm.store.database import writing
from tests.builders import a_city, answered

UNIT = "/organisations/uptd-puskesmas-i-denpasar-barat"


@pytest.fixture
def city(db):
    with writing(db):
        return a_city(db, "permenpan-14-2017-keseluruhan")


def many(db, city, number):
    """Answers of which the third element goes with the whole, the others with nothing; U4 is free."""
    for i in range(number):
        third, (first, second, *rest) = 1 + i % 4, [1 + i // step % 4 for step in (4, 5, 7, 9, 11, 13, 17)]
        scores = f"{first}{second}{third}4{''.join(map(str, rest))}{third}"
        answered(db, city, scores, f"2026-06-{1 + i % 28:02}")


def words(visitor):
    page = visitor.get(f"{UNIT}/priorities").get_data(as_text=True)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page)).split())


def test_the_element_that_goes_with_the_whole_is_named_with_its_chance(agus, db, city):
    many(db, city, 320)
    said = words(agus)
    assert "Yang paling menentukan: Waktu Penyelesaian (peluang lebih dari 99 %)." in said
    assert re.search(r"U3 Waktu Penyelesaian 9\d,\d % > 99 %", said)
    assert "U4" not in said.partition("Bagian setiap unsur")[2].partition("Dari mana")[0]


def test_with_too_few_answers_it_says_how_many_are_needed(agus, db, city):
    many(db, city, 30)
    assert "belum dapat dibedakan: baru 30 dari 300 responden yang diperlukan." in words(agus)


def test_nobody_is_told_that_raising_an_element_raises_the_judgement(agus, db, city):
    many(db, city, 320)
    assert "Ini bukan ramalan bahwa memperbaiki satu unsur menaikkan penilaian." in words(agus)
