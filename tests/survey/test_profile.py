"""Profiles as they are stored."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skm.survey.instrument import ProfileChoice, ProfileField
from skm.survey.instrument_file import builtin
from skm.survey.profile import pack, slices, unpack, width

NINE, ONLINE = (builtin()[code].profile for code in ("permenpan-14-2017", "skm-online-16"))
MANY = (
    ProfileField(
        "village", {"id": "Desa"}, "choice", tuple(ProfileChoice(f"v{n}", {"id": ""}) for n in range(40))
    ),
)


def values_of(field):
    """Any value that a field may hold, or none."""
    known = [choice.code for choice in field.choices]
    return st.none() | (st.sampled_from(known) if known else st.integers(field.minimum, field.maximum))


def profiles_of(fields):
    """Profiles as a checked form has them."""
    return st.fixed_dictionaries({field.code: values_of(field) for field in fields}).map(
        lambda found: {code: value for code, value in found.items() if value is not None}
    )


@pytest.mark.parametrize(
    ("profile", "stored"),
    [
        ({"sex": "P", "age": 34, "education": "S1", "occupation": "swasta"}, "203444"),
        ({"sex": "L"}, "1-----"),
        ({"age": 7}, "-007--"),
        ({"occupation": "lainnya"}, "-----6"),
        ({}, ""),
        ({"sex": ""}, ""),
    ],
)
def test_every_field_has_its_place(profile, stored):
    assert pack(NINE, profile) == stored


@pytest.mark.parametrize("fields", [NINE, ONLINE, MANY], ids=["nine", "online", "more choices than keys"])
@given(data=st.data())
def test_what_was_stored_is_read_as_it_was_told(fields, data):
    profile = data.draw(profiles_of(fields))
    stored = pack(fields, profile)
    assert unpack(fields, stored) == profile
    assert len(stored) in (0, width(fields))


@pytest.mark.parametrize("profile", [{"sex": "X"}, {"age": 1000}, {"name": "Sari"}])
def test_what_no_field_has_is_refused(profile):
    with pytest.raises(ValueError, match=next(iter(profile))):
        pack(NINE, profile)


def test_the_slices_follow_each_other():
    assert [(field.code, part) for field, part in slices(NINE)] == [
        ("sex", slice(0, 1)),
        ("age", slice(1, 4)),
        ("education", slice(4, 5)),
        ("occupation", slice(5, 6)),
    ]
