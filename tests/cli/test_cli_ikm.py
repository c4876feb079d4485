import json
import subprocess
import sys

import pytest
from click.testing import CliRunner

from skm.cli import VERBS, main

HEADER = "U1,U2,U3,U4,U5,U6,U7,U8,U9\n"


def run(text, *options):
    return CliRunner().invoke(main, ["ikm", "-", *options], input=text)


def data(text, *options):
    result = run(text, "--json", *options)
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def test_json_has_every_figure_of_the_index():
    # Two respondents, 4 and 3 on all but U1 (4, 4): sum of NRR 4 + 8 x 3.5 = 32, index 800/9; with 0.11 it is
    # 88, with 0.111 88.8. Their own indices are 100 and 700/9, so the interval is wider than the scale.
    result = data(HEADER + "4,4,4,4,4,4,4,4,4\n4,3,3,3,3,3,3,3,3\n")
    assert result.pop("elements")[:2] == [
        {"code": "U1", "n": 2, "total": 8, "nrr": "4.000", "value": "100.00", "grade": "A"},
        {"code": "U2", "n": 2, "total": 7, "nrr": "3.500", "value": "87.50", "grade": "B"},
    ]
    assert result == {
        "instrument": "permenpan-14-2017",
        "n": 2,
        "weights": "exact",
        "index": "88.89",
        "index_exact": "88.8888888889",
        "grade": "A",
        "alternatives": {"0.11": {"index": "88.00", "grade": "B"}, "0.111": {"index": "88.80", "grade": "A"}},
        "grade_depends_on_weights": True,
        "interval": {
            "level": 0.95,
            "by": "answers",
            "deff": "1.00",
            "low": "25.00",
            "high": "100.00",
            "grade_certain": False,
        },
        "indices": {},
        "skipped": 0,
        "left_out": [],
    }


def test_without_respondents_the_figures_are_null():
    result = data(HEADER)
    assert result["elements"][0] == {
        "code": "U1",
        "n": 0,
        "total": 0,
        "nrr": None,
        "value": None,
        "grade": None,
    }
    absent = ("index", "index_exact", "grade", "interval")
    assert {name: result[name] for name in absent} == dict.fromkeys(absent)
    assert result["alternatives"]["0.11"] == {"index": None, "grade": None}


def dated(*days, column="tanggal"):
    """A respondent for each day, who all say 4 or all 3 in turn by twos."""
    rows = [f"{day},{','.join('4433'[n % 4] * 9)}\n" for n, day in enumerate(days)]
    return f"{column},{HEADER}{''.join(rows)}"


TWICE = [f"2026-03-0{1 + n // 2}" for n in range(12)]


def test_a_column_of_days_gives_the_interval_by_days():
    # Twelve answers, two a day and alike: by days 6/5 x 6 x (2u)^2, by answers 12/11 x 12 x u^2: 2.2.
    by_days, by_answers = data(dated(*TWICE)), data(dated(*TWICE), "--day", "-")
    assert (by_days["interval"]["by"], by_days["interval"]["deff"]) == ("days", "2.20")
    assert (by_answers["interval"]["by"], by_answers["interval"]["deff"]) == ("answers", "1.00")
    assert by_days["interval"]["low"] < by_answers["interval"]["low"]
    assert by_days["index_exact"] == by_answers["index_exact"]


def test_the_column_of_days_may_have_another_name():
    other = dated(*TWICE, column="Timestamp")
    assert data(other)["interval"]["by"] == "answers"
    assert data(other, "--day", "timestamp") == data(dated(*TWICE))


@pytest.mark.parametrize(
    "written", ["09/03/2026", "9/3/2026", "09-03-2026", "9.3.2026", "2026/3/9", "2026-03-09T10:11:12+08:00"]
)
def test_a_day_may_be_written_in_several_ways(written):
    rest = [f"2026-03-1{n}" for n in range(5)]
    assert data(dated("2026-03-09", written, *rest)) == data(dated("2026-03-09", "2026-03-09", *rest))


