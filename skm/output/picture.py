"""Pictures that others sent, made into ones that every browser and every document can show."""

import struct
from io import BytesIO

from PIL import Image

# What Pillow says of a picture that it cannot read; some are plain errors of its parser.
_UNREADABLE = (OSError, SyntaxError, ValueError, struct.error, Image.DecompressionBombError)
Picture = tuple[bytes, int, int]  # a PNG, its width and its height in pixels


def tidied_png(content: bytes, largest: int, wanted: int) -> Picture | None:
    """The same picture as a small PNG that fits a square of `wanted` pixels, without anything but the picture.

    None for what is no PNG, is broken, or has a side of more than `largest` pixels.
    """
    try:
        with Image.open(BytesIO(content), formats=["PNG"]) as image:
            if max(image.size) > largest:
                return None
            drawn = image.convert("RGBA")
    except _UNREADABLE:
        return None
    drawn.thumbnail((wanted, wanted))
    stream = BytesIO()
    drawn.quantize(256, Image.Quantize.FASTOCTREE).save(stream, "PNG", optimize=True)
    return stream.getvalue(), *drawn.size
