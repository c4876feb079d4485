"""What is stored for a quarter of an hour only is deleted then, also when nobody comes."""

from datetime import datetime

from skm.store import officers
from skm.store.database import Database, writing
from skm.usecases.deed import stored_moment
from skm.usecases.people import held_forms
from skm.usecases.people.sign_in import WINDOW


def sweep(db: Database, now: datetime) -> None:
    """Deletes the failed sign-ins, with their addresses, that count no more, and the forms that are held no more.

    Where there is nothing to delete, nothing is written.
    """
    since = stored_moment(now - WINDOW)
    if officers.has_old_attempts(db, since):
        with writing(db):
            officers.drop_old_attempts(db, since)
    held_forms.forget_old_forms(db, now)
