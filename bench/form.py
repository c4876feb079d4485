"""(a) A citizen's visit: opening the form, sending it, the thank-you page; beside a bare app with the same pages."""

import tempfile
from contextlib import ExitStack
from pathlib import Path
from statistics import median, quantiles

from bench import serving
from bench.city import city
from bench.phones import visits
from bench.report import Line
from bench.serving import Server

ROUNDS, TAIL_ROUNDS = 15, 7
LOOPS, SURVEYS = 8, 40  # a closed loop of 8 connections, each so many surveys a round
PHONES, SURVEYS_OF_A_PHONE, PAUSE = (
    32,
    12,
    0.4,
)  # 32 people: 40 surveys a second, far from what the server can do
CPU_GOAL, TAIL_GOAL = 1.6, 3.0


def measure() -> list[Line]:
    """Processor time of a survey in a closed loop, and the slowest sends of 32 phones."""
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        database = Path(folder) / "skm.sqlite"
        path = f"/s/{city(database, 10)[0].token}"
        ours = stack.enter_context(serving.ours(database))
        size = _warm(ours, path)
        bare = stack.enter_context(serving.bare(*size))
        if any(abs(a - b) > 16 for a, b in zip(size, _warm(bare, path), strict=True)):
            raise RuntimeError("the pages of the two servers differ in size")
        return [*_cpu(ours, bare, path), *_tail(ours, bare, path)]


def _warm(server: Server, path: str) -> tuple[int, int]:
    """Templates compiled, instruments read; the sizes of the pages."""
    return visits(server.port, path, LOOPS, 20).sizes


def _cpu(ours: Server, bare: Server, path: str) -> list[Line]:
    rounds = [(*_loop(ours, path), *_loop(bare, path)) for _ in range(ROUNDS)]
    cpu, rate, bare_cpu, bare_rate = (median(column) for column in zip(*rounds, strict=True))
    ratio, rates = (median(row[i] / row[i + 2] for row in rounds) for i in (0, 1))
    return [
        Line("form: processor time of a survey", ratio, "×", CPU_GOAL, _ms(cpu), _ms(bare_cpu)),
        Line("form: surveys a second, 8 connections", rates, "×", None, f"{rate:.0f}", f"{bare_rate:.0f}"),
    ]


def _loop(server: Server, path: str) -> tuple[float, float]:
    """Processor seconds of one survey, and surveys a second."""
    before = server.cpu()
    seen = visits(server.port, path, LOOPS, SURVEYS)
    return (server.cpu() - before) / len(seen.posts), len(seen.posts) / seen.seconds


def _tail(ours: Server, bare: Server, path: str) -> list[Line]:
    rounds = [(*_calm(ours, path), *_calm(bare, path)) for _ in range(TAIL_ROUNDS)]
    p50, p99, bare_p50, bare_p99 = (median(column) for column in zip(*rounds, strict=True))
    ratio, bare_ratio = (median(row[i + 1] / row[i] for row in rounds) for i in (0, 2))
    return [
        Line("form: p99 of the send by its p50, 32 phones", ratio, "p50", TAIL_GOAL, _ms(p99), _ms(bare_p99)),
        Line("form: the same of the bare app", bare_ratio, "p50"),
        Line("form: p50 of the send, 32 phones", p50 / bare_p50, "×", None, _ms(p50), _ms(bare_p50)),
    ]


def _calm(server: Server, path: str) -> tuple[float, float]:
    """The p50 and the p99 of the send, in seconds."""
    percentiles = quantiles(visits(server.port, path, PHONES, SURVEYS_OF_A_PHONE, PAUSE).posts, n=100)
    return percentiles[49], percentiles[98]


def _ms(seconds: float) -> str:
    return f"{seconds * 1000:.2f} ms"
