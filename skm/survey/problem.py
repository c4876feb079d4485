"""What goes wrong for a reason that a person can do something about."""

from typing import TypeVar

Found = TypeVar("Found")


class Problem(Exception):
    """A reason by its key, with details; `tables.sentence` finds the words where it is shown."""

    def __init__(self, key: str, **details: object) -> None:
        super().__init__(key, details)
        self.key, self.details = key, details


def needed(found: Found | None, key: str, **details: object) -> Found:
    """What was looked for; raises Problem with this key and these details where there is none."""
    if found is None:
        raise Problem(key, **details)
    return found
