"""Whoever has rows reads tables of a unit by service, counter and hour as of now, small rows merged."""

import pytest

from skm.usecases.closing import freezing
from tests.builders import a_past_year, answered
from tests.conftest import DEED
from tests.journey.gathering import headline, number
from tests.officers import exclude

UNIT = "/units/uptd-puskesmas-i-denpasar-barat?period=2026"


@pytest.fixture
def answers(db, city):
    """Seven days: twelve answers of the first service in the morning, six of the second at the other counter, later."""
    made = []
    for day in range(1, 7):
        for scores in ("333333333", "343333333"):
            made.append(answered(db, city, scores, f"2026-05-0{day}", local_hour=9))
        elsewhere = {"service_id": city.services[1].id, "counter_id": city.wide_counter.id, "local_hour": 14}
        made.append(answered(db, city, "444444443", f"2026-05-0{day}", **elsewhere))
    return made


def tables(visitor, address=UNIT):
    """Under each heading the rows, as cells by their head."""
    visitor.get(address)
    found = {}
    for table in visitor.page.xpath("//section[@aria-labelledby='menurut']//table"):
        heads = [head.text_content().strip() for head in table.xpath("./thead//th")]
        found[heads[0]] = [
            dict(zip(heads, (" ".join(cell.text_content().split()) for cell in row), strict=True))
            for row in table.xpath("./tbody/tr")
        ]
    return found


def rows(visitor, heading, address=UNIT):
    """Name, index and number of the rows under a heading."""
    return [(row[heading], row["IKM"], row["Jawaban"]) for row in tables(visitor, address).get(heading, [])]


def test_they_say_index_grade_number_and_interval(sari, agus, answers):
    shown = tables(sari)
    assert shown == tables(agus)
    assert rows(sari, "Layanan") == [("Pendaftaran", "76,39", "12"), ("Poli Umum", "97,22", "6")]
    assert [row[0] for row in rows(sari, "Loket")] == ["Loket 1", "Loket 2"]
    assert len(shown["Jam mengisi"]) == 2
    first = shown["Layanan"][0]
    assert first["Mutu"] == "C Kurang Baik belum pasti"
    assert first["Selang 95 %"].startswith("7")
    assert "Dari 18 jawaban." in sari.words


def test_each_row_is_the_figure_of_its_own_choice(sari, city, answers):
    own = rows(sari, "Layanan")
    for (_, index, n), service in zip(own, city.services, strict=False):
        assert headline(sari, f"{UNIT}&service={service.id}") == (number(index), int(n))
    second = headline(sari, f"{UNIT}&counter={city.wide_counter.id}")
    assert second == (number(rows(sari, "Loket")[1][1]), 6)


def test_what_was_chosen_has_no_table_of_its_own(sari, city, answers):
    assert "Loket" not in tables(sari, f"{UNIT}&counter={city.counter.id}")


def test_rows_below_five_are_merged_and_never_alone(sari, db, city, answers):
    for _ in range(3):
        answered(db, city, "111111111", "2026-05-08", service_id=city.services[2].id)
    shown = rows(sari, "Layanan")
    assert [(name, n) for name, _, n in shown] == [("Pendaftaran", "12"), ("Digabung", "9")]
    assert "Baris dengan kurang dari 5 jawaban digabung" in sari.words


def test_where_nearly_all_is_small_a_sentence_says_so(sari, db, city):
    for day in range(1, 7):
        answered(db, city, "333333333", f"2026-05-0{day}")
    answered(db, city, "333333333", "2026-05-08", service_id=city.services[1].id)
    assert tables(sari) == {}
    assert "Tabel menurut layanan belum ada: belum ada dua baris dengan 5 jawaban atau lebih." in sari.words


def test_one_day_gives_no_interval(sari, db, city):
    for service in city.services[:2]:
        for _ in range(5):
            answered(db, city, "333333333", "2026-05-08", service_id=service.id)
    assert {row["Selang 95 %"] for row in tables(sari)["Layanan"]} == {"belum pasti"}


def test_what_does_not_count_is_in_no_row(sari, db, answers):
    exclude(db, DEED, answers[0].receipt)
    assert rows(sari, "Layanan")[0][2] == "11"


def test_of_a_frozen_year_they_are_of_the_answers_of_the_record(sari, db, city):
    year = a_past_year(db, city)
    for day in range(1, 7):
        for service in city.services[:2]:
            answered(db, city, "333333333", f"2025-05-0{day}", service_id=service.id)
    freezing.freeze_period(db, DEED, year.id)
    answered(db, city, "111111111", "2025-05-08")
    frozen = rows(sari, "Layanan", UNIT.replace("2026", "2025"))
    assert frozen == [("Pendaftaran", "75,00", "6"), ("Poli Umum", "75,00", "6")]
    assert "Menurut layanan, loket, dan jam (menurut rekaman)" in sari.words
