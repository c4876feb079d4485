"""A unit's sheet: PENGOLAHAN DATA SKM PER RESPONDEN DAN PER UNSUR PELAYANAN, the official worksheet."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from operator import itemgetter

from skm import ikm
from skm.i18n.formats import NO_DATA
from skm.output.recap import UnitSheet
from skm.output.workbook.foot import Block, Foot, blocks_of, factor, grade_of, grade_shown, write_foot
from skm.output.workbook.result import Source, Table, write_bands, write_result
from skm.output.workbook.spreadsheet import MAX_ROWS, Book, Worksheet, cell, span
from skm.survey.instrument import Instrument, say
from skm.survey.problem import Problem

TITLE = "PENGOLAHAN DATA SURVEI KEPUASAN MASYARAKAT PER RESPONDEN DAN PER UNSUR PELAYANAN"
BELOW = 60  # rows that the foot, the table, the bands and the legend need at most
SCORES = {str(score): score for score in range(1, 10)}


@dataclass(frozen=True)
class Section:
    """Where figures of one instrument stand in the workbook, for the sheets that refer to them."""

    sheet: str
    instrument: Instrument
    foot: Foot
    source: Source

    @property
    def main(self) -> Block:
        """The columns of the main index."""
        return self.foot.blocks[0]

    def mean_and_people(self, element: int) -> tuple[str, str]:
        """The cells of an element's NRR and of its respondents."""
        column = self.main.groups[element].first
        return cell(self.foot.means, column, self.sheet), cell(self.foot.people, column, self.sheet)


def write_unit(book: Book, name: str, unit: UnitSheet) -> Section:
    """Writes the sheet, a row per respondent. Raises Problem when these are more than a sheet of Excel holds.

    ValueError: `scores` did not yield `tally.n` respondents, so the figures would not be those of the rows.
    """
    if unit.tally.n + BELOW > MAX_ROWS:
        raise Problem("worksheet_too_long", unit=unit.unit, rows=unit.tally.n, limit=MAX_ROWS - BELOW)
    blocks = blocks_of(unit.instrument, unit.scheme, unit.tally, unit.measure)
    head = 8 + unit.demo
    first = head + head_rows(blocks)
    last = (
        first + max(unit.tally.n, 1) - 1
    )  # without respondents an empty row keeps the formulas' ranges alive
    foot = Foot(last + 1, blocks, unit.tally)
    people = f"=COUNT({span(first, 0, last, 0)})"

    sheet = book.add(name)
    sheet.for_print(f"{unit.unit}, {unit.city}", unit.demo, (head, first - 1))
    sheet.columns(27, _widths(blocks))
    sheet.worksheet.freeze_panes(first, 1)
    sheet.grid(first, last, blocks[-1].end)
    _write_unit_lines(sheet, unit, foot, people)
    write_columns(sheet, head, blocks, unit.instrument, "NO. RESP")
    _write_respondents(sheet, first, unit, blocks)
    write_foot(
        sheet,
        foot,
        lambda column: f"=SUM({span(first, column, last, column)})",
        lambda column: f"=COUNT({span(first, column, last, column)})",
    )
    source = write_result(sheet, foot.last + 2, table_of(unit.instrument, foot, people))
    write_legend(sheet, write_bands(sheet, foot.last + 8 + len(blocks[0].groups)) + 1, foot)
    return Section(name, unit.instrument, foot, source)


def _write_unit_lines(sheet: Worksheet, unit: UnitSheet, foot: Foot, people: str) -> None:
    """The lines above the table; in a demo one more, which says so."""
    row = int(unit.demo)
    if unit.demo:
        sheet.mark_demo(foot.blocks[-1].end)
    sheet.text(row, 0, TITLE, "title")
    lines = {
        "UNIT PELAYANAN": f"{unit.unit} – {unit.agency}, {unit.city}",
        "ALAMAT": unit.address or "–",
        "TELP./FAX.": unit.phone or "–",
        "PERIODE": unit.period,
        "KUESIONER": f"{say(unit.instrument.title, 'id')} · {_weights(foot)}",
    }
    for at, (label, text) in enumerate(lines.items(), row + 1):
        sheet.text(at, 0, label, "label")
        sheet.text(at, 1, text)
    shown = grade_shown(unit.measure.index, unit.measure.grade, in_words=True)
    index = cell(*foot.index_cell(foot.blocks[0]))
    sheet.text(row + 6, 0, "IKM / MUTU / RESPONDEN", "label")
    sheet.formula(row + 6, 1, f"={index}", unit.measure.index, "result")
    sheet.formula(row + 6, 3, grade_of(index, unit.scheme.graded, in_words=True), shown, "result")
    sheet.formula(row + 6, 5, people, unit.tally.n, "result count")


