"""What to improve first, in words."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from skm import ikm
from skm.figures.priorities import Priorities
from skm.i18n import formats

KINDS = {"services": "Layanan", "units": "Unit", "hours": "Jam"}


NAMED = 4  # elements in a sentence; of more only the first and the last
TOGETHER = {2: "Keduanya", 3: "Ketiganya", 4: "Keempatnya"}
FIRST = "Yang pertama diperbaiki"


def finding(priorities: Priorities) -> str:
    """Which element to improve first, or which cannot be told apart: `Waktu Penyelesaian 76,68; yang lain …`."""
    gains, first = priorities.gains, priorities.first
    if not gains:
        return "Belum ada data."
    if gains[0].points == gains[-1].points:
        return f"{FIRST} tidak dapat ditentukan: semua unsur sama."
    if not priorities.comparable:
        return f"{FIRST} belum dapat ditentukan: jawabannya terlalu sedikit. Terendah {_valued(priorities, gains[0])}."
    if len(first) == 1:
        return f"{FIRST}: {_alone(priorities)}."
    if len(first) > NAMED:
        ends = " sampai ".join(_valued(priorities, gain) for gain in (first[0], first[-1]))
        return f"{FIRST} belum dapat ditentukan: {len(first)} unsur tidak dapat dibedakan, dari {ends}."
    *names, last = [_valued(priorities, gain) for gain in first]
    between = "; atau" if names[1:] else " atau"
    return f"{FIRST}: {'; '.join(names)}{between} {last}. {TOGETHER[len(first)]} tidak dapat dibedakan."


def standing(gain: ikm.Gain, priorities: Priorities) -> str:
    """Whether an element may be the one to improve first."""
    if not priorities.comparable or (gain.margin is None and gain is not priorities.gains[0]):
        return "belum dapat dibandingkan"
    return "ya" if gain.first else "tidak"


def deciding(drivers: ikm.Drivers, names: Mapping[str, str]) -> str:
    """Which element decides most how people judge the service as a whole, or why that cannot be said."""
    if first := drivers.first:
        part = chance(first.chance).replace(">", "lebih dari")
        return f"Yang paling menentukan: {names[first.code]} (peluang {part})."
    unknown = "Unsur yang paling menentukan belum dapat dibedakan"
    if drivers.n < ikm.RESPONDENTS_ENOUGH:
        needed = formats.count(ikm.RESPONDENTS_ENOUGH)
        return f"{unknown}: baru {formats.count(drivers.n)} dari {needed} responden yang diperlukan."
    if drivers.days < ikm.DAYS_ENOUGH:
        return f"{unknown}: baru {drivers.days} dari {ikm.DAYS_ENOUGH} hari yang diperlukan."
    return f"{unknown}."


def chance(part: float) -> str:
    """94 %; never 0 or 100 %, for it is counted from draws."""
    if part > 0.99:
        return "> 99 %"
    return f"{formats.number(Decimal(f'{100 * part:.0f}'), 0)} %" if part >= 0.01 else "< 1 %"


def left_out(priorities: Priorities) -> str:
    """Which elements are not compared, and why; "" for none."""
    names = [priorities.figure.names[code] for code in priorities.without if code in priorities.figure.names]
    return f"{listed(names)} tidak ikut dibandingkan: semua layanan di sini gratis." if names else ""


def _alone(priorities: Priorities) -> str:
    first = _valued(priorities, priorities.gains[0])
    if priorities.next_alone:
        return f"{first}, lalu {_valued(priorities, priorities.gains[1])}"
    return f"{first}; yang lain tidak dapat dibedakan"


def _valued(priorities: Priorities, gain: ikm.Gain) -> str:
    return f"{priorities.figure.names[gain.figure.code]} {formats.number(gain.figure.value)}"


def share(low: ikm.Share) -> str:
    """50,0 % (5 dari 10)."""
    if low.part is None:
        return "Tidak ada yang"
    return f"{formats.number(low.part * 100, 1)} % ({numbers(low)})"


def numbers(low: ikm.Share) -> str:
    """18 dari 89."""
    return f"{formats.count(low.low)} dari {formats.count(low.answers)}"


def listed(names: Sequence[str]) -> str:
    """U1, U2 dan U3."""
    return f"{', '.join(names[:-1])} dan {names[-1]}" if len(names) > 1 else names[0]
