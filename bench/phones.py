"""Phones that fill in the form, in a process of their own: `python -m bench.phones PORT PATH PHONES SURVEYS PAUSE`.

Each phone keeps one connection and does a survey after the other: it opens the form, sends it, and follows to the
thank-you page. PAUSE is the mean time in seconds it rests before opening and again before sending; 0 is a closed loop.
"""

import gc
import json
import re
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from http.client import HTTPConnection
from itertools import cycle
from random import Random
from urllib.parse import urlencode, urljoin

RADIO = re.compile(r'<input type="radio"[^>]* name="([^"]+)" value="([^"]+)"')
SELECT = re.compile(r'<select[^>]* name="([^"]+)"[^>]*>(.*?)</select>', re.DOTALL)
OPTION = re.compile(r'<option value="([^"]+)"')
ACTION = re.compile(r'<form[^>]* method="post"[^>]* action="([^"]+)"')
STAMP = re.compile(r'name="stamp" value="([^"]+)"')
COMMENTS = ("", "", "", "Petugas ramah, namun antreannya cukup lama pada hari Senin pagi.")


@dataclass(frozen=True)
class Visits:
    """What the phones saw: seconds for everything and for each POST, and the bytes of form and thank-you page."""

    seconds: float
    posts: list[float]
    sizes: tuple[int, int]


def visits(port: int, path: str, phones: int, surveys: int, pause: float = 0) -> Visits:
    """Lets so many phones do so many surveys each; raises RuntimeError for an answer that was not taken."""
    arguments = [str(value) for value in (port, path, phones, surveys, pause)]
    done = subprocess.run([sys.executable, "-m", "bench.phones", *arguments], stdout=subprocess.PIPE)
    if done.returncode:
        raise RuntimeError("a phone was not served")
    return Visits(**json.loads(done.stdout))


class Phone(threading.Thread):
    """One citizen after the other on one connection."""

    def __init__(self, port: int, path: str, number: int, surveys: int, pause: float) -> None:
        super().__init__()
        self._connection = HTTPConnection("127.0.0.1", port, timeout=60)
        self._path, self._surveys, self._pause = path, surveys, pause
        self._random, self._comments = Random(number), cycle(COMMENTS)
        self.posts: list[float] = []
        self.sizes = (0, 0)

    def run(self) -> None:
        """All surveys of this phone."""
        _, page = self._ask("GET", self._path, 200)
        choices = _choices(page)
        for _ in range(self._surveys):
            self._survey(choices)
        self._connection.close()

    def _survey(self, choices: dict[str, list[str]]) -> None:
        self._rest()
        _, page = self._ask("GET", self._path, 200)
        fields = {name: self._random.choice(values) for name, values in choices.items()}
        fields |= {"stamp": STAMP.findall(page)[0], "age": "34", "comment": next(self._comments)}
        action = urljoin(self._path, ACTION.findall(page)[0])
        self._rest()
        start = time.perf_counter()
        address, _ = self._ask("POST", action, 303, urlencode(fields))
        self.posts.append(time.perf_counter() - start)
        _, thanks = self._ask("GET", address, 200)
        self.sizes = len(page.encode()), len(thanks.encode())

    def _rest(self) -> None:
        if self._pause:
            time.sleep(self._random.uniform(0.5, 1.5) * self._pause)

    def _ask(self, method: str, path: str, status: int, body: str | None = None) -> tuple[str, str]:
        kind = {"Content-Type": "application/x-www-form-urlencoded"} if body else {}
        self._connection.request(method, path, body, kind)
        response = self._connection.getresponse()
        text = response.read().decode()
        if response.status != status:
            raise RuntimeError(f"{method} {path}: {response.status}")
        return response.headers.get("Location", ""), text


def _choices(page: str) -> dict[str, list[str]]:
    """What can be chosen in the form, by field."""
    found: dict[str, list[str]] = {name: OPTION.findall(inside) for name, inside in SELECT.findall(page)}
    for name, value in RADIO.findall(page):
        found.setdefault(name, []).append(value)
    return found


def main(port: str, path: str, phones: str, surveys: str, pause: str) -> None:
    """Runs the phones and prints what they saw as JSON."""
    gc.disable()
    sys.setswitchinterval(
        0.0005
    )  # a thread whose answer has arrived should not wait 5 ms for its turn to look
    threads = [Phone(int(port), path, number, int(surveys), float(pause)) for number in range(int(phones))]
    start = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    seconds = time.perf_counter() - start
    posts = [post for thread in threads for post in thread.posts]
    json.dump({"seconds": seconds, "posts": posts, "sizes": threads[0].sizes}, sys.stdout)
    sys.exit(len(posts) != int(phones) * int(surveys))


if __name__ == "__main__":
    main(*sys.argv[1:])
