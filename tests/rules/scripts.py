"""Part of `make check`: what is wrong with our ES modules in static/js, by a real parser of JavaScript."""

import sys
from collections import Counter
from collections.abc import Iterator, Mapping

import tree_sitter_javascript
from tree_sitter import Language, Node, Parser, Query, QueryCursor

from skm.web.frame import scripts
from skm.web.frame.bundles import SCRIPTS
from skm.web.frame.filters import STATIC

JAVASCRIPT = Language(tree_sitter_javascript.language())
BINDINGS = Query(
    JAVASCRIPT,
    """
    (variable_declarator name: (_) @name) (function_declaration name: (_) @name) (import_specifier name: (_) @name)
    (formal_parameters (_) @name) (arrow_function parameter: (_) @name) (catch_clause parameter: (_) @name)
    (for_in_statement left: (_) @name)
    """,
)
NAMES = ("identifier", "shorthand_property_identifier", "shorthand_property_identifier_pattern")
# What the browser gives, in a page or in a service worker.
BROWSER = """
    AbortController AbortSignal Array Blob Boolean DOMParser Date Error FormData JSON Map Math Number Object Promise
    RegExp Request Response SpeechSynthesisUtterance String TextEncoder URL URLSearchParams Uint8Array
    addEventListener caches clearInterval clearTimeout crypto document fetch history indexedDB localStorage location
    navigator performance scrollTo self setInterval setTimeout speechSynthesis undefined
"""


def faults(sources: Mapping[str, str], entries: tuple[str, ...]) -> list[str]:
    """What is wrong with the modules (their texts by name) that are joined for the entries, one line each."""
    try:
        modules = {m.name: m for entry in entries for m in scripts.in_order(entry, sources.__getitem__)}
    except scripts.ScriptFault as fault:
        return [str(fault)]
    found = [f"{name}.js is imported by nothing" for name in sources.keys() - modules.keys()]
    taken = {
        (other, name) for module in modules.values() for other, names in module.imports for name in names
    }
    for module in modules.values():
        found += [
            f"{module.name}.js exports {n} to nobody" for n in module.exports if (module.name, n) not in taken
        ]
        found += [f"{module.name}.js: {fault}" for fault in _faults_of(module, sources[module.name])]
    return sorted(found)


def _faults_of(module: scripts.Module, source: str) -> Iterator[str]:
    root = Parser(JAVASCRIPT).parse(source.encode()).root_node
    nodes = list(_below(root))
    if root.has_error:
        lines = [n.start_point.row + 1 for n in nodes if n.is_error or n.is_missing]
        yield f"line {lines[0] if lines else '?'} is no JavaScript"
        return
    keywords = [n for n in nodes if n.type in ("import_statement", "export_statement")]
    if len(keywords) != len(module.imports) + len(module.exports):
        yield "an import or export does not begin a line"
    yield from (
        f"the text that begins in line {n.start_point.row + 1} goes over several lines"
        for n in nodes
        if n.type == "template_string" and n.start_point.row != n.end_point.row
    )
    uses = Counter(_text(n) for n in nodes if n.type in NAMES)
    bound = {
        name for found in QueryCursor(BINDINGS).captures(root).values() for n in found for name in _bound(n)
    }
    yield from (
        f"{name} is neither declared nor imported" for name in uses.keys() - bound - set(BROWSER.split())
    )
    yield from (f"{name} is not used" for name in bound - set(module.exports) - {"_"} if uses[name] == 1)


def _below(node: Node) -> Iterator[Node]:
    for child in node.children:
        yield child
        yield from _below(child)


def _bound(node: Node) -> Iterator[str]:
    """The names that a pattern declares; the default value of one is not among them."""
    if node.type in NAMES:
        yield _text(node)
    elif left := node.child_by_field_name("left"):
        yield from _bound(left)
    elif value := node.child_by_field_name("value"):
        yield from _bound(value)
    else:
        for child in node.named_children:
            yield from _bound(child)


def _text(node: Node) -> str:
    return (node.text or b"").decode()


def ours() -> dict[str, str]:
    """The modules of static/js: text by name."""
    return {file.stem: file.read_text(encoding="utf-8") for file in (STATIC / "js").glob("*.js")}


if __name__ == "__main__":
    sys.exit("\n".join(faults(ours(), tuple(name.removesuffix(".js") for name in SCRIPTS))) or None)
