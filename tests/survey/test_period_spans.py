import pytest

from skm.survey.period import before, find_span


@pytest.mark.parametrize(
    ("code", "earlier"),
    [
        ("2026", "2025"),
        ("2026-S2", "2026-S1"),
        ("2026-S1", "2025-S2"),
        ("2026-TW3", "2026-TW2"),
        ("2026-TW1", "2025-TW4"),
    ],
)
def test_a_span_follows_one_of_its_own_kind(code, earlier):
    assert before(find_span(code)) == find_span(earlier)
