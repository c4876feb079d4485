"""The typesetter by itself, `python -m skm.output.typesetter counters`: data as JSON comes in, a PDF goes out.

It runs in a process of its own, because it keeps what it has worked out: within the server ten large files would
hold gigabytes for good.
"""

import sys
from pathlib import Path

import typst

from skm.output.font import FOLDER

TEMPLATES = Path(__file__).parents[2] / "templates" / "documents"


def typeset(template: str, data: str) -> bytes:
    """The template `<template>.typ` filled with `data`, as PDF/UA-1. Raises typst.TypstError."""
    content: bytes = typst.compile(
        TEMPLATES / f"{template}.typ",
        root=TEMPLATES,
        font_paths=typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FOLDER]),
        sys_inputs={"data": data},
        format="pdf",
        pdf_standards=["ua-1"],
        timestamp=0,  # a date in a document is data, not the moment of printing
    )
    return content


if __name__ == "__main__":
    sys.stdout.buffer.write(typeset(sys.argv[1], sys.stdin.buffer.read().decode()))
