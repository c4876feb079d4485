"""`skm backup`, `skm restore` and `skm doctor`."""

import sys
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import click

from skm.i18n import formats
from skm.settings import INSTANCE, read_settings
from skm.store.database import connect
from skm.usecases.deed import SERVER, Deed
from skm.usecases.upkeep.backup import make_backup
from skm.usecases.upkeep.doctor import Place, examine
from skm.usecases.upkeep.restore import Restored, restore_backup
from skm.wording import examination

LACKS = {
    "skm.toml": "Tanpa skm.toml: pengaturan instalasi ini tidak berasal dari berkas itu.",
    "secret.key": "Tanpa secret.key: rahasianya berasal dari pengaturan (secret_key); simpan sendiri.",
}
NOT_AS_BEFORE = """\
Rahasia instalasi ini bukan yang dahulu. Karena itu formulir yang sudah terbuka dan jawaban yang masih menunggu di
ponsel atau perangkat loket tidak diterima lagi, dan semua petugas perlu masuk kembali. Kode bukti yang sudah ada tetap
berlaku. Kalau secret.key yang lama masih ada, pasang berkas itu di {instance} sebelum layanan dijalankan."""


@click.command
@click.option(
    "--output",
    "folder",
    required=True,
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder tujuan.",
)
def backup(folder: Path) -> None:
    """Menyalin seluruh instalasi ke satu berkas, selagi layanan berjalan, dan memeriksa salinannya."""
    settings = read_settings(instance=INSTANCE)
    if not settings.database.exists():
        raise click.ClickException(f"Belum ada basis data di {settings.database}.")
    with closing(connect(settings.database)) as db:
        deed = Deed(SERVER, datetime.now(UTC))
        made = make_backup(db, deed, INSTANCE, folder.resolve(), settings.secret_key)
    click.echo(f"{made.file} ({_megabytes(made.size)})")
    click.echo(
        f"{formats.count(made.answers)} jawaban, {formats.count(made.records)} rekaman; sudah dibaca ulang dan utuh."
    )
    for name in made.lacks:
        click.echo(LACKS[name])
    click.echo(
        "Berkas ini memuat jawaban warga dan rahasia instalasi: simpan di mesin lain, hanya untuk yang berwenang."
    )


@click.command
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
def restore(file: Path) -> None:
    """Memulihkan instalasi dari berkas cadangan FILE ke tempat yang masih kosong."""
    done = restore_backup(file, INSTANCE, _place, datetime.now(UTC))
    made = datetime.fromisoformat(done.made)
    click.echo(f"Dipulihkan ke {done.database}: keadaan {formats.moment(made)} UTC.")
    click.echo(f"{formats.count(done.answers)} jawaban, {formats.count(done.records)} rekaman.")
    for line in _to_do(done):
        click.echo(line)


@click.command
def doctor() -> None:
    """Memeriksa instalasi ini bagian demi bagian; keluar dengan 1 bila ada yang perlu dibetulkan."""
    settings = read_settings(instance=INSTANCE)
    place = Place(
        settings.database,
        INSTANCE,
        settings.address,
        settings.smtp,
        settings.secret_key,
        settings.proxies,
        settings.open_pages,
    )
    findings = examine(place, datetime.now(UTC))
    for finding in findings:
        told, to_do = examination.finding(finding.key, finding.details)
        click.echo(f"{' ' if finding.sound else '!'} {examination.PARTS[finding.part]}: {told}")
        if to_do:
            click.echo(f"    {to_do}")
    troubles = sum(not finding.sound for finding in findings)
    click.echo(f"{formats.count(troubles)} hal perlu dibetulkan." if troubles else "Semuanya baik.")
    sys.exit(1 if troubles else 0)


def _place(folder: Path) -> tuple[Path, str]:
    """Where the settings in a folder put the database, and the secret; by default here."""
    settings = read_settings(instance=folder)
    inside = settings.database.parent == folder
    return INSTANCE / settings.database.name if inside else settings.database, settings.secret_key


def _to_do(done: Restored) -> list[str]:
    lines = [
        f"{name} di sini tetap dipakai; yang dari cadangan ada di {name}.cadangan." for name in done.kept
    ]
    if done.erased:
        lines.append(
            f"Saran atau data responden pada {formats.count(done.erased)} jawaban dihapus lagi menurut daftar."
        )
    if done.other_secret:
        lines.append(NOT_AS_BEFORE.format(instance=INSTANCE))
    if done.lacking:
        lines.append(
            f"Basis data dari versi sebelumnya ({', '.join(done.lacking)} belum ada); jalankan: skm migrate"
        )
    return [*lines, "Periksa dengan: skm verify"]


def _megabytes(size: int) -> str:
    return f"{formats.number(size / 1_000_000, 1)} MB"
