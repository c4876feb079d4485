"""Every door has a lock, and the list of doors in the tests is the list in the house."""

from dataclasses import replace
from pathlib import Path

import pytest

from skm.app import DOORS, create_app
from skm.web import guard
from tests.client import Visitor

LISTED = Path(__file__).with_name("doors.txt")
OFFICERS = [
    line for line in LISTED.read_text().splitlines() if line.endswith("open_pages") and "POST" not in line
]


def listed(app) -> str:
    """URL, methods and lock of every door, a line each."""
    lines = []
    for rule in app.url_map.iter_rules():
        methods = ",".join(sorted(rule.methods - {"HEAD", "OPTIONS"}))
        lines.append(f"{rule.rule:80} {methods:6} {DOORS[rule.endpoint]}")
    return "\n".join(sorted(lines)) + "\n"


def test_the_doors_are_the_listed_ones(app):
    assert listed(app) == LISTED.read_text(), f"if this is meant, write it into {LISTED.name}:\n{listed(app)}"


def test_a_door_without_a_lock_stops_the_start(app):
    with pytest.raises(LookupError, match=r"desk\.show_unit"):
        guard.init(app, {name: lock for name, lock in DOORS.items() if name != "desk.show_unit"})


def test_a_lock_without_a_door_stops_the_start(app):
    with pytest.raises(LookupError, match="attic"):
        guard.init(app, {**DOORS, "attic": "anyone"})


@pytest.mark.parametrize("rule", [line[:89].split(" GET")[0].split(" POST")[0].strip() for line in OFFICERS])
def test_officers_pages_are_closed_unless_the_settings_open_them(settings, city, rule):
    closed = Visitor(create_app(replace(settings, open_pages=False)).test_client())
    values = {"<slug>": city.unit.slug, "<counter_id>": city.counter.id, "<int:year>": "2026"}
    for name, value in values.items():
        rule = rule.replace(name, value)
    rule = rule.replace("<any(elements, months, years):chart>", "months")
    for name in ("<any(svg, png, csv):extension>", "<any(svg, png):extension>"):
        rule = rule.replace(name, "svg")
    closed.get(rule, 403)


def test_every_answer_carries_the_safety_headers(tamu, city):
    for address in ("/", f"/s/{city.token}", "/nowhere", "/static/css/citizen.css"):
        tamu.get(address, 404 if address == "/nowhere" else 200)
        for name in guard.HEADERS:
            assert name in tamu.response.headers, f"{address} lacks {name}"
        assert "unsafe" not in tamu.response.headers["Content-Security-Policy"]
