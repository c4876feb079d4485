"""No fault loses an answer, doubles it or stores a part of it, and forms open meanwhile."""

import pytest

from tests.faults import everything, row

PATIENCE = 5  # times as long as on a machine without other work
NGINX = {"workers", "main", "reload", "restart", "folder"}
FAULTS = [pytest.param(name, marks=[pytest.mark.nginx] * (name in NGINX)) for name in everything.FAULTS]


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_costs_nobody_an_answer(name, tmp_path):
    fault = everything.FAULTS[name]
    outcome = fault.measure(tmp_path, fault.short)
    if outcome.skipped:
        pytest.skip(outcome.skipped)
    assert outcome.answers > 0
    assert outcome.misses(PATIENCE) == []


def test_the_document_has_a_row_for_each_fault():
    assert len(row.faults_in_document()) == len(everything.FAULTS)
