"""Who answered: how many, and what index they give, by what they said about themselves, by service, hour and channel.

Small groups never show: `survey.small_cells` decides what may be seen, and every number here is a sum of such parts.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from skm import ikm
from skm.figures.choice import WHOLE_TIME
from skm.figures.described import Described, read_described
from skm.figures.figure import Result
from skm.figures.groups import HEADINGS, Groups, groups
from skm.figures.tallies import Tallies, added
from skm.store import organisations, periods, responses
from skm.store.database import Database, reading
from skm.survey import respondent
from skm.survey.organisation import Organisation
from skm.survey.period import Span, find_span, quarter, span_of, year
from skm.survey.problem import needed
from skm.survey.respondent import NOT_ANSWERED, NOT_ASKED, part_of_day
from skm.survey.response import WAYS
from skm.survey.small_cells import MERGED, QUARTERS

OTHERS = (NOT_ANSWERED, NOT_ASKED, MERGED)  # rows that are no group of people


@dataclass(frozen=True)
class Row:
    """A group of respondents; `code` is one of OTHERS for those in none.

    `apart` is how far its index lies from that of all others, where that is clearly more than chance.
    """

    code: str
    n: int
    result: Result
    apart: ikm.Change | None


@dataclass(frozen=True)
class Table:
    """What is shown under one heading, in the order of its labels; groups of nobody have no row."""

    heading: str
    labels: Mapping[str, str]
    rows: Sequence[Row]


@dataclass(frozen=True)
class Respondents:
    """Who answered in a year. `result` and every table are of the same respondents.

    `waiting` respondents are in no table yet; `left_out` answered a questionnaire with other elements. `until` is the
    last quarter that is over, None before the first. `indexed`: the rows tell their index.
    """

    organisation: Organisation
    above: Sequence[Organisation]
    years: Sequence[Span]
    year: Span
    until: Span | None
    result: Result
    waiting: int
    left_out: int
    tables: Sequence[Table]
    indexed: bool = True

    @property
    def lower(self) -> list[tuple[Table, Row]]:
        """The groups that clearly rate lower than all others, the one furthest below first."""
        apart = [(table, row) for table in self.tables for row in table.rows if row.apart]
        below = [pair for pair in apart if pair[1].apart and pair[1].apart.points < 0]
        return sorted(below, key=lambda pair: pair[1].apart.points if pair[1].apart else 0)


def show_respondents(db: Database, slug: str, period: str, now: datetime) -> Respondents:
    """Who answered in a calendar year, by default that of the last quarter which is over. Raises Problem.

    Any other period stands for its year: shorter ones would leave small groups when taken from each other.
    """
    with reading(db):
        organisation = organisations.get_by_slug(db, slug)
        today, years = organisation.today(now), _years(db, organisation)
        span = _chosen(db, years, period, today)
        services = {service.id: service.name for service in organisations.services_of(db, organisation.id)}
        answers = read_described(db, organisation.path, span, by_service=bool(services))
        above = organisations.all_above(db, organisation)
    over = [at for at in _quarters(span) if at.last < f"{today:%Y-%m}"]
    headings = HEADINGS if services else tuple(heading for heading in HEADINGS if heading != "service")
    by_heading = groups(answers, [at.code for at in over], headings)
    shown = added(list(by_heading["sex"].tallies.values()))
    return Respondents(
        organisation=organisation,
        above=above,
        years=years,
        year=span,
        until=over[-1] if over else None,
        result=answers.result(shown),
        waiting=by_heading["sex"].everybody - by_heading["sex"].n,
        left_out=answers.numbers.total() - by_heading["sex"].everybody,
        tables=_tables(by_heading, shown, answers, services),
    )


def without_index(answered: Respondents) -> Respondents:
    """How many answered in each group, without what they think."""
    tables = [
        replace(table, rows=[replace(row, result=Result(None, ()), apart=None) for row in table.rows])
        for table in answered.tables
    ]
    return replace(answered, tables=tables, indexed=False)


def _years(db: Database, organisation: Organisation) -> list[Span]:
    """The years with answers, the newest first."""
    months = responses.find_months(db, organisation.path)
    if months is None:
        return []
    return [year(number) for number in range(int(months[1][:4]), int(months[0][:4]) - 1, -1)]


def _chosen(db: Database, years: Sequence[Span], period: str, today: date) -> Span:
    if period in ("", WHOLE_TIME):
        begun = [at for at in years if _quarters(at)[0].last < f"{today:%Y-%m}"]
        return next(iter([*begun, *years]), year(today.year))
    own = periods.find(db, period)
    span = span_of(own) if own else find_span(period)
    return year(int(needed(span, "span_unknown", code=period[:20]).first[:4]))


def _quarters(span: Span) -> list[Span]:
    return [quarter(int(span.code), number) for number in range(1, QUARTERS + 1)]


def _tables(
    by_heading: Mapping[str, Groups], shown: Tallies, answers: Described, services: Mapping[str, str]
) -> list[Table]:
    own = {
        "service": services,
        "hour": {part: part.replace("-", "–") for part in map(part_of_day, (8, 12, 0))},
        "channel": WAYS,
    }
    labels = {name: own.get(name) or respondent.labels(answers.known.values(), name) for name in by_heading}
    comparisons = sum(row not in OTHERS for groups in by_heading.values() for row in groups.tallies)
    return [
        Table(
            heading,
            labels[heading],
            [
                _row(row, groups.tallies[row], shown, answers, comparisons)
                for row in _in_order(groups.tallies, labels[heading])
            ],
        )
        for heading, groups in by_heading.items()
    ]


def _in_order(rows: Mapping[str, Tallies], labels: Mapping[str, str]) -> list[str]:
    unknown = sorted(rows.keys() - labels.keys() - set(OTHERS))
    return [row for row in (*labels, *unknown, *OTHERS) if any(t.n for t in rows.get(row, {}).values())]


def _row(row: str, tallies: Tallies, shown: Tallies, answers: Described, comparisons: int) -> Row:
    result = answers.result(tallies)
    others = {name: tally - tallies[name] if name in tallies else tally for name, tally in shown.items()}
    apart = None if row in OTHERS else _apart(result, answers.result(others), comparisons)
    return Row(row, result.n, result, apart)


def _apart(group: Result, others: Result, comparisons: int) -> ikm.Change | None:
    """The step from all others to a group, where it is clear among so many comparisons.

    Of thirty groups that do not differ, one or two would stand out at 95 % by chance alone.
    """
    if group.measure is None or others.measure is None:
        return None
    step = ikm.change(others.measure, group.measure, comparisons)
    return step if step and step.real else None
