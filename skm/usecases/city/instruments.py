"""Questionnaires to choose from: those that come with the application, and the city's own."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from skm.output.reading.questionnaire import read_questionnaire
from skm.store import instruments, organisations
from skm.store.database import Database
from skm.survey.instrument import Instrument, InstrumentError, say
from skm.survey.instrument_file import builtin
from skm.survey.organisation import Counter, Organisation, Service
from skm.survey.period import POOLED, Period
from skm.survey.problem import Problem, needed
from skm.usecases.answering.answer import VARIANT, Questionnaire
from skm.usecases.deed import Deed, logged

SOURCE_LIMIT = 200_000
OWN_FILE = "kuesioner"  # what an InstrumentError calls a text that was sent without a file's name


@dataclass(frozen=True)
class InstrumentChoice:
    """A questionnaire that a period may use. `code` goes into `add_period` and `preview_instrument`.

    `variants` are the codes used for services given online or both ways, `outside` the items that count in no index.
    """

    code: str
    title: str
    instrument: Instrument
    own: bool
    variants: Sequence[str]
    outside: Sequence[str]


def instrument_choices(db: Database) -> list[InstrumentChoice]:
    """The questionnaires for a new period: the built-in ones, then the office's own in their latest version."""
    own = {key: each for key, each in instruments.all_latest(db) if each.code not in builtin()}
    return [*_choices(builtin(), False), *_choices(own, True)]


def add_instrument(db: Database, deed: Deed, source: str) -> list[str]:
    """Stores an own questionnaire (TOML) or a new version of it; the codes to choose it by.

    Raises InstrumentError with the line and the reason, and Problem for a code that a built-in one has.
    """
    text = source.removeprefix("\ufeff").replace("\r\n", "\n")
    if len(text) > SOURCE_LIMIT:
        raise InstrumentError(OWN_FILE, None, f"teks lebih panjang daripada {SOURCE_LIMIT} huruf")
    parsed = read_questionnaire(text, OWN_FILE)
    if taken := [each.code for each in parsed if each.code in builtin()]:
        raise Problem("instrument_builtin", code=taken[0])
    with logged(db, deed) as log:
        ids = instruments.add(db, text)
        after = {"ids": ", ".join(ids.values())}
        log.changed(organisations.find_root_path(db), "add_instrument", parsed[0].family, {}, after)
    return list(ids.values())


def preview_instrument(db: Database, code: str) -> Questionnaire:
    """The form of a questionnaire as a citizen would see it, at a counter that does not exist. Raises Problem."""
    instrument = builtin().get(code) or dict(instruments.all_latest(db)).get(code)
    instrument = needed(instrument, "instrument_unknown", code=code[:60])
    root = organisations.find_root(db)
    zone = root.time_zone if root else "Asia/Jakarta"
    unit = Organisation("", None, "/", "unit", "", "Unit contoh", "", "", zone)
    services = [Service("", "", "Layanan contoh", "face_to_face", True, None)]
    day = date(2026, 1, 1)  # no citizen sees it
    moment = datetime(2026, 1, 1, tzinfo=UTC)
    period = Period("", "", "Pratinjau", day, day, code, "exact", POOLED)
    return Questionnaire(moment, unit, Counter("", "", "Loket contoh"), services, period, code, instrument)


def _choices(known: dict[str, Instrument], own: bool) -> list[InstrumentChoice]:
    codes = {each.code for each in known.values()}
    bases = {key: each for key, each in known.items() if not _is_variant(each.code, codes)}
    return [
        InstrumentChoice(key, say(each.title, "id"), each, own, _variants(each.code, codes), _outside(each))
        for key, each in bases.items()
    ]


def _outside(instrument: Instrument) -> list[str]:
    return [instrument.items[place].code for place in instrument.outside]


def _variants(code: str, codes: set[str]) -> list[str]:
    return [code + suffix for suffix in VARIANT.values() if suffix and code + suffix in codes]


def _is_variant(code: str, codes: set[str]) -> bool:
    return any(code.removesuffix(suffix) in codes - {code} for suffix in VARIANT.values() if suffix)
