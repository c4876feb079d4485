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
        ("2026-07", "2026-06"),
        ("2026-01", "2025-12"),
    ],
)
def test_a_span_follows_one_of_its_own_kind(code, earlier):
    assert before(find_span(code)) == find_span(earlier)


@pytest.mark.parametrize("code", ["2026-00", "2026-13", "2026-7", "1999-07"])
def test_what_is_no_month_is_no_span(code):
    assert find_span(code) is None
