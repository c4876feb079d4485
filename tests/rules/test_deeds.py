"""What an officer changes is a deed: one who acts and one moment, one transaction, and an entry in the log."""

import ast
from collections.abc import Iterator

from skm.settings import ROOT
from skm.tables import ROOMS, merged
from skm.usecases.answering import decisions

USECASES = ROOT / "skm" / "usecases"

# Which functions write without the log, and why. Everything else has to go through `logged`, which undoes a deed
# without an entry.
UNLOGGED = {
    "deed.logged": "it is the log itself",
    "city.devices._reserve": "a code that was typed, counted before it is judged",
    "answering.judging.judge_answers": "how far answers were judged; what is held is logged",
    "demo.build.build_demo": "the answers of the demo are invented, and nobody acts",
    "exchange.spreadsheet.store_upload": "a file waits for a day; the import that it leads to is logged",
    "people.arrivals.offer_set_up": "a link for the first admin, before there is anybody to act",
    "people.browsers.remember_browser": "where somebody came in, which is logged itself",
    "people.held_forms.forget_old_forms": "what was held for minutes, when they have passed",
    "people.sweeping.sweep": "failed sign-ins, when they count no more",
    "people.sign_in.sign_in": "half signed in: the second factor decides and is logged",
    "people.held_forms.forget_forms": "a form that was held is given back or gone",
    "people.held_forms.hold_form": "what was typed when a session ended, for the one who typed it",
    "people.sign_in.sign_out": "the end of one's own session",
    "people.sign_in.reserve": "an attempt, counted before anybody is known",
}


def functions() -> Iterator[tuple[str, ast.FunctionDef]]:
    """Every function of the use cases by its place, as `papers.keying.save_sheet`."""
    for file in sorted(USECASES.rglob("*.py")):
        place = ".".join(file.relative_to(USECASES).with_suffix("").parts)
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.FunctionDef):
                yield f"{place}.{node.name}", node


def calls(node: ast.FunctionDef) -> set[str]:
    """What a function calls."""
    return {ast.unparse(call.func) for call in ast.walk(node) if isinstance(call, ast.Call)}


def parameters(node: ast.FunctionDef) -> dict[str, str]:
    """The parameters of a function with their types."""
    arguments = [*node.args.args, *node.args.kwonlyargs]
    return {one.arg: ast.unparse(one.annotation) for one in arguments if one.annotation}


def is_in_a_deed(node: ast.FunctionDef) -> bool:
    """Whether a function opens a deed, is given the log of one, or prepares its notes."""
    given = set(parameters(node).values()) & {"Log", "Notes"}
    return bool(given or {"logged", "logged_within"} & calls(node)) or ".notes" in ast.unparse(node)


def texts(node: ast.FunctionDef) -> set[str]:
    """Every text in a function; for one that takes its verb from a table, the verbs of the table."""
    written = {one.value for one in ast.walk(node) if isinstance(one, ast.Constant)}
    return written | (set(decisions.VERB_FOR.values()) if "VERB_FOR[" in ast.unparse(node) else set())


def test_what_writes_without_the_log_is_listed_with_its_reason():
    assert {place for place, node in functions() if "writing" in calls(node)} == UNLOGGED.keys()


def test_only_a_deed_writes_into_the_log():
    modules = [file for file in (ROOT / "skm").rglob("*.py") if file.parent.name != "store"]
    assert [
        file for file in modules if "audit.add" in (code := file.read_text("utf-8")) or "Entry.of(" in code
    ] == [USECASES / "deed.py"]


def test_every_verb_is_written_within_a_deed():
    verbs = merged("VERBS", ROOMS).keys()
    written = {place: texts(node) & verbs for place, node in functions()}
    assert set().union(*written.values()) == verbs
    assert not [place for place, node in functions() if written[place] and not is_in_a_deed(node)]


def test_a_deed_says_when_so_that_no_second_moment_can_differ():
    assert not [
        place
        for place, node in functions()
        if "Deed" in parameters(node).values() and "now" in parameters(node)
    ]


def test_a_deed_is_the_parameter_after_the_database():
    wrong = []
    for place, node in functions():
        named = list(parameters(node).items())
        if ("db", "Database") in named and ("deed", "Deed") in named:
            wrong += [place] if named[:2] != [("db", "Database"), ("deed", "Deed")] else []
    assert not wrong


def test_deed_and_actor_are_defined_once():
    defined = [
        (file.name, node.name)
        for file in USECASES.rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.ClassDef) and node.name in ("Actor", "Deed")
    ]
    assert defined == [("deed.py", "Actor"), ("deed.py", "Deed")]
    assigned = [
        ast.unparse(target)
        for file in USECASES.rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.Assign)
        for target in node.targets
    ]
    assert not {"Actor", "Deed"} & set(assigned)