@pytest.mark.parametrize("written", ["", "Senin", "30/02/2026", "03/09", "2026-3", "1/2-2026"])
def test_what_is_no_day_is_refused_with_row_and_column(written):
    for options in ((), ("--skip-invalid",)):  # whoever has no day still counts: nobody is skipped for it
        result = run(dated("2026-03-09", written), *options)
        assert result.exit_code != 0
        assert f"Baris 3, kolom tanggal: {written} bukan tanggal seperti 2026-03-09" in result.output
    assert data(dated("2026-03-09", written), "--day", "-")["n"] == 2


def test_a_column_of_days_that_is_not_there_is_refused():
    assert "Kolom hari untuk tanggal tidak ada" in run(HEADER, "--day", "hari").output


def test_the_table_says_what_the_interval_takes_as_drawn():
    assert (
        "Dihitung menurut hari: 12 jawaban setara dengan 5 yang lepas (efek rancangan 2,20)."
        in run(dated(*TWICE)).stdout
    )
    assert "Tanggal jawaban tidak diketahui" in run(dated(*TWICE), "--day", "-").stdout
    assert (
        "jawabannya terlalu sedikit, atau dari satu hari saja"
        in run(dated("2026-03-09", "2026-03-09")).stdout
    )


def test_the_weights_can_be_chosen():
    result = data(HEADER + "4,4,4,4,4,4,4,4,4\n", "--weights", "0.11")
    assert (result["weights"], result["index"], list(result["alternatives"])) == (
        "0.11",
        "99.00",
        ["exact", "0.111"],
    )


def test_another_index_without_bands_has_no_grade():
    header = ",".join(f"P{number}" for number in range(1, 17)) + "\n"
    result = data(header + ",".join("4" * 16) + "\n", "--instrument", "skm-online-16")
    assert (result["index"], result["indices"]) == ("100.00", {"IPAK": {"index": "100.00", "grade": None}})


def test_skipped_respondents_are_counted_in_the_result_and_named_on_stderr():
    result = run(HEADER + "4,4,4,4,4,4,4,4,4\n4,5,4,4,4,4,4,4,4\n", "--json", "--skip-invalid")
    assert (json.loads(result.stdout)["n"], json.loads(result.stdout)["skipped"]) == (1, 1)
    assert "Baris 3, kolom U2: 5 di luar skala 1 sampai 4" in result.stderr


def test_the_table_writes_numbers_as_indonesians_do():
    text = run(HEADER + "4,4,4,4,4,4,4,4,4\n4,3,3,3,3,3,3,3,3\n").stdout
    assert "IKM: 88,89, mutu A (Sangat Baik)\nBobot: 1/9\n" in text
    assert "Dengan bobot 0,11: 88,00, mutu B (Baik)" in text
    assert "Mutu bergantung pada bobot yang dipakai." in text
    assert "Mutu belum pasti" in text


def test_the_table_says_when_there_is_no_data():
    text = run(HEADER).stdout
    assert text.count("belum ada data") == 9 + 3
    assert "mutu" not in text


@pytest.mark.parametrize(
    ("text", "options", "said"),
    [
        (HEADER + "4,4,4,9,4,4,4,4,4\n", [], "Baris 2, kolom U4: 9 di luar skala 1 sampai 4"),
        ("U1,U2\n", [], "Kolom P3/U3, P4/U4"),
        (HEADER, ["--weights", "0.33"], "Bobot 0.33 tidak dikenal; pilihannya: exact, 0.11, 0.111"),
        (HEADER, ["--instrument", "skm-1999"], "skm-1999"),
        (HEADER.strip() + ",U1\n", [], "Kolom U1 dan U1"),
        (HEADER + '4,4,4,4,4,4,4,4,"4\n', [], "Baris 2 tidak terbaca sebagai CSV"),
        (HEADER + "4,4,4,4,4,4,4,4,4,4\n", [], "Baris 2 berisi lebih banyak kolom"),
    ],
    ids=["value", "missing", "weights", "instrument", "doubled", "quote", "long row"],
)
def test_what_cannot_be_done_is_one_sentence_and_exit_code_1(text, options, said):
    result = run(text, *options)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith(said)
    assert len(result.stderr.splitlines()) == 1


