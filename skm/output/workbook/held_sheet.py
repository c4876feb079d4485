"""The sheet of the yearly workbook that says what is held: the index of each unit without and with it."""

from skm.output.recap import Recap
from skm.output.workbook.spreadsheet import Book

HEADS = ("Jawaban dihitung", "Jawaban ditahan", "IKM tanpa yang ditahan", "IKM dengan yang ditahan")
NOTES = (
    "Jawaban yang ditahan menunggu keputusan petugas dan tidak dihitung pada lembar lain.",
    "–: kurang dari lima jawaban ditahan di unit itu, atau di salah satu unit; IKM-nya tidak disebut.",
)


def write_held(book: Book, recap: Recap) -> None:
    """Writes a line for each unit with held answers, the city last."""
    sheet = book.add("Jawaban Ditahan")
    row = int(recap.demo)
    sheet.columns(36, [30, 12, 12, 14, 14])
    sheet.for_print(f"Jawaban yang ditahan {recap.year}, {recap.city}", recap.demo, (row + 2, row + 2))
    if recap.demo:
        sheet.mark_demo(5)
    sheet.text(row, 0, f"JAWABAN YANG DITAHAN {recap.city.upper()} TAHUN {recap.year}", "title")
    sheet.lines_high(row + 2, 2)
    sheet.texts(row + 2, 0, ("Unit", "Perangkat daerah"), "head left")
    sheet.texts(row + 2, 2, HEADS, "head right")
    for at, line in enumerate(recap.held, row + 3):
        sheet.texts(at, 0, (line.name, line.agency), "text")
        sheet.number(at, 2, line.n, "count")
        sheet.number(at, 3, line.held, "count")
        sheet.value(at, 4, line.index, "value")
        if line.including is None:
            sheet.text(at, 5, "–", "value")
        else:
            sheet.value(at, 5, line.including, "value")
    for at, note in enumerate(NOTES, row + 4 + len(recap.held)):
        sheet.text(at, 0, note, "small")
