"""The city's heading, contact and logo: stored, changed, removed; and no picture that could stop a page or a sheet."""

from io import BytesIO

import pytest
from PIL import Image

from skm.store import audit
from skm.survey.problem import Problem
from skm.usecases.answering.answer import show_city_name
from skm.usecases.city import branding
from skm.usecases.deed import Actor, Deed
from tests.builders import a_png
from tests.conftest import NOON

BY_SARI = Deed(Actor(None, "Sari", "organisasi"), NOON)
PNG = a_png()


def change(db, heading="", contact="", logo=None):
    return branding.change_branding(db, BY_SARI, heading, contact, logo)


def test_nothing_is_shown_before_something_was_chosen(db, city):
    brand = show_city_name(db).brand
    assert (brand.heading, brand.contact, brand.logo) == ("", "", None)
    assert branding.find_logo(db) is None


def test_what_was_chosen_is_stored_changed_and_removed(db, city):
    change(db, "Suara  Warga", "0361-1", PNG)
    brand = change(db, "Suara Warga", "0361-2")
    assert brand == show_city_name(db).brand
    assert (brand.heading, brand.contact, brand.logo.width, brand.logo.height) == (
        "Suara Warga",
        "0361-2",
        64,
        80,
    )
    assert change(db, "", "", b"").logo is None
    assert branding.find_logo(db) is None


def test_another_picture_has_another_version(db, city):
    assert change(db, logo=PNG).logo.version != change(db, logo=a_png(colour="navy")).logo.version


def test_a_large_picture_is_made_small_and_keeps_its_shape(db, city):
    logo = change(db, logo=a_png(1800, 600)).logo
    assert (logo.width, logo.height, logo.width_at(40)) == (480, 160, 120)
    assert Image.open(BytesIO(branding.find_logo(db))).size == (480, 160)


def test_the_log_says_what_was_changed(db, city):
    change(db, "Suara Warga")
    entry = next(audit.all_for(db, ""))
    assert (entry.verb, entry.after) == ("change_branding", '{"heading": "Suara Warga"}')


@pytest.mark.parametrize(
    "logo",
    [
        b"<svg/>",
        PNG[:-30],
        PNG[:40] + b"x" * 9 + PNG[40:],
        PNG + b"x" * 200_000,
        a_png(2001, 1),
        b"\xff\xd8\xff",
    ],
    ids=["svg", "cut off", "damaged", "heavy", "wide", "jpeg"],
)
def test_what_is_no_modest_png_is_refused_and_nothing_is_changed(db, city, logo):
    with pytest.raises(Problem, match="logo_unusable"):
        change(db, "Suara Warga", "", logo)
    assert show_city_name(db).brand.heading == ""


@pytest.mark.parametrize(("heading", "contact"), [("x" * 81, ""), ("", "x" * 201), ("=1+1", "")])
def test_what_is_too_long_for_a_page_is_refused(db, city, heading, contact):
    with pytest.raises(Problem, match="text_unusable"):
        change(db, heading, contact)
