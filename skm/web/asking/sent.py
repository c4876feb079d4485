"""What a browser sent, as plain values: every value of every field, and whether the bytes were readable at all."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import unquote_to_bytes

from flask import request

_BEYOND_ASCII = re.compile(rb"%[89A-Fa-f]")


@dataclass(frozen=True)
class Given:
    """The values of a form by field. `readable` is False when they were not UTF-8."""

    values: Mapping[str, Sequence[str]]
    readable: bool

    def one(self, field: str) -> str:
        """The first value of a field, or nothing."""
        return next(iter(self.values.get(field, ())), "")


def read() -> Given:
    """The form of this request."""
    body = request.get_data(
        cache=True
    )  # before .form, which replaces what it cannot decode without saying so
    return Given(dict(request.form.lists()), _is_utf8(body))


def _is_utf8(body: bytes) -> bool:
    if body.isascii() and not _BEYOND_ASCII.search(body):
        return True
    try:
        unquote_to_bytes(body.replace(b"+", b" ")).decode()
    except UnicodeDecodeError:
        return False
    return True
