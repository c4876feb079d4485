"""From a template of `templates/documents` and data to an accessible PDF."""

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from skm.output.document import Document
from skm.output.font import printable

ROOT = Path(__file__).parents[2]


def pdf(template: str, data: Mapping[str, Any], name: str) -> Document:
    """The template `<template>.typ` filled with `data`, as PDF/UA-1; the same input gives the same bytes.

    The data travels as JSON in `sys.inputs.data`, never as source, so no name can act as markup.
    Raises RuntimeError where the template does not fit the data or a picture lacks its description.
    """
    words = printable(json.dumps(data, ensure_ascii=False)).encode()
    command = [sys.executable, "-m", "skm.output.typesetter", template]
    done = subprocess.run(  # noqa: S603 - our own program; data goes in by its standard input
        command, input=words, capture_output=True, cwd=ROOT, check=False
    )
    if done.returncode:
        raise RuntimeError(done.stderr.decode())
    return Document(name, "application/pdf", done.stdout)
