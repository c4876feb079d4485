"""The tables that stand beside their features have no gaps, no doubles and nothing unused."""

import ast
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from types import ModuleType

import pytest

from skm.settings import ROOT
from skm.survey.improvement import Improvement
from skm.survey.organisation import Counter, Organisation, Service
from skm.survey.period import Period
from skm.tables import FIELDS, ROOMS, SENTENCES, VERBS, merged
from skm.usecases.answering import decisions
from skm.wording.log import UNSAID

KEYS = {"Problem": 0, "Fault": 1, "needed": 1, "again": 2}  # where the key stands among the arguments
ANSWERS_WITH_A_KEY = "weakness"
NOTING = {"note", "added", "changed", "_note", "_add", "_change"}  # the last part of what is called


def functions() -> Iterator[ast.FunctionDef]:
    """Every function of ours."""
    for file in sorted((ROOT / "skm").rglob("*.py")):
        module = ast.parse(file.read_text("utf-8"))
        yield from (node for node in ast.walk(module) if isinstance(node, ast.FunctionDef))


def texts(node: ast.expr | None, named: dict[str, ast.expr]) -> Iterator[str]:
    """The texts that an expression can come to, also by a choice or by way of a variable."""
    match node:
        case ast.Constant(str(text)):
            yield text
        case ast.Name(name) if name in named:
            yield from texts(named[name], {})
        case ast.IfExp(_, one, other):
            yield from (*texts(one, named), *texts(other, named))


def keys(function: ast.FunctionDef) -> Iterator[str]:
    """The key of every Problem and every faulty field that a function makes."""
    nodes = list(ast.walk(function))
    named = {ast.unparse(node.targets[0]): node.value for node in nodes if isinstance(node, ast.Assign)}
    for node in nodes:
        if isinstance(node, ast.Call) and (at := KEYS.get(ast.unparse(node.func).split(".")[-1])) is not None:
            yield from (key for argument in node.args[at : at + 1] for key in texts(argument, named))
        if isinstance(node, ast.Return) and function.name == ANSWERS_WITH_A_KEY:
            yield from texts(node.value, named)


def verbs() -> set[str]:
    """Every verb that a use case writes into the log."""
    calls = [
        node
        for file in (ROOT / "skm" / "usecases").rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1] in NOTING
    ]
    said = [one.value for call in calls for one in call.args if isinstance(one, ast.Constant) and one.value]
    return {*said, *decisions.VERB_FOR.values()}


def test_a_sentence_stands_in_the_tables_for_every_problem_and_for_nothing_else():
    assert {key for function in functions() for key in keys(function)} == SENTENCES.keys()


def test_every_table_of_sentences_is_merged():
    merged_files = {ROOT.joinpath(*room.__name__.split(".")).with_suffix(".py") for room in ROOMS}
    assert set((ROOT / "skm").rglob("sentences.py")) == merged_files


def test_a_key_in_two_tables_is_named_with_both_places():
    survey, city = ModuleType("survey"), ModuleType("city")
    survey.SENTENCES = city.SENTENCES = {"name_taken": "Nama itu sudah dipakai"}
    with pytest.raises(
        LookupError, match="SENTENCES: “name_taken” stands in survey and in city; take one away"
    ):
        merged("SENTENCES", [survey, city])


def test_every_verb_of_the_log_has_its_words():
    assert verbs() - VERBS.keys() == set()
    assert len(verbs()) > 20


@pytest.mark.parametrize("noun", [Organisation, Service, Counter, Period, Improvement])
def test_every_field_of_a_noun_that_is_noted_has_its_word(noun):
    assert {field.name for field in fields(noun)} - FIELDS.keys() - UNSAID == set()


def test_a_verb_with_words_is_written_in_its_room():
    for room in ROOMS:
        folder = Path(room.__file__).parent
        code = " ".join(
            file.read_text("utf-8") for file in folder.glob("*.py") if file != Path(room.__file__)
        )
        assert not [verb for verb in getattr(room, "VERBS", ()) if f'"{verb}"' not in code]


def test_a_renamed_verb_reads_like_the_present_one_and_is_not_in_use():
    renamed = merged("RENAMED_VERBS", ROOMS)
    assert not renamed.keys() & merged("VERBS", ROOMS).keys()
    assert {VERBS[former] for former in renamed} == {VERBS[present] for present in renamed.values()}
