"""`skm close`, `skm verify` and `skm answer`."""

import json

import pytest
from click.testing import CliRunner

from skm.cli import main
from skm.figures.snapshot import canonical, digest_of
from skm.store import events, publications, snapshots
from skm.store.database import writing
from skm.usecases.answering import decisions
from skm.usecases.deed import Actor, Deed
from tests.builders import a_past_year, a_period, an_organisation, answered
from tests.conftest import NOON
from tests.officers import an_officer

DAY = "2025-05-05"


@pytest.fixture
def skm(tmp_path):
    """Runs a command on the test's own database."""

    def run(*words: str, status: int = 0) -> str:
        result = CliRunner().invoke(main, words, env={"SKM_DATABASE": str(tmp_path / "skm.sqlite")})
        assert result.exit_code == status, result.output
        return result.output

    return run


@pytest.fixture
def year(db, city):
    """The year 2025 with an answer at Puskesmas I and one at Puskesmas II."""
    with writing(db):
        other = an_organisation(db, city.agency, "unit", "Puskesmas II")
    year = a_past_year(db, city)
    answered(db, city, "444444444", DAY)
    answered(db, city, "333333333", DAY, unit_id=other.id)
    return year


def test_close_prints_every_snapshot(skm, db, city, year):
    lines = skm("close", city.government.slug, "Tahun 2025").splitlines()
    (unit,) = [one for one in snapshots.all_snapshots(db) if one.organisation_id == city.unit.id]
    assert f"{city.unit.name}: IKM 100,00, n 1, {unit.digest}" in lines
    assert lines[-1] == "Tahun 2025 dibekukan: revisi 1, 4 rekaman."


def test_close_with_a_reason_makes_a_revision(skm, db, city, year):
    skm("close", city.government.slug, year.id)
    answered(db, city, "111111111", DAY)
    assert "dengan alasan" in skm("close", city.government.slug, "Tahun 2025", status=1)
    assert "Tulis alasannya" in skm("close", city.government.slug, "Tahun 2025", "--reason", " ", status=1)
    said = skm("close", city.government.slug, "Tahun 2025", "--reason", "Kertas")
    assert "IKM 62,50, n 2" in said
    assert "revisi 2, 3 rekaman" in said


def test_close_with_publish_makes_it_official(skm, db, city, year):
    assert "diumumkan: revisi 1." in skm("close", city.government.slug, "Tahun 2025", "--publish")
    assert publications.find_latest(db, year.id).standing


def test_close_of_what_cannot_be_closed_says_why(skm, db, city, year):
    assert "baru berakhir" in skm("close", city.government.slug, "Tahun 2026", status=1)
    assert "Tahun 2025; Tahun 2026" in skm("close", city.government.slug, "Tahun 1999", status=1)
    assert "tidak terdaftar" in skm("close", "nowhere", "Tahun 2025", status=1)
    assert "belum dibekukan" in skm("close", city.government.slug, "Tahun 2025", "--reason", "x", status=1)


def test_two_periods_of_one_name_are_told_apart_by_their_codes(skm, db, city, year):
    with writing(db):
        for _ in range(2):
            a_period(
                db, city.unit, city.period.instrument_id, name="Uji", opens=year.opens, closes=year.closes
            )
    said = skm("close", city.unit.slug, "Uji", status=1)
    code = said.split("kodenya: ")[1].split(",")[0]
    assert "Uji dibekukan" in skm("close", city.unit.slug, code)


def test_verify_says_equal(skm, db, city, year):
    skm("close", city.government.slug, "Tahun 2025")
    lines = skm("verify").splitlines()
    assert f"Tahun 2025, revisi 1, {city.unit.name}: sama" in lines
    assert lines[-1] == "4 rekaman diperiksa, 0 berbeda."


def test_verify_names_period_and_unit_of_a_flipped_digit(skm, db, city, year):
    skm("close", city.government.slug, "Tahun 2025")
    with writing(db):
        db.execute("DROP TRIGGER responses_are_never_changed")
        db.execute("UPDATE responses SET scores = '344444444' WHERE scores = '444444444'")
    lines = skm("verify", status=1).splitlines()
    assert f"Tahun 2025, revisi 1, {city.unit.name}: berbeda" in lines
    assert "    elements/U1/total: tersimpan 4, dihitung 3" in lines
    assert "Tahun 2025, revisi 1, Puskesmas II: sama" in lines
    assert f"Tahun 2025, revisi 1, {city.government.name}: berbeda, akibat {city.unit.name}" in lines
    assert lines[-1] == "4 rekaman diperiksa, 3 berbeda."


