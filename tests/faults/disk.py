"""A file system of 19 MB that fills while people answer, and has room again afterwards.

It is measured in a process with mounts of its own (`python -m tests.faults.disk FOLDER SECONDS`), which end with it.
"""

import json
import os
import shutil
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path

from skm.settings import ROOT
from tests.faults.load import open_forms, people
from tests.faults.officer import Head
from tests.faults.row import Row, skipped
from tests.faults.scene import open_city
from tests.server import running
from tests.waiting import until

FAULT = "cakram penuh (19 MB)"
PEOPLE = 8
LEFT = 400_000  # bytes that answers may fill
NO_MOUNTS = 3  # exit code


def filled(folder: Path, seconds: int) -> Row:
    """People are told to send again, officers read on; once there is room, everything goes on by itself."""
    own_user = [] if os.geteuid() == 0 else ["--map-root-user"]
    command = [
        "unshare",
        "--mount",
        *own_user,
        sys.executable,
        "-m",
        "tests.faults.disk",
        str(folder),
        str(seconds),
    ]
    if not shutil.which("unshare"):
        return skipped(FAULT, "tidak dapat dicoba: mesin ini tidak mengenal unshare")
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    if done.returncode == NO_MOUNTS or "unshare failed" in done.stderr:
        return skipped(FAULT, "tidak dapat dicoba: cakram kecil tidak boleh dipasang di mesin ini")
    assert done.returncode == 0, done.stderr
    return Row(**json.loads(done.stdout))


def main(folder: Path, seconds: int) -> None:
    """Mounts the file system, and prints the row."""
    disk = folder / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=19m,mode=700", "tmpfs", str(disk)]
    if subprocess.run(mount, stderr=subprocess.DEVNULL).returncode:
        sys.exit(NO_MOUNTS)
    sys.stdout.write(json.dumps(asdict(_fill(disk, folder / "log.txt", seconds))))


def _fill(disk: Path, log: Path, seconds: int) -> Row:
    db, city = open_city(disk / "skm.sqlite")
    with running(disk / "skm.sqlite", log) as server:
        server.wait_for_workers(2)
        officer = Head(server.address, db, disk / "skm.sqlite", city)
        with people(server.address, city.token, PEOPLE) as outcome:
            until(lambda: len(outcome.receipts) > PEOPLE, seconds=60)
            filler = disk / "filler"
            with suppress(OSError):  # the server writes meanwhile: there may be less room by now
                filler.write_bytes(b"x" * (shutil.disk_usage(disk).free - LEFT))
            until(lambda: outcome.later > 3 * PEOPLE, seconds=120)
            receipts, end = len(outcome.receipts), time.monotonic() + seconds
            open_forms(server.address, city.token, outcome, lambda: time.monotonic() < end)
            assert shutil.disk_usage(disk).free < LEFT / 2
            officer.read()
            assert len(outcome.receipts) < receipts + PEOPLE
            filler.unlink()
            until(lambda: len(outcome.receipts) > receipts + 10 * PEOPLE, seconds=60)
    row = outcome.row(FAULT, db)
    db.close()
    return row


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
