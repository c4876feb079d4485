"""A head reads tables by service, counter and hour, in parts of fifty and with small rows merged."""

import pytest

from tests.builders import answered
from tests.conftest import DEED, NOON
from tests.officers import exclude

UNIT = "/units/uptd-puskesmas-i-denpasar-barat?period=2026"


@pytest.fixture
def answers(db, city):
    """So many answers of a day by service, counter and hour: `answers("2026-05-04", 20, 1)`."""

    def _answers(day, n, service=0, wide=False, hour=9, scores="333333333"):
        where = {"service_id": city.services[service].id, "local_hour": hour}
        if wide:
            where["counter_id"] = city.wide_counter.id
        return [answered(db, city, scores, day, **where) for _ in range(n)]

    return _answers


def tables(visitor):
    """The rows under each heading: name, index, number."""
    visitor.get(UNIT)
    found = visitor.page.xpath("//section[@aria-labelledby='menurut']//table")
    return {
        table.xpath("string(.//thead//th[1])"): [
            tuple(cell.text_content().strip() for cell in row)[:3] for row in table.xpath("./tbody/tr")
        ]
        for table in found
    }


def three_days(answers):
    for day in ("2026-05-04", "2026-05-05", "2026-05-06"):
        answers(day, 10)
        answers(day, 10, 1, wide=True, hour=14, scores="444444444")


def test_a_head_reads_services_counters_and_hours(budi, answers):
    three_days(answers)
    shown = tables(budi)
    assert shown["Layanan"] == [("Pendaftaran", "75,00", "30"), ("Poli Umum", "100,00", "25")]
    assert shown["Loket"] == [("Loket 1", "75,00", "30"), ("Loket 2", "100,00", "25")]
    assert [row[1:] for row in shown["Jam mengisi"]] == [("75,00", "30"), ("100,00", "25")]
    assert "Dari 55 jawaban." in budi.words


def test_before_fifty_show_there_is_none(budi, answers):
    answers("2026-05-04", 30)
    answers("2026-05-05", 24, 1)
    assert tables(budi) == {}
    assert "Belum ada. Tabel bertambah sedikitnya 50 jawaban sekaligus" in budi.words


def test_a_table_does_not_change_with_every_step(budi, answers):
    three_days(answers)
    before = tables(budi)
    answers("2026-06-10", 9, 1)
    assert tables(budi) == before
    assert "5 jawaban di atas belum termasuk." in budi.words


def test_a_small_service_takes_others_with_it(budi, answers):
    three_days(answers)
    answers("2026-05-07", 3, 2)
    answers("2026-05-08", 52)
    assert [row[0] for row in tables(budi)["Layanan"]] == ["Pendaftaran", "Poli Umum", "Digabung"]
    assert sum(int(row[2]) for row in tables(budi)["Layanan"]) == 110


def test_an_answer_that_went_leaves_the_table_with_a_later_part(budi, signed_in, db, city, answers, clock):
    three_days(answers)
    wrong = answers("2026-05-07", 6, scores="111111111")
    answers("2026-05-08", 50)
    before = sum(int(row[2]) for row in tables(budi)["Layanan"])
    for one in wrong:
        exclude(db, DEED, one.receipt)
    clock.moment = NOON.replace(day=17)
    assert sum(int(row[2]) for row in tables(signed_in("unit_head", city.unit))["Layanan"]) == before
