"""How many stuffed answers wait for a person, how many honest ones, and what the index is with and without them.

Invented people answer the real application, request by request, while its clock is moved on: for a month as people
come, in families, after a session, as a class at a kiosk, from one shared Wi-Fi. Then somebody stuffs.
`python -m bench.stuffing` prints the tables; `--update` writes them into docs/stuffing.md.
"""

import sys
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from random import Random
from statistics import fmean
from tempfile import TemporaryDirectory

from flask.testing import FlaskClient

from bench.city import city
from bench.coverage import update
from skm.app import create_app
from skm.figures.answers import open_answers
from skm.figures.held import index_including_held
from skm.i18n import formats
from skm.settings import Settings
from skm.store import organisations
from skm.store.database import Database, connect
from skm.store.scores import Selection
from skm.survey.doubts import FAIR, LEAST_PACE, PRIOR, RULES, joint_statistic, pace_statistic
from skm.usecases.answering.judging import judge_answers
from skm.usecases.city.devices import make_code
from skm.usecases.deed import SERVER, Deed

DOCUMENT = Path(__file__).parent.parent / "docs" / "stuffing.md"
FIRST = datetime(2026, 6, 1, 0, 0, tzinfo=UTC)  # 08.00 WITA on a Monday
PAST, MONTH = 20, 20  # working days: before the month, and the month itself
ATTACKED = 14  # the working day of the month on which somebody stuffs
HONEST, STUFFED = 300, 200
ITEMS = 9
WIFI, ATTACKER = "203.0.113.7", "198.51.100.9"
SINGLES, FAMILIES, SESSION, CLASS, AT_KIOSK, LATE, GROUP = 110, 75, 40, 30, 25, 12, 8
PATTERNS = {"semua 4": (0, 0, 0, 1), "3 dan 4 bercampur": (0, 0, 3, 7)}


@dataclass
class Clock:
    """The clock of the application."""

    moment: datetime = FIRST

    def __call__(self) -> datetime:
        return self.moment


@dataclass(order=True)
class Visit:
    """Something that happens at a moment; `honest` None: nothing is sent."""

    at: datetime
    order: int
    act: Callable[[], None] = field(compare=False)


@dataclass(frozen=True)
class Outcome:
    """What became of the answers; the index of the honest ones, of those that count, and with those that are held.

    `reasons` are those for which honest ones are held.
    """

    stuffed: float
    honest: float
    truth: str
    counted: str
    including: str
    reasons: Mapping[str, int]


