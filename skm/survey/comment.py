"""What somebody wrote in free words, as it is stored: nothing that is seen is lost, and words stay apart."""

import re
import unicodedata

from skm.survey.names import is_newer

_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029]")
# Signs without a picture of their own that others need: joiners (of emoji, and of many scripts), the direction of a
# line, and the tags of which the flag of a part of a country is made.
_NEEDED = frozenset(map(chr, (0x200C, 0x200D, 0x200E, 0x200F, *range(0xE0020, 0xE0080))))


def stored_words(typed: str) -> str:
    """The text with one kind of line end and of space, without signs that do nothing. Joined emoji stay joined."""
    text = _LINE_ENDS.sub("\n", typed)
    if text.isprintable():
        return text.strip()
    return "".join(map(_stored, text)).strip()


def _stored(sign: str) -> str:
    if sign in "\n\t" or sign.isprintable() or sign in _NEEDED or is_newer(sign):
        return sign
    return " " if unicodedata.category(sign) == "Zs" else ""
