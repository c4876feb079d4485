"""The parts of a unit's sample: so many respondents for each service, and for each counter that gives it.

So that one busy counter does not speak for all. The sample is split over the services in proportion to their visitors,
at least 1 for each that has any, and the part of a service evenly over the open counters that give it. A service that
no open counter gives has no part; while a service has no number of visitors, nobody has.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from skm import ikm
from skm.figures.visitors import Visitors
from skm.survey.organisation import Counter, Service

TELLING = 20  # answers of the unit; how fewer are spread says nothing


@dataclass(frozen=True)
class ServicePart:
    """A service: its visitors, its answers, its part of the sample; None where it has none."""

    service: Service
    visitors: Visitors
    n: int
    quota: int | None


@dataclass(frozen=True)
class CounterPart:
    """A counter: its answers, its part of the sample, and what both are of the whole.

    `outweighs` tells that its part of the answers is at least twice its part of the sample.
    """

    counter: Counter
    n: int
    quota: int | None
    share: Fraction | None
    quota_share: Fraction | None

    @property
    def outweighs(self) -> bool:
        """Whether it speaks for more than it should."""
        return bool(self.share and self.quota_share and self.share >= 2 * self.quota_share)


def service_parts(
    target: int | None,
    services: Sequence[Service],
    visitors: Mapping[str, Visitors],
    given: Mapping[str, Sequence[str]],
    answers: Mapping[str, int],
) -> list[ServicePart]:
    """The services of a unit; `given` has the open counters of each, `target` None leaves all without a part."""
    served = [one.id for one in services if given.get(one.id)]
    shares = [visitors[key].number or 0 for key in served]
    quotas = dict(zip(served, ikm.quotas(target, shares), strict=True)) if target is not None else {}
    return [
        ServicePart(one, visitors[one.id], answers.get(one.id, 0), quotas.get(one.id)) for one in services
    ]


def counter_parts(
    services: Sequence[ServicePart],
    counters: Sequence[Counter],
    given: Mapping[str, Sequence[str]],
    answers: Mapping[str, int],
) -> list[CounterPart]:
    """The counters of a unit; those that give no service with a part, the closed ones too, have none."""
    shares: dict[str, Fraction] = {}
    for part in services:
        at = given[part.service.id] if part.quota is not None else ()
        for counter_id in at:
            shares[counter_id] = shares.get(counter_id, Fraction(0)) + Fraction(part.quota or 0, len(at))
    target = sum(part.quota or 0 for part in services)
    # The parts of the services are whole already, so a counter that alone gives a service has just that part.
    quotas = dict(zip(shares, ikm.apportion(target, list(shares.values())), strict=True))
    n = sum(answers.values())
    return [
        CounterPart(
            counter=one,
            n=answers.get(one.id, 0),
            quota=quotas.get(one.id),
            share=Fraction(answers.get(one.id, 0), n) if n >= TELLING else None,
            quota_share=Fraction(quotas[one.id], target) if target and one.id in quotas else None,
        )
        for one in counters
    ]
