from dataclasses import replace
from io import BytesIO

import pikepdf
import pypdfium2
import pytest
import zxingcpp

from skm.output.sheet import CounterSheet, counter_sheet
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
LONG = ("Unit Pelaksana Teknis Daerah " * 5)[:120].strip()
LONGEST = replace(
    SHEET,
    unit=LONG,
    counter=LONG,
    city=LONG,
    services=(LONG,) * 9,
    short_address="skm." + "a" * 50,
    demo=True,
)


@pytest.fixture(scope="module")
def printed():
    return counter_sheet([SHEET]).content


def text_of(*sheets):
    return [
        " ".join(page.get_textpage().get_text_range().split())
        for page in pypdfium2.PdfDocument(counter_sheet(sheets).content)
    ]


def figures(element):
    """The figures in a PDF's tree of tags."""
    children = element.get("/K", [])
    for child in children if isinstance(children, pikepdf.Array) else [children]:
        if isinstance(child, pikepdf.Dictionary):
            if child.get("/S") == "/Figure":
                yield child
            yield from figures(child)


def test_the_printed_code_leads_to_the_address(printed):
    page = pypdfium2.PdfDocument(printed)[0].render(scale=2).to_pil()
    assert [code.text for code in zxingcpp.read_barcodes(page)] == [SHEET.address]


def test_the_code_with_its_quiet_zone_is_at_least_eight_centimetres_wide(printed):
    page = pypdfium2.PdfDocument(printed)[0].render(scale=2).to_pil()
    corners = zxingcpp.read_barcodes(page)[0].position
    dark = (corners.top_right.x - corners.top_left.x) / 2 / 72 * 25.4
    assert dark * 37 / 29 >= 80  # 29 modules and twice four of quiet zone


@pytest.mark.parametrize(
    "words", [SHEET.unit, SHEET.counter, SHEET.short_address, "Poli Umum · Poli Gigi", SHEET.city]
)
def test_the_sheet_names(words):
    assert words in text_of(SHEET)[0]


def test_the_sheet_promises_anonymity_and_free_choice():
    [text] = text_of(SHEET)
    assert "Anonim · 1 menit" in text
    assert "sukarela dan tidak memengaruhi pelayanan" in text


@pytest.mark.parametrize("demo", [True, False])
def test_an_invented_counter_is_marked(demo):
    assert ("DATA CONTOH" in text_of(replace(SHEET, demo=demo))[0]) is demo


@pytest.mark.parametrize(
    "unit", ["#panic()", '"kutip" \\', "[kurung] *tebal* _miring_", "$x$ @rujuk <label> // =", "#(1+1)"]
)
def test_names_are_never_read_as_markup(unit):
    assert unit in text_of(replace(SHEET, unit=unit))[0]


def test_every_counter_has_one_a5_page():
    pages = pypdfium2.PdfDocument(counter_sheet([SHEET, LONGEST, SHEET]).content)
    assert [tuple(round(side / 72 * 25.4) for side in page.get_size()) for page in pages] == [(148, 210)] * 3


def test_more_services_than_fit_are_counted():
    assert "dan 8 layanan lain" in text_of(LONGEST)[0]


def test_the_longest_names_stay_whole_and_the_code_readable():
    page = pypdfium2.PdfDocument(counter_sheet([LONGEST]).content)[0]
    assert text_of(LONGEST)[0].count(LONG) >= 3
    assert zxingcpp.read_barcodes(page.render(scale=2).to_pil())[0].text == SHEET.address


def test_an_emoji_in_a_name_does_not_stop_the_sheet():
    assert "Loket ☐" in text_of(replace(SHEET, counter="Loket 😀"))[0]


def test_the_file_is_accessible(printed):
    with pikepdf.open(BytesIO(printed)) as pdf, pdf.open_metadata() as about:
        assert str(pdf.Root.Lang) == "id"
        assert pdf.Root.MarkInfo.Marked
        assert about["pdfuaid:part"] == "1"
        assert about["dc:title"] == "Lembar loket UPTD Puskesmas I Denpasar Barat"


def test_the_code_has_a_description(printed):
    with pikepdf.open(BytesIO(printed)) as pdf:
        [figure] = figures(pdf.Root.StructTreeRoot)
        assert str(figure.Alt) == f"Kode QR menuju survei: {SHEET.address}"


def test_the_sheet_bears_what_the_office_chose():
    branded = counter_sheet([SHEET], "Suara Warga", a_png()).content
    assert "Suara Warga Bagaimana" in " ".join(
        pypdfium2.PdfDocument(branded)[0].get_textpage().get_text_range().split()
    )
    with pikepdf.open(BytesIO(branded)) as pdf:
        assert str(next(figures(pdf.Root.StructTreeRoot)).Alt) == "Logo Kota Denpasar"


@pytest.mark.parametrize("size", [(480, 60), (60, 480), (480, 480)])
def test_a_logo_of_any_shape_leaves_one_page_and_a_readable_code(size):
    branded = counter_sheet([LONGEST], "Suara Warga " * 6, a_png(*size)).content
    (page,) = pypdfium2.PdfDocument(branded)
    assert zxingcpp.read_barcodes(page.render(scale=2).to_pil())[0].text == SHEET.address


def test_only_the_typeface_of_the_package_is_used(printed):
    with pikepdf.open(BytesIO(printed)) as pdf:
        fonts = {str(font.BaseFont).split("+")[1] for font in pdf.pages[0].Resources.Font.values()}
    assert all(font.startswith("SourceSansPro") for font in fonts)


def test_the_same_sheet_has_the_same_bytes(printed):
    assert counter_sheet([SHEET]).content == printed


def test_a_sheet_without_counters_is_refused():
    with pytest.raises(ValueError, match="at least one counter"):
        counter_sheet([])
