"""What Lighthouse says of a citizen's pages: `python -m bench.lighthouse`, or with the address of a server.

Without an address it starts the server as it runs in production: `skm serve` behind a real nginx with the very
configuration of docs/operate/server.md, over TLS and HTTP/2. Leaves with 1 where a score is below its goal. Not a part
of `make bench`: it needs nginx, Chromium and Lighthouse, which npm brings.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench import serving
from bench.city import city
from tests import nginx

LIGHTHOUSE = ["npx", "--yes", "lighthouse@12.8.2"]  # the last that runs on the Node of Debian 12 and 13
CHROMIUM = (
    "--headless=new --no-sandbox --disable-gpu --ignore-certificate-errors --disable-background-networking"
)
CATEGORIES = ("performance", "accessibility", "best-practices")
GOAL = 99
RUNS = 3  # the middle one counts: a machine with other work is slower now and then


def main(addresses: list[str]) -> int:
    """Prints the scores of every page; 1 when one is below the goal."""
    missing = [name for name in ("npx", "chromium", "nginx") if not shutil.which(name)]
    if missing:
        sys.exit(f"missing: {', '.join(missing)}; apt-get install npm chromium nginx")
    if addresses:
        return max(_judge(address) for address in addresses)
    with tempfile.TemporaryDirectory() as folder, _production(Path(folder)) as address:
        return _judge(address)


def _judge(address: str) -> int:
    found = sorted((_scores(address) for _ in range(RUNS)), key=lambda scores: scores[0])[RUNS // 2]
    scores = dict(zip(CATEGORIES, found, strict=True))
    said = ", ".join(f"{name} {score}" for name, score in scores.items())
    print(f"{address}: {said} (goal {GOAL})")
    return int(min(found) < GOAL)


def _scores(address: str) -> list[int]:
    """The scores of one run, 0 to 100, in the order of the categories; what costs points is printed."""
    options = ["--quiet", "--output=json", "--form-factor=mobile", f"--chrome-flags={CHROMIUM}"]
    command = [*LIGHTHOUSE, address, f"--only-categories={','.join(CATEGORIES)}", *options]
    environment = os.environ | {"CHROME_PATH": shutil.which("chromium") or ""}
    done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, check=True, timeout=300)
    report = json.loads(done.stdout)
    for audit in report["audits"].values():
        if audit["score"] is not None and audit["score"] < 0.9:
            print(f"  {audit['id']}: {audit.get('displayValue') or audit['title']}")
    return [round(100 * report["categories"][name]["score"]) for name in CATEGORIES]


@contextmanager
def _production(folder: Path) -> Iterator[str]:
    """The address of the form of a counter, behind nginx."""
    database = folder / "skm.sqlite"
    token = city(database, 1)[0].token
    port = serving.free_port()
    with (
        serving.ours(database, SKM_ADDRESS=f"https://localhost:{port}", SKM_PROXIES="1") as server,
        nginx.before(server.port, folder, port) as (address, _),
    ):
        yield f"{address}/s/{token}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
