"""QR codes that a phone at the counter reads: black on white, level M, four modules of quiet zone."""

from io import BytesIO

import qrcode
from qrcode.constants import ERROR_CORRECT_M
from qrcode.image.base import BaseImage
from qrcode.image.pil import PilImage
from qrcode.image.svg import SvgPathFillImage

from skm.output.document import Document


class _CrispPath(SvgPathFillImage):
    # Without it a screen blurs the edge of every module that does not fall on whole pixels.
    QR_PATH_STYLE = {"fill": "#000000", "shape-rendering": "crispEdges"}  # noqa: RUF012


def qr_svg(address: str) -> Document:
    """The address as it stands, as one SVG path on a white square; any size prints crisp."""
    return Document("qr.svg", "image/svg+xml", svg_bytes(address))


def svg_bytes(address: str) -> bytes:
    """The same SVG by itself, to be set into a document."""
    return _drawn(address, _CrispPath)


def qr_png(address: str) -> Document:
    """The address as it stands, as a PNG of 20 pixels a module."""
    return Document("qr.png", "image/png", _drawn(address, PilImage))


def _drawn(address: str, kind: type[BaseImage]) -> bytes:
    # Level M survives a scratched sheet; level H would make smaller modules of the same paper.
    code = qrcode.QRCode(error_correction=ERROR_CORRECT_M, border=4, box_size=20, image_factory=kind)
    code.add_data(address)
    stream = BytesIO()
    code.make_image().save(stream)
    return stream.getvalue()
