"""The laws of the style sheets."""

import re
from pathlib import Path

import pytest

SHEETS = sorted((Path(__file__).resolve().parents[2] / "static").rglob("*.css"))
QUERY = re.compile(r"@media([^{]*)\{((?:[^{}]*\{[^{}]*\})*)[^{}]*\}")
COLOUR = re.compile(r"(?:^|[;{\s])((?:color|background(?:-color)?|opacity|--[\w-]+)\s*:[^;}]*)")


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_no_colour_depends_on_the_size_of_the_screen(sheet):
    """So that axe needs to judge the colours of each scheme in one size only (tests/browser/looks.py)."""
    text = re.sub(r"/\*.*?\*/", "", sheet.read_text(), flags=re.DOTALL)
    sized = [rules for condition, rules in QUERY.findall(text) if re.search("width|height|ratio", condition)]
    assert not [colour for rules in sized for colour in COLOUR.findall(rules)]
