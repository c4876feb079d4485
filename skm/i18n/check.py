"""Do the catalogues say everything, and nothing else? `python -m skm.i18n.check`, a part of `make check`.

A sentence is marked by `_()`, `gettext()` or `N_()`, or stands in a module's table SENTENCES.

With `--update`, new sentences are taken up, empty, and those no longer used are set aside as `#~` lines.
"""

import ast
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO
from os.path import relpath
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from skm.i18n.words import CATALOGUES, LANGUAGES

ROOT = Path(__file__).parents[2]
SOURCES = {"skm": ("**.py", "python"), "templates": ("**.html", "jinja2.ext:babel_extract")}
MARKS = {"_": None, "gettext": None, "N_": None}
# A % or brace by itself counts too: it would stop the page on which the sentence is filled in.
PLACEHOLDER = re.compile(r"%\(\w+\)s|\{\w*\}|[%{}]")


def sentences(root: Path = ROOT) -> dict[str, str]:
    """Every marked sentence with the first place that uses it: `skm/web/errors.py:26`."""
    first_places: dict[str, str] = {}
    for folder, (pattern, method) in SOURCES.items():
        options = {pattern: {"silent": "false"}}  # a template that does not parse stops the check
        for file, line, sentence, *_ in extract_from_dir(root / folder, [(pattern, method)], options, MARKS):
            first_places.setdefault(str(sentence), f"{folder}/{file}:{line}")
    for module in sorted((root / "skm").rglob("*.py")):
        for line, sentence in _table(module):
            first_places.setdefault(sentence, f"{module.relative_to(root)}:{line}")
    return first_places


def _table(module: Path) -> Iterator[tuple[int, str]]:
    """The sentences of a module's table, each with its line."""
    for node in ast.parse(module.read_text("utf-8")).body:
        match node:
            case ast.Assign([ast.Name("SENTENCES")], ast.Dict(_, values)):
                yield from ((value.lineno, ast.literal_eval(value)) for value in values)


def faults(path: Path, wanted: Mapping[str, str]) -> Iterator[str]:
    """What is wrong with a catalogue, a line each: where, what, and how to mend it."""
    catalogue = _read(path)
    for sentence, place in wanted.items():
        if catalogue.get(sentence) is None:
            yield f"{place}: {path.name} lacks “{sentence}”; take it up with --update and translate it"
    for message in catalogue:
        if message.id and (fault := _fault(message, wanted)):
            yield f"{relpath(path)}:{message.lineno}: “{message.id}” {fault}"


def update(path: Path, wanted: Mapping[str, str]) -> None:
    """Takes up the sentences that a catalogue lacks. Sorted and without places, so that a change stays small."""
    catalogue, template, entries = _read(path), Catalog(), BytesIO()
    for sentence in wanted:
        template.add(sentence)
    catalogue.update(template, no_fuzzy_matching=True)
    write_po(entries, catalogue, width=110, no_location=True, omit_header=True, sort_output=True)
    head, _, _ = path.read_text(encoding="utf-8").partition("\n\n")  # written by hand, and kept so
    path.write_text(f"{head}\n\n{entries.getvalue().decode().strip()}\n", encoding="utf-8")


def _read(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file)


def _fault(message: Message, wanted: Mapping[str, str]) -> str:
    if message.id not in wanted:
        return "is used nowhere; remove it, or let --update set it aside"
    if not message.string:
        return "has no translation; write one"
    if message.fuzzy:
        return "is marked fuzzy; read the translation and take the mark away"
    here, there = (sorted(PLACEHOLDER.findall(str(text))) for text in (message.id, message.string))
    if here != there:
        return f"has {' '.join(here) or 'no placeholder'}, its translation {' '.join(there) or 'none'}; make them equal"
    return ""


def main(arguments: Sequence[str]) -> int:
    """Checks every catalogue; 1 when something is wrong."""
    wanted = sentences()
    paths = [CATALOGUES / f"{language}.po" for language in LANGUAGES if language != "id"]
    if "--update" in arguments:
        for path in paths:
            update(path, wanted)
    all_faults = [fault for path in paths for fault in faults(path, wanted)]
    sys.stdout.writelines(f"{line}\n" for line in all_faults)
    return 1 if all_faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
