"""`skm officer`: the first admin, and the way in for one who is shut out."""

from datetime import UTC, datetime

import click

from skm import settings as configuration
from skm.cli.server import open_store
from skm.store import organisations
from skm.store.database import Database, writing
from skm.survey.officer import ROLES
from skm.survey.organisation import TIME_ZONES
from skm.survey.problem import Problem
from skm.usecases.people import arrivals, people

_ZONES = {name: zone for zone, name in TIME_ZONES.items()}


@click.group
def officer() -> None:
    """Petugas: menambah, memberi tautan masuk, menampilkan, menutup akun."""


@officer.command
@click.argument("email")
@click.argument("name")
@click.option("--role", type=click.Choice(list(ROLES)), required=True, help="Peran.")
@click.option("--unit", default="", help="Nama organisasi dalam alamat; tanpa ini seluruh kota.")
@click.option("--city", default="", help="Nama pemerintah daerah, bila basis data masih kosong.")
@click.option(
    "--zone", type=click.Choice(list(_ZONES)), default="WITA", show_default=True, help="Zona waktu."
)
def add(email: str, name: str, role: str, unit: str, city: str, zone: str) -> None:
    """Menambah petugas, atau peran baru untuk petugas yang sudah ada."""
    db, now = open_store(), datetime.now(UTC)
    if city:
        with writing(db):
            arrivals.found_city(db, people.SERVER, city, _ZONES[zone], now)
    where = _organisation_id(db, unit) if unit else ""
    secret = people.invite(db, people.SERVER, email, name, role, where, now)
    if secret is None:
        click.echo(f"{email} sekarang juga memegang peran {ROLES[role]}.")
    else:
        _print_link(email, secret, "7 hari")


@officer.command
@click.argument("email")
def link(email: str) -> None:
    """Membuat tautan sekali pakai untuk petugas yang tidak dapat masuk: kata sandi dan autentikator baru."""
    db = open_store()
    found = people.find_person(db, email)
    _print_link(found.email, people.offer_reset(db, people.SERVER, found.id, datetime.now(UTC)), "2 jam")


@officer.command(name="list")
def list_all() -> None:
    """Menampilkan semua petugas dengan perannya."""
    for person in people.show_people(open_store()):
        held = "; ".join(f"{ROLES[one.role]}, {one.organisation}" for one in person.memberships)
        state = "akun ditutup" if person.officer.closed else held or "tanpa peran"
        waiting = "" if person.officer.password or person.officer.closed else " (belum pernah masuk)"
        click.echo(f"{person.officer.email}  {person.officer.name}  {state}{waiting}")


@officer.command
@click.argument("email")
def close(email: str) -> None:
    """Menutup akun; yang pernah dilakukan petugas itu tetap tercatat."""
    db = open_store()
    found = people.find_person(db, email)
    people.close_officer(db, people.SERVER, found.id, datetime.now(UTC))
    click.echo(f"Akun {found.email} ditutup.")


def _organisation_id(db: Database, slug: str) -> str:
    found = organisations.find(db, slug)
    if found is None:
        raise Problem("organisation_unknown")
    return found.id


def _print_link(email: str, secret: str, lives: str) -> None:
    click.echo(f"Tautan untuk {email}, sekali pakai, berlaku {lives}:")
    click.echo(f"{configuration.read().address}/arrive/{secret}")
