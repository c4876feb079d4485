"""The process in which a file is read: it takes its limits, then its work, and writes one answer.

Started by `run`. It opens no files but modules, writes none, and knows no settings.
"""

import json
import os
import pickle
import resource
import sys
import traceback
from typing import Any

from skm.output.sandbox.limits import OUT_OF_MEMORY, Limits
from skm.survey.problem import Problem

NICE = 5  # forms go first


def main() -> None:
    """Reads the task from standard input, and writes the answer to standard output."""
    _limit(pickle.load(sys.stdin.buffer))  # noqa: S301 - from `run`, never from the file
    sys.modules["numpy"] = None  # type: ignore[assignment]  # openpyxl would load it, for numbers that no file has
    try:
        sys.stdout.buffer.write(_answer())
    except MemoryError:
        os._exit(OUT_OF_MEMORY)  # to say more would take some


def _limit(limits: Limits) -> None:
    os.nice(NICE)
    for name, most, hard in (
        (
            resource.RLIMIT_CPU,
            limits.seconds,
            limits.seconds + 1,
        ),  # a signal first, by which `run` knows the reason
        (resource.RLIMIT_AS, limits.memory, limits.memory),
        (resource.RLIMIT_FSIZE, 0, 0),
        (resource.RLIMIT_CORE, 0, 0),
    ):
        allowed = resource.getrlimit(name)[1]
        if allowed == resource.RLIM_INFINITY:
            allowed = hard
        resource.setrlimit(name, (min(most, allowed), min(hard, allowed)))


def _answer() -> bytes:
    try:
        work, details = pickle.load(sys.stdin.buffer)  # noqa: S301 - from `run`
        return b"done\n" + _json(work(sys.stdin.buffer.read(), *details))
    except Problem as problem:
        return b"refused\n" + _json([problem.key, problem.details])
    except MemoryError:
        raise
    except Exception:
        return b"failed\n" + _json(traceback.format_exc())


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode(errors="surrogatepass")


if __name__ == "__main__":
    main()
