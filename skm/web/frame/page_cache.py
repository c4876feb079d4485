"""A cache for pages that differ in one value at most."""

from collections.abc import Callable, Hashable
from functools import lru_cache
from typing import cast

from flask import Flask, current_app, request
from markupsafe import escape

from skm.usecases.answering import answer
from skm.web.frame.connection import store
from skm.web.frame.language import language

LIMIT = 256  # pages, of some 14 kB
HOLE = "\ue000"  # where the value will stand: a sign of Unicode's private use, which no text has


class _Recipe:
    """How a page is made; equal to another when the page is."""

    def __init__(self, key: Hashable, make: Callable[[str], str]) -> None:
        self.key, self.make = key, make

    def __hash__(self) -> int:
        return hash(self.key)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Recipe) and self.key == other.key


def filled(value: str, key: Hashable, make: Callable[[str], str]) -> bytes:
    """The page `make(value)`. `key` is what else of the database it shows: another key, another page."""
    return _page((request.query_string, key), make).replace(HOLE.encode(), escape(value).encode())


def once(key: Hashable, make: Callable[[], str]) -> bytes:
    """The page `make()`, for everybody who reads it in one language; `key` is what of the database it shows.

    Whatever else stands in the address makes no page of its own: a page that costs much is made once.
    """
    return _page((language(), key), lambda _: make())


def _page(key: Hashable, make: Callable[[str], str]) -> bytes:
    shown = request.endpoint, request.script_root, answer.show_city_name(store())
    return cast(bytes, current_app.extensions["skm_pages"](_Recipe((shown, key), make)))


def init(app: Flask) -> None:
    """Each app keeps its own pages."""
    app.extensions["skm_pages"] = lru_cache(LIMIT)(lambda recipe: recipe.make(HOLE).encode())
