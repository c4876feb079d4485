import re
from dataclasses import replace
from functools import cache
from io import BytesIO

import pikepdf
import pypdfium2
import pytest
import zxingcpp

from skm.output.sheet import SIZES, CounterSheet, counter_sheets
from tests.builders import a_png

SHEET = CounterSheet(
    city="Kota Denpasar",
    unit="UPTD Puskesmas I Denpasar Barat",
    counter="Loket Pendaftaran",
    services=("Poli Umum", "Poli Gigi"),
    address="https://skm.denpasarkota.go.id/s/ABCD-EFGH",
    short_address="skm.denpasarkota.go.id/s/ABCD-EFGH",
    demo=False,
)
LONG = ("Unit Pelaksana Teknis Daerah " * 6)[:150].strip()
LONGEST = replace(
    SHEET,
    unit=LONG,
    counter=LONG,
    city=LONG,
    services=(LONG,) * 9,
    short_address="skm." + "a" * 50,
    demo=True,
)


every_size = pytest.mark.parametrize("size", SIZES)


@cache
def file_of(*sheets, size="stand"):
    """The PDF of some sheets; several tests look at the same one."""
    return counter_sheets(sheets, size).content


@pytest.fixture(scope="module")
def printed():
    return file_of(SHEET)


def text_of(*sheets, size="stand"):
    return [
        " ".join(page.get_textpage().get_text_range().split())
        for page in pypdfium2.PdfDocument(file_of(*sheets, size=size))
    ]


def codes_on(page):
    """The codes as a camera finds them on a printed page."""
    return zxingcpp.read_barcodes(page.render(scale=3).to_pil())


def figures(element):
    """The figures in a PDF's tree of tags."""
    children = element.get("/K", [])
    for child in children if isinstance(children, pikepdf.Array) else [children]:
        if isinstance(child, pikepdf.Dictionary):
            if child.get("/S") == "/Figure":
                yield child
            yield from figures(child)


@every_size
def test_every_printed_code_leads_to_the_address(size):
    (page,) = pypdfium2.PdfDocument(file_of(SHEET, size=size))
    assert [code.text for code in codes_on(page)] == [SHEET.address] * SIZES[size].copies


@pytest.mark.parametrize(("size", "least"), [("poster", 110), ("stand", 80), ("tent", 70), ("card", 55)])
def test_the_code_with_its_quiet_zone_is_as_wide_as_the_eye_is_far(size, least):
    (page,) = pypdfium2.PdfDocument(file_of(SHEET, size=size))
    corners = codes_on(page)[0].position
    dark = abs(corners.top_right.x - corners.top_left.x) / 3 / 72 * 25.4
    assert dark * 37 / 29 >= least  # 29 modules and twice four of quiet zone; mm


@pytest.mark.parametrize(
    "words", [SHEET.unit, SHEET.counter, SHEET.short_address, "Poli Umum · Poli Gigi", SHEET.city]
)
def test_the_sheet_names(words):
    assert words in text_of(SHEET)[0]


@every_size
def test_every_size_asks_in_three_languages_and_promises_anonymity(size):
    [text] = text_of(SHEET, size=size)
    for words in ("Bagaimana pelayanan kami?", "How was our service?", "Sapunapi", "Anonim", "Sukarela"):
        assert text.count(words) == SIZES[size].copies


def test_the_sheet_promises_free_choice_in_full():
    assert "Jawaban Anda tidak memengaruhi pelayanan" in text_of(SHEET)[0]


@every_size
@pytest.mark.parametrize("demo", [True, False])
def test_an_invented_counter_is_marked_at_every_place(size, demo):
    text = text_of(replace(SHEET, demo=demo), size=size)[0]
    assert text.count("DATA CONTOH") == (SIZES[size].copies if demo else 0)


@pytest.mark.parametrize(
    "unit", ["#panic()", '"kutip" \\', "[kurung] *tebal* _miring_", "$x$ @rujuk <label> // =", "#(1+1)"]
)
def test_names_are_never_read_as_markup(unit):
    assert unit in text_of(replace(SHEET, unit=unit))[0]


@every_size
def test_every_counter_has_one_page_of_its_paper(size):
    pages = pypdfium2.PdfDocument(counter_sheets([SHEET, LONGEST, SHEET], size).content)
    papers = [tuple(round(side / 72 * 25.4) for side in page.get_size()) for page in pages]
    assert papers == [SIZES[size].paper] * 3


def test_more_services_than_fit_are_counted():
    many = replace(SHEET, services=tuple(f"Poli {number}" for number in range(10, 70)))
    (text,) = text_of(many)
    left = int(re.search(r"dan (\d+) layanan lain", text)[1])
    assert text.count("Poli ") == 60 - left


@every_size
def test_the_longest_names_stay_whole_and_the_code_readable(size):
    (page,) = pypdfium2.PdfDocument(file_of(LONGEST, size=size))
    copies = SIZES[size].copies
    assert text_of(LONGEST, size=size)[0].count(LONG) >= 3 * copies  # city, unit and counter
    assert [code.text for code in codes_on(page)] == [SHEET.address] * copies


def test_an_emoji_in_a_name_does_not_stop_the_sheet():
    assert "Loket ☐" in text_of(replace(SHEET, counter="Loket 😀"))[0]


def test_the_file_is_accessible(printed):
    with pikepdf.open(BytesIO(printed)) as pdf, pdf.open_metadata() as about:
        assert str(pdf.Root.Lang) == "id"
        assert pdf.Root.MarkInfo.Marked
        assert about["pdfuaid:part"] == "1"
        assert about["dc:title"] == "Lembar A5 UPTD Puskesmas I Denpasar Barat"


def test_the_code_has_a_description(printed):
    with pikepdf.open(BytesIO(printed)) as pdf:
        [figure] = figures(pdf.Root.StructTreeRoot)
        assert str(figure.Alt) == f"Kode QR menuju survei: {SHEET.address}"


def test_the_sheet_bears_what_the_office_chose():
    branded = counter_sheets([SHEET], "stand", "Suara Warga", a_png()).content
    assert "Suara Warga" in pypdfium2.PdfDocument(branded)[0].get_textpage().get_text_range()
    with pikepdf.open(BytesIO(branded)) as pdf:
        assert str(next(figures(pdf.Root.StructTreeRoot)).Alt) == "Logo Kota Denpasar"


@every_size
@pytest.mark.parametrize("shape", [(480, 60), (60, 480), (480, 480)])
def test_a_logo_of_any_shape_leaves_one_page_and_readable_codes(size, shape):
    branded = counter_sheets([LONGEST], size, "Suara Warga " * 6, a_png(*shape)).content
    (page,) = pypdfium2.PdfDocument(branded)
    assert len(codes_on(page)) == SIZES[size].copies


def test_only_the_typeface_of_the_package_is_used(printed):
    with pikepdf.open(BytesIO(printed)) as pdf:
        fonts = {str(font.BaseFont).split("+")[1] for font in pdf.pages[0].Resources.Font.values()}
    assert all(font.startswith("SourceSansPro") for font in fonts)


@every_size
def test_the_same_sheet_has_the_same_bytes(size):
    assert counter_sheets([SHEET], size).content == counter_sheets([SHEET], size).content


def test_a_sheet_without_counters_is_refused():
    with pytest.raises(ValueError, match="at least one counter"):
        counter_sheets([])


def test_another_size_is_refused():
    with pytest.raises(KeyError):
        counter_sheets([SHEET], "billboard")
