"""`skm close`, `skm verify` and `skm answer`."""

import sys
from datetime import UTC, datetime

import click

from skm.cli.server import open_store
from skm.figures.verify import verify_snapshots
from skm.i18n import formats
from skm.settings import read_settings
from skm.survey.response import STATES
from skm.usecases.answering import decisions, erasing
from skm.usecases.closing import freezing, publishing, records
from skm.usecases.deed import SERVER, Deed
from skm.wording import verification


@click.command
@click.argument("organisation")
@click.argument("period")
@click.option("--reason", help="Alasan; membuat revisi periode yang sudah dibekukan.")
@click.option(
    "--publish", is_flag=True, help="Langsung mengumumkannya sebagai angka resmi untuk setiap orang."
)
@click.option(
    "--undecided",
    default="",
    metavar="REASON",
    help="Alasan membekukan walaupun ada jawaban yang masih ditahan.",
)
def close(organisation: str, period: str, reason: str | None, publish: bool, undecided: str) -> None:
    """Membekukan angka PERIOD (nama atau kode periode) milik ORGANISATION (namanya dalam alamat)."""
    db, deed = open_store(), Deed(SERVER, datetime.now(UTC))
    chosen = records.find_period(db, organisation, period)
    if reason is None:
        made = freezing.freeze_period(db, deed, chosen.id, undecided=undecided)
    else:
        made = freezing.revise_period(db, deed, chosen.id, reason, undecided=undecided)
    for snapshot in made:
        record = records.show_snapshot(db, snapshot.id)
        result = record.frozen.figure.result
        value = formats.number(result.index)
        click.echo(f"{record.organisation.name}: IKM {value}, n {formats.count(result.n)}, {snapshot.digest}")
    click.echo(f"{chosen.name} dibekukan: revisi {made[0].revision}, {formats.count(len(made))} rekaman.")
    if publish:
        publishing.publish_period(db, deed, chosen.id, made[0].revision)
        click.echo(f"{chosen.name} diumumkan: revisi {made[0].revision}.")


@click.command
def verify() -> None:
    """Menghitung ulang semua rekaman dari jawabannya; keluar dengan 1 bila ada yang berbeda."""
    findings = verify_snapshots(open_store())
    for finding in findings:
        click.echo(verification.verdict(finding))
        for line in verification.differences(finding):
            click.echo(f"    {line}")
    click.echo(verification.summary(findings))
    sys.exit(0 if all(finding.equal for finding in findings) else 1)


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
    """Mengusulkan jawaban dikeluarkan dari hitungan, atau menyetujui usul seorang petugas: perlu dua orang.

    Siapa pun di terminal ini adalah satu orang yang sama; usul dari sini disetujui petugas pada halaman
    "Jawaban yang ditahan".
    """
    _decide(receipt, "excluded", why)


@answer.command
@click.argument("receipt")
@click.option(
    "--what", "whats", type=click.Choice(list(erasing.WHATS)), multiple=True, default=list(erasing.WHATS),
    help="Yang dihapus: comment (saran), profile (data responden); tanpa pilihan ini keduanya.",
)  # fmt: skip
@click.option("--why", required=True, help="Alasan.")
def erase(receipt: str, whats: tuple[str, ...], why: str) -> None:
    """Menghapus saran dan data responden dari jawaban RECEIPT untuk selamanya; nilainya tetap dihitung."""
    listed = erasing.list_beside(read_settings().database)
    done = erasing.erase_words(open_store(), Deed(SERVER, datetime.now(UTC)), receipt, whats, why, listed)
    words = " dan ".join(erasing.WHATS[what] for what in done.whats)
    click.echo(f"{words.capitalize()} pada jawaban {done.receipt} di {done.unit} dihapus.")
    if not done.wiped:
        click.echo("Sisanya di dalam berkas WAL ditimpa oleh layanan dalam beberapa menit.")
    click.echo(
        "Cadangan yang lebih lama masih memuatnya; bila dipulihkan, isinya dihapus lagi menurut daftar di"
    )
    click.echo(str(listed))


def _decide(receipt: str, state: str, why: str) -> None:
    deed = Deed(SERVER, datetime.now(UTC))
    made = decisions.decide_answer(open_store(), deed, receipt, state, why)
    before, after = STATES[made.before], STATES[made.after]
    waits = " Diusulkan dikeluarkan; petugas lain harus menyetujuinya." if made.proposed else ""
    click.echo(f"Jawaban {made.receipt} di {made.unit}: {before} → {after}.{waits}")
