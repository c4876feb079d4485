"""`python -m tests.faults` brings about all faults and writes docs/reliability.md; `--kills 500` kills more often.

`python -m tests.faults lock disk` prints the rows of these faults and writes nothing.
"""

import argparse
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.faults.everything import FAULTS, times
from tests.faults.row import Row, table, write


def main() -> None:
    """The table on standard output; exit code 1 if a goal was missed."""
    parser = argparse.ArgumentParser(prog="python -m tests.faults")
    parser.add_argument("faults", nargs="*", choices=[*FAULTS, []], default=[])
    parser.add_argument("--kills", type=int, help="of workers and of the whole service, together")
    options = parser.parse_args()
    rows = [_row(name, times(name, options.kills)) for name in options.faults or FAULTS]
    sys.stdout.write(f"{table(rows)}\n")
    if not options.faults:
        write(rows)
    missed = [f"{row.fault}: {', '.join(row.misses())}" for row in rows if row.misses()]
    sys.exit("\n".join(missed))


def _row(name: str, number: int) -> Row:
    sys.stderr.write(f"{name} …\n")
    with TemporaryDirectory() as folder:
        return FAULTS[name].measure(Path(folder), number)


main()
