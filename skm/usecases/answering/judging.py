"""Answers are judged once the quarter of an hour in which they came is over: those in doubt wait for a person.

Nothing of this happens while somebody sends: it costs a citizen nothing, and who tries things out learns nothing.
"""

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta

from skm.i18n import formats
from skm.store import doubtful, events, installation, organisations, responses
from skm.store.database import Database, writing
from skm.store.doubtful import Candidate
from skm.store.events import Event
from skm.survey.doubts import (
    OWN_DAYS,
    RULES,
    Pace,
    improbable_runs,
    is_highest,
    is_too_quick,
    joint_statistic,
    pace_statistic,
)
from skm.survey.organisation import Organisation
from skm.usecases.deed import SERVER, Deed, logged_within, quarter_of

JUDGED = "judged"  # the fact: the number of the last answer that was judged
QUARTER = timedelta(minutes=15)
KEYED = ("paper", "import")
NEARLY = 0.8  # of them all
Doubt = tuple[Candidate, str]  # an answer, and why it is held


def judge_answers(db: Database, now: datetime) -> int:
    """Judges what came in the quarters that are over and was not judged; how many answers are held by it.

    What came before there were rules is not judged. An answer on which anybody has decided stays as it is.
    """
    known = installation.find(db, JUDGED)
    if known is None:
        with writing(db):
            installation.change(db, JUDGED, str(responses.find_last_number(db)))
        return 0
    fresh = list(_of_past_quarters(doubtful.all_after(db, int(known)), now))
    if not fresh:
        return 0
    doubts = _judge(db, fresh)
    with writing(db):
        installation.change(db, JUDGED, str(fresh[-1].number))
        return _hold(db, Deed(SERVER, now), doubts)


def _of_past_quarters(answers: Iterable[Candidate], now: datetime) -> Iterator[Candidate]:
    """The answers up to the first of the quarter that is not over."""
    begin = quarter_of(now)
    for one in answers:
        if datetime.fromisoformat(one.received) >= begin:
            return
        yield one


def _judge(db: Database, fresh: Sequence[Candidate]) -> list[Doubt]:
    doubts: dict[int, Doubt] = {}
    recent = _by_unit(doubtful.all_recent(db, fresh[-1].number))
    for unit_id, answers in _by_unit(fresh).items():
        unit = organisations.get(db, unit_id)
        sent = [one for one in answers if one.channel not in KEYED]
        # The first reason that holds an answer is the one it is held for; a day is judged without what is held by then.
        for found in (
            _quick(sent),
            _turns(db, sent),
            _late(sent),
            _kiosks(db, sent),
            _bursts(db, unit, sent),
            _runs([one for one in answers if one.channel in KEYED]),
        ):
            for one, why in found:
                doubts.setdefault(one.number, (one, why))
        for one, why in _days(db, unit, sent, recent[unit_id], doubts.keys()):
            doubts.setdefault(one.number, (one, why))
    return [doubt for doubt in doubts.values() if not doubt[0].decided]


def _by_unit(answers: Iterable[Candidate]) -> dict[str, list[Candidate]]:
    by_unit: dict[str, list[Candidate]] = defaultdict(list)
    for one in answers:
        by_unit[one.unit_id].append(one)
    return by_unit


def _quick(sent: Iterable[Candidate]) -> Iterator[Doubt]:
    for one in sent:
        if is_too_quick(one.seconds, len(one.scores)):
            yield one, RULES["too_quick"].sentence


def _turns(db: Database, sent: Iterable[Candidate]) -> Iterator[Doubt]:
    """All answers of a form that was used too often, also those of before."""
    rule = RULES["many_turns"]
    forms = {
        one.form_number
        for one in sent
        if one.channel == "qr" and one.form_number and (one.form_turn or 0) > rule.threshold
    }
    for form in sorted(forms):
        for one in doubtful.all_of_form(db, form):
            yield one, rule.sentence


def _late(sent: Iterable[Candidate]) -> Iterator[Doubt]:
    rule = RULES["late_origin"]
    for one in sent:
        if one.channel == "qr" and "late" in one.flags and (one.same_origin or 0) >= rule.threshold:
            yield one, rule.sentence


def _kiosks(db: Database, sent: Iterable[Candidate]) -> Iterator[Doubt]:
    """The answers of a page of a kiosk that took more in an hour than people can give."""
    rule = RULES["kiosk_pace"]
    pages = {
        (one.unit_id, one.local_date, one.local_hour, one.form_number)
        for one in sent
        if one.channel == "kiosk"
    }
    for unit_id, day, hour, page in sorted(pages, key=str):
        on_day = doubtful.all_of_kiosks(db, unit_id, day)
        its = [one for one in on_day if (one.local_hour, one.form_number) == (hour, page)]
        if len(its) > rule.threshold:
            when = f"{formats.date(date.fromisoformat(day))} pukul {hour:02d}"
            yield from _each(its, rule.sentence.format(when=when, n=formats.count(len(its))))


