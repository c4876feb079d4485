"""`skm close`, `skm verify` and `skm answer`."""

import sys
from collections.abc import Iterator
from datetime import UTC, datetime

import click

from skm.cli.server import open_store
from skm.i18n import formats
from skm.usecases.answering import decisions
from skm.usecases.closing import freezing, publishing, records
from skm.usecases.closing.verify import DAMAGED, DIGEST, STRAY, UNREADABLE, Finding, verify_snapshots
from skm.usecases.deed import SERVER, Deed

FAULTS = {
    DIGEST: "isi rekaman tidak cocok dengan sidiknya",
    UNREADABLE: "isi rekaman tidak terbaca",
    DAMAGED: "ada jawaban dengan isi di luar skala",
    STRAY: "ada jawaban yang berbeda dari indeks basis data",
}
SHOWN = 12  # differences of one snapshot; the rest is counted


@click.command
@click.argument("organisation")
@click.argument("period")
@click.option("--reason", help="Alasan; membuat revisi periode yang sudah dibekukan.")
@click.option(
    "--publish", is_flag=True, help="Langsung mengumumkannya sebagai angka resmi untuk setiap orang."
)
def close(organisation: str, period: str, reason: str | None, publish: bool) -> None:
    """Membekukan angka PERIOD (nama atau kode periode) milik ORGANISATION (namanya dalam alamat)."""
    db, deed = open_store(), Deed(SERVER, datetime.now(UTC))
    found = records.find_period(db, organisation, period)
    if reason is None:
        made = freezing.freeze_period(db, deed, found.id)
    else:
        made = freezing.revise_period(db, deed, found.id, reason)
    for snapshot in made:
        shown = records.show_snapshot(db, snapshot.id)
        figures = shown.content["figures"]
        value = figures["index"]["value"].replace(".", ",") if figures["index"] else formats.NO_DATA
        click.echo(
            f"{shown.organisation.name}: IKM {value}, n {formats.count(figures['n'])}, {snapshot.digest}"
        )
    click.echo(f"{found.name} dibekukan: revisi {made[0].revision}, {formats.count(len(made))} rekaman.")
    if publish:
        publishing.publish_period(db, deed, found.id, made[0].revision)
        click.echo(f"{found.name} diumumkan: revisi {made[0].revision}.")


@click.command
def verify() -> None:
    """Menghitung ulang semua rekaman dari jawabannya; keluar dengan 1 bila ada yang berbeda."""
    found = verify_snapshots(open_store())
    for finding in found:
        click.echo(
            f"{finding.period}, revisi {finding.snapshot.revision}, {finding.organisation}: {_said(finding)}"
        )
        for line in _lines(finding):
            click.echo(f"    {line}")
    unequal = sum(not finding.equal for finding in found)
    click.echo(f"{formats.count(len(found))} rekaman diperiksa, {formats.count(unequal)} berbeda.")
    sys.exit(1 if unequal else 0)


@click.group
def answer() -> None:
    """Keputusan tentang satu jawaban: menahan, melepas, mengeluarkan. Tidak ada jawaban yang dihapus."""


@answer.command
@click.argument("receipt")
@click.option("--why", required=True, help="Alasan.")
def hold(receipt: str, why: str) -> None:
    """Menahan jawaban dengan kode bukti RECEIPT; selama ditahan tidak dihitung."""
    _decide(receipt, "held", why)


@answer.command
@click.argument("receipt")
@click.option("--why", required=True, help="Alasan.")
def release(receipt: str, why: str) -> None:
    """Melepas jawaban yang ditahan atau dikeluarkan; jawaban itu dihitung lagi."""
    _decide(receipt, "released", why)


@answer.command
@click.argument("receipt")
@click.option("--why", required=True, help="Alasan.")
def exclude(receipt: str, why: str) -> None:
    """Mengeluarkan jawaban dari hitungan."""
    _decide(receipt, "excluded", why)


def _decide(receipt: str, state: str, why: str) -> None:
    deed = Deed(SERVER, datetime.now(UTC))
    made = decisions.decide_answer(open_store(), deed, receipt, state, why)
    before, after = decisions.STATES[made.before], decisions.STATES[made.after]
    click.echo(f"Jawaban {made.receipt} di {made.unit}: {before} → {after}.")


def _said(finding: Finding) -> str:
    if finding.equal:
        return "sama"
    because_of = f", akibat {'; '.join(finding.because_of)}" if finding.because_of else ""
    return "; ".join([f"berbeda{because_of}", *(FAULTS[fault] for fault in finding.faults)])


def _lines(finding: Finding) -> Iterator[str]:
    """The figures that differ; those of whole agencies follow from their units and are not repeated."""
    if finding.because_of:
        return
    for way, stored, computed in finding.differences[:SHOWN]:
        yield f"{way}: tersimpan {_value(stored)}, dihitung {_value(computed)}"
    if len(finding.differences) > SHOWN:
        yield f"dan {formats.count(len(finding.differences) - SHOWN)} angka lain"


def _value(value: object) -> str:
    return "–" if value is None else str(value)
