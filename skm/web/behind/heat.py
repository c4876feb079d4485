"""Units by element: where a colour and a letter show what lies low."""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from skm.i18n import formats
from skm.survey.instrument import Instrument, say
from skm.usecases.figures import Child
from skm.web import rows


def page(known: Mapping[str, Instrument], units: Sequence[Child]) -> dict[str, Any]:
    """The table, sorted as the address asks."""
    codes = _codes(units)
    sorts = rows.SORTS | {code: _by(code) for code in codes}
    return {
        "elements": [{"code": code, "name": name} for code, name in _names(known, units).items()],
        "units": rows.in_order([_row(one, known) for one in units], sorts),
        "sorted_by": rows.sorted_by(sorts),
        "sort_links": rows.sort_links(sorts),
        "empty": not codes,
    }


def table(known: Mapping[str, Instrument], units: Sequence[Child]) -> tuple[list[str], list[list[str]]]:
    """Heads and rows of the same in words."""
    codes = _codes(units)
    found = rows.in_order([_row(one, known) for one in units], rows.SORTS)
    return ["Unit", "Jawaban", "IKM", "Mutu", *codes], [
        [
            row["name"],
            formats.count(row["n"]),
            formats.number(row["index"]),
            row["grade"] or "",
            *(formats.number(row["values"].get(code, {}).get("value")) for code in codes),
        ]
        for row in found
    ]


def _row(one: Child, known: Mapping[str, Instrument]) -> dict[str, Any]:
    measure = one.result.measure
    values = {f.code: {"value": f.value, "grade": f.grade} for f in measure.elements} if measure else {}
    return rows.child(one, known) | {"values": values}


def _codes(units: Sequence[Child]) -> list[str]:
    measures = [one.result.measure for one in units if one.result.measure]
    return [figure.code for figure in measures[0].elements] if measures else []


def _names(known: Mapping[str, Instrument], units: Sequence[Child]) -> dict[str, str]:
    instruments = next((one.result.instruments for one in units if one.result.instruments), ())
    return {code: say(known[instruments[0]].element(code).name, "id") for code in _codes(units)}


def _by(code: str) -> Callable[[dict[str, Any]], Decimal]:
    return lambda row: row["values"].get(code, {}).get("value") or Decimal(-1)
