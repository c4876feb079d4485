"""By which weights and which rule an organisation's figure is made: those of the period that holds there."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from skm.figures.figure import Terms
from skm.store import periods
from skm.store.database import Database
from skm.survey.organisation import Organisation
from skm.survey.period import Period, Span, span_of


@dataclass(frozen=True)
class PeriodTerms:
    """The periods of organisations, the earliest first: those of one, of all above and of all below."""

    periods: Mapping[str, Sequence[Period]]

    def of(self, path: str, span: Span | None) -> Terms:
        """The terms at the end of a path: those of the nearest organisation with a period that meets the span.

        Of several it is the one that fills the span, else the latest. Where none meets it, the latest of the nearest.
        """
        line = [self.periods[key] for key in reversed(path.rstrip("/").split("/")) if key in self.periods]
        met = next((some for own in line if (some := [one for one in own if _meets(one, span)])), None)
        fills = (one for one in met or () if span and span_of(one) == span)
        period = next(fills, None) or next(reversed(met or next(iter(line), ())), None)
        return Terms(period.weights, period.aggregation) if period else Terms()

    def over(self, path: str, span: Span | None, units: Iterable[Organisation]) -> Terms:
        """The same, with the weights of those units that have others: a mean of units is one of their own indices."""
        terms, line = self.of(path, span), set(path.split("/"))
        if not self.periods.keys() - line:
            return terms
        weights = {unit.id: self.of(unit.path, span).weights for unit in units}
        return replace(terms, own={key: name for key, name in weights.items() if name != terms.weights})


def read_terms(db: Database, path: str) -> PeriodTerms:
    """The periods that hold at the end of a path, and those of all below."""
    found = [*periods.all_for(db, path.rstrip("/").split("/")), *periods.all_below(db, path)]
    return _by_organisation({period.id: period for period in found}.values())


def terms_of(db: Database, path: str, span: Span | None = None) -> Terms:
    """The terms of the period that is nearest to a path, without those of units below."""
    return _by_organisation(periods.all_for(db, path.rstrip("/").split("/"))).of(path, span)


def _by_organisation(found: Iterable[Period]) -> PeriodTerms:
    by_organisation: dict[str, list[Period]] = defaultdict(list)
    for period in found:
        by_organisation[period.organisation_id].append(period)
    return PeriodTerms(by_organisation)


def _meets(period: Period, span: Span | None) -> bool:
    if span is None:
        return True
    first, last = span.days
    return period.opens <= last and first <= period.closes
