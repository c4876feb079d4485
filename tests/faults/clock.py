"""The server's clock is behind what is stored: it jumped, or the battery of the machine is empty."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from tests.builders import answered
from tests.faults.load import people
from tests.faults.row import Row
from tests.faults.scene import a_served_city
from tests.waiting import until

BEHIND = 400  # days


def behind(folder: Path, answers: int) -> Row:
    """Answers are taken as always and held for a person's decision, so that none gets into a year that is over."""
    with a_served_city(folder) as (db, city, server):
        with people(server.address, city.token, 4) as outcome:
            until(lambda: len(outcome.receipts) >= answers, seconds=60)
            ahead = (datetime.now(UTC) + timedelta(days=BEHIND)).date()
            answered(db, city, "3" * 9, ahead.isoformat(), comment="Dari tahun depan")
            receipts = len(outcome.receipts)
            until(lambda: len(outcome.receipts) >= receipts + answers, seconds=60)
        ((held,),) = db.execute("SELECT count(*) FROM response_events WHERE why LIKE 'Jam server%'")
        assert answers <= held + 4 <= len(outcome.receipts) - answers + 8  # with those that were on their way
        return outcome.row(f"jam server {BEHIND} hari di belakang", db)
