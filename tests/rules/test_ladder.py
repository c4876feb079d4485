"""The ladder holds: a wrong import of each kind is found, and no folders import each other."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from configparser import ConfigParser
from graphlib import TopologicalSorter
from pathlib import Path

import grimp
import pytest

from skm.settings import ROOT

GRAPH = grimp.build_graph("skm", cache_dir=None)
MOST_ARROWS = 20
# A wrong import of each kind: the contract of setup.cfg, the module and what it imports.
PLANTED = [
    ("ladder", "skm.store.rows", "skm.usecases.deed"),
    ("ladder", "skm.survey.names", "skm.i18n.words"),
    ("ladder", "skm.cli.demo", "skm.web.frame.session"),
    ("rooms-of-web", "skm.web.unit.views", "skm.web.city.views"),
    ("rooms-of-web", "skm.web.frame.session", "skm.web.asking.paging"),
    ("rooms-of-usecases", "skm.usecases.answering.answer", "skm.usecases.city.guide"),
    ("rooms-of-usecases", "skm.usecases.people.account", "skm.usecases.log.audit"),
    ("owner-flask", "skm.cli.server", "flask"),
    ("owner-sql", "skm.web.frame.language", "sqlite3"),
    ("owner-documents", "skm.figures.visitors", "matplotlib"),
    ("owner-numpy", "skm.usecases.deed", "numpy"),
    ("no-connection", "skm.output.qr", "skm.store.database"),
    ("pure", "skm.ikm.grade", "time"),
    ("settings", "skm.store.owners", "skm.settings"),
]
ATTICS = {"rooms-of-web": "skm.web.attic", "rooms-of-usecases": "skm.usecases.attic"}  # rooms without a place


def contracts() -> dict[str, str]:
    """The name of each contract of setup.cfg by its key."""
    written = ConfigParser()
    written.read(ROOT / "setup.cfg")
    prefix = "importlinter:contract:"
    return {key.removeprefix(prefix): written[key]["name"] for key in written if key.startswith(prefix)}


@pytest.fixture(scope="module")
def report(tmp_path_factory) -> str:
    """What import-linter says of a copy of the package with every wrong import in it, spaces evened out."""
    copy = tmp_path_factory.mktemp("planted")
    shutil.copytree(ROOT / "skm", copy / "skm", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "setup.cfg", copy)
    for attic in ATTICS.values():
        folder = copy.joinpath(*attic.split("."))
        folder.mkdir()
        (folder / "__init__.py").touch()
    for _, module, imported in PLANTED:
        with copy.joinpath(*module.split(".")).with_suffix(".py").open("a") as file:
            file.write(f"import {imported}\n")
    judged = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache", "--no-logo"],
        cwd=copy,
        env=os.environ | {"COLUMNS": "200", "PYTHONPATH": str(copy)},
        capture_output=True,
        text=True,
    )
    assert judged.returncode == 1, judged.stderr
    return " ".join(judged.stdout.split())


def section(report: str, contract: str) -> str:
    """What is said about a broken contract, up to the next one."""
    names = contracts()
    heads = sorted((report.rindex(f"{name} ---"), key) for key, name in names.items())
    ends = [at for at, _ in heads[1:]] + [len(report)]
    return next(report[at:end] for (at, key), end in zip(heads, ends, strict=True) if key == contract)


def test_every_contract_has_a_wrong_import_planted():
    assert {contract for contract, *_ in PLANTED} == contracts().keys()


@pytest.mark.parametrize(("contract", "module", "imported"), PLANTED)
def test_a_wrong_import_is_found(report, contract, module, imported):
    assert f"{module} -> {imported} " in section(report, contract)


@pytest.mark.parametrize(("contract", "room"), ATTICS.items())
def test_a_room_without_a_place_in_the_ladder_is_found(report, contract, room):
    assert f"not listed as layers: - {room}" in section(report, contract)


def folder_of(module: str) -> str:
    """The package that a module stands in; a module of the first level is a rung by itself."""
    parent = module.rpartition(".")[0]
    return module if GRAPH.find_children(module) or parent == "skm" else parent


def imports() -> Iterator[tuple[str, str]]:
    """Every import of ours between two folders, by their names; `skm` itself has no more than the version."""
    for module in GRAPH.modules - {"skm"}:
        for imported in GRAPH.find_modules_directly_imported_by(module) - {"skm"}:
            if folder_of(module) != folder_of(imported):
                yield folder_of(module), folder_of(imported)


def test_no_folders_import_each_other_not_even_in_a_circle():
    below: dict[str, set[str]] = {}
    for importing, imported in imports():
        below.setdefault(importing, set()).add(imported)
    TopologicalSorter(below).prepare()  # raises CycleError with the folders of the circle


def test_few_arrows_lead_from_room_to_room_of_the_use_cases():
    rooms = GRAPH.find_children("skm.usecases")
    arrows = sorted(
        f"{room} → {other}"
        for room in rooms
        for other in rooms - {room}
        if GRAPH.direct_import_exists(importer=room, imported=other, as_packages=True)
    )
    assert 0 < len(arrows) <= MOST_ARROWS, f"{len(arrows)} arrows:\n" + "\n".join(arrows)
