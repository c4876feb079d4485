"""`skm migrate` and `skm serve`."""

import shutil
from datetime import UTC, datetime
from pathlib import Path

import click

from skm.security import origins
from skm.settings import read_settings
from skm.store import migrations, place
from skm.store.database import Database, connect
from skm.store.patience import PLACES
from skm.usecases.answering import erasing
from skm.usecases.answering.clock import find_behind
from skm.usecases.people import arrivals

UNPROTECTED = """\
Peringatan: alamat ini terbuka bagi mesin lain tanpa proksi di depannya. Kiriman tidak disandikan. Pengirim yang lambat
diputus, tetapi siapa yang membuka ribuan sambungan sekaligus tetap dapat menghalangi yang lain. Pasang nginx menurut
docs/operate/server.md, lalu isi proxies = 1."""


@click.command
def migrate() -> None:
    """Menyiapkan basis data, atau membawanya ke versi terbaru."""
    _, done = _migrated(read_settings().database)
    click.echo(f"Diterapkan: {', '.join(done)}" if done else "Basis data sudah mutakhir.")


@click.command
@click.option("--host", default="127.0.0.1", show_default=True, help="Alamat yang didengarkan.")
@click.option("--port", default=8000, show_default=True, help="Nomor port.")
@click.option("--workers", default=2, show_default=True, help="Banyaknya proses.")
@click.option(
    "--threads",
    default=2 * PLACES,
    type=click.IntRange(min=PLACES + 2),  # so that some are left for reading while others wait to be written
    show_default=True,
    help="Banyaknya utas setiap proses.",
)
def serve(host: str, port: int, workers: int, threads: int) -> None:
    """Menjalankan server web."""
    from skm.cli import claim, processes, sweeper

    settings = read_settings()
    db = connect(settings.database)
    if lacking := migrations.pending(db):
        _say_notices(db)
        raise click.ClickException(f"Basis data belum mutakhir ({', '.join(lacking)}); jalankan: skm migrate")
    with claim.claim(settings.database, host, port) as listening:
        behind = find_behind(db, datetime.now(UTC))
        secret = arrivals.offer_set_up(db, datetime.now(UTC))
        erasing.erase_again(db, erasing.list_beside(settings.database), datetime.now(UTC))
        place.note_served(settings.database)  # `db` stays open, so that the WAL stays the one that is noted
        if secret:
            click.echo("Belum ada admin. Tautan penyiapan, sekali pakai, berlaku 24 jam:")
            click.echo(f"{settings.address}/set-up/{secret}")
        host, port = listening.getsockname()[:2]
        click.echo(f"SKM mendengarkan di http://{host}:{port}")
        if behind:
            click.echo(f"{behind.why}. Betulkan jam mesin ini; selama itu semua jawaban baru ditahan.")
        if settings.open_pages:
            click.echo("Halaman petugas terbuka tanpa kata sandi (open_pages).")
        if not settings.proxies and not claim.is_of_this_machine(host):
            click.echo(UNPROTECTED)
        counting = origins.create()
        origins.share(counting)
        sweeper.start(settings.database)
        processes.run(listening, workers, threads, counting)
    db.close()


def open_store(path: Path | None = None) -> Database:
    """The migrated database of this installation."""
    return _migrated(path or read_settings().database)[0]


def _migrated(path: Path) -> tuple[Database, list[str]]:
    """The database with nothing pending, and what was; what changes for people is said before."""
    db = connect(path)
    _say_notices(db)
    return db, migrations.apply(db, shutil.disk_usage(path.parent).free)


def _say_notices(db: Database) -> None:
    for notice in migrations.notices(db):
        click.echo(notice, err=True)
