"""Of which answers a figure is, for its steps and its workbook: a print of them has a date."""

from datetime import datetime

from skm.figures.choice import Choice
from skm.figures.frozen import FrozenFigure
from skm.i18n import formats
from skm.survey.organisation import Organisation
from skm.wording.snapshot import fingerprint


def counted_until(choice: Choice, now: datetime) -> str:
    """Up to when the answers of a live figure were counted, so that its print has a date."""
    record, until = choice.record, f"{formats.zoned_moment(choice.organisation.local(now), ' pukul ')}."
    if choice.states:
        until = f"akhir hari {formats.date(choice.states.day)}."
    elif choice.span in choice.marks:
        made = f", {_made(record, choice.organisation)}" if record else ""
        until = f"periodenya dibekukan{made}."
    return f"Dihitung dari jawaban sampai {until}"


def standing_of_record(frozen: FrozenFigure, organisation: Organisation) -> list[str]:
    """Of which answers a frozen figure is, and what its record does not hold of what a live page shows."""
    made = _made(frozen, organisation)
    sentences = [fingerprint(frozen), f"Dihitung dari jawaban sampai periodenya dibekukan, {made}."]
    if frozen.figure.aside and frozen.figure.measure:
        sentences.append("Rekaman tidak memuat IKM dengan jawaban yang ditahan atau dikeluarkan.")
    return sentences


def _made(frozen: FrozenFigure, organisation: Organisation) -> str:
    return formats.zoned_moment(organisation.local(datetime.fromisoformat(frozen.snapshot.made)))
