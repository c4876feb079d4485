"""Batches of papers: their sheets, who keyed them, the second keying of a sample, and what differed."""

from collections.abc import Iterable, Sequence

from sqlite_utils import Database

from skm.store.rows import insert, insert_numbered, one, rows
from skm.survey.paper import Batch, Check, Difference, Sheet
from skm.survey.problem import needed

_BATCH = """SELECT id, unit_id, number, counter_id, service_id, instrument_id, survey_date, local_hour, language, stack,
                   opened, officer_id, officer_name, keyed, counted, discarded, why FROM paper_batches"""
_SHEET = """SELECT id, batch_id, number, officer_id, officer_name, saved, scores, profile, comment, drawn, removed
            FROM paper_sheets"""


def add(db: Database, batch: Batch) -> None:
    """Adds a batch."""
    insert(db, "paper_batches", [batch])


def find(db: Database, batch_id: str) -> Batch | None:
    """The batch with this id."""
    return one(db, Batch, f"{_BATCH} WHERE id = :id", {"id": batch_id})


def get(db: Database, batch_id: str) -> Batch:
    """The batch with this id; raises Problem."""
    return needed(find(db, batch_id), "paper_batch_unknown")


def all_for(db: Database, unit_id: str) -> Sequence[Batch]:
    """The batches of a unit, the newest first."""
    return rows(db, Batch, f"{_BATCH} WHERE unit_id = :unit ORDER BY number DESC", {"unit": unit_id})


def next_number(db: Database, unit_id: str) -> int:
    """The running number of the next batch of a unit."""
    sql = "SELECT coalesce(max(number), 0) + 1 FROM paper_batches WHERE unit_id = :unit"
    return int(db.execute(sql, {"unit": unit_id}).fetchone()[0])


def change(db: Database, batch: Batch) -> None:
    """Sets what may change of a batch: what the stack is, and how far it is."""
    sql = """UPDATE paper_batches SET counter_id = :counter_id, service_id = :service_id,
             instrument_id = :instrument_id, survey_date = :survey_date, local_hour = :local_hour,
             language = :language, stack = :stack, keyed = :keyed, counted = :counted,
             discarded = :discarded, why = :why WHERE id = :id"""
    db.execute(sql, vars(batch))


def add_sheet(db: Database, sheet: Sheet) -> None:
    """Adds a sheet."""
    insert(db, "paper_sheets", [sheet])


def change_sheet(db: Database, sheet: Sheet) -> None:
    """Sets what was keyed, by whom, and whether the sheet is drawn or removed."""
    sql = """UPDATE paper_sheets SET officer_id = :officer_id, officer_name = :officer_name, saved = :saved,
             scores = :scores, profile = :profile, comment = :comment, drawn = :drawn, removed = :removed
             WHERE id = :id"""
    db.execute(sql, vars(sheet))


def find_sheet(db: Database, sheet_id: str) -> Sheet | None:
    """The sheet with this id, removed or not."""
    return one(db, Sheet, f"{_SHEET} WHERE id = :id", {"id": sheet_id})


def sheets_of(db: Database, batch_id: str) -> Sequence[Sheet]:
    """The sheets of a batch in their order, without those removed."""
    sql = f"{_SHEET} WHERE batch_id = :batch AND removed IS NULL ORDER BY number"
    return rows(db, Sheet, sql, {"batch": batch_id})


def count_sheets(db: Database, unit_id: str) -> dict[str, int]:
    """How many sheets each batch of a unit has; batches without any are not in it."""
    sql = """SELECT s.batch_id, count(*) FROM paper_sheets AS s JOIN paper_batches AS b ON b.id = s.batch_id
             WHERE b.unit_id = :unit AND s.removed IS NULL GROUP BY s.batch_id"""
    return dict(db.execute(sql, {"unit": unit_id}).fetchall())


def add_keyer(db: Database, batch_id: str, officer_id: str | None, officer_name: str) -> None:
    """Notes that somebody had a hand in keying a batch; once is enough."""
    sql = """INSERT INTO paper_keyers (batch_id, officer_id, officer_name, number)
             VALUES (:batch, :officer, :name, (SELECT coalesce(max(number), 0) + 1 FROM paper_keyers))
             ON CONFLICT (batch_id, officer_id) DO NOTHING"""
    db.execute(sql, {"batch": batch_id, "officer": officer_id, "name": officer_name})


def keyers_of(db: Database, batch_id: str) -> dict[str, str]:
    """Who keyed anything of a batch: names by id."""
    sql = "SELECT officer_id, officer_name FROM paper_keyers WHERE batch_id = :batch ORDER BY number"
    return dict(db.execute(sql, {"batch": batch_id}).fetchall())


def add_check(db: Database, check: Check, differences: Iterable[Difference]) -> None:
    """Adds the second keying of a sheet with what differed."""
    insert(db, "paper_checks", [check])
    insert_numbered(db, "paper_differences", differences)


def remove_check(db: Database, sheet_id: str) -> None:
    """Forgets a second keying, so that it can be repeated."""
    db.execute("DELETE FROM paper_differences WHERE sheet_id = :sheet", {"sheet": sheet_id})
    db.execute("DELETE FROM paper_checks WHERE sheet_id = :sheet", {"sheet": sheet_id})


def checks_of(db: Database, batch_id: str) -> Sequence[Check]:
    """The second keyings of a batch, the earliest first."""
    sql = """SELECT sheet_id, batch_id, officer_id, officer_name, at, fields FROM paper_checks
             WHERE batch_id = :batch ORDER BY at, sheet_id"""
    return rows(db, Check, sql, {"batch": batch_id})


def differences_of(db: Database, batch_id: str) -> Sequence[Difference]:
    """What differed in a batch, decided or not."""
    sql = """SELECT sheet_id, field, batch_id, first, second, chosen, officer_id, officer_name, decided
             FROM paper_differences WHERE batch_id = :batch ORDER BY number"""
    return rows(db, Difference, sql, {"batch": batch_id})


def decide(db: Database, difference: Difference) -> None:
    """Sets what the paper says, and who looked."""
    sql = """UPDATE paper_differences SET chosen = :chosen, officer_id = :officer_id, officer_name = :officer_name,
             decided = :decided WHERE sheet_id = :sheet_id AND field = :field"""
    db.execute(sql, vars(difference))


def scores_of(db: Database, batch_id: str) -> bytes:
    """The scores of the answers that came of a batch, joined in the order of the stack; empty before it is counted."""
    sql = """SELECT r.scores FROM responses AS r JOIN paper_sheets AS s ON s.id = r.id
             WHERE s.batch_id = :batch ORDER BY s.number"""
    return "".join(scores for (scores,) in db.execute(sql, {"batch": batch_id})).encode()


def is_answer(db: Database, key: str) -> bool:
    """Whether an answer that has nothing to do with a sheet has this id."""
    return db.execute("SELECT 1 FROM responses WHERE id = :id", {"id": key}).fetchone() is not None


def all_uncounted(db: Database, opens: str, closes: str) -> Sequence[Batch]:
    """The batches of some days that are begun and neither counted nor discarded, in the order of their opening."""
    sql = f"""{_BATCH} WHERE counted IS NULL AND discarded IS NULL AND survey_date BETWEEN :opens AND :closes
              ORDER BY opened, id"""
    return rows(db, Batch, sql, {"opens": opens, "closes": closes})
