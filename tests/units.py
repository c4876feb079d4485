"""Cities with more than one unit or questionnaire, for every test that looks at several together."""

from dataclasses import replace
from datetime import date

import pytest

from skm.store import instruments
from skm.store.database import writing
from skm.survey.instrument_file import builtin_source
from tests.builders import City, a_counter, a_period, a_service, an_organisation, answered


@pytest.fixture
def two_units(db, city) -> City:
    """Puskesmas I with nine answers of 4, Puskesmas II with one of 2, Puskesmas III with none."""
    with writing(db):
        second = an_organisation(db, city.agency, "unit", "Puskesmas II")
        service = a_service(db, second, "Umum")
        counter, _ = a_counter(db, second, "Loket", (service,))
        an_organisation(db, city.agency, "unit", "Puskesmas III")
    other = replace(city, unit=second, services=(service,), counter=counter)
    for _ in range(9):
        answered(db, city, "4" * 9)
    answered(db, other, "2" * 9)
    return other


@pytest.fixture
def sixteen(db, city) -> City:
    """The same unit, asked with the 16 items of SKM Online from July on."""

    with writing(db):
        ids = instruments.add(db, builtin_source("skm-online-16"))
        key = next(key for code, key in ids.items() if code == "skm-online-16")
        period = a_period(db, city.unit, key, opens=date(2026, 7, 1))
    return replace(city, period=period)