class Month:
    """A unit's month: everybody who comes, in the order of time, against the application itself."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.random, self.clock = Random(seed), Clock()
        self.file = folder / f"{seed}-{next(_numbers)}.sqlite"
        (self.place,) = city(self.file, 1)
        settings = Settings(
            self.file, "http://skm.example.go.id", secret_key="a secret that nobody has to guess"
        )
        self.app = create_app(settings, self.clock)
        self.client: FlaskClient = self.app.test_client()
        self.tablet: FlaskClient = self.app.test_client()
        self.visits: list[Visit] = []
        self.db: Database = connect(self.file)
        self.sent: dict[str, str] = {}  # receipt -> "honest", "stuffed" or "past"
        self.refused = 0
        self._order = count()

    def at(self, day: int, hours: float) -> datetime:
        """A moment of a working day, in hours after eight."""
        return FIRST + timedelta(days=day // 5 * 7 + day % 5, hours=hours)

    def then(self, at: datetime, act: Callable[[], None]) -> None:
        """Has something happen at a moment."""
        self.visits.append(Visit(at, next(self._order), act))

    def run(self) -> None:
        """Lets everything happen; what came in a quarter of an hour is judged when it is over."""
        quarter = timedelta(minutes=15)
        due = FIRST + quarter
        judge_answers(self.db, FIRST)
        for visit in sorted(self.visits):
            while visit.at >= due:
                if visit.at - due > timedelta(hours=1):  # a night: once is enough
                    judge_answers(self.db, due + timedelta(minutes=1))
                    due += (visit.at - due) // quarter * quarter
                judge_answers(self.db, due + timedelta(minutes=1))
                due += quarter
            self.clock.moment = visit.at
            visit.act()
        judge_answers(self.db, due + timedelta(hours=1))

    # What people do

    def answer(
        self, kind: str, opened: datetime, seconds: float, scores: str, address: str, wait: float = 0.0
    ) -> None:
        """Opens a form and sends it so many seconds later, or where there is no connection after a wait of hours."""
        stamps: list[str] = []
        self.then(opened, lambda: stamps.append(self._open(address)))
        sent = opened + timedelta(seconds=seconds, hours=wait)
        ago = int(seconds + wait * 3600) if wait else None
        self.then(sent, lambda: self._send(kind, stamps[0], scores, address, ago, int(seconds)))

    def hand_on(
        self, kind: str, opened: datetime, several: Sequence[tuple[float, str]], address: str
    ) -> None:
        """One opened form, handed on from one to the next; each takes so many seconds."""
        stamps: list[str] = []
        self.then(opened, lambda: stamps.append(self._open(address)))
        at = opened
        for turn, (seconds, scores) in enumerate(several, 1):
            at += timedelta(seconds=seconds)
            ago = int(seconds) if turn > 1 else None
            self.then(at, self._turn(kind, stamps, turn, scores, address, ago))

    def at_the_kiosk(self, kind: str, at: datetime, seconds: float, scores: str, tablet: bool = True) -> None:
        """Answers at the device; `tablet` False: on another that has only the address of its page."""
        client, key = self.tablet if tablet else self.client, f"{self.random.getrandbits(128):032x}"
        self.then(at, lambda: self._send(kind, f"{self._kiosk(client)}~{key}", scores, WIFI, int(seconds)))

    def register(self) -> None:
        """Registers the tablet."""
        deed = Deed(SERVER, self.clock.moment)
        slug = organisations.get(self.db, self.place.unit_id).slug
        code = make_code(self.db, deed, slug, self.place.counter_id, "Tablet").code
        self.tablet.post(f"/kios/{self.place.token}/daftar", data={"kode": code})
        self._pages: dict[int, str] = {}

    def own_address(self) -> str:
        """That of a telephone by its own connection."""
        return (
            f"100.{self.random.randint(64, 127)}.{self.random.randint(0, 255)}.{self.random.randint(1, 254)}"
        )

    def _open(self, address: str) -> str:
        page = self.client.get(f"/s/{self.place.token}", environ_base={"REMOTE_ADDR": address})
        return _stamp(page.get_data(as_text=True))

    def _kiosk(self, client: FlaskClient) -> str:
        """The stamp of the page that stands open on a device since the first answer there."""
        if id(client) not in self._pages:
            page = client.get(f"/kios/{self.place.token}")
            self._pages[id(client)] = _stamp(page.get_data(as_text=True))
        return self._pages[id(client)]

    def _turn(
        self, kind: str, stamps: list[str], turn: int, scores: str, address: str, ago: int | None
    ) -> Callable[[], None]:
        return lambda: self._send(
            kind, stamps[0] if turn == 1 else f"{stamps[0]}~{turn}", scores, address, ago
        )

    def _send(
        self,
        kind: str,
        stamp: str,
        scores: str,
        address: str,
        ago: int | None = None,
        took: int | None = None,
    ) -> None:
        data = {"stamp": stamp, "service": self.place.service_id, **_marks(scores)}
        data |= {} if ago is None else {"ago": str(ago)}
        data |= {} if took is None else {"took": str(took)}
        place = f"/s/{self.place.token}"
        reply = self.client.post(place, data=data, environ_base={"REMOTE_ADDR": address})
        if reply.status_code == 303:
            self.sent[reply.location.rpartition("/")[2].partition("?")[0]] = kind
        elif kind == "stuffed":
            self.refused += 1
        else:
            raise AssertionError(f"an honest answer was refused: {reply.status}")


_numbers = count()


# Who comes


def honest_scores(random: Random, agreeing: float = 0.0) -> str:
    """Of one person: four in ten give nothing but 4, as in real offices; of those who agree, more."""
    if random.random() < max(agreeing, 0.4):
        return "4" * ITEMS
    mood = random.gauss(0, 0.8)
    return "".join(str(min(4, max(1, round(3.3 + mood + random.gauss(0, 0.5))))) for _ in range(ITEMS))


def seconds_of(random: Random) -> float:
    """How long somebody takes: seven seconds a question; one in ten is in a hurry and takes three."""
    a_question = 3.3 if random.random() < 0.1 else 7.0
    return max(2.0, a_question * ITEMS * random.lognormvariate(0, 0.45))


def stuffed_scores(random: Random, pattern: str) -> str:
    """Of one stuffed answer."""
    return "".join(random.choices("1234", PATTERNS[pattern], k=ITEMS))


def one(
    month: Month, kind: str, day: int, hours: float, agreeing: float = 0.0, address: str = "", wait: float = 0
) -> None:
    """One person by telephone; four in ten use the office's Wi-Fi."""
    random = month.random
    address = address or (WIFI if random.random() < 0.4 else month.own_address())
    scores = honest_scores(random, agreeing)
    month.answer(kind, month.at(day, hours), seconds_of(random), scores, address, wait)


