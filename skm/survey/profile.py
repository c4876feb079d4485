"""How a profile is stored: one short string, in which every field of the questionnaire has its fixed place.

As the characters of `scores` follow the items of an instrument, these follow its profile fields. A choice is the key by
which it is keyed from paper, a number has three digits, and what was left out is BLANK: `2034-1`. Instruments never
change once they are stored, so neither do the places.
"""

from collections.abc import Iterator, Mapping, Sequence

from skm.survey.instrument import KEYS, ProfileField

BLANK = "-"
DIGITS = 3  # of a number; also of a choice, where a field has more of them than there are keys

Profile = Mapping[str, str | int]
"""Field code -> code of the choice, or the number. A field that was left out is not in it."""


def width(fields: Sequence[ProfileField]) -> int:
    """How many characters a stored profile of these fields has."""
    return sum(map(_width, fields))


def slices(fields: Sequence[ProfileField]) -> Iterator[tuple[ProfileField, slice]]:
    """Each field with its part of a stored profile."""
    start = 0
    for field in fields:
        yield field, slice(start, start + _width(field))
        start += _width(field)


def pack(fields: Sequence[ProfileField], profile: Profile) -> str:
    """A profile as it is stored; "" where every field was left out. Raises ValueError for what no field has."""
    if unknown := profile.keys() - {field.code for field in fields}:
        raise ValueError(f"no profile field {', '.join(sorted(unknown))}")
    text = "".join(_stored(field, profile.get(field.code)) for field in fields)
    return text if text.strip(BLANK) else ""


def unpack(fields: Sequence[ProfileField], stored: str) -> dict[str, str | int]:
    """The reverse of `pack`."""
    filled = ((field, stored[part]) for field, part in slices(fields))
    return {field.code: _value(field, text) for field, text in filled if text.strip(BLANK)}


def readings(field: ProfileField) -> dict[str, str | int]:
    """What a field may be, by how it is stored; without the BLANK."""
    if field.kind == "number":
        return {f"{number:0{DIGITS}}": number for number in range(10**DIGITS)}
    return {_key(field, place): choice.code for place, choice in enumerate(field.choices)}


def _stored(field: ProfileField, value: str | int | None) -> str:
    if value is None or value == "":
        return BLANK * _width(field)
    if field.kind == "number" and 0 <= int(value) < 10**DIGITS:
        return f"{int(value):0{DIGITS}}"
    for place, choice in enumerate(field.choices):
        if choice.code == value:
            return _key(field, place)
    raise ValueError(f"{field.code} has no {value!r}")


def _value(field: ProfileField, stored: str) -> str | int:
    if field.kind == "number":
        return int(stored)
    return field.choices[KEYS.index(stored) if len(stored) == 1 else int(stored) - 1].code


def _key(field: ProfileField, place: int) -> str:
    return KEYS[place] if _width(field) == 1 else f"{place + 1:0{DIGITS}}"


def _width(field: ProfileField) -> int:
    return 1 if 0 < len(field.choices) <= len(KEYS) else DIGITS
