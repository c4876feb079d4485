"""Answers that were held before there were proposals can be proposed, and proposals are never changed."""

import pytest
from sqlite_utils import Database

from skm.store import held_answers, migrations
from skm.store.database import StoreError, connect, writing
from skm.store.held_answers import Proposal
from tests.builders import a_city, answered, decided

AT = "2026-07-02T00:00:00+00:00"


@pytest.fixture
def db(tmp_path):
    """A database of the version before, with a held answer, that was then upgraded."""
    db = connect(tmp_path / "before.sqlite")
    migrations._registered().apply(db, stop_before="0014_proposed_exclusions")
    with writing(db):
        city = a_city(db)
    decided(db, answered(db, city, "444444444"), "held")
    migrations.apply(db)
    yield db
    db.close()


def propose(db: Database, state: str = "proposed") -> str:
    """Proposes to exclude the held answer, or withdraws it; the answer's id."""
    ((answer,),) = db.execute("SELECT id FROM responses").fetchall()
    hold = held_answers.find_hold(db, answer)
    assert hold is not None
    with writing(db):
        held_answers.add_proposal(db, Proposal(answer, hold, state, AT, None, "server", "Ganda"))
    return answer


def test_what_was_held_before_can_be_proposed_and_withdrawn(db):
    answer = propose(db)
    proposal = held_answers.find_proposal(db, answer)
    assert proposal is not None
    assert proposal.why == "Ganda"
    propose(db, "withdrawn")
    assert held_answers.find_proposal(db, answer) is None


@pytest.mark.parametrize(
    "statement", ["UPDATE exclusion_proposals SET why = 'lain'", "DELETE FROM exclusion_proposals"]
)
def test_proposals_are_append_only(db, statement):
    propose(db)
    with pytest.raises(StoreError, match="append-only"):
        db.execute(statement)
