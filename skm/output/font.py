"""The one typeface of charts and documents: Source Sans Pro, from its package and never from the system."""

import unicodedata
from functools import cache
from pathlib import Path

import font_source_sans_pro

FOLDER = Path(font_source_sans_pro.font_directory)
REGULAR, SEMIBOLD = FOLDER / "SourceSansPro-Regular.otf", FOLDER / "SourceSansPro-Semibold.otf"
MISSING = "☐"


def printable(words: str) -> str:
    """The words, with a box for every sign the typeface lacks: an emoji must not stop a document."""
    glyphs = _known()
    return words if glyphs.issuperset(words) else "".join(c if c in glyphs else _stand_in(c) for c in words)


def is_printable(words: str) -> bool:
    """Whether the typeface has every sign of the words that people see; of Balinese or Arabic it has none."""
    return all(sign in _known() or _is_unseen(sign) for sign in words)


def _is_unseen(sign: str) -> bool:
    """Joiners and the selectors of a sign's variant."""
    return unicodedata.category(sign) == "Cf" or "\ufe00" <= sign <= "\ufe0f"


def _stand_in(sign: str) -> str:
    return "" if unicodedata.category(sign) in ("Cf", "Mn") else MISSING  # joiners and selectors are no signs


@cache
def _known() -> frozenset[str]:
    from matplotlib.ft2font import FT2Font

    return frozenset(map(chr, FT2Font(str(REGULAR)).get_charmap())) | {"\n", "\t"}
