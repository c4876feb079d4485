"""Held answers in words: what helps to judge one, and what the index is with and without them."""

from datetime import date, datetime, timedelta

from skm.figures.figure import Result
from skm.i18n import formats
from skm.store.held_answers import HeldAnswer
from skm.survey.organisation import Organisation
from skm.survey.response import WAYS

QUARTER = timedelta(minutes=15)
ORIGIN = {1: "ke-1", 2: "ke-2", 3: "ke-3 sampai ke-5", 6: "ke-6 atau lebih"}  # of the day, from one origin


def held_when(answer: HeldAnswer, unit: Organisation) -> str:
    """The day of an answer, and in which quarter of an hour it arrived: no finer moment is told."""
    arrived = unit.local(datetime.fromisoformat(answer.received))
    begin = arrived.replace(minute=arrived.minute // 15 * 15, second=0)
    quarter = f"{begin:%H.%M}–{begin + QUARTER:%H.%M}"
    day = date.fromisoformat(answer.local_date)
    if day == arrived.date():
        return f"{formats.date(day)}, {quarter}"
    return (
        f"{formats.date(day)} pukul {answer.local_hour:02d}; tiba {formats.date(arrived.date())}, {quarter}"
    )


def held_details(answer: HeldAnswer) -> list[str]:
    """What else is known of an answer; what is not known is left out."""
    said = [answer.counter, answer.service, WAYS[answer.channel], f"nilai {pattern(answer.scores)}"]
    if answer.seconds is not None:
        said.append(f"diisi dalam {formats.count(answer.seconds)} detik")
    if answer.form_turn is not None:
        said.append(f"giliran ke-{formats.count(answer.form_turn)} pada formulir yang sama")
    if answer.same_origin is not None:
        said.append(f"{ORIGIN[answer.same_origin]} hari itu dari tempat yang sama")
    return said


def pattern(scores: str) -> str:
    """The scores in the order of the questionnaire, three by three: `444 443 4–4`; a dash for no answer."""
    shown = scores.replace("-", "–")
    return " ".join(shown[at : at + 3] for at in range(0, len(shown), 3))


def with_held(held: int, including: Result) -> str:
    """How many answers wait, and what the index would be if all of them counted."""
    n = formats.count(held)
    if including.index is None:
        return f"{n} jawaban ditahan dan menunggu keputusan."
    value = f"{formats.number(including.index)} (mutu {including.grade})"
    return f"{n} jawaban ditahan dan menunggu keputusan. Bila semuanya dihitung, IKM menjadi {value}."