def _bursts(db: Database, unit: Organisation, sent: Iterable[Candidate]) -> Iterator[Doubt]:
    """Those of a quarter of an hour in which far more came than the unit is used to."""
    quarters: dict[str, list[Candidate]] = defaultdict(list)
    for one in sent:
        if one.channel != "kiosk":  # a device that was not connected sends what it has all at once
            quarters[one.received].append(one)
    for received, its in quarters.items():
        arrived = unit.local(datetime.fromisoformat(received))
        pace, n = _pace(db, unit.id, arrived.date()), len(its)
        highest = [one for one in its if is_highest(one.scores)]
        when = f"{formats.date(arrived.date())}, {arrived:%H.%M}–{arrived + QUARTER:%H.%M}"
        if joint_statistic(n, pace.quarter, len(highest), pace.share) > RULES["burst_alike"].threshold:
            said = {"when": when, "n": formats.count(n), "alike": formats.count(len(highest))}
            yield from _each(highest, RULES["burst_alike"].sentence.format(**said))
        if pace_statistic(n, pace.quarter) > RULES["burst"].threshold:
            why = RULES["burst"].sentence.format(when=when, n=formats.count(n))
            yield from _each(_likeliest(its), why)


def _days(
    db: Database,
    unit: Organisation,
    sent: Sequence[Candidate],
    recent: Iterable[Candidate],
    held: Iterable[int],
) -> Iterator[Doubt]:
    """Those of a day on which far more came, less those that are held for another reason.

    Of telephones it is the day of arrival; of kiosks that of the answer, for they send late what they have.
    """
    known = set(held)
    phones = [one for one in recent if one.channel not in (*KEYED, "kiosk")]
    for day in sorted({_arrived(one, unit) for one in sent if one.channel != "kiosk"}):
        yield from _day(db, unit, day, [one for one in phones if _arrived(one, unit) == day], known)
    for code in sorted({one.local_date for one in sent if one.channel == "kiosk"}):
        yield from _day(db, unit, date.fromisoformat(code), doubtful.all_of_kiosks(db, unit.id, code), known)


def _day(
    db: Database, unit: Organisation, day: date, answers: Iterable[Candidate], held: Container[int]
) -> Iterator[Doubt]:
    rule = RULES["crowded_day"]
    begin = rule.sentence.partition(":")[0]  # by which those of it that are held already are known
    its = [one for one in answers if one.number not in held and (one.why or begin).startswith(begin)]
    if pace_statistic(len(its), _pace(db, unit.id, day).day) > rule.threshold:
        why = rule.sentence.format(when=formats.date(day), n=formats.count(len(its)))
        yield from _each(_likeliest(its), why)


def _arrived(answer: Candidate, unit: Organisation) -> date:
    return unit.today(datetime.fromisoformat(answer.received))


def _runs(keyed: Sequence[Candidate]) -> Iterator[Doubt]:
    """Runs of one pattern among what was keyed or imported together."""
    for channel in KEYED:
        its = [one for one in keyed if one.channel == channel]
        for run in improbable_runs([one.scores for one in its]):
            yield from _each((its[place] for place in run), RULES["runs"].sentence.format(n=len(run)))


def _likeliest(answers: Sequence[Candidate]) -> Sequence[Candidate]:
    """Of far too many those that came late, or share an address, where nearly all do; else all."""
    late = [one for one in answers if "late" in one.flags]
    shared = [one for one in answers if (one.same_origin or 1) > 1]
    return next((some for some in (late, shared) if len(some) > NEARLY * len(answers)), answers)


def _pace(db: Database, unit_id: str, day: date) -> Pace:
    """The unit's own pace in the days before."""
    since = (day - timedelta(days=OWN_DAYS)).isoformat()
    return Pace(*doubtful.count_pace(db, unit_id, since, day.isoformat()))


def _each(answers: Iterable[Candidate], why: str) -> Iterator[Doubt]:
    return ((one, why) for one in answers)


def _hold(db: Database, deed: Deed, doubts: Sequence[Doubt]) -> int:
    """Holds answers within the caller's transaction, those on which nobody has decided meanwhile."""
    held = 0
    for one, why in doubts:
        if events.all_for(db, one.id):
            continue
        with logged_within(db, deed) as log:
            events.add(db, Event(one.id, "held", deed.moment, SERVER.id, SERVER.name, why))
            path = organisations.get(db, one.unit_id).path
            log.note(path, "held_answer", one.receipt, {"state": "counted"}, {"state": "held", "why": why})
        held += 1
    return held
