"""The way from the answers to the index, in words and rows."""

from typing import Any

from skm import ikm
from skm.figures.method import Counted, Workings
from skm.i18n import formats
from skm.survey.instrument import say
from skm.survey.period import AGGREGATIONS
from skm.web.figures import overview, tables

PLACES = 6  # decimals of a value that is not rounded yet


def page(found: Workings) -> dict[str, Any]:
    """All steps of one figure."""
    measure = found.result.measure
    return {
        "headline": overview.headline(found.result),
        "n": found.result.n,
        "parts": [_part(part) for part in found.parts],
        "steps": _steps(found),
        "measure": measure,
        "kinerja": tables.kinerja(measure.grade if measure else None),
        "bands": [
            {"grade": g, "kinerja": ikm.KINERJA[g], "low": low, "high": high} for g, (low, high) in _BANDS
        ],
        "total": _exact(found.steps.total) if found.steps else None,
        "factor": found.steps.factor if found.steps else None,
        "exact": _exact(measure.exact) if measure else None,
        "convention": overview.convention(measure),
        "alternatives": overview.alternatives(measure),
        "rule": AGGREGATIONS[found.terms.rule],
        "other_rule": tables.other_rule(found.result, found.terms),
        "units": [{"name": u.name, "n": u.n, "exact": _exact(u.exact)} for u in found.units],
        "silent": [unit.name for unit in found.silent],
        "without_fee": found.without_fee,
        "aside": found.aside,
        "warnings": overview.warnings(found.result),
    }


_BANDS = tuple(ikm.BOUNDS.items())


def _part(part: Counted) -> dict[str, Any]:
    """One questionnaire: how often each of its items got each score."""
    counts = part.tally.counts or ()
    items = zip(part.instrument.items, counts, part.tally.answered, part.tally.totals, strict=True)
    return {
        "name": say(part.instrument.title, "id"),
        "n": part.tally.n,
        "scores": range(1, part.instrument.scale + 1),
        "items": [
            {
                "code": item.code,
                "element": item.element,
                "counts": row[1:],
                "missing": row[0],
                "answers": answers,
                "total": total,
            }
            for item, row, answers, total in items
        ],
    }


def _steps(found: Workings) -> list[dict[str, Any]]:
    if found.steps is None:
        return []
    instrument = found.parts[0].instrument
    return [
        {
            "code": step.figure.code,
            "name": say(instrument.element(step.figure.code).name, "id"),
            "n": step.figure.n,
            "total": step.figure.total,
            "nrr": _exact(step.figure.nrr),
            "weight": _weight(step.weight),
            "weighted": _exact(step.weighted),
        }
        for step in found.steps.steps
    ]


def _weight(weight: Any) -> str:
    """1/9, or 0,111."""
    return f"{weight}" if weight.numerator == 1 else formats.number(weight, 3).rstrip("0")


def _exact(value: Any) -> Any:
    """A value with more decimals than anybody reports; the sum goes on with the exact one."""
    return None if value is None else ikm.round_half_up(value, PLACES)
