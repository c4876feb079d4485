"""`skm qr` and `skm export`."""

import os
from datetime import UTC, datetime
from pathlib import Path

import click

from skm.cli.server import open_store
from skm.i18n import formats
from skm.output.csv_file import COMMA, SEMICOLON
from skm.output.document import Document
from skm.output.sheet import SIZES, USUAL
from skm.settings import read_settings
from skm.store.database import Database
from skm.store.organisations import find
from skm.survey.problem import Problem
from skm.usecases.city import counter_cards
from skm.usecases.exchange.export import count_answers, export_answers, export_year
from skm.usecases.exchange.spreadsheet import export_organisations


@click.command
@click.argument("where")
@click.option("--format", "kind", type=click.Choice(["pdf", "svg", "png"]), default="pdf", show_default=True)
@click.option(
    "--size", type=click.Choice(list(SIZES)), default=USUAL, show_default=True, help="Ukuran cetak (PDF)."
)
@click.option("--output", type=click.Path(path_type=Path), help="Nama berkas.")
def qr(where: str, kind: str, size: str, output: Path | None) -> None:
    """Membuat QR untuk WHERE: kode loket, atau nama unit atau perangkat daerah dalam alamat (PDF semua loket)."""
    _check(output)
    db, base = open_store(), read_settings().address
    if kind == "pdf":
        cards = _cards(db, where, base)
        _save(counter_cards.print_sheets(db, cards, size), output)
        if names := counter_cards.unprintable(cards):
            click.echo(f"Tidak dapat dicetak, kotak menggantikannya: {', '.join(names)}", err=True)
    else:
        _save(counter_cards.draw_qr(counter_cards.find_card(db, where, base), kind), output)


@click.command
@click.option("--year", type=int, help="Tahun.")
@click.option(
    "--organisations", is_flag=True, help="Organisasi, layanan, dan loket, untuk skm import (XLSX)."
)
@click.option("--format", "kind", type=click.Choice(["xlsx", "csv"]), default="xlsx", show_default=True)
@click.option(
    "--separator", type=click.Choice(["comma", "semicolon"]), default="comma", show_default=True,
    help="Pemisah kolom CSV; semicolon untuk Excel berbahasa Indonesia.",
)  # fmt: skip
@click.option("--output", type=click.Path(path_type=Path), help="Nama berkas.")
def export(year: int | None, organisations: bool, kind: str, separator: str, output: Path | None) -> None:
    """Mengunduh rekap tahunan (XLSX), semua jawaban (CSV), atau susunan organisasi (XLSX)."""
    if (year is None) != organisations:
        raise click.UsageError("Tentukan --year atau --organisations.")
    _check(output)
    db = open_store()
    if year is None:
        _save(export_organisations(db, datetime.now(UTC)), output)
        return
    if kind == "xlsx":
        _save(export_year(db, year), output)
    else:
        _save(export_answers(db, year, SEMICOLON if separator == "semicolon" else COMMA), output)
    click.echo(f"{formats.count(count_answers(db, year))} jawaban.")


def _cards(db: Database, where: str, base: str) -> list[counter_cards.CounterCard]:
    if find(db, where):
        return counter_cards.all_cards(db, where, base, datetime.now(UTC))
    return [counter_cards.find_card(db, where, base)]


def _check(output: Path | None) -> None:
    """Raises Problem where a file cannot be written, before it is made: that may take minutes."""
    folder = output.parent if output else Path()
    if not folder.is_dir():
        raise Problem("folder_missing", folder=folder)
    if output and output.exists():
        raise Problem("file_exists", path=output)
    if not os.access(folder, os.W_OK):
        raise Problem("folder_locked", folder=folder.absolute())


def _save(document: Document, output: Path | None) -> None:
    path = output or Path(document.name)
    if path.exists():
        raise Problem("file_exists", path=path)
    with path.open("wb") as file:
        chunks = [document.content] if isinstance(document.content, bytes) else document.content
        file.writelines(chunks)
    click.echo(f"Tersimpan: {path}")
