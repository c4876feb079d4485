"""The pages that tests open, gathered for the HTML checker of `tests/html_checker.py`: each different one once."""

import json
import os
import re
from hashlib import sha256
from pathlib import Path

# What is made anew whenever a page is opened: stamps, tokens against forgery, ids, fingerprints. The checker does not
# mind which it is. Everything else counts, for a value or a text may be the fault.
_MADE_ANEW = re.compile(rb"(?<![\w.~-])(?=[a-z_.~-]*[A-Z0-9])[\w.~-]{20,}")

# One for all processes of a run, made by `tests/html_verdict.py`; without it nothing is gathered.
folder: Path | None = None


def gather(request: str, status: int, content: bytes) -> None:
    """Puts a page with what asked for it, and in which test, into the folder; one that is there already is left out."""
    if folder is None:
        return
    file = folder / f"{sha256(_MADE_ANEW.sub(b'', content)).hexdigest()[:32]}.html"
    test = os.environ.get("PYTEST_CURRENT_TEST", "").rpartition(" ")[0]
    try:
        with file.open("xb") as page:
            page.write(content)
    except FileExistsError:
        return
    file.with_suffix(".json").write_text(json.dumps({"request": f"{request} ({status})", "test": test}))
