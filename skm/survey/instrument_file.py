"""Questionnaires as data: from a TOML file to instruments, or a refusal that names the line.

A file describes a family. With [[variant]] tables it gives one instrument per variant, and an item says in
`variants` which of them ask it (left out: all). Without, it gives one instrument with the code of the file.
"""

import re
from collections.abc import Mapping, Sequence
from fractions import Fraction
from functools import cache
from pathlib import Path

from skm.survey.instrument import (
    LANGUAGES,
    Element,
    Index,
    Instrument,
    InstrumentError,
    Item,
    ProfileChoice,
    ProfileField,
    Words,
)
from skm.survey.toml_table import Table

_BUILTIN = Path(__file__).with_name("instruments")
_WEIGHT = re.compile(r"\d{1,9}(\.\d{1,18}|/[1-9]\d{0,8})?")

OptionSets = Mapping[str, tuple[Words, ...]]


@cache
def builtin() -> dict[str, Instrument]:
    """The instruments that come with the application, by code."""
    files = sorted(_BUILTIN.glob("*.toml"), key=lambda file: file.stem)
    return {each.code: each for file in files for each in parse(_text(file), file.name)}


def builtin_source(family: str) -> str:
    """The text of the file of a built-in family, for a store that keeps it as it was when answers were given."""
    return _text(_BUILTIN / f"{family}.toml")


def load(code_or_path: str) -> Instrument:
    """A built-in instrument by its code, or the one of a TOML file; of several variants, `FILE.toml#CODE`.

    Raises InstrumentError.
    """
    if code_or_path in builtin():
        return builtin()[code_or_path]
    path, _, code = code_or_path.partition("#")
    variants = {each.code: each for each in parse(_text(Path(path)), path)}
    if not code and len(variants) == 1:
        (code,) = variants
    if code not in variants:
        codes = ", ".join(f"{path}#{code}" for code in variants)
        raise InstrumentError(path, None, f"pilih satu dari kuesioner di berkas ini: {codes}")
    return variants[code]


def parse(text: str, name: str) -> tuple[Instrument, ...]:
    """The instruments of one file, at least one. `name` is how an InstrumentError calls the file."""
    file = Table.read(text, name)
    family, titles = file.code(), _titles(file)
    scale = file.integer("scale", 2, 9)  # a score is one character
    elements = tuple(_element(table) for table in _some(file, "element"))
    items = _items(file, scale, [element.code for element in elements], list(titles))
    indices = _indices(file, items)
    profile = tuple(_profile_field(table) for table in file.tables("profile"))
    return tuple(
        Instrument(code, family, title, scale, elements, items[code], indices, profile)
        for code, title in titles.items()
    )


