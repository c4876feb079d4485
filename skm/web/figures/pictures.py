"""A chart on a page: its picture for each width of screen, and its files to take home."""

from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from flask import request, url_for
from werkzeug.wrappers import Response

from skm.output.charts.look import BY_NIGHT, DESK, LOOKS, PAPER, PHONE, Look
from skm.output.document import Document
from skm.web.frame.sending import send

# Below the width of a large phone (static/css/base.css).
SMALL = "(max-width: 29.99rem)"
# A picture of ours may carry the one style that changes its colours at night, and nothing else.
POLICY = f"default-src 'none'; style-src 'sha256-{b64encode(sha256(BY_NIGHT.encode()).digest()).decode()}'"


@dataclass(frozen=True)
class ChartPicture:
    """A picture on a page: where it is and how it is drawn; `media` names the screens that it is for."""

    url: str
    look: Look
    media: str = ""


@dataclass(frozen=True)
class ChartFiles:
    """A chart's addresses, what stands in for the picture, and its pictures for a desk and for a phone."""

    svg: str
    png: str
    csv: str
    alt: str
    desk: ChartPicture
    phone: ChartPicture


def chart_files(endpoint: str, alt: str, at: Mapping[str, Any]) -> ChartFiles:
    """The files of the chart that a view draws; `at` are the values of its address."""
    svg, png, csv = (url_for(endpoint, extension=extension, **at) for extension in ("svg", "png", "csv"))
    desk, phone = (url_for(endpoint, extension="svg", look=look, **at) for look in ("desk", "phone"))
    return ChartFiles(svg, png, csv, alt, ChartPicture(desk, DESK), ChartPicture(phone, PHONE, SMALL))


def look() -> Look:
    """What the address asks for; without a word of it, the file to take home."""
    return LOOKS.get(request.args.get("look", ""), PAPER)


def send_picture(document: Document) -> Response:
    """A chart as an answer to a browser."""
    response = send(document)
    response.headers["Content-Security-Policy"] = POLICY
    return response
