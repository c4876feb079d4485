"""`skm import`: organisations, services, counters and people from a spreadsheet."""

from datetime import UTC, datetime
from pathlib import Path

import click

from skm.cli.officer import print_link
from skm.cli.server import open_store
from skm.i18n import formats
from skm.survey.officer import WHOLE_CITY
from skm.survey.problem import Problem
from skm.usecases.deed import SERVER, Deed
from skm.usecases.exchange.plan import OUTCOMES, Plan
from skm.usecases.exchange.spreadsheet import apply_import, plan_import

EVERYTHING = ""  # whoever has the server's terminal


@click.command(name="import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Tampilkan nasib setiap baris; tidak ada yang diubah.")
def import_(file: Path, dry_run: bool) -> None:
    """Mengimpor organisasi, layanan, loket, dan petugas dari FILE (XLSX atau CSV): semua baris, atau tidak satu pun."""
    db, now, content = open_store(), datetime.now(UTC), file.read_bytes()
    if dry_run:
        plan = plan_import(db, EVERYTHING, content, file.name, now, WHOLE_CITY)
        _show(plan, {"new", "changed", "fault"})
        click.echo("Tidak ada yang diubah (--dry-run).")
        return
    try:
        plan = apply_import(db, Deed(SERVER, now), EVERYTHING, content, file.name, reach=WHOLE_CITY)
    except Problem as problem:
        if problem.key == "import_faulty":
            _show(plan_import(db, EVERYTHING, content, file.name, now, WHOLE_CITY), {"fault"})
        raise
    _show(plan, set())
    for invited in plan.invited:
        print_link(invited)


def _show(plan: Plan, outcomes: set[str]) -> None:
    """The rows with these outcomes, one a line, the remarks, and how many rows have each outcome."""
    for row in plan.rows:
        if row.outcome in outcomes:
            click.echo(f"{row.sheet} {row.number}: {OUTCOMES[row.outcome]}, {row.words}")
    for note in plan.notes:
        click.echo(note)
    click.echo(
        ", ".join(f"{OUTCOMES[outcome]} {formats.count(count)}" for outcome, count in plan.counts.items())
    )
