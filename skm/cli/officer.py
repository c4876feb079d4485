"""`skm officer`: the first admin, and the way in for one who is shut out."""

from datetime import UTC, datetime

import click

from skm.cli.server import open_store
from skm.settings import read_settings
from skm.store import organisations
from skm.survey.officer import ROLES, WHOLE_CITY
from skm.survey.organisation import TIME_ZONES
from skm.usecases.deed import SERVER, Deed, logged
from skm.usecases.people import arrivals, people
from skm.usecases.people.people import Invited
from skm.usecases.people.roles import Invitation
from skm.wording.roles import role_in_full

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
@click.option(
    "--until", type=click.DateTime(["%Y-%m-%d"]), help="Hari terakhir, untuk kepala sementara (Plt.)."
)
def add(email: str, name: str, role: str, unit: str, city: str, zone: str, until: datetime | None) -> None:
    """Menambah petugas, atau peran baru untuk petugas yang sudah ada."""
    db, deed = open_store(), Deed(SERVER, datetime.now(UTC))
    if city and not organisations.find_root(db):
        with logged(db, deed) as log:
            arrivals.found_city(log, city, _ZONES[zone])
    where = organisations.get_by_slug(db, unit).id if unit else ""
    invited = people.invite_officer(
        db, deed, WHOLE_CITY, Invitation(email, name, role, where, until and until.date())
    )
    if invited.secret is None:
        click.echo(f"{email} sekarang juga memegang peran {ROLES[role]}.")
    else:
        print_link(invited)


@officer.command
@click.argument("email")
def link(email: str) -> None:
    """Membuat tautan sekali pakai untuk petugas yang tidak dapat masuk: kata sandi dan autentikator baru."""
    db = open_store()
    person = people.find_person(db, email)
    invited = people.offer_reset(db, Deed(SERVER, datetime.now(UTC)), WHOLE_CITY, person.id)
    print_link(invited, "2 jam")


@officer.command(name="list")
def list_all() -> None:
    """Menampilkan semua petugas dengan perannya."""
    for person in people.show_people(open_store(), WHOLE_CITY, datetime.now(UTC)):
        held = "; ".join(map(role_in_full, person.memberships))
        state = "akun ditutup" if person.officer.closed else held or "tanpa peran"
        waiting = "" if person.officer.password or person.officer.closed else " (belum pernah masuk)"
        click.echo(f"{person.officer.email}  {person.officer.name}  {state}{waiting}")


@officer.command
@click.argument("email")
def close(email: str) -> None:
    """Menutup akun; yang pernah dilakukan petugas itu tetap tercatat."""
    db = open_store()
    closed = people.find_person(db, email)
    people.close_officer(db, Deed(SERVER, datetime.now(UTC)), closed.id)
    click.echo(f"Akun {closed.email} ditutup.")


def print_link(invited: Invited, lives: str = "7 hari") -> None:
    """The link by which somebody comes in, or that none is needed."""
    email = invited.officer.email
    if invited.secret is None:
        click.echo(f"{email} tidak memerlukan tautan baru.")
        return
    click.echo(f"Tautan untuk {email}, sekali pakai, berlaku {lives}:")
    click.echo(f"{read_settings().address}/arrive/{invited.secret}")
