"""`skm ikm`: the index of a table of answers, as a table or as JSON."""

import json
from decimal import Decimal
from typing import BinaryIO

import click

from skm.i18n.formats import NO_DATA, count, number
from skm.ikm import EXACT, PRINTED, Alternative, ElementFigure, Interval, Measure, round_half_up
from skm.survey.instrument import say
from skm.survey.instrument_file import load
from skm.tables import sentence
from skm.usecases.exchange.calculate import Calculation, calculate
from skm.wording.calculation import remarks, verdict, weight


@click.command
@click.argument("file", type=click.File("rb"))
@click.option("--instrument", default="permenpan-14-2017", show_default=True, help="Kode atau berkas TOML.")
@click.option(
    "--weights", default=EXACT, show_default=True, help=f"Bobot: exact, 0.11, 0.111, {', '.join(PRINTED)}."
)
@click.option("--json", "as_json", is_flag=True, help="Hasil sebagai JSON.")
@click.option("--skip-invalid", is_flag=True, help="Lewati responden dengan jawaban di luar skala.")
@click.option(
    "--day", help="Kolom dengan tanggal jawaban; bawaan: tanggal, kalau ada. - menghitung tanpa tanggal."
)
@click.option("--sheet", help="Lembar dengan jawaban, kalau buku kerjanya mempunyai beberapa.")
def ikm(
    file: BinaryIO,
    instrument: str,
    weights: str,
    as_json: bool,
    skip_invalid: bool,
    day: str | None,
    sheet: str | None,
) -> None:
    """Menghitung IKM dari FILE (CSV atau XLSX), satu baris per responden; - membaca masukan standar."""
    calculation = calculate(file.read(), load(instrument), weights, skip_invalid, day, sheet)
    for problem in calculation.skipped:
        click.echo(f"Dilewati. {sentence(problem.key, problem.details)}", err=True)
    for row in calculation.left_out:
        click.echo(f"Bukan responden. Baris {row.line}, {row.why}", err=True)
    for note in calculation.notes:
        click.echo(note, err=True)
    text = json.dumps(as_data(calculation), ensure_ascii=False, indent=2) if as_json else _table(calculation)
    click.echo(text)


def as_data(calculation: Calculation) -> dict[str, object]:
    """The calculation as JSON has it: every decimal a string, what does not exist null."""
    measure = calculation.measure
    exact = None if measure.exact is None else round_half_up(measure.exact, 10)
    return {
        "instrument": calculation.instrument.code,
        "n": measure.n,
        "weights": measure.weights,
        "elements": [_element(figure) for figure in measure.elements],
        "index": _text(measure.index),
        "index_exact": _text(exact),
        "grade": measure.grade,
        "alternatives": {name: _reading(other) for name, other in measure.alternatives.items()},
        "grade_depends_on_weights": measure.grade_depends_on_weights,
        "interval": _interval(measure.interval),
        "indices": {code: _reading(other) for code, other in calculation.others.items()},
        "skipped": len(calculation.skipped),
        "left_out": [{"line": row.line, "why": row.why} for row in calculation.left_out],
        **_held(calculation),
    }


def _held(calculation: Calculation) -> dict[str, object]:
    """What a file says of held answers; nothing where it says nothing."""
    held = calculation.held
    if held is None:
        return {}
    return {"held": {"n": held.n, "including": _reading(held.including)}, "excluded": held.excluded}


def _element(figure: ElementFigure) -> dict[str, object]:
    nrr = None if figure.nrr is None else round_half_up(figure.nrr, 3)
    return {
        "code": figure.code,
        "n": figure.n,
        "total": figure.total,
        "nrr": _text(nrr),
        "value": _text(figure.value),
        "grade": figure.grade,
    }


def _reading(measure: Measure | Alternative) -> dict[str, object]:
    return {"index": _text(measure.index), "grade": measure.grade}


def _interval(interval: Interval | None) -> dict[str, object] | None:
    if interval is None:
        return None
    return {
        "level": interval.level,
        "by": interval.by,
        "deff": _text(interval.deff),
        "low": str(interval.low),
        "high": str(interval.high),
        "grade_certain": interval.grade_certain,
    }


def _text(value: Decimal | None) -> str | None:
    return None if value is None else str(value)


def _table(calculation: Calculation) -> str:
    measure, instrument = calculation.measure, calculation.instrument
    names = [say(instrument.element(figure.code).name, "id") for figure in measure.elements]
    width = max(len(name) for name in names)
    lines = [
        f"{say(instrument.title, 'id')} ({instrument.code})",
        f"Responden: {count(measure.n)}, dilewati: {count(len(calculation.skipped))}{_left_out(calculation)}",
        "",
        f"Unsur  {'':{width}}  Jawaban   Jumlah    NRR     IKM  Mutu",
        *(_line(figure, name, width) for figure, name in zip(measure.elements, names, strict=True)),
        "",
        f"{instrument.main_index.code}: {verdict(measure)}",
        f"Bobot: {weight(measure.weights, instrument)}",
        *remarks(measure, instrument),
        *_said_of_held(calculation),
        *(f"{code}: {verdict(other)}" for code, other in calculation.others.items()),
    ]
    return "\n".join(lines)


def _said_of_held(calculation: Calculation) -> list[str]:
    held = calculation.held
    if held is None or not (held.n or held.excluded):
        return []
    return [
        f"Ditahan dan tidak dihitung: {count(held.n)}; bila dihitung: {verdict(held.including)}",
        f"Dikeluarkan: {count(held.excluded)}",
    ]


def _left_out(calculation: Calculation) -> str:
    return f", bukan responden: {count(len(calculation.left_out))}" if calculation.left_out else ""


def _line(figure: ElementFigure, name: str, width: int) -> str:
    if figure.nrr is None:
        return f"{figure.code:5}  {name:{width}}  {count(0):>7}  {NO_DATA:>22}"
    nrr = number(round_half_up(figure.nrr, 3), 3)
    return (
        f"{figure.code:5}  {name:{width}}  {count(figure.n):>7}  {count(figure.total):>7}  {nrr}"
        f"  {number(figure.value):>6}  {figure.grade or '':>4}"
    ).rstrip()
