"""What a fault did to people, as a row of the table in docs/reliability.md."""

import os
import platform
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import psutil

from bench.coverage import update
from skm.settings import ROOT

DOCUMENT = ROOT / "docs" / "reliability.md"
SOON = 2.0  # seconds in which a form must open, whatever happens
HEADS = (
    "gangguan",
    "jawaban",
    "hilang",
    "ganda",
    "sebagian",
    "ditolak",
    "diminta mengirim lagi",
    "formulir terlama",
)


@dataclass(frozen=True)
class Row:
    """One fault: the answers that were confirmed meanwhile, and what went wrong with them and with other requests."""

    fault: str
    answers: int
    lost: int  # confirmed, and not stored
    doubled: int  # sent once, and stored twice
    partial: int  # stored otherwise than sent
    refused: int  # requests that got no answer of ours, or one in which what was typed is missing
    at_once: int  # the most of them by one event
    later: int  # answers that were to be sent again, with everything that was typed
    longest: float  # seconds until a form was open
    allowed: int | None = 0  # refusals by one event; None where the service is down for a moment
    soon: float | None = SOON  # seconds in which forms must open; None likewise
    skipped: str = ""  # why it could not be tried here

    def misses(self, patience: float = 1) -> list[str]:
        """The goals that were missed; a busy machine gets patience with its seconds."""
        broken = {name: getattr(self, name) for name in ("lost", "doubled", "partial")}
        found = [f"{number} {name}" for name, number in broken.items() if number]
        if self.allowed is not None and self.at_once > self.allowed:
            found.append(f"{self.at_once} refused by one event")
        if self.soon and self.longest > self.soon * patience:
            found.append(f"a form took {self.longest:.1f} s")
        return found

    def cells(self) -> list[str]:
        """As text; a row that could not be tried has words instead of figures."""
        if self.skipped:
            return [self.fault, self.skipped, *["–"] * 6]
        refused = f"{self.refused} (paling banyak {self.at_once} sekaligus)" if self.refused else "0"
        numbers = (self.answers, self.lost, self.doubled, self.partial)
        longest = f"{self.longest:.1f} s".replace(".", ",")
        return [self.fault, *(str(number) for number in numbers), refused, str(self.later), longest]


def skipped(fault: str, why: str) -> Row:
    """A fault that cannot be brought about on this machine."""
    return Row(fault, 0, 0, 0, 0, 0, 0, 0, 0, skipped=why)


def table(rows: Sequence[Row]) -> str:
    """The rows in Markdown, with the day and the machine."""
    lines = [HEADS, ["---"] + ["---:"] * (len(HEADS) - 1), *(row.cells() for row in rows)]
    memory = psutil.virtual_memory().total / 2**30
    where = f"{psutil.cpu_count()} prosesor, {memory:.0f} GB, Linux {platform.release().partition('-')[0]}"
    busy = (
        f"beban rata-rata {os.getloadavg()[2]:.0f}"  # of a quarter of an hour; the measuring takes one itself
    )
    when = f"Diukur pada {datetime.now(UTC):%Y-%m-%d} ({where}, Python {platform.python_version()}; {busy})."
    return "\n".join(f"| {' | '.join(line)} |" for line in lines) + f"\n\n{when}"


def write(rows: Sequence[Row]) -> None:
    """Puts the table between its two marks in the document."""
    update({"faults": table(rows)}, DOCUMENT)


def faults_in_document() -> list[str]:
    """The faults of the table as it stands in the document."""
    _, _, rest = DOCUMENT.read_text("utf-8").partition("<!-- faults -->")
    lines = [line for line in rest.partition("<!-- /faults -->")[0].splitlines() if line.startswith("| ")]
    return [line.split("|")[1].strip() for line in lines[2:]]