def family(month: Month, day: int, size: int) -> None:
    """Some who came together, by one telephone that is handed on, or each by a form of their own."""
    random = month.random
    hours, phone = random.uniform(0, 6.8), month.own_address()
    if random.random() < 0.5:
        several = [(seconds_of(random), honest_scores(random)) for _ in range(size)]
        month.hand_on("honest", month.at(day, hours), several, phone)
        return
    for place in range(size):
        one(month, "honest", day, hours + place * 0.01, address=phone)


def people(month: Month) -> None:
    """Everybody who comes honestly: those of the days before, and the HONEST of the month."""
    random, days = month.random, range(PAST, PAST + MONTH)
    for day in range(PAST):
        for _ in range(12):
            one(month, "past", day, random.uniform(0, 7))
    for _ in range(SINGLES):
        one(month, "honest", random.choice(days), random.uniform(0, 7))
    left = FAMILIES
    while left:
        size = min(left, random.choice((2, 2, 3, 3, 4, 5)))
        family(month, random.choice(days), size)
        left -= size
    for _ in range(LATE):  # without a connection, sent when there was one
        one(month, "honest", random.choice(days[:-3]), random.uniform(0, 7), wait=random.uniform(25, 60))
    groups(month)


def groups(month: Month) -> None:
    """A queue after a session on the office's Wi-Fi, most of whom agree; some in a bus; those at the kiosk."""
    random, days = month.random, range(PAST, PAST + MONTH)
    for _ in range(SESSION):
        one(month, "honest", PAST + 6, 5.26 + random.uniform(0, 0.2), 0.8, WIFI)
    for _ in range(GROUP):
        one(month, "honest", PAST + 9, 1.02 + random.uniform(0, 0.2), 0.6)
    for place in range(CLASS):
        at = month.at(PAST + 3, 2 + place * 0.018)
        month.at_the_kiosk("honest", at, seconds_of(random), honest_scores(random, 0.6))
    for _ in range(AT_KIOSK):
        at = month.at(random.choice(days), random.uniform(0, 7))
        month.at_the_kiosk("honest", at, seconds_of(random), honest_scores(random))


# Who stuffs

Attack = Callable[[Month, str], None]


def fresh_forms(month: Month, pattern: str) -> None:
    """A form is opened, filled in by a script and sent, one after the other."""
    for place in range(STUFFED):
        at = month.at(PAST + ATTACKED, 2 + place * 5 / 3600)
        month.answer(
            "stuffed", at, month.random.uniform(1, 4), stuffed_scores(month.random, pattern), ATTACKER
        )


