"""What to improve first, in words."""

from collections.abc import Sequence

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
    """How an element stands to the one that holds the index back most."""
    if gain is priorities.gains[0]:
        return "pertama"
    if gain.margin is None:
        return "belum dapat dibandingkan"
    return "tidak dapat dibedakan" if gain.first else "jelas lebih kecil"


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
