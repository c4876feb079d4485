"""What a snapshot says of how it was made: the terms, and the units with the days on which they were its own."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from skm.figures.figure import Terms
from skm.figures.period_figures import days_of_piece, piece, unit_of
from skm.survey.period import Period

Content = dict[str, Any]


def terms_of_content(content: Content) -> Terms:
    """The terms by which the figure of a snapshot was made: those of its period, unless it names others."""
    period, others = content["period"], content.get("terms", {})
    return Terms(**({"weights": period["weights"], "rule": period["rule"]} | others))


def terms_content(terms: Terms, period: Period) -> Content:
    """What a snapshot has to say of terms that are not those of its period; nothing where they are."""
    if terms == Terms(period.weights, period.aggregation):
        return {}
    return {"terms": {"weights": terms.weights, "rule": terms.rule, "own": dict(terms.own)}}


def keys_of(content: Content) -> list[str]:
    """The keys of the parts that a snapshot is made from: its units, those that moved with their days."""
    times = content.get("days", {})
    return [
        key
        for unit in content["units"]
        for key in ([piece(unit, tuple(days)) for days in times[unit]] if unit in times else [unit])
    ]


def days_content(keys: Sequence[str]) -> Content:
    """What a snapshot has to say of units that stood below its organisation on some days only."""
    times: dict[str, list[list[str]]] = defaultdict(list)
    for key in keys:
        if days := days_of_piece(key):
            times[unit_of(key)].append(list(days))
    return {"days": dict(times)} if times else {}
