"""LibreOffice as a judge of CSV: it opens a file as an Excel of another country would, and calculates what it can."""

import subprocess

import pytest
from openpyxl import load_workbook

from skm.output.csv_file import COMMA, SEMICOLON, joined

pytestmark = pytest.mark.office  # skipped where LibreOffice is missing, see tests/programs.py

COMMENTS = [
    "bagus;=1+1",
    "pakai ; lalu\t=2+3",
    'a;"=1+1"',
    "satu\n=1+1",
    "dua,=1+1",
    "-1+1",
    " =1+1",
    "Rp10.000,-",
]
CODES = {",": 44, ";": 59, "\t": 9}


def opened(folder, content, separator):
    """The cells of a CSV, opened with this separator and every formula calculated."""
    (folder / "in.csv").write_text(content, encoding="utf-8-sig", newline="")
    home = f"-env:UserInstallation={(folder / 'profile').resolve().as_uri()}"
    # Separator, quotes, UTF-8, first row; then standard columns and, last but one, "evaluate formulas".
    reading = f"--infilter=CSV:{CODES[separator]},34,76,1,,1057,false,true,false,false,false,-1,true"
    command = ["soffice", home, "--headless", reading, "--convert-to", "xlsx", "--outdir", str(folder)]
    subprocess.run([*command, str(folder / "in.csv")], capture_output=True, timeout=180, check=True)
    return [
        [cell for cell in row if cell.value is not None] for row in load_workbook(folder / "in.xlsx").active
    ]


@pytest.mark.parametrize("separator", [COMMA, SEMICOLON])
@pytest.mark.parametrize("other", list(CODES))
def test_no_comment_becomes_a_formula_whatever_separates(tmp_path, separator, other):
    lines = [joined("Tanggal", "Unit", "Saran", separator=separator)]
    lines += [joined("2026-01-02", comment, comment, separator=separator) for comment in COMMENTS]
    rows = opened(tmp_path, "\r\n".join(lines) + "\r\n", other)
    assert not [cell.value for row in rows for cell in row if cell.data_type == "f"]
    if other == separator:
        assert {len(row) for row in rows} == {3}


def test_the_judge_sees_a_formula_where_there_is_one(tmp_path):
    rows = opened(tmp_path, 'Unit,Saran\r\nP,"bagus;=1+1"\r\n', ";")
    assert [cell.value for row in rows for cell in row if cell.data_type == "f"]
