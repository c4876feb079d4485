"""The bottom rows of the official worksheet: from the sum of each item down to the index, as live formulas.

The same rows close a unit's sheet, where they run over respondents, and the sheet of the city's figure,
where they run over units.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from skm import ikm
from skm.i18n.formats import NO_DATA
from skm.ikm.nrr import respondents
from skm.output.workbook.spreadsheet import Cached, Worksheet, cell, span
from skm.survey.instrument import Index, Instrument

Entry = tuple[range, str, Cached]  # the columns a figure fills, its formula and its value

NONE = f'"{NO_DATA}"'
UNGRADED = "–"


@dataclass(frozen=True)
class Group:
    """The columns of one element: the positions of its items in `scores`, and its first column."""

    code: str
    items: tuple[int, ...]
    first: int

    @property
    def columns(self) -> range:
        """A column per item."""
        return range(self.first, self.first + len(self.items))


@dataclass(frozen=True)
class Block:
    """The columns of one index: its elements in the order of the index, then one column for the sum."""

    index: Index
    scheme: ikm.Scheme
    measure: ikm.Measure
    groups: tuple[Group, ...]

    @property
    def end(self) -> int:
        """The column of the sum."""
        return self.groups[-1].columns.stop

    @property
    def weights(self) -> tuple[Fraction, ...]:
        """What each element weighs under the measure's convention."""
        return self.scheme.conventions[self.measure.weights]


def blocks_of(
    instrument: Instrument, scheme: ikm.Scheme, tally: ikm.Tally, measure: ikm.Measure
) -> tuple[Block, ...]:
    """The main index, then the others to its right; these have no convention to choose and are exact."""
    blocks = [Block(instrument.main_index, scheme, measure, tuple(_groups(scheme, 1)))]
    for index in instrument.indices[1:]:
        places = tuple(instrument.positions(code) for code in index.elements)
        other = ikm.Scheme(
            index.elements, places, len(instrument.items), index.weights, instrument.scale, index.graded
        )
        groups = tuple(_groups(other, blocks[-1].end + 1))
        blocks.append(Block(index, other, ikm.measure([(tally, other)]), groups))
    return tuple(blocks)


def _groups(scheme: ikm.Scheme, first: int) -> Iterator[Group]:
    for code, items in zip(scheme.codes, scheme.columns, strict=True):
        yield Group(code, items, first)
        first += len(items)


@dataclass(frozen=True)
class Foot:
    """Where the bottom rows stand, from `first` on; with several items to an element there are two more."""

    first: int
    blocks: tuple[Block, ...]
    tally: ikm.Tally
    label: str = "IKM Unit Pelayanan"

    @property
    def several(self) -> bool:
        """Whether an element has several items."""
        return any(len(group.items) > 1 for block in self.blocks for group in block.groups)

    @property
    def people(self) -> int:
        """The row with the number of respondents in an element's mean."""
        return self.first + 3 if self.several else self.first + 1

    @property
    def means(self) -> int:
        """The row NRR/Unsur; weights, weighted means and a row per index follow."""
        return self.people + 1

    @property
    def last(self) -> int:
        """The row of the last index."""
        return self.means + 2 + len(self.blocks)

    def index_cell(self, block: Block) -> tuple[int, int]:
        """Row and column of an index."""
        return self.means + 3 + self.blocks.index(block), block.end

    @property
    def items(self) -> Iterator[tuple[int, int]]:
        """Each column with the position of its item in `scores`."""
        for block in self.blocks:
            for group in block.groups:
                yield from zip(group.columns, group.items, strict=True)

    @property
    def elements(self) -> Iterator[tuple[Group, ikm.ElementFigure, Fraction]]:
        """Each element's columns, figures and weight."""
        for block in self.blocks:
            yield from zip(block.groups, block.measure.elements, block.weights, strict=True)


def write_foot(
    sheet: Worksheet, foot: Foot, sums: Callable[[int], str], counts: Callable[[int], str]
) -> None:
    """Writes the rows; `sums` and `counts` give the formula of a column's sum and number of answers."""
    per = "Pertanyaan" if foot.several else "Unsur"
    totals = [(range(at, at + 1), sums(at), foot.tally.totals[item]) for at, item in foot.items]
    answers = [(range(at, at + 1), counts(at), foot.tally.answered[item]) for at, item in foot.items]
    _row(sheet, foot, foot.first, f"Σ Nilai/{per}", "sum count", totals)
    _row(sheet, foot, foot.first + 1, f"Jumlah Jawaban/{per}", "sum count", answers)
    if foot.several:
        _row(sheet, foot, foot.first + 2, "NRR/Pertanyaan", "sum mean", _item_means(foot))
        _row(sheet, foot, foot.people, "Responden/Unsur", "sum value", _people(foot))
    _row(sheet, foot, foot.means, "NRR/Unsur", "sum mean", _means(foot))
    _row(sheet, foot, foot.means + 1, "Bobot/Unsur", "sum weight", _weights(foot))
    _row(sheet, foot, foot.means + 2, "NRR tertbg/Unsur", "sum mean", _weighted(foot))
    for block in foot.blocks:
        _sum(sheet, foot.means + 2, block)
    for block in foot.blocks:
        _index(sheet, foot, block)