def test_verify_names_a_changed_snapshot(skm, db, city, year):
    skm("close", city.government.slug, "Tahun 2025")
    with writing(db):
        db.execute("DROP TRIGGER snapshots_are_never_changed")
        change = (
            "UPDATE snapshots SET content = replace(content, '100.00', '100.10') WHERE organisation_id = ?"
        )
        db.execute(change, [city.unit.id])
    said = skm("verify", status=1)
    assert f"{city.unit.name}: berbeda; isi rekaman tidak cocok dengan sidiknya" in said
    assert "index/value: tersimpan 100.10, dihitung 100.00" in said


def older(db, organisation, **changes):
    """Makes a record of one from before intervals by days: other ends, and `changes` of its figures."""
    (made,) = [one for one in snapshots.all_snapshots(db) if one.organisation_id == organisation.id]
    content = json.loads(snapshots.content_of(db, made.id)) | {"schema": 1, "software": "0.0.9"}
    content["figures"]["interval"] = {"level": "0.95", "low": "80.00", "high": "81.00", "grade_certain": True}
    content["figures"] |= changes
    text = canonical(content)
    with writing(db):
        db.execute("DROP TRIGGER IF EXISTS snapshots_are_never_changed")
        change = "UPDATE snapshots SET content = ?, digest = ? WHERE id = ?"
        db.execute(change, [text.decode(), digest_of(text), made.id])


def test_verify_says_which_version_computed_an_interval_otherwise(skm, db, city, year):
    skm("close", city.government.slug, "Tahun 2025")
    older(db, city.unit)
    lines = skm("verify").splitlines()
    where = f"Tahun 2025, revisi 1, {city.unit.name}: sama"
    assert f"{where}; selang dihitung dengan cara lain oleh versi 0.0.9" in lines
    assert sum("cara lain" in line for line in lines) == 1


def test_verify_excuses_nothing_else_of_an_older_version(skm, db, city, year):
    skm("close", city.government.slug, "Tahun 2025")
    older(db, city.unit, grade="B")
    lines = skm("verify", status=1).splitlines()
    assert (
        f"Tahun 2025, revisi 1, {city.unit.name}: berbeda; selang dihitung dengan cara lain oleh versi 0.0.9"
        in lines
    )
    assert "    grade: tersimpan B, dihitung A" in lines
    assert not any("interval" in line for line in lines)


def test_verify_of_a_city_without_closed_periods(skm, city):
    assert skm("verify") == "0 rekaman diperiksa, 0 berbeda.\n"


def test_an_answer_is_held_released_and_excluded_from_the_terminal(skm, db, city):
    response = answered(db, city, "444444444")
    assert "dihitung → ditahan" in skm("answer", "hold", response.receipt, "--why", "Ganda")
    assert "ditahan → dihitung" in skm("answer", "release", response.receipt, "--why", "Satu keluarga")
    said = skm("answer", "exclude", response.receipt, "--why", "Diisi petugas")
    assert "dihitung → ditahan" in said
    assert "petugas lain harus menyetujuinya" in said
    assert "Anda sendiri" in skm("answer", "exclude", response.receipt, "--why", "Diisi petugas", status=1)


def test_the_terminal_agrees_to_what_an_officer_proposed(skm, db, city):
    response, sari = answered(db, city, "444444444"), an_officer(db, "organisasi", city.government)
    proposed = Deed(Actor(sari.id, sari.name, "organisasi"), NOON)
    decisions.decide_answer(db, proposed, response.receipt, "excluded", "Diisi petugas")
    assert "ditahan → dikeluarkan" in skm("answer", "exclude", response.receipt, "--why", "Benar")
    assert "sedang dikeluarkan" in skm("answer", "hold", response.receipt, "--why", "Ganda", status=1)
    assert [event.state for event in events.all_for(db, response.id)] == ["held", "excluded"]


def test_a_decision_needs_a_reason_and_a_known_receipt(skm, db, city):
    assert "--why" in skm("answer", "hold", "AAAA", status=2)
    assert "kode bukti" in skm("answer", "hold", "AAAA", "--why", "Ganda", status=1)
