"""A file that nobody can read to its end is refused with its reason."""

from tests.bombs import a_row_in_the_trillions
from tests.faults.officer import Head
from tests.faults.scene import a_served_city


def test_a_workbook_with_a_row_in_the_trillions_is_refused_with_its_reason(tmp_path):
    with a_served_city(tmp_path) as (db, city, server):
        head = Head(server.address, db, tmp_path / "skm.sqlite", city)
        status, page = head.send(a_row_in_the_trillions())
    assert status == 422
    assert "Ada baris bernomor di atas 1.048.576" in page
