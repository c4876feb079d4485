"""Services and counters of a unit: added, changed, closed and opened again, each with its entry in the log."""

import json

import pytest

from skm.store import audit, organisations
from skm.survey.problem import Problem
from skm.usecases.answering.answer import open_questionnaire
from skm.usecases.city import counter_cards, counters, services
from skm.usecases.deed import Actor, Deed
from tests.builders import answered
from tests.conftest import NOON

BY_BUDI = Deed(Actor(None, "Budi", "unit_head"), NOON)


def last(db):
    """The newest entry of the log: verb, subject, before, after."""
    entry = next(audit.all_for(db, ""))
    return entry.verb, entry.subject, json.loads(entry.before or "{}"), json.loads(entry.after or "{}")


@pytest.fixture
def add_service(db, city):
    def add(name="Gigi", channel="face_to_face", visitors=None, slug=city.unit.slug):
        return services.add_service(db, BY_BUDI, slug, name, channel, True, visitors)

    return add


def test_a_new_service_is_offered_once_a_counter_gives_it(db, city, add_service):
    made = add_service()
    counters.edit_counter(db, BY_BUDI, city.counter.id, "Loket 1", [city.services[0].id, made.id])
    assert [each.name for each in open_questionnaire(db, city.token, NOON).services] == [
        "Pendaftaran",
        "Gigi",
    ]
    assert last(db)[2:] == ({"services": "Pendaftaran"}, {"services": "Pendaftaran; Gigi"})


@pytest.mark.parametrize(
    ("more", "key"),
    [
        ({"name": "poli umum"}, "name_taken"),
        ({"name": "Gigi; Mulut"}, "name_with_mark"),
        ({"channel": "by post"}, "channel_unknown"),
        ({"visitors": 0}, "visitors_outside"),
        ({"slug": "dinas-kesehatan"}, "unit_wanted"),
        ({"slug": "nowhere"}, "organisation_unknown"),
    ],
)
def test_what_cannot_be_a_service_is_refused(add_service, more, key):
    with pytest.raises(Problem, match=key):
        add_service(**more)


def test_a_closed_service_is_asked_about_no_more_and_stays_in_the_figures(db, city):
    answered(db, city, "444444444")
    services.close_service(db, BY_BUDI, city.services[1].id)
    names = [each.name for each in open_questionnaire(db, city.wide_token, NOON).services]
    assert names == ["Pendaftaran", "Farmasi"]
    assert len(organisations.services_of(db, city.unit.id)) == 3
    assert last(db)[0] == "close_service"


def test_the_last_service_of_a_counter_is_not_closed(db, city):
    with pytest.raises(Problem, match="service_last") as refused:
        services.close_service(db, BY_BUDI, city.services[0].id)
    assert refused.value.details == {"counter": "Loket 1"}


def test_a_closed_service_gives_its_name_free_and_comes_back_only_without_a_double(db, city, add_service):
    services.close_service(db, BY_BUDI, city.services[1].id)
    add_service("Poli Umum")
    with pytest.raises(Problem, match="name_taken"):
        services.reopen_service(db, BY_BUDI, city.services[1].id)


def test_an_edit_of_a_service_notes_what_differs(db, city):
    services.edit_service(db, BY_BUDI, city.services[1].id, "Poli Umum", "hybrid", True, 900)
    before = {"channel": "face_to_face", "yearly_visitors": None}
    assert last(db) == ("edit_service", "Poli Umum", before, {"channel": "hybrid", "yearly_visitors": 900})


def test_a_new_counter_takes_answers_at_once(db, city):
    made, token = counters.add_counter(db, BY_BUDI, city.unit.slug, "Loket 3", [city.services[2].id])
    assert open_questionnaire(db, token, NOON).counter == made
    assert last(db) == ("add_counter", "Loket 3", {"name": None, "services": None}, {
        "name": "Loket 3", "services": "Farmasi",
    })  # fmt: skip


@pytest.mark.parametrize(
    ("name", "given", "key"),
    [
        ("loket 1", [0], "name_taken"),
        ("Loket 3", [], "counter_without_service"),
        ("Loket 3", [0, 9], "counter_without_service"),
        ("", [0], "name_unusable"),
    ],
)
def test_what_cannot_be_a_counter_is_refused(db, city, name, given, key):
    ids = [city.services[n].id if n < 3 else "another unit's" for n in given]
    with pytest.raises(Problem, match=key):
        counters.add_counter(db, BY_BUDI, city.unit.slug, name, ids)


def test_a_closed_counter_explains_itself_and_prints_no_qr(db, city):
    counters.close_counter(db, BY_BUDI, city.counter.id)
    with pytest.raises(Problem, match="counter_closed"):
        open_questionnaire(db, city.token, NOON)
    with pytest.raises(Problem, match="counter_closed"):
        counter_cards.find_card(db, city.token, "https://skm.example.go.id")
    _, cards = counter_cards.show_cards(db, city.unit.slug, "https://skm.example.go.id")
    assert [card.counter.id for card in cards] == [city.wide_counter.id]


def test_a_counter_that_opens_again_has_the_same_qr(db, city):
    counters.close_counter(db, BY_BUDI, city.counter.id)
    counters.reopen_counter(db, BY_BUDI, city.counter.id)
    assert open_questionnaire(db, city.token, NOON).counter.id == city.counter.id


def test_a_citizen_at_a_closed_counter_reads_why(tamu, db, city):
    counters.close_counter(db, BY_BUDI, city.counter.id)
    tamu.get(f"/s/{city.token}", status=410)
    assert "Loket ini sudah ditutup" in tamu.words
    tamu.get(f"/s/{city.token}?lang=en", status=410)
    assert "This counter has been closed" in tamu.words
