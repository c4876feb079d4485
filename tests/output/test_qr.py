from io import BytesIO
from xml.etree import ElementTree

import zxingcpp
from PIL import Image

from skm.output.qr import qr_png, qr_svg

ADDRESS = "https://skm.denpasarkota.go.id/s/ABCD-EFGH"


def test_a_reader_finds_the_address_as_it_was_given():
    [code] = zxingcpp.read_barcodes(Image.open(BytesIO(qr_png(ADDRESS).content)))
    assert code.text == ADDRESS


def test_the_errors_a_code_forgives_are_of_level_m():
    [code] = zxingcpp.read_barcodes(Image.open(BytesIO(qr_png(ADDRESS).content)))
    assert code.ec_level == "M"


def test_four_modules_around_the_code_are_white():
    picture = Image.open(BytesIO(qr_png(ADDRESS).content)).convert("L").point(lambda shade: 255 - shade)
    assert picture.getbbox() == (80, 80, picture.width - 80, picture.height - 80)


def test_the_svg_is_one_black_path_on_white():
    square, path = ElementTree.fromstring(qr_svg(ADDRESS).content)
    assert (square.get("fill"), path.get("fill")) == ("white", "#000000")


def test_the_same_address_has_the_same_bytes():
    assert qr_svg(ADDRESS) == qr_svg(ADDRESS)
