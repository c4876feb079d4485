"""Long lists: a search by words, and a page of what it finds."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from flask import request, url_for

from skm.survey.names import folded

T = TypeVar("T")
LENGTH = 100  # rows of a page


@dataclass(frozen=True)
class Part(Generic[T]):
    """A page of what was found: its rows, the place of the first one, how many there are, and the pages beside it."""

    words: str
    rows: Sequence[T]
    first: int
    count: int
    earlier_url: str | None
    later_url: str | None

    @property
    def long(self) -> bool:
        """Whether there is more than a page, or a search that one may want to end."""
        return bool(self.words) or self.count > LENGTH


def words() -> str:
    """What is sought, as it was typed."""
    return " ".join(request.args.get("words", "").split())[:200]


def part(rows: Sequence[T], text_of: Callable[[T], str], **more: str) -> Part[T]:
    """The page asked for, of the rows in whose text every word sought occurs; the nearest one there is.

    `more` goes along in the addresses of the pages beside it.
    """
    sought = folded(words()).split()
    matching = [row for row in rows if all(word in folded(text_of(row)) for word in sought)]
    last = max(0, len(matching) - 1) // LENGTH + 1
    number = min(max(request.args.get("page", 1, int), 1), last)
    return Part(
        words=words(),
        rows=matching[(number - 1) * LENGTH : number * LENGTH],
        first=(number - 1) * LENGTH + 1,
        count=len(matching),
        earlier_url=_address(number - 1, more) if number > 1 else None,
        later_url=_address(number + 1, more) if number < last else None,
    )


def _address(number: int, more: Mapping[str, str]) -> str:
    asked: dict[str, Any] = (
        dict(request.view_args or {}) | dict(more) | {"words": words() or None, "page": number}
    )
    return url_for(str(request.endpoint), **asked)
