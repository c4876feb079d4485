"""Work in a process of its own, to know its time and memory: `python -m bench.child MODULE FUNCTION PATH …`."""

import json
import resource
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from time import perf_counter


@dataclass(frozen=True)
class Cost:
    """Seconds without the imports, and the most memory the process ever held, in MB."""

    seconds: float
    peak: float


def cost(work: Callable[..., None], *arguments: Path) -> Cost:
    """What it costs to do a module's work with these paths."""
    command = [sys.executable, "-m", "bench.child", work.__module__, work.__name__, *map(str, arguments)]
    return Cost(**json.loads(subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout))


def _peak() -> float:
    status = Path("/proc/self/status")
    if status.exists():  # getrusage would begin with the memory of the process that started this one
        lines = status.read_text().splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) * 1024 / 1e6
    scale = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * scale / 1e6


def main(module: str, name: str, *arguments: str) -> None:
    """Does the work and prints its cost as JSON."""
    work = getattr(import_module(module), name)
    start = perf_counter()
    work(*map(Path, arguments))
    json.dump({"seconds": perf_counter() - start, "peak": _peak()}, sys.stdout)


if __name__ == "__main__":
    main(*sys.argv[1:])
