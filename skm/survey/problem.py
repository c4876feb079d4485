"""What goes wrong for a reason that a person can do something about."""


class Problem(Exception):
    """A reason by its key, with details; `i18n.problems` finds the words where it is shown."""

    def __init__(self, key: str, **details: object) -> None:
        super().__init__(key, details)
        self.key, self.details = key, details
