"""How often the interval of all visitors holds their true index, where some services are answered more than others.

`python -m bench.visitors` prints the table; `--update` also puts it into docs/metode.md.
"""

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean

import numpy as np

from bench.coverage import LENGTH, LOWEST, SEED, Random, Scores, latent, number, update
from skm import ikm

SAMPLES = 2_000
DAYS = 60  # on which the answers come
SCHEME = ikm.Scheme(tuple(f"U{i}" for i in range(1, 10)), tuple((i,) for i in range(9)), 9)
LOW, HIGH = [0.02, 0.13, 0.55, 0.30], [0.002, 0.008, 0.19, 0.80]  # how many give 1, 2, 3, 4


@dataclass(frozen=True)
class Service:
    """All visitors of a service with what each would answer, and how many of them do."""

    visitors: Scores
    n: int


@dataclass(frozen=True)
class Found:
    """Shares of the samples whose interval holds the true index, pooled and by visitors, and how far off both are."""

    pooled: float
    by_visitors: float
    off: float
    width: float
    called_certain: float


def units(random: Random) -> dict[str, list[Service]]:
    """Units whose services differ in size, in what is thought of them, and in how many answer."""
    low, high = latent(LOW, 0.4, random), latent(HIGH, 0.4, random)

    def service(scores: Scores, visitors: int, n: int) -> Service:
        return Service(scores[random.choice(len(scores), visitors, replace=False)], n)

    return {
        "ramai kurang puas, jarang mengisi": [service(low, 1500, 60), service(high, 300, 200)],
        "tiga layanan, bagian yang mengisi sama": [
            service(low, 900, 90),
            service(high, 600, 60),
            service(high, 300, 30),
        ],
        "satu layanan kecil hampir semua mengisi": [service(low, 400, 100), service(high, 60, 55)],
        "layanan dengan kurang dari 10 jawaban": [
            service(low, 800, 80),
            service(high, 200, 8),
            service(low, 100, 6),
        ],
    }


def coverage(services: Sequence[Service], samples: int, random: Random) -> Found:
    """Draws so many samples of the visitors of each service, without putting back."""
    total = sum(len(one.visitors) for one in services)
    truth = LOWEST + LENGTH * (sum(one.visitors.sum() for one in services) / total / 9 - 1) / 3
    pooled, ours, off, widths, certain = [], [], [], [], []
    for _ in range(samples):
        strata = [ikm.Stratum((_drawn(one, random), SCHEME), len(one.visitors)) for one in services]
        together = sum((one.part[0] for one in strata[1:]), strata[0].part[0])
        plain, found = ikm.measure([(together, SCHEME)], population=total), ikm.index_by_visitors(strata)
        pooled.append(float(plain.interval.low) <= truth <= float(plain.interval.high))
        ours.append(float(found.interval.low) <= truth <= float(found.interval.high))
        off.append(float(plain.exact) - truth)
        widths.append(float(found.interval.high - found.interval.low))
        certain.append(plain.interval.grade_certain)
    return Found(*map(fmean, (pooled, ours, off, widths, certain)))


def _drawn(service: Service, random: Random) -> ikm.Tally:
    people = random.choice(len(service.visitors), service.n, replace=False)
    block = (service.visitors[people].astype(np.uint8) + ord("0")).tobytes()
    return ikm.tally(block, 9, days=random.integers(DAYS, size=service.n))


def table(samples: int = SAMPLES) -> str:
    """A row per unit."""
    random = np.random.default_rng(SEED)
    lines = [
        "| Unit | gabungan meleset | gabungan: memuat | mutunya disebut pasti | menurut pengunjung: memuat | lebar |",
        "|---|---:|---:|---:|---:|---:|",
    ]
    for name, services in units(random).items():
        found = coverage(services, samples, random)
        shares = [number(100 * share, 1) for share in (found.pooled, found.called_certain, found.by_visitors)]
        off = f"{'+' if found.off >= 0 else '−'}{number(abs(found.off), 1)}"
        lines.append(f"| {name} | {off} | {' | '.join(shares)} | {number(found.width, 2)} |")
    return "\n".join(lines)


if __name__ == "__main__":
    printed = table()
    print(printed)
    if "--update" in sys.argv:
        update({"pengunjung": printed})
