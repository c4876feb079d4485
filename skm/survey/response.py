"""What a valid answer is. An answer outside the scale never gets in; nothing typed is lost on the way to saying so."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass

from skm.survey.comment import stored_words
from skm.survey.instrument import Instrument, ProfileField

COMMENT_LIMIT = 2_000
SECONDS_STEP = 5
MOST_SECONDS = 3_600
WAYS = {
    "qr": "Kode QR",
    "kiosk": "Perangkat di tempat layanan",
    "ticket": "Karcis antrean",
    "paper": "Kertas",
    "online": "Daring",
    "import": "Impor",
}  # how an answer arrives (saluran)

STATES = {"counted": "dihitung", "held": "ditahan", "excluded": "dikeluarkan"}  # of a stored answer


@dataclass(frozen=True, kw_only=True)
class Signals:
    """How an answer was sent, as far as it is known; None is not known, as with everything on paper.

    - `seconds`: from opening the form to sending it, rounded down to SECONDS_STEP and at most MOST_SECONDS.
    - `form_number`: the number of the first answer that came from the same opened form, or page of a kiosk.
    - `form_turn`: which answer of it this is.
    - `same_origin`: which answer of the day in its unit from the same network address this is; 3 is the third to the
      fifth, 6 all later ones.
    - `same_site`: whether it was sent from a page of this site (1) or of another (0).
    - `presence`: how the device showed that it stands at the counter.
    - `token_revoked`: whether its QR had been replaced when it arrived, or its counter or unit closed.
    - `clock_offset`: how many seconds the clock of the device is ahead, of a late answer.
    """

    seconds: int | None = None
    form_number: int | None = None
    form_turn: int | None = None
    same_origin: int | None = None
    same_site: int | None = None
    presence: str | None = None
    token_revoked: int | None = None
    clock_offset: int | None = None


@dataclass(frozen=True)
class Response(Signals):
    """One answered questionnaire, as it is stored for good; `id` is the idempotency key.

    `received` is the quarter of an hour in which it arrived, in UTC: nothing stored tells a finer moment.
    """

    id: str
    unit_id: str
    counter_id: str
    service_id: str
    period_id: str
    instrument_id: str
    received: str
    local_date: str
    local_month: str
    local_hour: int
    channel: str
    language: str
    scores: str
    profile: str
    comment: str
    receipt: str
    flags: str


@dataclass(frozen=True)
class Fault:
    """What is wrong with one field of a submission: the field, a message id and its details."""

    field: str
    key: str
    details: Mapping[str, object]


Sent = Mapping[str, Sequence[str]]
"""Field -> every value that was sent for it."""


class FaultyAnswer(Exception):
    """What was sent is no answer; `faults` says why, field by field."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__(faults)
        self.faults = tuple(faults)


@dataclass(frozen=True)
class Submission:
    """The content of a form, complete and in range: only `check_submission` makes it."""

    service_id: str
    scores: str
    profile: Mapping[str, str | int]
    comment: str


def check_submission(
    instrument: Instrument, services: Sequence[str], sent: Sent, *, unanswered: bool = False
) -> Submission:
    """The content of a form that was sent. Raises FaultyAnswer.

    `unanswered`: items may say that they have no answer, by "-", but not all that count: on paper that happens.
    """
    faults: list[Fault] = []
    service = _service(services, sent, faults)
    allowed = {str(score) for score in range(1, instrument.scale + 1)} | ({"-"} if unanswered else set())
    scores = "".join(
        _score(instrument, number, allowed, sent, faults) for number in range(len(instrument.items))
    )
    if unanswered and not faults and _is_empty(instrument, scores):
        faults.append(Fault(instrument.items[0].code, "sheet_empty", {}))
    profile = {
        field.code: value
        for field in instrument.profile
        if (value := _profile_value(field, sent, faults)) is not None
    }
    comment = _comment(sent, faults)
    if faults:
        raise FaultyAnswer(faults)
    return Submission(service, scores, profile, comment)


def _service(services: Sequence[str], sent: Sent, faults: list[Fault]) -> str:
    chosen = sent.get("service", ())
    if not chosen and len(services) == 1:
        return services[0]
    if len(chosen) == 1 and chosen[0] in services:
        return chosen[0]
    faults.append(Fault("service", "service_unknown" if any(chosen) else "service_missing", {}))
    return ""


def _score(
    instrument: Instrument,
    number: int,
    allowed: Set[str],
    sent: Sent,
    faults: list[Fault],
) -> str:
    code = instrument.items[number].code
    chosen = [value for value in sent.get(code, ()) if value]
    if len(chosen) == 1 and chosen[0] in allowed:
        return chosen[0]
    key = "score_missing" if not chosen else "score_doubled" if len(chosen) > 1 else "score_outside"
    faults.append(Fault(code, key, {"number": number + 1, "scale": instrument.scale}))
    return "-"


def _is_empty(instrument: Instrument, scores: str) -> bool:
    """Whether no index has anything from these scores."""
    return all(score == "-" for place, score in enumerate(scores) if place not in instrument.outside)


def _profile_value(field: ProfileField, sent: Sent, faults: list[Fault]) -> str | int | None:
    """A profile answer; None when it was left out, which is always allowed."""
    chosen = [value.strip() for value in sent.get(field.code, ()) if value.strip()]
    if not chosen:
        return None
    if len(chosen) == 1 and field.kind == "choice" and chosen[0] in {choice.code for choice in field.choices}:
        return chosen[0]
    if len(chosen) == 1 and field.kind == "number" and _within(field, chosen[0]):
        return int(chosen[0])
    key = "profile_outside" if field.kind == "choice" else "number_outside"
    faults.append(Fault(field.code, key, {"minimum": field.minimum, "maximum": field.maximum}))
    return None


def _within(field: ProfileField, text: str) -> bool:
    if not (text.isascii() and text.isdigit() and len(text) < 6):
        return False
    return (field.minimum or 0) <= int(text) <= (field.maximum or 99_999)


def _comment(sent: Sent, faults: list[Fault]) -> str:
    comment = stored_words("\n".join(sent.get("comment", ())))
    if len(comment) > COMMENT_LIMIT:
        faults.append(Fault("comment", "comment_too_long", {"limit": COMMENT_LIMIT, "length": len(comment)}))
    return comment