def test_a_file_is_read_as_excel_writes_it(tmp_path):
    file = tmp_path / "jawaban.csv"
    file.write_bytes(b"\xef\xbb\xbf" + HEADER.replace(",", ";").encode() + b"4;4;4;4;4;4;4;4;4\r\n")
    assert "IKM: 100,00" in CliRunner().invoke(main, ["ikm", str(file)]).stdout


def test_a_remark_in_an_old_encoding_does_no_harm(tmp_path):
    file = tmp_path / "jawaban.csv"
    file.write_bytes(HEADER.strip().encode() + b",saran\n3,3,3,3,3,3,3,3,3,caf\xe9\n")
    assert "IKM: 75,00" in CliRunner().invoke(main, ["ikm", str(file)]).stdout


def test_the_module_is_the_command():
    command = [sys.executable, "-m", "skm", "ikm", "-", "--json"]
    done = subprocess.run(command, input=HEADER, capture_output=True, text=True, check=True)
    assert json.loads(done.stdout)["n"] == 0


@pytest.mark.parametrize("name", VERBS)
def test_every_command_explains_itself(name):
    result = CliRunner().invoke(main, [name, "--help"])
    assert result.exit_code == 0
    assert len(result.stdout.splitlines()) > 3


def test_the_calculator_starts_without_the_database_and_the_documents():
    code = "import sys, skm.cli.ikm; print(*{'sqlite_utils', 'matplotlib', 'typst', 'flask'} & sys.modules.keys())"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []


def test_a_convention_of_old_reports_is_computed_where_asked_for():
    # NRR 3.5: 0.1111 x 3.5 is 0.38885, rounded 0.39; x 9 x 25 = 87.75. Exact it is 87.50.
    text = HEADER + "4,4,4,4,4,4,4,4,4\n3,3,3,3,3,3,3,3,3\n"
    result = data(text, "--weights", "weighted-nrr-2dp")
    assert (result["index"], result["weights"]) == ("87.75", "weighted-nrr-2dp")
    assert result["alternatives"]["exact"] == {"index": "87.50", "grade": "B"}
    printed = run(text, "--weights", "weighted-nrr-2dp").output
    assert "Bobot: NRR tertimbang (bobot empat desimal) dibulatkan dua desimal, lalu dijumlahkan" in printed
    assert "Menurut batas sebelum 2017 (KEP/25/M.PAN/2/2004): mutu A" in printed


STATED = HEADER.replace("\n", ",Keadaan\n")


def test_held_answers_of_our_export_do_not_count_and_the_index_with_them_is_said():
    found = data(
        STATED + "4,4,4,4,4,4,4,4,4,dihitung\n2,2,2,2,2,2,2,2,2,ditahan\n1,1,1,1,1,1,1,1,1,dikeluarkan\n"
    )
    assert (found["n"], found["index"]) == (1, "100.00")
    assert found["held"] == {"n": 1, "including": {"index": "75.00", "grade": "C"}}
    assert found["excluded"] == 1


def test_the_table_says_them_too():
    said = run(STATED + "4,4,4,4,4,4,4,4,4,dihitung\n2,2,2,2,2,2,2,2,2,ditahan\n").stdout
    assert "Ditahan dan tidak dihitung: 1; bila dihitung: 75,00, mutu C (Kurang Baik)" in said


def test_another_column_of_that_name_means_nothing():
    found = data(STATED + "4,4,4,4,4,4,4,4,4,baik\n2,2,2,2,2,2,2,2,2,ditahan\n")
    assert found["n"] == 2
    assert "held" not in found
