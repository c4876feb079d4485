"""A number of a spreadsheet as its format shows it: 2 as 002 under `000`, 361424801 with its 0 under `0000000000`."""

import re
from functools import lru_cache

DIGITS = 15  # of a number that a spreadsheet stores exactly
_LITERAL = re.compile(
    r'"([^"]*)"|\\(.)|[_*].|\[[^\]]*\]'
)  # words, an escaped sign, space and filling, a colour
_DIGIT = "\ue000"  # stands for the place of a digit that is always shown


@lru_cache(2**14)  # most numbers of a file are few, such as scores
def shown(value: int | float, number_format: str) -> str:
    """The number in digits that a reader can trust: all of them, with a decimal comma, without marks of thousands.

    What a format only rounds away is shown: a count of 1.234 is no 1.
    """
    if value != value or value in (float("inf"), float("-inf")):
        return str(value)
    if value != int(value):
        return _decimal(value)
    whole = int(value)
    if "%" in _LITERAL.sub("", _split(number_format)):
        return f"{whole * 100}%"
    pattern = _pattern(number_format)
    return str(whole) if pattern is None or whole < 0 else _filled(str(whole), pattern)


def _decimal(value: float) -> str:
    text = f"{value:.15g}"
    if "e" in text:
        text = f"{value:.15f}".rstrip("0")
    return text.replace(".", ",")


def _pattern(number_format: str) -> str | None:
    """The signs of a format with a mark for each digit it always shows; None where it shows a plain number."""
    first = _split(number_format)
    literals = "".join((part[1] or part[2] or "") for part in _LITERAL.finditer(first))
    plain = _LITERAL.sub("", first)
    if "0" not in plain or not re.fullmatch(r"[0 ()+/\-]*", plain):
        return None  # General, decimals, thousands, percents, dates
    if plain.count("0") < 2 and not any(sign.isdigit() or sign == "+" for sign in literals):
        return None
    return _marked(first)


def _marked(first: str) -> str:
    marked, at = [], 0
    while at < len(first):
        literal = _LITERAL.match(first, at)
        if literal:
            marked.append(literal[1] or literal[2] or "")
            at = literal.end()
        else:
            marked.append(_DIGIT if first[at] == "0" else first[at])
            at += 1
    return "".join(marked)


def _split(number_format: str) -> str:
    """What a format says of numbers above zero: its part before the first semicolon outside quotes."""
    return re.split(r';(?=(?:[^"]*"[^"]*")*[^"]*$)', number_format)[0]


def _filled(digits: str, pattern: str) -> str:
    """The digits in their places, from the right; what is too long stands before the first."""
    places = pattern.count(_DIGIT)
    digits = digits.zfill(places)
    rest, digits = digits[: len(digits) - places], digits[len(digits) - places :]
    filled, more = [], iter(digits)
    for sign in pattern:
        if sign == _DIGIT:
            filled.append(rest + next(more))
            rest = ""
        else:
            filled.append(sign)
    return "".join(filled)
