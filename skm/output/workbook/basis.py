"""The sheet of the city's figure: what every unit adds to it, and the pooling itself, as live formulas.

Respondents of all units with the same instrument are pooled item by item. Means from several instruments are
then joined, each weighing as much as it has respondents: the way of `ikm.measure` for several parts.
"""

from collections.abc import Iterable, Sequence
from functools import reduce
from operator import add

from skm import ikm
from skm.figures import scheme
from skm.figures.figure import Questionnaire
from skm.output.workbook.foot import NONE, Block, Foot, blocks_of, factor, ratio, write_foot
from skm.output.workbook.result import MEAN, Source, Table, write_result
from skm.output.workbook.spreadsheet import Worksheet, cell, span
from skm.output.workbook.worksheet import Section, head_rows, table_of, write_columns
from skm.survey.instrument import Instrument, say

JOINT = "IKM Gabungan"


class Basis:
    """The sheet while it is written, from top to bottom."""

    def __init__(self, sheet: Worksheet, title: str, lead: str, convention: str, demo: bool) -> None:
        self._sheet, self._convention = sheet, convention
        self._row = int(demo)
        sheet.columns(36, [8] * 30)
        sheet.for_print(title, demo, (0, self._row))
        if demo:
            sheet.mark_demo(10)
        self.say(title.upper(), "title")
        self.say(lead, "small")

    def pool(self, sections: Iterable[Section]) -> list[Section]:
        """Pools the respondents of all units per instrument: one section for each."""
        groups: list[list[Section]] = []
        for section in sections:
            group = next((group for group in groups if _alike(group[0], section)), None)
            if group is None:
                groups.append([section])
            else:
                group.append(section)
        return [self._section(group) for group in groups]

    def count(self, questionnaire: Questionnaire) -> Section:
        """One questionnaire's answers by item and score; below, the worksheet's bottom rows."""
        instrument, tally = questionnaire.instrument, questionnaire.tally
        blocks = self._blocks(instrument, scheme.scheme(instrument), tally)
        self._row += 1
        self.say(f"Kuesioner: {say(instrument.title, 'id')}", "section")
        write_columns(self._sheet, self._row, blocks, instrument, "BANYAKNYA JAWABAN")
        start = self._row + head_rows(blocks)
        foot = Foot(start + instrument.scale + 1, blocks, tally, "IKM")
        self._write_counts(start, foot, instrument)
        first, last = start + 1, start + instrument.scale
        scores = ";".join(str(score) for score in range(1, instrument.scale + 1))
        write_foot(
            self._sheet,
            foot,
            lambda at: f"=SUMPRODUCT({span(first, at, last, at)},{{{scores}}})",
            lambda at: f"=SUM({span(first, at, last, at)})",
        )
        self._row = foot.last + 2
        return Section(
            self._sheet.name, instrument, foot, self._table(table_of(instrument, foot, f"={tally.n}"))
        )

    def _write_counts(self, start: int, foot: Foot, instrument: Instrument) -> None:
        for score in range(instrument.scale + 1):
            label = f"Nilai {score}" if score else "Tidak menjawab"
            self._sheet.text(start + score, 0, label, "text")
            for at, item in foot.items:
                self._sheet.number(start + score, at, (foot.tally.counts or ())[item][score], "count")

    def _blocks(self, instrument: Instrument, its: ikm.Scheme, tally: ikm.Tally) -> tuple[Block, ...]:
        measure = ikm.measure([(tally, its)], scheme.weights_for(its, self._convention))
        return blocks_of(instrument, its, tally, measure)

    def source(self, title: str, measure: ikm.Measure | None, sections: Iterable[Section]) -> Source | None:
        """Cells that hold a measure: those of its only section, or of a table joining several.

        None when the sections do not add up to the measure, as under another rule of aggregation.
        """
        codes = tuple(figure.code for figure in measure.elements) if measure else ()
        fitting = [section for section in sections if section.main.scheme.codes == codes]
        if not measure or not fitting or not _adds_up(measure, fitting):
            return None
        return fitting[0].source if len(fitting) == 1 else self._joint(title, measure, fitting)

    def say(self, text: str, style: str) -> None:
        """A line of words."""
        self._sheet.text(self._row, 0, text, style)
        self._row += 1

    def _section(self, sections: Sequence[Section]) -> Section:
        """Two tables, sums and numbers of answers with a row per unit; below, the worksheet's bottom rows."""
        instrument, its = sections[0].instrument, sections[0].main.scheme
        tally = reduce(add, (section.foot.tally for section in sections))
        blocks = self._blocks(instrument, its, tally)
        self._row += 1
        self.say(f"Kuesioner: {say(instrument.title, 'id')}", "section")
        sums = self._links("JUMLAH NILAI", sections, 0)
        counts = self._links("JUMLAH JAWABAN", sections, 1)
        foot = Foot(self._row, blocks, tally, JOINT)
        write_foot(
            self._sheet,
            foot,
            lambda at: f"=SUM({span(sums[0], at, sums[-1], at)})",
            lambda at: f"=SUM({span(counts[0], at, counts[-1], at)})",
        )
        self._row = foot.last + 2
        people = "=" + "+".join(section.source.n for section in sections)
        source = self._table(table_of(instrument, foot, people))
        return Section(self._sheet.name, instrument, foot, source)

    def _links(self, label: str, sections: Sequence[Section], offset: int) -> range:
        """A row per unit with its sums (offset 0) or numbers of answers (1); the rows."""
        sheet, first = self._sheet, sections[0]
        write_columns(sheet, self._row, first.foot.blocks, first.instrument, label)
        start = self._row + head_rows(first.foot.blocks)
        for row, section in enumerate(sections, start):
            foot = section.foot
            figures = foot.tally.answered if offset else foot.tally.totals
            sheet.text(row, 0, section.sheet, "text")
            for at, item in foot.items:
                sheet.formula(
                    row, at, f"={cell(foot.first + offset, at, section.sheet)}", figures[item], "count"
                )
        self._row = start + len(sections)
        return range(start, self._row)

    def _joint(self, title: str, measure: ikm.Measure, sections: Sequence[Section]) -> Source:
        """The table of several instruments together."""
        self._row += 1
        self.say(f"Gabungan kuesioner: {title}", "section")
        first = sections[0]
        weights = first.main.scheme.conventions[measure.weights]
        cells = [cell(row, MEAN[0]) for row in range(self._row + 1, self._row + 1 + len(weights))]
        terms = "+".join(f"{mean}*{ratio(weight)}" for mean, weight in zip(cells, weights, strict=True))
        index = f"ROUND(ROUND(({terms})*{factor(first.instrument.scale)},9),2)"
        return self._table(
            Table(
                measure=measure,
                names=[say(first.instrument.element(code).name, "id") for code in first.main.scheme.codes],
                means=[_joint_mean(sections, element) for element in range(len(weights))],
                index=f"=IF(COUNT({cells[0]}:{cells[-1]})={len(cells)},{index},{NONE})",
                people="=" + "+".join(section.source.n for section in sections),
                label=JOINT,
                scheme=first.main.scheme,
            )
        )

    def _table(self, table: Table) -> Source:
        source = write_result(self._sheet, self._row, table)
        self._row += len(table.names) + 5
        return source


def _alike(one: Section, other: Section) -> bool:
    return one.instrument == other.instrument and one.main.scheme == other.main.scheme


def _adds_up(measure: ikm.Measure, sections: Sequence[Section]) -> bool:
    parts = [(section.foot.tally, section.main.scheme) for section in sections]
    same = len({(scheme.weights, scheme.scale) for _, scheme in parts}) == 1
    return same and ikm.measure(parts, measure.weights).exact == measure.exact


def _joint_mean(sections: Sequence[Section], element: int) -> str:
    """Σ respondents x mean / Σ respondents; N() makes a zero of "belum ada data"."""
    cells = [section.mean_and_people(element) for section in sections]
    people = "+".join(f"N({behind})" for _, behind in cells)
    total = "+".join(f"N({mean})*N({behind})" for mean, behind in cells)
    return f"=IF({people}=0,{NONE},({total})/({people}))"
