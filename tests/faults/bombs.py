"""Files that take long are read at once, as many as officers send."""

import re
import threading
from pathlib import Path

import psutil

from tests.bombs import STYLES, workbook
from tests.faults.load import open_forms, people
from tests.faults.officer import Head
from tests.faults.row import Row
from tests.faults.scene import a_served_city, processes_of
from tests.waiting import until

ROOM = 80_000_000  # bytes by which a worker may have grown


def read_at_once(folder: Path, number: int) -> Row:
    """Each is refused with its reason; forms open meanwhile, and the server is as large as before."""
    with a_served_city(folder) as (db, city, server):
        head = Head(server.address, db, folder / "skm.sqlite", city)
        before = {each.pid: each.memory_info().rss for each in processes_of(folder / "skm.sqlite")}
        replies: list[tuple[int, str]] = []
        bomb = a_slow_file()
        senders = [threading.Thread(target=lambda: replies.append(head.send(bomb))) for _ in range(number)]
        with people(server.address, city.token, 2) as outcome:
            for sender in senders:
                sender.start()
            until(readers, seconds=60)
            open_forms(server.address, city.token, outcome, lambda: any(one.is_alive() for one in senders))
        assert [status for status, _ in replies] == [422] * number
        busy = [page for _, page in replies if "Sedang ada berkas lain dibaca" in page]
        ended = [page for _, page in replies if re.search("MB memori|belum selesai dibaca", page)]
        assert ended
        assert len(busy) + len(ended) == number
        after = {each.pid: each.memory_info().rss for each in processes_of(folder / "skm.sqlite")}
        assert max(after[pid] - before[pid] for pid in before) < ROOM
        return outcome.row(f"{number} berkas jahat dibaca sekaligus", db)


def a_slow_file() -> bytes:
    """A workbook whose many elements nobody needs: it is read until its limit is reached."""
    return workbook({STYLES: b"<a>" + b"<b/>" * 2_400_000 + b"</a>", "xl/worksheets/sheet1.xml": _rows()})


def _rows() -> bytes:
    main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    return f"<worksheet {main}><sheetData>".encode() + b"<a/>" * 45_000_000 + b"</sheetData></worksheet>"


def readers() -> list[psutil.Process]:
    """The processes that read a file."""
    found = []
    for process in psutil.process_iter():
        try:
            if "skm.output.sandbox.child" in process.cmdline():
                found.append(process)
        except psutil.Error:
            continue
    return found
