"""Words are erased that a person wants gone: the comment, or what was said about oneself. The answer stays.

Index, records and receipts do not change. What a copy of the database still holds is erased again when it is restored,
by a list that lies beside the database and outside of every copy.
"""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from skm.security.codes import normalise
from skm.store import erasures, organisations, responses
from skm.store.database import Database
from skm.store.erasures import Erasure
from skm.survey.names import checked_text
from skm.survey.problem import Problem, needed
from skm.usecases.deed import SERVER, Deed, logged

WHATS = {"comment": "saran", "profile": "data responden"}
RESTORED = "Terhapus sebelum pemulihan dari cadangan"


@dataclass(frozen=True)
class Erased:
    """What was erased of the answer of a receipt, and in which unit; `wiped`: the disk has nothing of it any more.

    Otherwise the sweeper wipes within minutes what the WAL still holds.
    """

    receipt: str
    unit: str
    whats: Sequence[str]
    wiped: bool


def erase_words(
    db: Database, deed: Deed, receipt: str, whats: Sequence[str], why: str, list_file: Path
) -> Erased:
    """Erases the comment, the profile or both of the answer of a receipt; the log names the receipt and the reason.

    Raises Problem: unknown, without a reason, or where there is nothing of it.
    """
    reason, code = checked_text(why), normalise(receipt)
    if not reason:
        raise Problem("reason_missing")
    with logged(db, deed) as log:
        response_id, unit_id = needed(responses.find_origin(db, code), "receipt_unknown")
        unit, there = organisations.get(db, unit_id), erasures.find_words(db, response_id)
        chosen = [what for what in WHATS if what in whats and what in there]
        if not chosen:
            raise Problem("words_missing", receipt=code)
        for what in chosen:
            erasures.erase(db, Erasure(response_id, what, deed.moment, deed.by.id, deed.by.name, reason))
        log.note(unit.path, "erase_words", code, None, {"erased": _words(chosen), "why": reason})
    write_list(db, list_file)
    return Erased(code, unit.name, chosen, erasures.finish(db))


def list_beside(database: Path) -> Path:
    """The list of what was erased from a database."""
    return database.with_name(f"{database.stem}-erased.txt")


def write_list(db: Database, file: Path) -> None:
    """Adds to the list what it lacks: lines with the id of an answer, what was erased of it, and when."""
    lines = _read_list(file)
    lacking = [" ".join(one) for one in erasures.all_erased(db) if " ".join(one) not in lines]
    if not lacking:
        return
    draft = file.with_name(f".{file.name}.{os.getpid()}")
    try:
        draft.touch(mode=0o600)
        with draft.open("w") as written:
            written.writelines(f"{line}\n" for line in [*lines, *lacking])
            written.flush()
            os.fsync(written.fileno())
        draft.replace(file)
    finally:
        draft.unlink(missing_ok=True)


def erase_again(db: Database, file: Path, now: datetime) -> int:
    """Erases from a database that comes from a copy what the list says was erased since; how many answers it was."""
    listed = [line.split(" ") for line in _read_list(file)]
    again = [(key, what) for key, what, _ in listed if what in erasures.find_words(db, key)]
    if again:
        with logged(db, Deed(SERVER, now)) as log:
            for key, what in again:
                erasures.erase(db, Erasure(key, what, log.deed.moment, SERVER.id, SERVER.name, RESTORED))
            path = organisations.find_root_path(db)
            log.note(path, "erase_words_again", file.name, None, {"answers": len({key for key, _ in again})})
    erasures.finish(db)
    return len({key for key, _ in again})


def _words(whats: Sequence[str]) -> str:
    return ", ".join(WHATS[what] for what in whats)


def _read_list(file: Path) -> list[str]:
    return file.read_text("utf-8").splitlines() if file.exists() else []
