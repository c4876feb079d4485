"""What was measured, as a table for people and as a file for comparing."""

import json
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from platform import python_version
from typing import Any

RESULTS = Path(__file__).parent / "results" / "latest.json"
PACKAGES = ("flask", "granian", "jinja2", "numpy", "sqlite-utils", "xlsxwriter")
HEAD = ("what", "ours", "bare", "value", "goal", "")


@dataclass(frozen=True)
class Line:
    """One figure: its value, and the goal it must not exceed if it has one. A unit "×" is ours divided by bare."""

    name: str
    value: float
    unit: str
    goal: float | None = None
    ours: str = ""
    bare: str = ""

    @property
    def verdict(self) -> str:
        """Whether the goal was met."""
        if self.goal is None:
            return ""
        return "ok" if self.value <= self.goal else "missed"


def table(lines: Iterable[Line]) -> str:
    """The lines under each other, in columns."""
    rows = [HEAD, *(_cells(line) for line in lines)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEAD))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows
    )


def save(part: str, lines: Sequence[Line], file: Path = RESULTS) -> None:
    """Writes what was measured now; what the file says of other parts stays, with its own date."""
    parts = json.loads(file.read_text("utf-8"))["parts"] if file.exists() else {}
    now = datetime.now(UTC).isoformat(timespec="seconds")
    parts[part] = {"date": now, "versions": _versions(), "lines": [_record(line) for line in lines]}
    records = [record for _, known in sorted(parts.items()) for record in known["lines"]]
    ratios = {record["name"]: record["value"] for record in records if record["unit"] == "×"}
    file.parent.mkdir(exist_ok=True)
    text = json.dumps({"ratios": ratios, "parts": dict(sorted(parts.items()))}, indent=2, ensure_ascii=False)
    file.write_text(text + "\n", "utf-8")


def _cells(line: Line) -> tuple[str, ...]:
    goal = "" if line.goal is None else f"≤ {line.goal:g} {line.unit}"
    return line.name, line.ours, line.bare, f"{_short(line.value)} {line.unit}", goal, line.verdict


def _record(line: Line) -> dict[str, Any]:
    return asdict(line) | {"value": float(_short(line.value).replace(",", "")), "verdict": line.verdict}


def _short(value: float) -> str:
    return f"{value:.2f}" if value < 100 else f"{value:,.0f}"


def _versions() -> dict[str, str]:
    known = {"python": python_version(), "sqlite": sqlite3.sqlite_version}
    return known | {package: version(package) for package in PACKAGES}
