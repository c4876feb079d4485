"""The index of all visitors: each service weighs as much as it has visitors, however many of them answered."""

from dataclasses import replace

from skm import ikm
from skm.figures.answers import Answers, open_answers
from skm.figures.choice import Choice
from skm.figures.scheme import scheme, weights_for
from skm.figures.tallies import Tallies, count
from skm.store import visitor_numbers
from skm.store.database import Database
from skm.store.scores import UNIT_MONTH


def find_index_by_visitors(db: Database, choice: Choice, answers: Answers) -> ikm.VisitorIndex | None:
    """The index of all visitors of the chosen span.

    `answers` are those of the span, whose visitors are known. None where fewer than two services have visitors, and
    where answers to several questionnaires are counted together.
    """
    if choice.span is None:
        return None
    numbers = visitor_numbers.all_for(db, choice.organisation.path, *choice.span.days)
    joined = answers.over_all().instruments
    if len(joined) != 1 or sum(number > 0 for number in numbers.values()) < 2:
        return None
    (instrument,), its = joined, scheme(answers.known[joined[0]])
    by_service = _by_service(db, choice, answers)
    services = [
        ikm.Stratum((tallies[instrument], its), numbers[service])
        for service, tallies in by_service.items()
        if instrument in tallies and service in numbers
    ]
    empty = ikm.tally(b"", its.width, its.scale, ())
    unanswered = [ikm.Stratum((empty, its), n) for key, n in numbers.items() if n and key not in by_service]
    return ikm.index_by_visitors([*services, *unanswered], weights_for(its, answers.terms.weights))


def _by_service(db: Database, choice: Choice, answers: Answers) -> dict[str, Tallies]:
    """The tallies of each service with answers that count."""
    by = (*UNIT_MONTH, "service_id")
    read = open_answers(db, choice.chosen, by, answers.terms, dated=True)
    tallied = answers.narrow(replace(read, narrow=answers.narrow)).full(
        lambda _unit, _month, service: service
    )
    return {service: tallies for service, tallies in tallied.items() if count(tallies)}
