"""The checker that judges every page at the end of the run finds what is wrong with one."""

import pytest

from tests import html_checker, html_pages

PAGE = '<!doctype html>\n<html lang="id"><head><title>SKM</title></head>\n<body>{}</body></html>'
pytestmark = pytest.mark.html_checker


@pytest.fixture
def judged(tmp_path, monkeypatch):
    """What the checker says of pages with these bodies."""
    monkeypatch.setattr(html_pages, "folder", tmp_path)

    def _judged(*bodies: str) -> list[html_checker.Fault]:
        for body in bodies:
            html_pages.gather("GET /planted", 200, PAGE.format(body).encode())
        return html_checker.faults(tmp_path)

    return _judged


def test_a_planted_fault_is_found_with_its_page_its_line_and_its_test(judged):
    (fault,) = judged("<h1>SKM</h1>", "<p>Sejak <time>kemarin</time></p>")
    assert "The text content of element “time” was not in the required format" in fault.message
    assert (fault.request, fault.line) == ("GET /planted (200)", 3)
    assert fault.test.startswith("tests/rules/test_html_checker.py::test_a_planted_fault_is_found")
    assert html_checker.report([fault, fault])[0] == f"{fault.message} (2 times)"


def test_a_warning_is_a_fault_and_a_slash_at_the_end_of_a_tag_is_none(judged):
    (fault,) = judged('<p hidden aria-hidden="true">Loket<br/>1</p>')
    assert "unnecessary" in fault.message


def test_a_checker_that_breaks_off_is_no_praise(tmp_path, monkeypatch):
    monkeypatch.setattr(html_checker, "OPTIONS", ["--no-such-option"])
    with pytest.raises(RuntimeError, match="broke off"):
        html_checker.faults(tmp_path)


def test_pages_that_differ_in_a_stamp_are_one_and_pages_that_differ_in_a_value_are_two(tmp_path, monkeypatch):
    monkeypatch.setattr(html_pages, "folder", tmp_path)
    for value in ("01a22022-116a-7751-a37b-15b149960b8d", "01a22022-116a-7751-a37b-15b149960b8e", "1", "2"):
        html_pages.gather("GET /planted", 200, PAGE.format(f'<input value="{value}">').encode())
    assert len(list(tmp_path.glob("*.html"))) == 3
