"""The drawings of `static/img/faces.svg`, one at a time, to be set into a document."""

from functools import cache
from pathlib import Path
from xml.etree import ElementTree

DRAWINGS = Path(__file__).parents[2] / "static" / "img" / "faces.svg"
SVG = "{http://www.w3.org/2000/svg}"


@cache
def drawing(name: str, line: str, fill: str) -> str:
    """One symbol as an SVG of its own, its line and its fill in these colours; raises KeyError."""
    drawings = ElementTree.parse(DRAWINGS)  # noqa: S314 - a file of the house
    symbols = {symbol.get("id"): symbol for symbol in drawings.iter(f"{SVG}symbol")}
    symbol = symbols[name]
    drawn = ElementTree.Element(
        f"{SVG}svg", {"viewBox": symbol.attrib["viewBox"], "color": line, "fill": fill}
    )
    drawn.extend(symbol)
    return ElementTree.tostring(drawn, encoding="unicode")
