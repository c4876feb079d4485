"""Codes that rows name and nothing has: the first row that names one is wrong, the others wait for it."""

from dataclasses import dataclass, field

from skm.survey.names import tidied
from skm.usecases.exchange.spreadsheet_rows import Row


@dataclass
class AbsentCodes:
    """The first row of each absent code, or the row that should have brought it and is wrong itself."""

    _first: dict[str, Row] = field(default_factory=dict)
    _misspelt: set[str] = field(default_factory=set)

    def misspelt(self, row: Row) -> None:
        """Notes a row whose own code cannot be, for others may name it as it is written."""
        if code := tidied(row.cells.get("kode", "")).lower():
            self._first.setdefault(code, row)
            self._misspelt.add(code)

    def refuse(self, row: Row, what: str, code: str) -> None:
        """Refuses a row that names an absent code, or lets it wait for the first that does."""
        first = self._first.setdefault(code, row)
        if first is row:
            row.refuse(f"{what} “{code[:60]}” tidak ada di berkas ini maupun di server")
        else:
            row.wait(first, shared=code not in self._misspelt)
