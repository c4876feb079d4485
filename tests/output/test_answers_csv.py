import csv
from collections.abc import Iterator
from io import StringIO
from itertools import repeat

import pytest

from skm.output.csv_file import COMMA, SEMICOLON
from skm.output.document import Document
from skm.output.opendata import AnswerRow, answers_csv
from skm.survey.instrument_file import builtin
from skm.survey.profile import pack

NINE, HYBRID = "permenpan-14-2017/1", "skm-online-16-hybrid/1"
INSTRUMENTS = {NINE: builtin()["permenpan-14-2017"], HYBRID: builtin()["skm-online-16-hybrid"]}


def an_answer(
    scores: str = "344443433",
    instrument: str = NINE,
    hour: int = 9,
    counter: str = "Loket 1",
    comment: str = "",
    state: str = "counted",
    **profile: str | int,
) -> AnswerRow:
    place = ("Dinas Kesehatan", "UPTD Puskesmas I", counter, "Poli Umum", instrument)
    return (
        "2026-06-15",
        hour,
        *place,
        "qr",
        "id",
        state,
        scores,
        pack(INSTRUMENTS[instrument].profile, profile),
        comment,
    )


def rows(document: Document) -> list[dict[str, str]]:
    text = b"".join(document.content).decode("utf-8-sig")  # type: ignore[arg-type]
    return list(csv.DictReader(StringIO(text, newline="")))


def one(answer: AnswerRow, comments: bool = False, demo: bool = False) -> dict[str, str]:
    (row,) = rows(answers_csv([answer], INSTRUMENTS, "jawaban.csv", comments=comments, demo=demo))
    return row


def test_a_row_says_when_where_and_how_an_answer_came() -> None:
    row = one(an_answer())
    assert (row["Tanggal"], row["Jam"]) == ("2026-06-15", "08.00-12.00")
    assert (row["Perangkat Daerah"], row["Unit"]) == ("Dinas Kesehatan", "UPTD Puskesmas I")
    assert (row["Loket"], row["Jenis Layanan"]) == ("Loket 1", "Poli Umum")
    assert (row["Kuesioner"], row["Saluran"], row["Bahasa"]) == (NINE, "qr", "id")


@pytest.mark.parametrize(
    ("state", "words"), [("counted", "dihitung"), ("held", "ditahan"), ("excluded", "dikeluarkan")]
)
def test_a_row_says_whether_the_answer_counts(state: str, words: str) -> None:
    assert one(an_answer(state=state))["Keadaan"] == words


@pytest.mark.parametrize(
    ("hour", "part"),
    [(7, "di luar jam layanan"), (8, "08.00-12.00"), (12, "12.00-17.00"), (17, "di luar jam layanan")],
)
def test_the_hour_is_only_told_as_a_part_of_the_day(hour: int, part: str) -> None:
    assert one(an_answer(hour=hour))["Jam"] == part


def test_scores_stand_under_the_code_of_their_item() -> None:
    row = one(an_answer("123412341"))
    assert [row[f"P{number}"] for number in range(1, 10)] == list("123412341")


def test_an_unanswered_item_is_empty() -> None:
    assert one(an_answer("3333-3333"))["P5"] == ""


def test_items_of_several_instruments_share_the_columns_by_code() -> None:
    row = one(an_answer("1234" * 4 + "123", instrument=HYBRID))
    assert list(row)[10:29] == [
        *(f"P{number}" for number in range(1, 12)),
        "P11D",
        "P12",
        "P12D",
        *_after_twelve(),
    ]
    assert (row["P11"], row["P11D"], row["P16D"]) == ("3", "4", "3")


def test_items_that_were_not_asked_are_empty() -> None:
    assert one(an_answer())["P16"] == ""


def test_the_profile_has_a_column_per_field() -> None:
    row = one(an_answer(sex="P", age=34))
    assert (row["Jenis Kelamin"], row["Usia (tahun)"], row["Pendidikan"]) == ("Perempuan", "34", "")


def test_comments_are_left_out_unless_they_are_asked_for() -> None:
    answer = an_answer(comment="Antre lama")
    assert "Antre lama" not in one(answer).values()
    assert one(answer, comments=True)["Saran"] == "Antre lama"


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝"])
def test_no_text_can_run_as_a_formula(start: str) -> None:
    assert one(an_answer(comment=f"{start}1+1"), comments=True)["Saran"] == f"'{start}1+1"
    assert one(an_answer(counter=f"{start}1+1"))["Loket"] == f"'{start}1+1"


@pytest.mark.parametrize("comment", ['kata "baik", ya', "dua\nbaris", "dua\r\nbaris", "titik; koma", "é 😀"])
def test_any_comment_is_read_back_as_it_was_written(comment: str) -> None:
    assert one(an_answer(comment=comment), comments=True)["Saran"] == comment


def test_invented_answers_say_so_in_every_row() -> None:
    assert one(an_answer(), demo=True)["Catatan"] == "DATA CONTOH"
    assert "Catatan" not in one(an_answer())


def test_without_answers_there_is_still_the_row_of_heads() -> None:
    content = b"".join(answers_csv([], INSTRUMENTS, "jawaban.csv").content)  # type: ignore[arg-type]
    assert content.startswith(b"\xef\xbb\xbfTanggal,Jam,")
    assert content.count(b"\r\n") == 1


def test_an_answer_to_an_unknown_instrument_is_not_left_out_silently() -> None:
    with pytest.raises(KeyError):
        rows(answers_csv([an_answer()], {HYBRID: INSTRUMENTS[HYBRID]}, "jawaban.csv"))


def test_every_row_arrives_in_chunks_of_some_64_kilobytes() -> None:
    content = answers_csv(repeat(an_answer(), 10_000), INSTRUMENTS, "jawaban.csv").content
    assert isinstance(content, Iterator)
    chunks = list(content)
    assert max(map(len, chunks)) < 100_000
    assert b"".join(chunks).count(b"\r\n") == 10_001


def _after_twelve() -> list[str]:
    return ["P13", "P14", "P15", "P16", "P16D"]


def test_semicolons_stand_between_all_cells_where_they_are_asked_for() -> None:
    answer = an_answer("3333-3333", comment="a;b, c", sex="P", age=34)
    with_commas, with_semicolons = (
        [
            list(row)
            for row in csv.reader(
                StringIO(b"".join(document.content).decode("utf-8-sig"), newline=""),  # type: ignore[arg-type]
                delimiter=sign,
            )
        ]
        for sign in (COMMA, SEMICOLON)
        for document in [
            answers_csv([answer], INSTRUMENTS, "x.csv", comments=True, demo=True, separator=sign)
        ]
    )
    assert with_semicolons == with_commas
    assert len(with_semicolons[0]) == len(with_semicolons[1])
