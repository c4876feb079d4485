"""Pictures that others sent, made into ones that every browser and every document can show."""

import struct
from base64 import b64decode, b64encode
from io import BytesIO

from PIL import Image

from skm.output.sandbox.limits import PICTURE
from skm.output.sandbox.run import in_sandbox

# What Pillow says of a picture that it cannot read; some are plain errors of its parser.
_UNREADABLE = (OSError, SyntaxError, ValueError, struct.error, Image.DecompressionBombError)
Picture = tuple[bytes, int, int]  # a PNG, its width and its height in pixels


def tidied_png(content: bytes, largest: int, wanted: int) -> Picture | None:
    """The same picture as a small PNG that fits a square of `wanted` pixels, without anything but the picture.

    None for what is no PNG, is broken, or has a side of more than `largest` pixels. It is read in a process of its own;
    raises Problem where that takes too much.
    """
    tidied = in_sandbox(PICTURE, tidied_as_data, content, largest, wanted)
    return None if tidied is None else (b64decode(tidied[0]), tidied[1], tidied[2])


def tidied_as_data(content: bytes, largest: int, wanted: int) -> tuple[str, int, int] | None:
    """The same with the PNG in base64, read in this process."""
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
    return b64encode(stream.getvalue()).decode(), *drawn.size