def _text(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
    except OSError as error:
        codes = ", ".join(builtin())
        reason = f"berkas tidak dapat dibaca, dan bukan kode kuesioner bawaan ({codes})"
        raise InstrumentError(str(path), None, reason) from error
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise InstrumentError(str(path), line, "berkas tidak memakai pengodean UTF-8") from error


def _titles(file: Table) -> dict[str, Words]:
    """Code -> title of each instrument in the file. Refuses a key that does not belong at the top."""
    several = "variant" in file.data
    title = "variant" if several else "title"
    file.only(("code", title, "scale", "options", "element", "item", "index", "profile"))
    if not several:
        return {file.code(): file.words("title")}
    variants = _some(file, "variant")
    for variant in variants:
        variant.only(("code", "title"))
    return {variant.code(): variant.words("title") for variant in variants}


def _some(file: Table, key: str) -> list[Table]:
    tables = file.tables(key)
    if not tables:
        raise file.refuse(f"daftar [[{key}]] masih kosong", key)
    return tables


def _element(table: Table) -> Element:
    table.only(("code", "name", "counted", "overall"))
    return Element(table.code(), table.words("name"), _flag(table, "overall", False))


def _flag(table: Table, key: str, default: bool) -> bool:
    return bool(table.value(key, bool, "true atau false")) if key in table.data else default


def _items(
    file: Table, scale: int, elements: Sequence[str], variants: Sequence[str]
) -> dict[str, tuple[Item, ...]]:
    """Variant -> the items it asks, in the order of the file."""
    sets = _shared_options(file, scale)
    asked = [
        (_item(table, scale, elements, sets), _asked_in(table, variants)) for table in _some(file, "item")
    ]
    return {variant: tuple(item for item, where in asked if variant in where) for variant in variants}


def _shared_options(file: Table, scale: int) -> OptionSets:
    if "options" not in file.data:
        return {}
    shared = file.table("options")
    return {name: _options(shared, name, scale) for name in shared.data}


def _item(table: Table, scale: int, elements: Sequence[str], sets: OptionSets) -> Item:
    table.only(("code", "element", "text", "help", "options", "variants"))
    code, element = table.code(), table.value("element", str, "kode unsur")
    if element not in elements:
        raise table.refuse(f"unsur '{element}' pada butir {code} tidak ada dalam daftar unsur", "element")
    if code in elements and code != element:
        # A column headed U8 has to hold the answers about U8: this mix-up is what the annex's order invites.
        raise table.refuse(f"butir {code} memakai kode unsur lain; ia mengukur unsur {element}", "code")
    words = table.words("help") if "help" in table.data else {}
    return Item(code, element, table.words("text"), _item_options(table, code, scale, sets), words)


def _item_options(table: Table, code: str, scale: int, sets: OptionSets) -> tuple[Words, ...]:
    name = table.data.get("options")
    if not isinstance(name, str):
        return _options(table, "options", scale)
    if name not in sets:
        raise table.refuse(f"pilihan jawaban '{name}' pada butir {code} tidak ada dalam [options]", "options")
    return sets[name]


def _options(table: Table, key: str, scale: int) -> tuple[Words, ...]:
    """One text per score and language. A language whose list is empty is not translated yet."""
    lists = table.table(key)
    lists.only(LANGUAGES)
    texts = {"id": lists.texts("id")} | {language: lists.texts(language) for language in lists.data}
    for language, labels in texts.items():
        if len(labels) != scale and (labels or language == "id"):
            count = f"{len(labels)} pilihan jawaban ({language})"
            raise lists.refuse(f"'{key}' mempunyai {count}; skala 1 sampai {scale} memerlukan {scale}")
    return tuple(
        {language: labels[score] for language, labels in texts.items() if labels} for score in range(scale)
    )


def _asked_in(table: Table, variants: Sequence[str]) -> Sequence[str]:
    if "variants" not in table.data:
        return variants
    asked = table.texts("variants")
    for variant in asked:
        if variant not in variants:
            raise table.refuse(f"varian '{variant}' tidak ada dalam daftar varian", "variants")
    if not asked:
        raise table.refuse("butir ini tidak ditanyakan dalam varian mana pun", "variants")
    return asked


def _indices(file: Table, items: Mapping[str, Sequence[Item]]) -> tuple[Index, ...]:
    elements = [table.code() for table in file.tables("element")]
    measured = {variant: {item.element for item in asked} for variant, asked in items.items()}
    indices = tuple(_index(table, elements, measured) for table in _some(file, "index"))
    counted = {element for index in indices for element in index.elements}
    for table in file.tables("element"):
        wanted = _flag(table, "counted", True)
        if wanted and table.code() not in counted:  # its answers would be asked for and never count
            raise table.refuse(f"unsur '{table.code()}' tidak dihitung dalam indeks mana pun", "code")
        if not wanted and table.code() in counted:
            raise table.refuse(f"unsur '{table.code()}' bertanda counted = false, tetapi dihitung", "counted")
    _check_overall(file, items, counted)
    return indices


def _check_overall(file: Table, items: Mapping[str, Sequence[Item]], counted: set[str]) -> None:
    """At most one item asks for the service as a whole, and it counts in no index."""
    marked = [table for table in file.tables("element") if _flag(table, "overall", False)]
    for table in marked:
        code = table.code()
        if table is not marked[0]:
            raise table.refuse("hanya satu unsur yang boleh bertanda overall = true", "overall")
        if code in counted:
            raise table.refuse(f"unsur '{code}' bertanda overall = true, tetapi dihitung", "overall")
        if any(sum(item.element == code for item in asked) > 1 for asked in items.values()):
            raise table.refuse(f"unsur '{code}' bertanda overall = true hanya boleh satu butir", "overall")


def _index(table: Table, codes: Sequence[str], measured: Mapping[str, set[str]]) -> Index:
    table.only(("code", "elements", "weights", "graded"))
    code, elements = table.code(), tuple(table.texts("elements"))
    if not elements:
        raise table.refuse(f"indeks {code} tidak menghitung satu unsur pun", "elements")
    for element in elements:
        unsur = f"unsur '{element}' pada indeks {code}"
        if element not in codes:
            raise table.refuse(f"{unsur} tidak ada dalam daftar unsur", "elements")
        if elements.count(element) > 1:
            raise table.refuse(f"{unsur} disebut dua kali", "elements")
        for variant in measured:
            if element not in measured[variant]:
                raise table.refuse(f"{unsur} tidak mempunyai butir dalam {variant}", "elements")
    return Index(code, elements, _weights(table, len(elements)), _flag(table, "graded", True))


def _weights(table: Table, count: int) -> tuple[Fraction, ...] | None:
    if "weights" not in table.data:
        return None
    weights = tuple(_weight(table, written) for written in table.value("weights", list, "daftar bobot"))
    if len(weights) != count:
        raise table.refuse(f"ada {len(weights)} bobot untuk {count} unsur", "weights")
    if sum(weights) != 1:
        raise table.refuse(f"jumlah bobot {sum(weights)}, seharusnya 1", "weights")
    return weights


def _weight(table: Table, written: object) -> Fraction:
    """Exact: 0.125 and "1/9" are both what they say."""
    text = str(written)
    if not _WEIGHT.fullmatch(text) or Fraction(text) == 0:
        raise table.refuse(f"bobot '{text}' bukan bilangan di atas nol seperti 0.125 atau \"1/9\"", "weights")
    return Fraction(text)


def _profile_field(table: Table) -> ProfileField:
    if "choices" not in table.data:
        return _number_field(table)
    table.only(("code", "label", "choices"))
    choices = tuple(_choice(choice) for choice in table.tables("choices"))
    if not choices:
        raise table.refuse(f"pilihan isian {table.code()} masih kosong", "choices")
    return ProfileField(table.code(), table.words("label"), "choice", choices=choices)


def _number_field(table: Table) -> ProfileField:
    table.only(("code", "label", "minimum", "maximum"))
    low, high = table.integer("minimum", 0, 999), table.integer("maximum", 0, 999)
    if low >= high:
        raise table.refuse("'minimum' harus lebih kecil daripada 'maximum'", "minimum")
    return ProfileField(table.code(), table.words("label"), "number", minimum=low, maximum=high)


def _choice(table: Table) -> ProfileChoice:
    table.only(("code", "label"))
    return ProfileChoice(table.code(), table.words("label"))
