"""What a unit changed because of what people answered (tindak lanjut), in one sentence for citizens."""

from dataclasses import dataclass
from datetime import date

SENTENCE_LIMIT = 160  # signs: four of them fit on a television at three metres
DRAFT, PUBLISHED, WITHDRAWN = "draft", "published", "withdrawn"
STATES = {DRAFT: "belum diumumkan", PUBLISHED: "diumumkan", WITHDRAWN: "ditarik"}


@dataclass(frozen=True)
class Improvement:
    """One change. `element` is the code of the element it is about, or ""; `done` the day it was done, as 2026-07-01.

    `created`, `published` and `withdrawn` are moments in UTC; None where that has not happened.
    """

    id: str
    unit_id: str
    element: str
    sentence: str
    done: str
    created: str
    published: str | None = None
    withdrawn: str | None = None

    @property
    def state(self) -> str:
        """DRAFT until it is published; withdrawn for good."""
        if self.withdrawn:
            return WITHDRAWN
        return PUBLISHED if self.published else DRAFT

    @property
    def day(self) -> date:
        """The day it was done."""
        return date.fromisoformat(self.done)
