"""The index and n of organisations in a year, gathered from every place where they stand."""

import csv
import io
import json
import re
from decimal import Decimal

from openpyxl import load_workbook

from skm.store import organisations, snapshots

HEADLINE = re.compile(r"IKM ([\d,]+) – .*?[Dd]ari ([\d.]+) jawaban", re.DOTALL)
Figure = tuple[Decimal | None, int]  # index and n


def number(text: str | float | None) -> Decimal | None:
    """A number as people or spreadsheets write it."""
    words = str(text).strip()
    return Decimal(words.replace(",", ".")).quantize(Decimal("0.01")) if words[:1].isdigit() else None


def page_of(organisation) -> str:
    """The address of an organisation's page."""
    kinds = {"government": "/city", "agency": "/agencies/{}", "unit": "/units/{}"}
    return kinds[organisation.kind].format(organisation.slug)


def headline(visitor, address: str) -> Figure:
    """The figure that a page begins with."""
    visitor.get(address)
    (words, n) = HEADLINE.search(" ".join(visitor.page.xpath("//main")[0].itertext())).groups()
    return number(words), int(n.replace(".", ""))


def who(visitor, address: str) -> Figure | None:
    """The figure of all in the tables of who answered, pooled, as of now; None where there are none yet."""
    visitor.get(address)
    words = " ".join(visitor.page.xpath("string(//main//div[@class='figure'])").split())
    found = re.search(
        r"Dari ([\d.]+) jawaban.*?Gabungan seluruh responden di tabel ini[^:]*: IKM ([\d,]+)", words
    )
    return (number(found[2]), int(found[1].replace(".", ""))) if found else None


def from_command(said: str) -> dict[str, Figure]:
    """The figures that `skm close` says, by organisation."""
    lines = re.findall(r"^(.+): IKM ([\d,–]+), n ([\d.]+), ", said, re.MULTILINE)
    return {name: (number(index), int(n.replace(".", ""))) for name, index, n in lines}


def rows(visitor, address: str, columns: tuple[str, ...]) -> dict[str, Figure]:
    """The figures of a CSV by the name in its first column; `columns` are those of index and n."""
    content = visitor.get(address).get_data().decode("utf-8-sig")
    read = csv.DictReader(io.StringIO(content))
    return {row[read.fieldnames[0]]: (number(row[columns[0]]), int(row[columns[1]])) for row in read}


def from_table(visitor, address: str) -> dict[str, Figure]:
    """The figures of the organisations below, from the table of a page."""
    visitor.get(address)
    lines = visitor.page.xpath("//section[@aria-labelledby='unit']//table//tr[td]")
    cells = [[" ".join(cell.itertext()).strip() for cell in line] for line in lines]
    return {name: (number(index.split()[0]), int(n.replace(".", ""))) for name, index, n, *_ in cells}


def from_trend(visitor, address: str, section: str) -> dict[str, Figure]:
    """The figures of a table of months or years on a page, by the name in the first column."""
    visitor.get(address)
    (table,) = visitor.page.xpath(f"//section[@aria-labelledby='{section}']//table")
    heads, *lines = [[" ".join(cell.itertext()).strip() for cell in line] for line in table.xpath(".//tr")]
    index, n = heads.index("IKM"), heads.index("Jawaban")
    return {line[0]: (number(line[index]), int(line[n].replace(".", ""))) for line in lines}


def elements_of_page(visitor, address: str) -> dict[str, Decimal | None]:
    """The value of each element in the table of a page."""
    visitor.get(address)
    lines = visitor.page.xpath("//section[@aria-labelledby='unsur']//tr[td]")
    return {line.xpath("string(th/span)"): number(line.xpath("string(td[1])")) for line in lines}


def elements_of_csv(visitor, address: str) -> dict[str, Decimal | None]:
    """The value of each element in the numbers of a chart."""
    read = csv.DictReader(io.StringIO(visitor.get(address).get_data().decode("utf-8-sig")))
    return {row["unsur"]: number(row["ikm_unsur"]) for row in read}


def elements_of_units(visitor, address: str) -> dict[str, dict[str, Decimal | None]]:
    """The value of each element of every unit, by its name, in the table to take home."""
    read = csv.DictReader(io.StringIO(visitor.get(address).get_data().decode("utf-8-sig")))
    return {row["Unit"]: {code: number(row[code]) for code in row if code.startswith("U") and code[1:].isdigit()}
            for row in read}  # fmt: skip


def elements_of_record(visitor, snapshot_id: str) -> dict[str, Decimal | None]:
    """The value of each element in the record that can be downloaded."""
    content = json.loads(visitor.get(f"/snapshots/{snapshot_id}.json").get_data())
    return {code: number(one["value"]) for code, one in content["figures"]["elements"].items()}


def from_workings(content: bytes) -> Figure:
    """The figure of the first sheet of the workbook that shows how it is worked out."""
    rows = list(load_workbook(io.BytesIO(content), data_only=True).worksheets[0].iter_rows(values_only=True))
    mean = [row for row in rows if str(row[0]).startswith("IKM: rata-rata")]
    if mean:
        return number(mean[0][2]), mean[0][1]
    cells = {row[1]: row[2] for row in rows if row[1] in ("IKM", "JUMLAH RESPONDEN")}
    return number(cells["IKM"]), cells["JUMLAH RESPONDEN"]


def from_book(content: bytes) -> dict[str, Figure]:
    """The figures of a yearly workbook: of the recap's rows, its total (""), and each worksheet (by "lembar")."""
    book = load_workbook(io.BytesIO(content), data_only=True)
    recap, *sheets = book.worksheets
    lines = [list(row) for row in recap.iter_rows(values_only=True)]
    (heads,) = [line for line in lines if line[0] == "No"]
    index, n = heads.index("IKM"), heads.index("Jumlah Responden")
    found = {
        str(line[1]).split("\n")[0]: (number(line[index]), line[n])
        for line in lines
        if isinstance(line[0], int)
    }
    (total,) = [line for line in lines if str(line[0]).startswith("IKM ")]
    found[""] = number(total[index]), total[n]
    units = iter([name for name, (value, _) in found.items() if name and value is not None])
    for sheet in sheets[:-1]:
        (own,) = [row for row in sheet.iter_rows(values_only=True) if row[0] == "IKM / MUTU / RESPONDEN"]
        found[f"lembar {next(units)}"] = number(own[1]), own[5]
    return found


def head_of_book(content: bytes) -> str:
    """What stands above the recap's table."""
    recap = load_workbook(io.BytesIO(content), data_only=True).worksheets[0]
    lines = [str(row[0]) for row in recap.iter_rows(values_only=True) if row[0] is not None]
    return " ".join(lines[: lines.index("No")])


def from_record(db, period, organisation) -> Figure | None:
    """The figure of the latest snapshot, from its JSON."""
    own = snapshots.all_for(db, period.id, organisation.id)
    if not own:
        return None
    figures = json.loads(snapshots.content_of(db, own[-1].id))["figures"]
    return number(figures["index"] and figures["index"]["value"]), figures["n"]


def from_record_of_parent(db, period, top) -> dict[str, Figure]:
    """The figures of the units in the JSON of the organisation above them, by the unit's name."""
    own = snapshots.all_for(db, period.id, top.id)
    content = json.loads(snapshots.content_of(db, own[-1].id))
    return {
        content["units"][key]: (number(unit["index"] and unit["index"]["value"]), unit["n"])
        for key, unit in content["figures"]["units"].items()
    }


def everyone(db) -> list:
    """All organisations of the city."""
    return list(organisations.all_below(db, organisations.get_root(db).path))
