"""What a snapshot holds: a figure in one canonical form, so that equal figures are equal bytes, and the way back.

The form is described in docs/decisions/0009-closing-a-period.md.
"""

import json
from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from hashlib import sha256
from typing import Any

from skm import __version__, ikm
from skm.figures.basis import terms_of_content
from skm.figures.figure import Figure, FurtherIndex, Questionnaire, Result, Terms, UnitFigure
from skm.figures.scheme import scheme, weights_for
from skm.survey.instrument import Instrument

SCHEMA = 2  # 1: before intervals by days
PARTS = ("organisation", "period", "mark", "units", "figures")
Content = dict[str, Any]
Difference = tuple[str, Any, Any]  # the way to a figure, as `elements/U1/total`; what it was; what it is


def content_of(figure: Figure) -> Content:
    """A figure as the part `figures` of a snapshot. No number passes through binary fractions."""
    units = figure.units
    return {
        "n": figure.n,
        "held": figure.held,
        "excluded": figure.excluded,
        "left_out": figure.result.left_out,
        "questionnaires": {name: _questionnaire(one) for name, one in figure.questionnaires.items()},
        "silent": list(figure.silent),
        **_measured(figure),
        **({} if units is None else {"units": {name: _unit(one) for name, one in units.items()}}),
    }


def figure_of(content: Content, known: Mapping[str, Instrument]) -> Figure:
    """The figure that a whole snapshot holds: the inverse of `content_of`.

    `known` are the instruments of its questionnaires, which say in which order the elements stand.
    """
    figures, terms = content["figures"], terms_of_content(content)
    joined = sorted(name for name, one in figures["questionnaires"].items() if one["counted_together"])
    measured = figures["index"] is not None
    its = scheme(known[joined[0]]) if measured else None
    elements = {code: figures["elements"][code] for code in (its.codes if its else ())}
    return Figure(
        terms=terms,
        result=Result(
            measure=_read_measure(figures, its, terms) if its else None,
            instruments=tuple(joined),
            left_out=figures["left_out"],
            others=tuple(sorted(set(figures["questionnaires"]) - set(joined))),
            other=_read_outcome(figures["other_rule"]) if its and figures["other_rule"] else None,
        ),
        names={code: one["name"] for code, one in elements.items()},
        weights={code: Fraction(figures["weights"][code]) for code in elements},
        questionnaires={
            name: _read_questionnaire(one, known[name]) for name, one in figures["questionnaires"].items()
        },
        held=figures["held"],
        excluded=figures["excluded"],
        silent=tuple(figures["silent"]),
        units={name: _read_unit(one) for name, one in figures["units"].items()}
        if "units" in figures
        else None,
    )