def turns(month: Month, pattern: str) -> None:
    """Ten forms, each sent twenty times as if a telephone was handed on, at the pace of a person."""
    for form in range(STUFFED // 20):
        several = [(month.random.uniform(25, 60), stuffed_scores(month.random, pattern)) for _ in range(20)]
        month.hand_on("stuffed", month.at(PAST + ATTACKED, form * 0.5), several, ATTACKER)


def harvested(month: Month, pattern: str) -> None:
    """Forms are opened all morning, and sent within a quarter of an hour."""
    random = month.random
    for _ in range(STUFFED):
        opened, sent = random.uniform(0, 2), 3.01 + random.uniform(0, 0.2)
        at = month.at(PAST + ATTACKED, opened)
        scores = stuffed_scores(random, pattern)
        month.answer("stuffed", at, (sent - opened) * 3600, scores, ATTACKER)


def late(month: Month, pattern: str) -> None:
    """Forms are opened over a week and sent within an hour, as if a telephone had been without a connection."""
    random = month.random
    for _ in range(STUFFED):
        day, opened = PAST + ATTACKED - random.randint(2, 6), random.uniform(0, 7)
        at, sent = month.at(day, opened), month.at(PAST + ATTACKED, 3 + random.uniform(0, 1))
        wait = (sent - at).total_seconds() / 3600
        month.answer("stuffed", at, 60, stuffed_scores(random, pattern), ATTACKER, wait)


def kiosk(month: Month, pattern: str) -> None:
    """Somebody with the registered device sends one every eight seconds."""
    for place in range(STUFFED):
        at = month.at(PAST + ATTACKED, 2 + place * 8 / 3600)
        month.at_the_kiosk("stuffed", at, 40, stuffed_scores(month.random, pattern))


def other_kiosk(month: Month, pattern: str) -> None:
    """The same with the address of the kiosk's page alone, one every five minutes."""
    for place in range(STUFFED):
        at = month.at(PAST + ATTACKED + place // 80, place % 80 * 5 / 60)
        month.at_the_kiosk("stuffed", at, 40, stuffed_scores(month.random, pattern), tablet=False)


def insider(month: Month, pattern: str) -> None:
    """One every five minutes, all day, each filled in slowly, on the office's Wi-Fi."""
    for place in range(STUFFED):
        at = month.at(PAST + ATTACKED + place // 80, place % 80 * 5 / 60)
        seconds = month.random.uniform(40, 120)
        month.answer("stuffed", at, seconds, stuffed_scores(month.random, pattern), WIFI)


ATTACKS: Mapping[str, Attack] = {
    "formulir baru sekaligus": fresh_forms,
    "giliran pada satu formulir": turns,
    "formulir yang ditimbun": harvested,
    "antrean terlambat": late,
    "kios terdaftar": kiosk,
    "kios tidak terdaftar": other_kiosk,
}
PATIENT: Mapping[str, Attack] = {"orang dalam yang sabar": insider}


# What becomes of it


def outcome(month: Month) -> Outcome:
    """What became of the answers of a month."""
    rows = month.db.execute(
        """SELECT receipt, (SELECT why FROM response_events WHERE response_id = r.id ORDER BY number DESC LIMIT 1)
           FROM responses AS r"""
    ).fetchall()
    held: dict[str, list[str]] = {"honest": [], "stuffed": [], "past": []}
    for receipt, why in rows:
        if why:
            held[month.sent[receipt]].append(why)
    unit = organisations.get(month.db, month.place.unit_id)
    answers = open_answers(month.db, Selection(unit.path))
    truth = _index_of(month, ("honest", "past"))
    return Outcome(
        stuffed=100 * (len(held["stuffed"]) + month.refused) / STUFFED,
        honest=100 * len(held["honest"]) / HONEST,
        truth=truth,
        counted=formats.number(answers.over_all().index),
        including=formats.number(index_including_held(answers).index),
        reasons=Counter(why.partition(":")[0] for why in held["honest"]),
    )


def _index_of(month: Month, kinds: Sequence[str]) -> str:
    rows = month.db.execute("SELECT receipt, scores FROM responses").fetchall()
    scores = [int(one) for receipt, given in rows if month.sent[receipt] in kinds for one in given]
    return formats.number(round(25 * fmean(scores), 2)) if scores else formats.NO_DATA


def run(folder: Path, seed: int, attack: Attack | None = None, pattern: str = "") -> Outcome:
    """A month with an attack, or without."""
    month = Month(folder, seed)
    month.register()
    people(month)
    if attack:
        attack(month, pattern)
    month.run()
    found = outcome(month)
    month.db.close()
    return found


def _stamp(page: str) -> str:
    return page.partition('name="stamp" value="')[2].partition('"')[0]


def _marks(scores: str) -> dict[str, str]:
    return {f"P{number}": score for number, score in enumerate(scores, 1)}


# Tables

HEAD = (
    "| attack | answers | held or refused | honest held | index of the honest | index counted | index with all held |\n"
    "|---|---|---|---|---|---|---|"
)


def attacks_table(folder: Path, attacks: Mapping[str, Attack]) -> str:
    """A line for each attack with each pattern."""
    lines = []
    for name, attack in attacks.items():
        for pattern in PATTERNS:
            found = run(folder, 13, attack, pattern)
            print(name, pattern, dict(found.reasons), file=sys.stderr)
            lines.append(
                f"| {name} | {pattern} | {formats.number(found.stuffed, 1)} % | {formats.number(found.honest, 1)} % "
                f"| {found.truth} | {found.counted} | {found.including} |"
            )
    return "\n".join([HEAD, *lines])


def honest_table(folder: Path, months: int) -> str:
    """What is held of months in which nobody stuffs."""
    reasons: Counter[str] = Counter()
    shares = []
    for seed in range(months):
        found = run(folder, 100 + seed)
        shares.append(found.honest)
        reasons.update(found.reasons)
    said = "; ".join(f"{why}: {n}" for why, n in reasons.most_common()) or "none"
    return (
        f"{months} months of {HONEST} answers: {formats.number(fmean(shares), 2)} % held on average, "
        f"{formats.number(max(shares), 2)} % in the worst. By reason: {said}."
    )


def thresholds_table() -> str:
    """How many answers a quarter of an hour has to have until they are held, by the unit's own pace."""
    lines = [
        "| answers a day | fair in a quarter (μ) | held where all are 4 | held whatever they are |",
        "|---|---|---|---|",
    ]
    share = PRIOR[0] / PRIOR[1]
    for a_day in (10, 100, 300, 1000):
        mu = FAIR * max(LEAST_PACE, a_day / 32)
        alike = next(k for k in count(1) if joint_statistic(k, mu, k, share) > RULES["burst_alike"].threshold)
        any_ = next(k for k in count(1) if pace_statistic(k, mu) > RULES["burst"].threshold)
        lines.append(f"| {a_day} | {formats.number(mu, 1)} | {alike} | {any_} |")
    return "\n".join(lines)


def rules_table() -> str:
    """The rules as they stand in the code."""
    lines = ["| rule | held as | threshold | why |", "|---|---|---|---|"]
    lines += [f"| `{one.code}` | {one.sentence} | {one.threshold:g} | {one.why} |" for one in RULES.values()]
    return "\n".join(lines)


def report(months: int) -> dict[str, str]:
    """Every table by its name in the document."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        return {
            "rules": rules_table(),
            "thresholds": thresholds_table(),
            "honest": honest_table(folder, months),
            "attacks": attacks_table(folder, ATTACKS),
            "patient": attacks_table(folder, PATIENT),
        }


if __name__ == "__main__":
    tables = report(10)
    print("\n\n".join(tables.values()))
    if "--update" in sys.argv:
        update(tables, DOCUMENT)
