"""From a template of `templates/documents` and data to an accessible PDF."""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import typst

from skm.output.document import Document
from skm.output.font import FOLDER, printable

TEMPLATES = Path(__file__).parents[2] / "templates" / "documents"


def pdf(template: str, data: Mapping[str, Any], name: str) -> Document:
    """The template `<template>.typ` filled with `data`, as PDF/UA-1; the same input gives the same bytes.

    The data travels as JSON in `sys.inputs.data`, never as source, so no name can act as markup.
    Raises typst.TypstError where the template does not fit the data or a picture lacks its description.
    """
    content = typst.compile(
        TEMPLATES / f"{template}.typ",
        root=TEMPLATES,
        font_paths=_fonts(),
        sys_inputs={"data": printable(json.dumps(data, ensure_ascii=False))},
        format="pdf",
        pdf_standards=["ua-1"],
        timestamp=0,  # a date in a document is data, not the moment of printing
    )
    return Document(name, "application/pdf", content)


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FOLDER])
