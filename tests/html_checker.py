"""The Nu HTML Checker, the one of validator.w3.org: `make vnu` brings it from npm, and it needs Java."""

import json
import re
import shutil
import subprocess
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from skm.settings import ROOT

# Errors and warnings are faults. What the checker calls information is not: it is about style, such as `<br/>`.
# It would also guess the language from the words, which takes a fifth of the time; `tests/client.py` looks at `lang`.
OPTIONS = [
    "--format",
    "json",
    "--stdout",
    "--exit-zero-always",
    "--skip-non-html",
    "--skip-info-messages",
    "--no-langdetect",
]
# Whoever types such a year gets the page back with it, and with what is wrong about it.
ALLOWED = re.compile("Potentially bad value .* element “input”: Year may be mistyped.")


@dataclass(frozen=True)
class Fault:
    """What the checker says, the line of the page and what stands there; the request for the page and its test."""

    message: str
    line: int
    extract: str
    request: str
    test: str


def command() -> list[str] | None:
    """What runs the checker; None where it or Java is missing."""
    java, jars = shutil.which("java"), sorted((ROOT / "build").glob("vnu-*.jar"))
    # With the stack that some Javas give a thread, the checker breaks off.
    return [java, "-Xss8m", "-jar", str(jars[-1])] if java and jars else None


def faults(folder: Path) -> list[Fault]:
    """What is wrong with the pages that `html_pages.gather` put into a folder. The checker must be there."""
    run = [*(command() or []), *OPTIONS, str(folder)]
    done = subprocess.run(run, capture_output=True, encoding="utf-8", timeout=300, check=False)
    try:
        messages = json.loads(done.stdout)["messages"]
    except ValueError:
        raise RuntimeError(f"The HTML checker broke off: {done.stdout[:2000]}{done.stderr[:2000]}") from None
    return [_fault(message) for message in messages if not ALLOWED.fullmatch(message["message"])]


def _fault(message: dict) -> Fault:
    """A message of the checker with what is known of its page; one without a page is about the checker itself."""
    origin = {"request": "no page", "test": "no test"}
    if file := message.get("url", "").removeprefix("file:"):
        origin = json.loads(Path(file).with_suffix(".json").read_text(encoding="utf-8"))
    extract = " ".join(message.get("extract", "").split())
    return Fault(message["message"], message.get("lastLine", 0), extract, **origin)


def report(found: list[Fault]) -> list[str]:
    """The faults in lines to print: each message once, with the first page that has it and how many do."""
    by_message: dict[str, list[Fault]] = defaultdict(list)
    for fault in found:
        by_message[fault.message].append(fault)
    return [line for same in by_message.values() for line in _lines(same[0], len(same))]


def _lines(fault: Fault, times: int) -> list[str]:
    where = f"    {fault.request}, line {fault.line}: {fault.extract}"
    return [f"{fault.message} ({times} times)", where, f"    opened by {fault.test}"]
