"""Every door has a lock, every lock opens for whom it should, and every response has its security headers."""

import inspect
import re
from pathlib import Path

import pytest

from skm.app import DOORS, PAGES, PROBLEMS, TABS, UPLOADS, create_app
from skm.settings import ROOT, Settings
from skm.survey.officer import ROLES
from skm.web.figures import tabs
from skm.web.frame import errors, guard
from tests.client import Visitor
from tests.conftest import NOON
from tests.house import House, a_house

LISTED = Path(__file__).with_name("doors.txt")
LINE = re.compile(r"(?P<rule>/.*?) +(?P<methods>[A-Z,]+) +(?P<lock>\w+)$")
LISTED_DOORS = [LINE.match(line).groupdict() for line in LISTED.read_text().splitlines()]

# Which roles open which lock. Written down a second time on purpose: a lock that changes must be changed here too.
RIGHTS = {
    "reads_figures": {"unit_head", "organisasi", "auditor"},
    "reads_summary": {"counter_staff", "unit_head", "organisasi", "auditor"},
    "reads_city": {"organisasi", "auditor"},
    "exports": {"organisasi", "auditor"},
    "reads_rows": {"organisasi", "auditor"},
    "prints_qr": {"counter_staff", "unit_head", "organisasi", "admin"},
    "replaces_qr": {"unit_head", "organisasi"},
    "registers_devices": {"counter_staff", "unit_head", "organisasi", "admin"},
    "enters_visitors": {"unit_head", "organisasi"},
    "improves": {"unit_head", "organisasi"},
    "keys_papers": {"counter_staff", "unit_head", "organisasi"},
    "reads_papers": {"counter_staff", "unit_head", "organisasi", "auditor"},
    "sets_up": {"organisasi", "admin"},
    "freezes": {"organisasi"},
    "decides_answers": {"organisasi"},
    "people": {"admin"},
    "invites": {"organisasi", "admin"},
    "audit": {"auditor"},
    "signed_in": set(ROLES),
    "half_signed_in": set(ROLES),
    "anyone": set(ROLES),
}
EVERYWHERE = {"audit", "signed_in", "half_signed_in", "anyone"}  # the view shows no more than the role covers
IN_PART = {("invites", "organisasi")}  # a part of the city is enough: the view shows no more than it covers
IN_THE_DEMO = {
    "reads_figures",
    "reads_city",
    "exports",
    "reads_rows",
    "prints_qr",
}  # GET, where the settings open the pages
IN_THE_UNIT = {
    "slug",
    "counter_id",
    "service_id",
    "period_id",
    "snapshot_id",
    "improvement_id",
    "batch_id",
    "device_id",
}  # what an address names lies in the city's unit


@pytest.fixture(scope="module")
def house(tmp_path_factory) -> House:
    return a_house(tmp_path_factory.mktemp("house") / "skm.sqlite")


def sent(house: House, visitor: Visitor, door: dict[str, str], method: str):
    return visitor.open(house.address(door["rule"]), method)


def opens(door: dict[str, str], role: str, place: str) -> bool:
    """Whether a role over a place is meant to open a door."""
    named = set(re.findall(r"(\w+)>", door["rule"])) & IN_THE_UNIT
    covers = place == "city" or (place == "unit" and named) or door["lock"] in EVERYWHERE
    covers = covers or (door["lock"], role) in IN_PART
    return bool(role in RIGHTS[door["lock"]] and covers)


def listed(app) -> str:
    """URL, methods and lock of every door, a line each."""
    lines = []
    for rule in app.url_map.iter_rules():
        methods = ",".join(sorted(rule.methods - {"HEAD", "OPTIONS"}))
        lines.append(f"{rule.rule:80} {methods:8} {DOORS[rule.endpoint]}")
    return "\n".join(sorted(lines)) + "\n"


def test_the_doors_are_the_listed_ones(app):
    assert listed(app) == LISTED.read_text(), f"if this is meant, write it into {LISTED.name}:\n{listed(app)}"


def test_a_door_without_a_lock_stops_the_start(app):
    with pytest.raises(LookupError, match=r"unit\.show_unit has no lock"):
        guard.init(app, {name: lock for name, lock in DOORS.items() if name != "unit.show_unit"})


def test_a_lock_without_a_door_stops_the_start(app):
    with pytest.raises(LookupError, match="attic has a lock, but no view"):
        guard.init(app, {**DOORS, "attic": "anyone"})


def test_a_door_with_an_unknown_lock_stops_the_start(app):
    with pytest.raises(LookupError, match=r"unit\.show_unit names a lock that is not in LOCKS"):
        guard.init(app, {**DOORS, "unit.show_unit": "anybody"})


def test_every_module_with_views_is_among_the_pages():
    views = re.compile(r"^@\w+\.(get|post|route)\(", re.MULTILINE)
    modules = {file for file in (ROOT / "skm" / "web").rglob("*.py") if views.search(file.read_text("utf-8"))}
    assert modules == {Path(pages.__file__) for pages in PAGES}


def test_a_lock_stands_beside_its_view(app):
    elsewhere = [
        door
        for pages in PAGES
        for door in pages.DOORS
        if inspect.unwrap(app.view_functions[door]).__module__ != pages.__name__
    ]
    assert not elsewhere


def test_what_takes_larger_files_and_what_has_a_tab_is_a_door():
    assert UPLOADS.keys() | TABS.keys() <= DOORS.keys()


