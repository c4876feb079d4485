"""Real input through the real thing: 1,055 real respondents, each sent as a browser would send it.

The figures are those of the file's case in the collection of published results; they are typed in here.
"""

import csv
import json
import re
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import openpyxl
import pytest
from click.testing import CliRunner

from skm.cli import main
from skm.store.database import writing
from tests import html_pages
from tests.builders import OPEN, a_city
from tests.databases import a_database
from tests.golden_files import golden
from tests.office import recalculated
from tests.server import serving

PUBLISHED = {"2022": (717, "98.5937", "98.59", "A"), "2023": (338, "97.2058", "97.21", "A")}


class Browser(HTTPConnection):
    """What a browser does without JavaScript: gets the form, posts it with its hidden fields, follows."""

    def __init__(self, address: str) -> None:
        super().__init__(urlsplit(address).netloc, timeout=30)

    def answer(self, token: str, scores: list[str]) -> str:
        """The receipt shown for these nine scores, in the order U1 to U9."""
        page = self._request("GET", f"/s/{token}", 200)
        (stamp,) = re.findall(r'name="stamp" value="([^"]+)"', page)
        order = [*scores[:7], scores[8], scores[7]]  # question 8 is U9, question 9 is U8
        fields = {"stamp": stamp} | {f"P{number}": score for number, score in enumerate(order, 1)}
        where = self._request("POST", f"/s/{token}", 303, urlencode(fields))
        return str(re.findall(r'translate="no">([^<]+)<', self._request("GET", where, 200))[0])

    def page(self, path: str) -> str:
        """A page, which the HTML checker judges too; the forms and receipts would be a thousand times the same."""
        page = self._request("GET", path, 200)
        html_pages.gather(f"GET {path}", 200, page.encode())
        return page

    def get(self, path: str) -> bytes:
        self.request("GET", path)
        response = self.getresponse()
        assert response.status == 200, path
        return response.read()

    def _request(self, method: str, path: str, status: int, body: str | None = None) -> str:
        headers = {"Content-Type": "application/x-www-form-urlencoded"} if body else {}
        self.request(method, path, body, headers)
        response = self.getresponse()
        page = response.read().decode()
        assert response.status == status, page
        return response.headers.get("Location") or page


@pytest.fixture(scope="module", params=["2022", "2023"])
def travelled(request, tmp_path_factory):
    """One year of the file, answered through the server into an empty database; the pages and files it then gives."""
    with golden("pulangpisau_2022_2023.csv").open() as file:
        rows = [row for row in csv.DictReader(file) if row["year"] == request.param]
    folder = tmp_path_factory.mktemp(request.param)
    db = a_database(folder / "skm.sqlite")
    with writing(db):
        city = a_city(db, **OPEN)
    with serving(folder / "skm.sqlite", folder / "log.txt") as address, closing(Browser(address)) as browser:
        receipts = [browser.answer(city.token, [row[f"u{n}"] for n in range(1, 10)]) for row in rows]
        page = browser.page(f"/units/{city.unit.slug}")
        workbook = folder / "year.xlsx"
        workbook.write_bytes(browser.get(f"/exports/{_year(db)}.xlsx"))
        answers = browser.get(f"/exports/{_year(db)}.csv").decode("utf-8-sig")
    db.close()
    return {
        "year": request.param,
        "rows": rows,
        "receipts": receipts,
        "page": page,
        "workbook": workbook,
        "csv": answers,
    }


def _year(db) -> str:
    return str(db.execute("SELECT substr(min(local_date), 1, 4) FROM responses").fetchone()[0])


def test_every_respondent_got_a_receipt_of_their_own(travelled):
    assert len(set(travelled["receipts"])) == PUBLISHED[travelled["year"]][0]


def test_the_unit_page_says_the_published_index(travelled):
    n, _, index, _ = PUBLISHED[travelled["year"]]
    words = " ".join(travelled["page"].split())
    assert f"IKM {index.replace('.', ',')} – Sangat Baik." in words
    assert f"Dari {n} jawaban" in words


def test_the_calculator_gives_the_published_index_from_the_same_rows(travelled, tmp_path):
    n, exact, index, grade = PUBLISHED[travelled["year"]]
    file = tmp_path / "rows.csv"
    with file.open("w", newline="") as sheet:
        writer = csv.DictWriter(sheet, travelled["rows"][0])
        writer.writeheader()
        writer.writerows(travelled["rows"])
    found = json.loads(CliRunner().invoke(main, ["ikm", str(file), "--json"]).stdout)
    assert (found["n"], found["index"], found["grade"]) == (n, index, grade)
    assert found["index_exact"].startswith(exact[:-1])


def test_the_calculator_gives_it_from_the_exported_answers_too(travelled, tmp_path):
    n, _, index, grade = PUBLISHED[travelled["year"]]
    file = tmp_path / "answers.csv"
    file.write_text(travelled["csv"], encoding="utf-8")
    found = json.loads(CliRunner().invoke(main, ["ikm", str(file), "--json"]).stdout)
    assert (found["n"], found["index"], found["grade"]) == (n, index, grade)


def test_the_workbook_carries_it_as_cached_values(travelled):
    assert_workbook(travelled["workbook"], travelled["year"])


@pytest.mark.office
def test_libreoffice_recalculates_the_workbook_to_it(travelled):
    (workbook,) = recalculated(travelled["workbook"])
    assert_workbook(workbook, travelled["year"])


def assert_workbook(path: Path, year: str) -> None:
    """Index, grade and n in the recap's row, the recap's total, and the unit's own sheet."""
    n, _, index, grade = PUBLISHED[year]
    book = openpyxl.load_workbook(path, data_only=True)
    recap, sheet = book.worksheets[:2]
    rows = [[cell.value for cell in row] for row in recap.iter_rows()]
    (unit,) = [row for row in rows if row[0] == 1]
    (total,) = [row for row in rows if str(row[0]).startswith("IKM Pemerintah Kota")]
    for row in (unit, total):
        assert (row[12], row[13], row[14]) == (float(index), f"{grade} (Sangat Baik)", n)
    (own,) = [row for row in sheet.iter_rows(values_only=True) if row[0] == "IKM / MUTU / RESPONDEN"]
    assert (own[1], own[3], own[5]) == (float(index), f"{grade} (Sangat Baik)", n)
