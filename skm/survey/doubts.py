"""The rules by which answers are held for a person's decision, as data, and the statistics that they are judged by.

None of them convicts: each leads to an answer that waits on a page until somebody decides. What they find of stuffed
answers, and what they hold of honest ones, is measured by `python -m bench.stuffing`; docs/stuffing.md has its tables.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from math import log, prod


@dataclass(frozen=True)
class Rule:
    """When an answer is held: `threshold` is in the unit that `why` names; `sentence` is what officers read.

    A sentence names no score: it stands in the log, which says nothing of an answer.
    """

    code: str
    sentence: str
    threshold: float
    why: str


RULES = {
    rule.code: rule
    for rule in (
        Rule(
            "too_quick",
            "Diisi lebih cepat daripada orang membaca pertanyaannya",
            1.1,
            "Seconds for each question, from opening to sending. Nobody reads a question and four options in less; of "
            "people in a hurry, with a median of three seconds for each, one in a hundred does. With 1.5 it would be "
            "one in fifteen. Unknown seconds hold nothing.",
        ),
        Rule(
            "many_turns",
            "Satu formulir yang dibuka sekali dipakai lebih dari 6 kali",
            6,
            "Answers of one opened form. A family hands on one telephone without a connection; more than six are held, "
            "with the first six of that form, for they come from the same hand.",
        ),
        Rule(
            "late_origin",
            "Terlambat dikirim, sesudah 5 jawaban lain dari tempat yang sama hari itu",
            6,
            "Which answer of the day from one network address, of those that came a day or more after they were given."
            " An address alone holds nothing: offices and their visitors share one.",
        ),
        Rule(
            "burst_alike",
            "Banyak jawaban serupa sekaligus: {when}, {alike} dari {n} jawaban",
            100,
            "The joint statistic of a quarter of an hour, for pace and for the share of all-4 answers. A queue after "
            "a session, forty people of whom four in five agree, comes to 80; who come one by one to less than 10.",
        ),
        Rule(
            "burst",
            "Jauh lebih banyak jawaban sekaligus daripada biasanya: {when}, {n} jawaban",
            150,
            "The statistic of pace alone, of a quarter of an hour. Sixty people at once, where ten a day are usual, "
            "come to 123; seventy are held.",
        ),
        Rule(
            "crowded_day",
            "Jauh lebih banyak jawaban daripada biasanya dalam sehari: {when}, {n} jawaban",
            100,
            "The same statistic of a day, without what is held for another reason: what is spread over some hours. "
            "Where ten a day are usual, 137 are held; a session, a class and a usual day together come to 35.",
        ),
        Rule(
            "kiosk_pace",
            "Satu kios menerima lebih banyak jawaban daripada yang dapat diisi orang: {when}, {n} jawaban",
            60,
            "Answers of one page of a kiosk in an hour. People take turns at a device: thirty need half an hour.",
        ),
        Rule(
            "runs",
            "{n} jawaban berturut-turut sama persis",
            1e-9,
            "How many such runs a shuffle of the same answers has, for paper and imports. Of one straight pattern "
            "nothing is held: half of an honest office gives nothing but 4. Six of one hand in 300 are rarer.",
        ),
    )
}

SHORTEST_RUN = 6
LEAST_PACE = 1.0  # answers in a quarter of an hour: what any unit may have without being noticed, times FAIR
LEAST_DAY = 10.0  # answers in a day
FAIR = 3.0  # times a unit's own pace are no burst
OWN_DAYS = 28  # whose answers are a unit's own pace
QUARTERS = 32  # of an hour, in a day of work
PRIOR = (4.0, 10.0)  # all-4 answers among so many: added to a unit's own, which may have few


@dataclass(frozen=True)
class Pace:
    """A unit's own pace: answers on how many days, and how many of them were all 4."""

    answers: int
    days: int
    alike: int

    @property
    def quarter(self) -> float:
        """How many answers a quarter of an hour may have (μ)."""
        return FAIR * max(LEAST_PACE, self.answers / self.days / QUARTERS if self.days else 0.0)

    @property
    def day(self) -> float:
        """How many answers a day may have (μ)."""
        return FAIR * max(LEAST_DAY, self.answers / self.days if self.days else 0.0)

    @property
    def share(self) -> float:
        """The share of answers with the highest score throughout (p₄)."""
        return (self.alike + PRIOR[0]) / (self.answers + PRIOR[1])


def is_too_quick(seconds: int | None, items: int) -> bool:
    """Whether so many questions were answered in fewer seconds than they can be read in."""
    return seconds is not None and seconds < RULES["too_quick"].threshold * items


def is_straight(scores: str) -> bool:
    """Whether every question has the same score; those without an answer aside."""
    return len(set(scores) - {"-"}) < 2


def is_highest(scores: str, scale: int = 4) -> bool:
    """Whether every question has the highest score."""
    return set(scores) - {"-"} == {str(scale)}


def pace_statistic(k: int, mu: float) -> float:
    """How much more than fair k answers are: k ln(k/μ) − (k − μ); 0 where they are no more."""
    return k * log(k / mu) - (k - mu) if k > mu else 0.0


def joint_statistic(k: int, mu: float, s: int, share: float) -> float:
    """The same with s of them all 4, where their share is more than the unit's own; else 0."""
    if k <= mu or s / k <= share:
        return 0.0
    rest = (k - s) * log((1 - s / k) / (1 - share)) if s < k else 0.0
    return pace_statistic(k, mu) + s * log(s / k / share) + rest


def improbable_runs(scores: Sequence[str]) -> Iterator[range]:
    """The places of runs of one pattern that is not straight, and that a shuffle of the same answers hardly has.

    Nothing where the answers are sorted: then their order is not that in which they came.
    """
    if list(scores) in (sorted(scores), sorted(scores, reverse=True)):
        return
    place, n = 0, len(scores)
    for pattern, same in groupby(scores):
        length = len(list(same))
        if length >= SHORTEST_RUN and not is_straight(pattern):
            often = scores.count(pattern)
            expected = (n - length + 1) * prod((often - i) / (n - i) for i in range(length))
            if expected < RULES["runs"].threshold:
                yield range(place, place + length)
        place += length
