"""What a printed page says of itself at its foot: when it was opened."""

from flask import Flask

from skm.i18n import formats
from skm.store.organisations import find_root
from skm.web.frame.connection import now, store


def init(app: Flask) -> None:
    """Gives the officers' layout `opened_at()`."""
    app.add_template_global(opened_at)


def opened_at() -> str:
    """The moment, by the clock on the city's wall; before there is a city, in UTC."""
    root = find_root(store())
    return formats.zoned_moment(root.local(now()) if root else now(), " pukul ")
