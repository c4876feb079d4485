"""Joins our ES modules of `static/js` into one script, so that a page needs one request for all of them.

A module may import and export in two ways only, each on a line of its own that begins with the keyword:
`import { name, other } from "./module.js";` and `export` before a `const`, `function` or `async function`.
Every module becomes a function that returns its exports. So two modules may use the same name inside, and
the result is a classic script: not every browser runs a service worker that is a module. Lines that are
nothing but a comment are left out: they are a fifth of what a phone would load. `make check` judges the
modules by a real parser (tests/rules/scripts.py).
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from skm.web.frame.filters import STATIC

IMPORT = re.compile(r'import \{ (\w+(?:, \w+)*) \} from "\./(\w+)\.js";')
EXPORT = re.compile(r"export (?=(?:const|function|async function) (\w+))")
COMMENT = re.compile(r"\s*(?://|$)")
OTHER = re.compile(r"\s*(?:import|export)\b|.*\bimport\s*[(.]")


class ScriptFault(Exception):
    """A module that cannot be joined; says which one and why."""


@dataclass(frozen=True)
class Module:
    """A module without its keywords; `imports` are pairs of a module's name and what is taken from it."""

    name: str
    body: str
    imports: tuple[tuple[str, tuple[str, ...]], ...]
    exports: tuple[str, ...]


def joined(entry: str) -> str:
    """The module `entry` with all that it imports, as one script; raises ScriptFault."""
    return '"use strict";\n' + "".join(_wrapped(module) for module in in_order(entry))


def in_order(entry: str, source: Callable[[str], str] | None = None) -> list[Module]:
    """The modules that `entry` needs, each after those that it imports; `source` gives a module's text by name.

    Raises ScriptFault for a module that imports itself, however indirectly, for one that does not exist, and
    for a name that is not exported.
    """
    modules: dict[str, Module] = {}

    def add(name: str, importers: tuple[str, ...] = ()) -> None:
        if name in importers:
            raise ScriptFault(f"{name}.js imports itself through {importers[-1]}.js")
        if name in modules:
            return
        module = parse(name, (source or read)(name))
        for other, names in module.imports:
            add(other, (*importers, name))
            if missing := set(names) - set(modules[other].exports):
                raise ScriptFault(f"{other}.js does not export {', '.join(sorted(missing))} to {name}.js")
        modules[name] = module

    add(entry)
    return list(modules.values())


def read(name: str) -> str:
    """The text of a module; raises ScriptFault when there is none of this name."""
    file = STATIC / "js" / f"{name}.js"
    if not file.is_file():
        raise ScriptFault(f"there is no module {name}.js")
    return file.read_text(encoding="utf-8")


def parse(name: str, text: str) -> Module:
    """A module from its text; raises ScriptFault for an import or export of another form."""
    body, imports, exports = [], [], []
    for line in text.splitlines():
        if wanted := IMPORT.fullmatch(line):
            imports.append((wanted[2], tuple(wanted[1].split(", "))))
        elif offered := EXPORT.match(line):
            exports.append(offered[1])
            body.append(line[offered.end() :])
        elif OTHER.match(line):
            raise ScriptFault(f"{name}.js has an import or export of another form: {line.strip()}")
        elif not COMMENT.match(line):
            body.append(line)
    return Module(name, "\n".join(body), tuple(imports), tuple(exports))


def _wrapped(module: Module) -> str:
    imports = "".join(f"const {{ {', '.join(names)} }} = ${other};\n" for other, names in module.imports)
    exports = f"\nreturn {{ {', '.join(module.exports)} }};" if module.exports else ""
    return f"const ${module.name} = (() => {{\n{imports}{module.body}{exports}\n}})();\n"