def _row(sheet: Worksheet, foot: Foot, row: int, label: str, style: str, entries: Iterable[Entry]) -> None:
    sheet.text(row, 0, label, "sum text")
    for columns, formula, value in entries:
        sheet.across(row, columns[0], columns[-1], style)
        sheet.formula(row, columns[0], formula, value, style)
    for block in foot.blocks:
        sheet.blank(row, block.end, style)


def _item_means(foot: Foot) -> Iterator[Entry]:
    for at, item in foot.items:
        total, answers = cell(foot.first, at), cell(foot.first + 1, at)
        score, given = foot.tally.totals[item], foot.tally.answered[item]
        yield range(at, at + 1), _quotient(total, answers), Fraction(score, given) if given else None


def _people(foot: Foot) -> Iterator[Entry]:
    """Answers per answered item: an item that nobody answered counts neither here nor in the mean."""
    for group, _, _ in foot.elements:
        answers = _span(foot.first + 1, group)
        formula = f'=IF(SUM({answers})=0,0,AVERAGEIF({answers},">0"))'
        yield group.columns, formula, respondents(foot.tally, group.items)


def _means(foot: Foot) -> Iterator[Entry]:
    for group, figure, _ in foot.elements:
        if foot.several:
            means = _span(foot.first + 2, group)
            yield group.columns, f"=IF(COUNT({means})=0,{NONE},AVERAGE({means}))", figure.nrr
        else:
            total, answers = cell(foot.first, group.first), cell(foot.first + 1, group.first)
            yield group.columns, _quotient(total, answers), figure.nrr


def _weights(foot: Foot) -> Iterator[Entry]:
    for group, _, weight in foot.elements:
        yield group.columns, f"={ratio(weight)}", weight


def _weighted(foot: Foot) -> Iterator[Entry]:
    for group, figure, weight in foot.elements:
        mean, its_weight = cell(foot.means, group.first), cell(foot.means + 1, group.first)
        value = None if figure.nrr is None else figure.nrr * weight
        yield group.columns, f"=IF(ISNUMBER({mean}),{mean}*{its_weight},{NONE})", value


def _sum(sheet: Worksheet, row: int, block: Block) -> None:
    """The sum of the weighted means, once every element has one."""
    terms = span(row, block.groups[0].first, row, block.end - 1)
    exact = block.measure.exact
    value = None if exact is None else exact * block.scheme.scale / 100
    formula = f"=IF(COUNT({terms})={len(block.groups)},SUM({terms}),{NONE})"
    sheet.formula(row, block.end, formula, value, "sum one star")


def _index(sheet: Worksheet, foot: Foot, block: Block) -> None:
    row, column = foot.index_cell(block)
    main = block is foot.blocks[0]
    sheet.text(row, 0, foot.label if main else f"Indeks {block.index.code}", "sum text")
    sheet.across(row, 1, column - 1, "sum text")
    formula = out_of_hundred(cell(foot.means + 2, column), block.scheme.scale)
    sheet.formula(row, column, formula, block.measure.index, "sum two stars")


def out_of_hundred(mean: str, scale: int) -> str:
    """The formula of a mean on the scale as a value out of 100 with two decimals, half up.

    The inner rounding takes away what binary fractions add or lose in the fifteenth digit: 88.305 could be
    held as 88.30499999999999, and a spreadsheet would then round an exact half down.
    """
    return f"=IF(ISNUMBER({mean}),ROUND(ROUND({mean}*{factor(scale)},9),2),{NONE})"


def factor(scale: int) -> str:
    """What makes a mean on the scale a value out of 100."""
    return "25" if scale == 4 else f"100/{scale}"


def grade_of(value: str, graded: bool, in_words: bool = False) -> str:
    """The formula of the mutu pelayanan of a value with two decimals: "B", or "B (Baik)"."""
    if not graded:
        return f'=IF(ISNUMBER({value}),"{UNGRADED}",{NONE})'
    texts = {letter: f'"{mutu(letter) if in_words else letter}"' for letter in ikm.BOUNDS}
    *better, worst = ikm.BOUNDS
    tests = "".join(f"IF({value}>={ikm.BOUNDS[letter][0]},{texts[letter]}," for letter in better)
    return f"=IF(ISNUMBER({value}),{tests}{texts[worst]}{')' * len(better)},{NONE})"


def grade_shown(value: Decimal | None, letter: str | None, in_words: bool = False) -> str | None:
    """What `grade_of` comes to; None where there is no value yet."""
    if value is None or letter is None:
        return None if value is None else UNGRADED
    return mutu(letter) if in_words else letter


def mutu(letter: str) -> str:
    """A grade with its word: "B (Baik)"."""
    return f"{letter} ({ikm.KINERJA[letter]})"


def ratio(weight: Fraction) -> str:
    """A weight as one writes it: 1/9, 0.111, 0.15."""
    places = next((places for places in (1, 2, 3) if (weight * 10**places).denominator == 1), None)
    return f"{weight}" if places is None else f"{float(weight)}"


def _quotient(total: str, answers: str) -> str:
    return f"=IF({answers}=0,{NONE},{total}/{answers})"


def _span(row: int, group: Group) -> str:
    return span(row, group.columns[0], row, group.columns[-1])