def canonical(content: Content) -> bytes:
    """JSON with sorted keys and no spaces, in UTF-8."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def digest_of(content: bytes) -> str:
    """SHA-256 in hexadecimal."""
    return sha256(content).hexdigest()


def parsed(content: bytes) -> Content | None:
    """The content of stored bytes; None where they are damaged."""
    try:
        value = json.loads(content)
    except ValueError:
        return None
    whole = isinstance(value, dict) and all(isinstance(value.get(part), dict) for part in PARTS)
    return value if whole else None


def differences(before: Content, after: Content) -> list[Difference]:
    """Every figure that two sets of figures do not have alike; None for what is not there."""
    if before == after:
        return []
    left, right = dict(_flat(before)), dict(_flat(after))
    ways = dict.fromkeys([*left, *right])
    return [(way, left.get(way), right.get(way)) for way in ways if left.get(way) != right.get(way)]


def unlike(stored: Content, figures: Content) -> list[Difference]:
    """Where stored figures differ from those computed now.

    An interval is an estimate whose method may get better: it is compared only where it was computed as now.
    """
    return [
        one for one in differences(stored["figures"], figures) if _as_now(stored) or not _of_interval(one)
    ]


def other_method(stored: Content, figures: Content) -> str:
    """The version that computed the stored interval otherwise than it is computed now; "" where they are alike."""
    if _as_now(stored) or not any(map(_of_interval, differences(stored["figures"], figures))):
        return ""
    return str(stored.get("software"))


def _as_now(stored: Content) -> bool:
    return (stored.get("software"), stored.get("schema")) == (__version__, SCHEMA)


def _of_interval(difference: Difference) -> bool:
    return difference[0].startswith("interval")


def _flat(value: Any, way: str = "") -> Iterator[tuple[str, Any]]:
    if isinstance(value, dict):
        for name in value:
            yield from _flat(value[name], f"{way}/{name}" if way else name)
    else:
        yield way, value


def _measured(figure: Figure) -> Content:
    measure, other = figure.measure, figure.result.other
    if measure is None:
        return {"elements": {}, "index": None, "grade": None}
    return {
        "elements": {one.code: _element(one, figure.names[one.code]) for one in measure.elements},
        "weights": {code: _text(weight) for code, weight in figure.weights.items()},
        "index": {"exact": _text(measure.exact), "value": _text(measure.index)},
        "grade": measure.grade,
        "alternatives": {name: _outcome(one) for name, one in measure.alternatives.items()},
        "grade_depends_on_weights": measure.grade_depends_on_weights,
        "interval": _interval(measure.interval),
        "other_rule": _outcome(other) | {"rule": figure.terms.other_rule} if other else None,
    }


def _read_measure(content: Content, its: ikm.Scheme, terms: Terms) -> ikm.Measure:
    return ikm.Measure(
        n=content["n"],
        weights=weights_for(its, terms.weights),
        elements=tuple(_read_element(code, content["elements"][code]) for code in its.codes),
        exact=_fraction(content["index"]["exact"]),
        index=_decimal(content["index"]["value"]),
        grade=content["grade"],
        alternatives={name: _read_outcome(one) for name, one in content["alternatives"].items()},
        grade_depends_on_weights=content["grade_depends_on_weights"],
        interval=_read_interval(content["interval"]),
    )


def _questionnaire(questionnaire: Questionnaire) -> Content:
    """How often each score was given to each item (first: unanswered), and the further indices."""
    items = (item.code for item in questionnaire.instrument.items)
    return {
        "n": questionnaire.tally.n,
        "counted_together": questionnaire.joined,
        "counts": {
            item: list(row) for item, row in zip(items, questionnaire.tally.counts or (), strict=True)
        },
        "indices": {
            code: {"index": _text(other.index), "grade": other.grade, "exact": _text(other.exact)}
            for code, other in questionnaire.indices.items()
        },
    }


def _read_questionnaire(content: Content, instrument: Instrument) -> Questionnaire:
    counts = tuple(tuple(content["counts"][item.code]) for item in instrument.items)
    return Questionnaire(
        instrument=instrument,
        tally=ikm.Tally(
            n=content["n"],
            answered=tuple(sum(row[1:]) for row in counts),
            totals=tuple(sum(score * times for score, times in enumerate(row)) for row in counts),
            counts=counts,
        ),
        joined=content["counted_together"],
        indices={
            code: FurtherIndex(_fraction(one["exact"]), _decimal(one["index"]), one["grade"])
            for code, one in content["indices"].items()
        },
    )


def _unit(unit: UnitFigure) -> Content:
    index = {"exact": _text(unit.exact), "value": _text(unit.index)} if unit.n else None
    return {"n": unit.n, "index": index}


def _read_unit(content: Content) -> UnitFigure:
    index = content["index"] or {"exact": None, "value": None}
    return UnitFigure(content["n"], _fraction(index["exact"]), _decimal(index["value"]))


def _element(figure: ikm.ElementFigure, name: str) -> Content:
    return {
        "name": name,
        "n": figure.n,
        "total": figure.total,
        "nrr": _text(figure.nrr),
        "value": _text(figure.value),
        "grade": figure.grade,
    }


def _read_element(code: str, content: Content) -> ikm.ElementFigure:
    nrr, value = _fraction(content["nrr"]), _decimal(content["value"])
    return ikm.ElementFigure(code, content["n"], content["total"], nrr, value, content["grade"])


def _outcome(other: ikm.Alternative) -> Content:
    return {"index": _text(other.index), "grade": other.grade}


def _read_outcome(content: Content) -> ikm.Alternative:
    return ikm.Alternative(_decimal(content["index"]), content["grade"])


def _interval(interval: ikm.Interval | None) -> Content | None:
    if interval is None:
        return None
    ends = {"level": str(interval.level), "low": _text(interval.low), "high": _text(interval.high)}
    certain = {"grade_certain": interval.grade_certain}
    if interval.deff is None:  # of schema 1
        return ends | certain
    return ends | certain | {"by": interval.by, "deff": _text(interval.deff), "few": interval.few}


def _read_interval(content: Content | None) -> ikm.Interval | None:
    if content is None:
        return None
    return ikm.Interval(
        level=float(content["level"]),
        low=Decimal(content["low"]),
        high=Decimal(content["high"]),
        grade_certain=content["grade_certain"],
        by=content.get("by", ikm.ANSWERS),
        deff=_decimal(content.get("deff")),
        few=content.get("few", ""),
    )


def _text(value: Fraction | Decimal | None) -> str | None:
    """A decimal as it is, a fraction as `numerator/denominator`: no figure passes through binary."""
    return None if value is None else str(value)


def _fraction(text: str | None) -> Fraction | None:
    return None if text is None else Fraction(text)


def _decimal(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)
