"""`skm demo`."""

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import click

from skm.cli.server import open_store
from skm.i18n import formats
from skm.settings import read_settings
from skm.survey.problem import Problem
from skm.usecases.demo.build import build_demo, refuse_unless_empty
from skm.usecases.demo.city import TIME_ZONE


@click.command
@click.option("--fresh", is_flag=True, help="Buat ulang kota contoh dari awal.")
@click.option(
    "--until", type=click.DateTime(["%Y-%m-%d"]), help="Hari terakhir jawaban contoh (bawaan: hari ini)."
)
def demo(fresh: bool, until: datetime | None) -> None:
    """Mengisi basis data kosong dengan kota contoh (DATA CONTOH)."""
    path = read_settings().database
    db = open_store(path)
    try:
        refuse_unless_empty(db)
    except Problem as problem:
        if problem.key != "demo_exists":
            raise
        if not fresh:
            click.echo("Kota contoh sudah ada; jawaban yang ditambahkan di sana tetap tersimpan.")
            return
        db.close()
        for suffix in ("", "-wal", "-shm"):
            Path(f"{path}{suffix}").unlink(missing_ok=True)
        db = open_store(path)
    answers = build_demo(db, until.date() if until else datetime.now(ZoneInfo(TIME_ZONE)).date())
    click.echo(f"Kota contoh siap: {formats.count(answers)} jawaban rekaan (DATA CONTOH).")