def _widths(blocks: Iterable[Block]) -> list[float]:
    return [width for block in blocks for width in [*[7.0] * (block.end - block.groups[0].first), 11.0]]


def head_rows(blocks: Iterable[Block]) -> int:
    """Two rows of column heads when an element has several items, else one."""
    return 2 if any(len(group.items) > 1 for block in blocks for group in block.groups) else 1


def write_columns(
    sheet: Worksheet, row: int, blocks: tuple[Block, ...], instrument: Instrument, label: str
) -> None:
    """The column heads: element codes and, where an element has several items, the item codes below."""
    sheet.text(row, 0, label, "head right")
    for block in blocks:
        for group in block.groups:
            sheet.across(row, group.columns[0], group.columns[-1], "head right")
            sheet.text(row, group.first, group.code, "head right")
        sheet.text(row, block.end, block.index.code, "head right")
    if head_rows(blocks) == 2:
        _write_items(sheet, row + 1, blocks, instrument)


def _write_items(sheet: Worksheet, row: int, blocks: Iterable[Block], instrument: Instrument) -> None:
    sheet.text(row, 0, "", "head")
    for block in blocks:
        for group in block.groups:
            codes = (instrument.items[position].code for position in group.items)
            sheet.texts(row, group.first, codes, "head right")
        sheet.text(row, block.end, "", "head right")


def _write_respondents(sheet: Worksheet, first: int, unit: UnitSheet, blocks: Iterable[Block]) -> None:
    """The innermost loop, once per answer of the year: bound names, no style, nothing for an unanswered item."""
    pairs = [
        pair
        for block in blocks
        for group in block.groups
        for pair in zip(group.columns, group.items, strict=True)
    ]
    columns, pick = [column for column, _ in pairs], itemgetter(*(position for _, position in pairs))
    write, score = sheet.worksheet.write_number, SCORES.get
    row = first - 1
    for row, scores in enumerate(unit.scores, first):
        write(row, 0, row - first + 1)
        for column, answer in zip(columns, map(score, pick(scores)), strict=True):
            if answer:
                write(row, column, answer)
    if row - first + 1 != unit.tally.n:
        raise ValueError(
            f"{unit.unit}: {row - first + 1} respondents were given, {unit.tally.n} were counted"
        )
    if not unit.tally.n:
        sheet.text(first, 0, NO_DATA)


def table_of(instrument: Instrument, foot: Foot, people: str) -> Table:
    """The table of the main index, from the cells of the bottom rows."""
    main = foot.blocks[0]
    return Table(
        measure=main.measure,
        names=[say(instrument.element(group.code).name, "id") for group in main.groups],
        means=[f"={cell(foot.means, group.first)}" for group in main.groups],
        index=f"={cell(*foot.index_cell(main))}",
        people=people,
        label=foot.label,
        scheme=main.scheme,
    )


def weight_words(weights: str, shares: Iterable[Fraction]) -> str:
    """How elements are weighed, in words: "bobot 1/9 per unsur, dihitung tepat"."""
    if weights != ikm.EXACT:
        return f"bobot {weights.replace('.', ',')} per unsur"
    different = set(shares)
    return (
        "bobot menurut kuesioner"
        if len(different) > 1
        else f"bobot {different.pop()} per unsur, dihitung tepat"
    )


def write_legend(sheet: Worksheet, row: int, foot: Foot) -> None:
    """Keterangan: what the signs of the bottom rows mean."""
    main = foot.blocks[0]
    lines = [
        "Keterangan:",
        f"{main.groups[0].code} s.d. {main.groups[-1].code} : unsur pelayanan (sel kosong: tidak dijawab)",
        "NRR/Unsur : nilai rata-rata, yaitu jumlah nilai per unsur dibagi jumlah jawaban per unsur",
        f"NRR tertbg/Unsur : NRR per unsur dikalikan bobot ({_weights(foot)})",
        "*) : jumlah NRR tertimbang",
        f"**) : IKM, yaitu jumlah NRR tertimbang × {factor(main.scheme.scale)}, dibulatkan sekali ke dua desimal",
    ]
    if foot.several:
        lines.insert(3, "NRR/Unsur dengan beberapa pertanyaan : rata-rata dari NRR pertanyaan-pertanyaannya")
    for at, line in enumerate(lines, row):
        sheet.text(at, 0, line, "label" if at == row else "small")


def names_line(section: Section) -> str:
    """What the codes of the elements mean, in one line."""
    codes = (group.code for group in section.main.groups)
    return "; ".join(f"{code} {say(section.instrument.element(code).name, 'id')}" for code in codes) + "."


def _weights(foot: Foot) -> str:
    main = foot.blocks[0]
    return weight_words(main.measure.weights, main.scheme.conventions[ikm.EXACT])
