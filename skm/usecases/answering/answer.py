"""A citizen answers: the questionnaire that a QR opens, the stored answer, and its receipt."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import Any

from skm.security import codes
from skm.security.stamps import Stamp
from skm.store import counters, installation, instruments, organisations, periods, responses
from skm.store.database import Database
from skm.store.responses import Arrived
from skm.survey.brand import Brand, read_brand
from skm.survey.instrument import Instrument
from skm.survey.names import folded
from skm.survey.organisation import Counter, Organisation, Service, Token, is_closed
from skm.survey.period import Period
from skm.survey.personal import may_lead_to_somebody
from skm.survey.problem import Problem, needed
from skm.survey.profile import pack
from skm.survey.response import Fault, FaultyAnswer, Response, Sent, check_submission
from skm.usecases.answering.arrival import Arrival
from skm.usecases.answering.ending import GRACE, find_earlier_ending, find_ending, judge_sent, refuse_ended
from skm.usecases.answering.holding import find_reasons, hold
from skm.usecases.answering.kiosks import presence_of
from skm.usecases.answering.origin import counted
from skm.usecases.answering.taken import clock_offset, hour_of, opened_at, seconds_between
from skm.usecases.deed import stored_moment, stored_quarter

# A phone without a connection sends a form later than GRACE. It is judged by when the form was opened, and flagged.
OFFLINE_LIMIT = timedelta(days=31)
VARIANT = {"face_to_face": "", "online": "-daring", "hybrid": "-hybrid"}
Write = Callable[[Callable[[Database], Any]], Any]


@dataclass(frozen=True)
class Questionnaire:
    """What a citizen is asked at a counter at a `moment`, of which the answer then is.

    `elsewhere` has services that the counter gives in another unit, and as which they go on in this one. `ended` is the
    key of what ended while the form was open, "" for nothing.
    """

    moment: datetime
    unit: Organisation
    counter: Counter
    services: Sequence[Service]
    period: Period
    instrument_id: str
    instrument: Instrument
    elsewhere: Mapping[str, str] = field(default_factory=dict)
    ended: str = ""


@dataclass(frozen=True)
class ServiceChoice:
    """What comes first at a counter whose services have different questions: which of them it was."""

    unit: Organisation
    counter: Counter
    services: Sequence[Service]


def open_questionnaire(
    db: Database, typed: str, moment: datetime, service_id: str = ""
) -> Questionnaire | ServiceChoice:
    """The questionnaire that a token opens at a moment; raises Problem with the reason when there is none."""
    counter, unit = find_place(db, typed, moment)
    return _questionnaire(db, unit, counter, moment, service_id)


def reopen_questionnaire(
    db: Database, typed: str, stamp: Stamp | None, now: datetime, ago: str = "", service_id: str = ""
) -> Questionnaire | ServiceChoice:
    """The questionnaire of a form that is sent: that of `moment_of`, also where its QR, counter or unit ended since.

    A stamp of another counter, or none, opens what is open now. Raises Problem, also where what ended takes it no more.
    """
    moment = moment_of(stamp, now, ago) if stamp else now
    token, counter, unit = _place(db, typed, moment)
    if stamp is None or stamp.counter_id != counter.id:
        return open_questionnaire(db, typed, now, service_id)
    ending = find_earlier_ending(db, token, stamp.opened) or find_ending(db, unit, counter, token)
    ended = judge_sent(db, ending, stamp, moment, now)
    form = _questionnaire(db, unit, counter, moment, service_id)
    return replace(form, ended=ended) if isinstance(form, Questionnaire) else form


def recall_questionnaire(db: Database, typed: str, moment: datetime, service_id: str) -> Questionnaire | None:
    """What a form asked that was opened at a moment, whatever has ended since; None where that is not known."""
    try:
        _, counter, unit = _place(db, typed, moment)
        form = _questionnaire(db, unit, counter, moment, service_id)
    except Problem:
        return None
    return form if isinstance(form, Questionnaire) else None


def find_place(db: Database, typed: str, moment: datetime) -> tuple[Counter, Organisation]:
    """The counter of a token, and the unit in which it stood, if both were open at a moment; raises Problem."""
    token, counter, unit = _place(db, typed, moment)
    refuse_ended(find_ending(db, unit, counter, token), moment)
    return counter, unit


def _place(db: Database, typed: str, moment: datetime) -> tuple[Token, Counter, Organisation]:
    token = codes.normalise(typed)
    if not codes.is_well_formed(token, codes.TOKEN_LENGTH):
        raise Problem("token_mistyped", typed=typed[:40])
    return needed(counters.find_by_token(db, token, stored_moment(moment.astimezone(UTC))), "token_unknown")


def questionnaire_on(
    db: Database, unit: Organisation, counter: Counter, service_id: str, day: date
) -> Questionnaire:
    """What was asked at a counter about one service on a day; raises Problem as `open_questionnaire` does."""
    moment = unit.midnight(day)
    refuse_ended(find_ending(db, unit, counter), moment)
    questionnaire = _questionnaire(db, unit, counter, moment, service_id)
    assert isinstance(questionnaire, Questionnaire)  # one service has one
    return questionnaire


def moment_of(stamp: Stamp, now: datetime, ago: str = "") -> datetime:
    """The moment that an answer is of: when its form was opened, if that was at most OFFLINE_LIMIT ago; else now.

    A page that a device has stored is opened by several people. So the device says how many seconds `ago` this one
    opened it; that is believed where it lies between the making of the page, with LOADING, and now. Period and date
    follow from this moment alone, so an answer is never dated outside of its period.
    """
    opened = opened_at(stamp, now, ago)
    return opened if timedelta(0) <= now - opened <= OFFLINE_LIMIT else now


def submit_response(
    write: Write,
    asked: Questionnaire,
    stamp: Stamp,
    sent: Sent,
    arrival: Arrival,
    secret: str,
) -> str:
    """Checks what was sent, stores it for good and returns its receipt; a replay returns the first one's receipt.

    What in the comment could lead to a person is pointed out once: it is taken where `comment_checked` is sent with it.
    Where `find_reasons` has any it is stored and held. Raises FaultyAnswer, and StoreBusy.
    """
    chosen = [asked.elsewhere.get(one, one) for one in sent.get("service", ())]
    sent = {**sent, "service": chosen}
    submission = check_submission(asked.instrument, [service.id for service in asked.services], sent)
    if may_lead_to_somebody(submission.comment) and not any(sent.get("comment_checked", ())):
        raise FaultyAnswer([Fault("comment", "comment_personal", {})])
    local, ago = asked.unit.local(asked.moment), next(iter(sent.get("ago", ())), "")
    now = arrival.at
    late = now - asked.moment > GRACE
    make = partial(
        Response,
        id=stamp.submission,
        unit_id=asked.unit.id,
        counter_id=asked.counter.id,
        service_id=submission.service_id,
        period_id=asked.period.id,
        instrument_id=asked.instrument_id,
        received=stored_quarter(now),
        local_date=local.date().isoformat(),
        local_month=f"{local:%Y-%m}",
        local_hour=hour_of(asked.moment, now, asked.unit),
        channel=stamp.channel,
        language=arrival.language,
        scores=submission.scores,
        profile=pack(asked.instrument.profile, submission.profile),
        comment=submission.comment,
        receipt=codes.receipt_for(stamp.submission, secret),
        flags="late" if late else "",
        seconds=seconds_between(opened_at(stamp, now, ago), now, asked.unit, sent),
        token_revoked=int(bool(asked.ended)),
        same_site=None if arrival.same_site is None else int(arrival.same_site),
        clock_offset=clock_offset(now, sent) if late else None,
    )
    with counted(arrival.origin, asked.unit, now) as count_origin:
        return str(write(lambda db: _store(db, asked, stamp, make, count_origin, now)))


def _store(
    db: Database,
    asked: Questionnaire,
    stamp: Stamp,
    make: Callable[..., Response],
    count_origin: Callable[[], int | None],
    now: datetime,
) -> str:
    if stamp.former and (known := responses.find_receipt(db, stamp.former)):
        return known
    form = responses.find_form(db, stamp.form, stamp.submission)
    same_origin = None if form.holds else count_origin()
    response = make(
        form_number=form.number,
        form_turn=stamp.turn or form.answers + 1,
        same_origin=same_origin,
        presence=presence_of(db, stamp, asked.moment, now),
    )
    reasons = find_reasons(db, response, stamp, asked.moment, asked.ended, now)
    added = responses.add(db, response)
    if reasons and not form.holds:  # not one that was sent again
        hold(db, asked.unit, response, reasons, now)
    return added


def find_stored(db: Database, stamp: Stamp) -> str | None:
    """The receipt of an answer that arrived before and is sent once more; None where it did not."""
    known = responses.find_receipt(db, stamp.submission)
    return known or (responses.find_receipt(db, stamp.former) if stamp.former else None)


def find_receipt(db: Database, typed: str) -> Arrived:
    """Where and when the answer of a receipt arrived; raises Problem."""
    return needed(responses.find_by_receipt(db, codes.normalise(typed)), "receipt_unknown")


@dataclass(frozen=True)
class City:
    """What every page says about the installation: whose it is, whether it is a demo, how it presents itself."""

    name: str
    demo: bool
    brand: Brand


NO_CITY = City("", False, read_brand(""))


def show_city_name(db: Database) -> City:
    """The name of the government, "" before there is one; whether the answers are invented; what was chosen."""
    name, demo, brand = installation.find_city(db)
    return City(name, demo, read_brand(brand))


def show_examples(db: Database) -> list[tuple[str, str]]:
    """A few counters to try, as name and token; only where the answers are invented anyway."""
    return counters.first_live(db, 5) if installation.find(db, "demo") else []


def find_open_period(db: Database, unit: Organisation, moment: datetime) -> Period:
    """The period of the unit, or of the nearest organisation above it that has one on this day; raises Problem."""
    today = unit.today(moment)
    line_periods = periods.all_down_to(db, unit.path)
    for organisation_id in unit.ancestors:
        for period in line_periods:
            if period.organisation_id == organisation_id and period.holds(today):
                return period
    future = [period.opens for period in line_periods if period.opens > today]
    if future:
        raise Problem("period_future", opens=min(future))
    raise Problem("period_closed", closed=max((period.closes for period in line_periods), default=None))


def _questionnaire(
    db: Database, unit: Organisation, counter: Counter, moment: datetime, service_id: str
) -> Questionnaire | ServiceChoice:
    period = find_open_period(db, unit, moment)
    given = organisations.services_ever_at(db, counter.id)
    services = [one for one in given if one.unit_id == unit.id and not is_closed(one, moment)]
    elsewhere = {one.id: _goes_on_as(one, services) for one in given if one.unit_id != unit.id}
    if service_id:
        services = [one for one in services if one.id == elsewhere.get(service_id, service_id)]
    ids = {instrument_for(db, period, service) for service in services}
    if not ids:
        raise Problem("service_none")
    if len(ids) > 1:
        return ServiceChoice(unit, counter, services)
    instrument_id = ids.pop()
    return Questionnaire(
        moment, unit, counter, services, period, instrument_id, instruments.get(db, instrument_id), elsewhere
    )


def _goes_on_as(service: Service, services: Sequence[Service]) -> str:
    """The service that one of another unit is at a counter which moved: that of its name, the only one, or none.

    A page that a device stored before the move still names the old one.
    """
    same = [one.id for one in services if folded(one.name) == folded(service.name)]
    only = [one.id for one in services if len(services) == 1]
    return next(iter(same or only), service.id)


def instrument_for(db: Database, period: Period, service: Service) -> str:
    """The variant of the period's instrument that fits how the service is given."""
    suffix = VARIANT[service.channel]
    return (
        instruments.find_variant(db, period.instrument_id, suffix) if suffix else None
    ) or period.instrument_id
