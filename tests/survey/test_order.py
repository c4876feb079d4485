import random
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skm.survey.names import folded
from skm.survey.order import in_reading_order, in_series, natural, others_last
from skm.survey.organisation import Counter, Organisation, Service


@pytest.mark.parametrize(
    "names",
    [
        ["Puskesmas 2", "Puskesmas 10"],
        ["Puskesmas I", "Puskesmas II", "Puskesmas IV", "Puskesmas IX", "Puskesmas 10", "Puskesmas XL"],
        ["Loket 1A", "Loket 1B", "Loket 2", "Loket A"],
        ["UPTD II Denpasar Barat", "UPTD II Denpasar Timur", "UPTD IX Denpasar Barat"],
        ["1/2 Jalan", "3,5 Hektar", "10 Jalan", "Apotek"],
        ["elok", "Élok", "Emas"],
        ["Poli Jum'at", "Poli Jum’at Sore"],
        ["Kelurahan Civil", "Kelurahan Dix", "Kelurahan Mild"],
        ["", "A", "मकतब", "中文"],
    ],
)
def test_names_stand_as_people_count(names):
    assert sorted(random.Random(1).sample(names, len(names)), key=natural) == names


@given(st.lists(st.text(max_size=12), max_size=8))
def test_any_names_have_an_order(names):
    ordered = sorted(names, key=natural)
    assert all(folded(a) == folded(b) for a, b in pairwise(ordered) if natural(a) == natural(b))


def test_a_subtree_is_read_downwards_by_name():
    def one(key, parent, name):
        path = f"{parent}{key}/"
        return Organisation(key, None, path, "unit", key, name, "", "", "Asia/Makassar")

    below = [
        one("a", "top/", "Dinas 10"),
        one("b", "top/", "Dinas 2"),
        one("c", "top/a/", "Unit X"),
        one("d", "top/a/", "Unit IX"),
    ]
    assert [each.id for each in in_reading_order(below)] == ["b", "a", "d", "c"]


def test_what_is_numbered_stands_by_its_numbers_where_the_first_of_it_was_set_up():
    names = ["Loket 10", "Apotek", "Loket 2", "Poli II", "loket 1", "Poli I", "Kasir"]
    shown = [each.name for each in in_series(Counter("", "", name) for name in names)]
    assert shown == ["loket 1", "Loket 2", "Loket 10", "Apotek", "Poli I", "Poli II", "Kasir"]


@pytest.mark.parametrize(
    "name", ["Pelayanan lain", "Layanan Lainnya", "LAIN-LAIN", "Keperluan lain", "Lainnya …"]
)
def test_the_service_for_those_who_do_not_find_theirs_is_last(name):
    services = [
        Service(key, "", each, "", True, None) for key, each in enumerate((name, "Poli Umum", "Apotek"))
    ]
    assert [each.name for each in others_last(services)] == ["Poli Umum", "Apotek", name]


def test_a_service_that_only_begins_so_stays_in_its_place():
    names = ["Surat keterangan lain", "Lain daerah", "Poli Umum"]
    services = [Service("", "", each, "", True, None) for each in names]
    assert [each.name for each in others_last(services)] == names