def test_a_tab_without_a_page_stops_the_start(app):
    with pytest.raises(LookupError, match=r"a tab leads to no page: attic\.show"):
        tabs.init(app, {**TABS, "attic.show": TABS["sample.show_sample"]})


def test_a_page_for_an_unknown_problem_stops_the_start(app):
    with pytest.raises(LookupError, match="a page for no Problem: attic_dark"):
        errors.init(app, {**PROBLEMS, "attic_dark": PROBLEMS["link_spent"]})


def test_every_lock_has_its_rights_written_down():
    assert RIGHTS.keys() == guard.LOCKS.keys()


ways = pytest.mark.parametrize(
    ("door", "method"),
    [(door, method) for door in LISTED_DOORS for method in door["methods"].split(",")],
    ids=lambda value: value if isinstance(value, str) else value["rule"],
)
reading = pytest.mark.parametrize(
    "door", [door for door in LISTED_DOORS if "GET" in door["methods"]], ids=lambda door: door["rule"]
)


@ways
def test_a_door_opens_for_the_roles_that_it_is_for(house, door, method):
    for (role, place), visitor in house.officers.items():
        response = sent(house, visitor, door, method)
        who = f"{role} of {place}"
        if not opens(door, role, place):
            assert response.status_code == 403, who
        elif method == "POST":
            assert response.status_code == 400, f"{who}: a form without its token"
        else:
            # 301: an agency's page that is asked for a unit leads to the unit's. 409: open, but not at this moment.
            assert response.status_code in (200, 301, 302, 404, 409, 410), who
            assert not response.headers.get("Location", "").startswith("/sign-in?"), who


@ways
def test_who_is_not_signed_in_is_sent_to_the_sign_in(house, door, method):
    response = sent(house, house.nobody, door, method)
    if door["lock"] == "anyone":
        assert response.status_code in ((400,) if method == "POST" else (200, 404, 410))
    else:
        assert response.status_code == (302 if method == "GET" else 303)
        assert response.headers["Location"].split("?")[0] == "/sign-in"


@ways
def test_without_the_second_factor_nothing_but_the_way_in_opens(house, door, method):
    response = sent(house, house.half, door, method)
    if door["lock"] in ("anyone", "half_signed_in"):
        assert response.status_code in ((400,) if method == "POST" else (200, 302, 404, 410))
    else:
        assert response.status_code == (302 if method == "GET" else 303)
        assert response.headers["Location"].split("?")[0] == "/sign-in/code"


@ways
def test_open_pages_open_figures_and_nothing_else(house, door, method):
    response = sent(house, Visitor(house.open_app.test_client()), door, method)
    if method == "GET" and door["lock"] in IN_THE_DEMO:
        assert response.status_code in (200, 301)
    elif door["lock"] != "anyone":
        assert response.headers["Location"].split("?")[0] == "/sign-in"


@reading
def test_every_answer_carries_the_safety_headers(house, door):
    for visitor in (house.nobody, house.officers["organisasi", "city"], house.officers["admin", "city"]):
        headers = sent(house, visitor, door, "GET").headers
        assert not [name for name in guard.HEADERS if name not in headers]
        assert "unsafe" not in headers["Content-Security-Policy"]
        assert headers["Strict-Transport-Security"].startswith("max-age=")
        public = door["rule"] in (
            "/",
            "/s/<token>",
            "/layar/<token>",
            "/kios/<token>",
            "/terima-kasih/<receipt>",
            "/static/<path:filename>",
            "/logo.png",
            "/sw.js",
            "/bundles/<name>",
        )
        assert public or "no-store" in headers["Cache-Control"]


@reading
def test_every_cookie_is_for_this_host_by_https_and_not_for_scripts(house, door):
    for visitor in (Visitor(house.app.test_client()), house.officers["organisasi", "city"]):
        for cookie in sent(house, visitor, door, "GET").headers.getlist("Set-Cookie"):
            assert cookie.startswith("__Host-skm=")
            assert {"Secure", "HttpOnly", "SameSite=Lax", "Path=/"} <= set(cookie.split("; "))
            assert "Domain" not in cookie


@reading
def test_a_forged_host_has_no_effect(house, door):
    for visitor in (house.nobody, house.officers["organisasi", "city"], house.officers["admin", "city"]):
        address = house.address(door["rule"])
        for path in (address, f"/{address}", f"{address}/", address.replace("/", "//")):
            forged = {"HTTP_HOST": "forged.test", "HTTP_X_FORWARDED_HOST": "forged.test", "PATH_INFO": path}
            response = visitor.open(address, "GET", environ_overrides=forged)
            assert "forged.test" not in str(response.headers)
            assert b"forged.test" not in response.data


def test_a_citizen_gets_no_cookie(house):
    for address in ("/", f"/s/{house.city.token}", "/nowhere"):
        assert "Set-Cookie" not in house.nobody.open(address, "GET").headers


def test_without_https_there_is_no_https_header_and_a_plain_cookie(tmp_path, db, city):
    plain = create_app(Settings(tmp_path / "skm.sqlite", secret_key="x" * 40), lambda: NOON).test_client()
    response = plain.get("/sign-in")
    assert "Strict-Transport-Security" not in response.headers
    assert response.headers["Set-Cookie"].startswith("skm=")
