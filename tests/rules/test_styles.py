"""The styles hold to their scales, and style nothing that no page has."""

import re
from collections.abc import Iterator

import pytest

from skm.settings import ROOT
from skm.web.frame.bundles import STYLES, content
from skm.web.frame.filters import STATIC

FILES = sorted((STATIC / "css").glob("*.css"))
BASE = (STATIC / "css" / "base.css").read_text()
WIDTHS = set(re.findall(r"(?m)^ +([\d.]+)rem +\d+ px:", BASE))
DISTANCE = re.compile(r"(?:margin|padding|gap|grid-gap|row-gap|column-gap|grid-column-gap)(?:-[a-z]+)?|--gap")
SCALE = r"var\(--space-\d+\)"
# Shares of the letters' own size are for parts that stand in lines of any size, as a badge does.
STEP = re.compile(rf"0|auto|-?[\d.]+em|{SCALE}|calc\([^()]*(?:\([^()]*\)[^()]*)*\)|var\(--gap, {SCALE}\)")
QUERY = re.compile(r"@media([^{]*)\{((?:[^{}]*\{[^{}]*\})*)[^{}]*\}")
SIZES = r"--(?:space-\d+|type-\d+|radius|radius-small|control|page|gap|depth)\b"
COLOUR = re.compile(rf"(?:^|[;{{\s])((?:color|background(?:-color)?|opacity|(?!{SIZES})--[\w-]+)\s*:[^;}}]*)")
PARTS_OF_MARKUP = re.compile(r"""(?:class|id)="([^"]*)"|className = "([^"]*)"|element\([^)]*, "([\w-]+)"\)""")


def rules(file) -> Iterator[tuple[str, dict[str, str]]]:
    """Selector and declarations of each rule, also of those in media queries."""
    style = re.sub(r"/\*.*?\*/", "", file.read_text(), flags=re.DOTALL)
    for selector, body in re.findall(r"([^{}]+)\{([^{}]*)\}", style):
        pairs = (line.split(":", 1) for line in body.split(";") if ":" in line)
        yield " ".join(selector.split()), {name.strip(): value.strip() for name, value in pairs}


def declarations(file) -> Iterator[tuple[str, str, str]]:
    for selector, pairs in rules(file):
        for name, value in pairs.items():
            yield selector, name, value


def steps(value: str) -> list[str]:
    """The distances of a declaration, at spaces outside of brackets."""
    return re.findall(r"(?:[^\s(]|\((?:[^()]|\([^()]*\))*\))+", value)


def markup() -> str:
    files = [
        *(ROOT / "templates").rglob("*.html"),
        *(STATIC / "js").glob("*.js"),
        *(ROOT / "skm/web").rglob("*.py"),
    ]
    return "\n".join(file.read_text() for file in files)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_a_distance_is_a_step_of_the_scale(file):
    assert not [
        f"{selector} {{ {name}: {value} }}"
        for selector, name, value in declarations(file)
        if DISTANCE.fullmatch(name) and not all(STEP.fullmatch(step) for step in steps(value))
    ]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_a_size_of_type_is_a_step_of_the_scale(file):
    step = r"(?:var\(--type-\d+\)|inherit|[\d.]+em)"
    allowed = re.compile(rf"{step}|clamp\({step}, [\d.]+vw, {step}\)")
    assert not [
        f"{selector} {{ {name}: {value} }}"
        for selector, name, value in declarations(file)
        # Text in a drawing is measured in units of the drawing; the television's letters in shares of its screen.
        if name == "font-size"
        and not re.search(r"\btext\b|svg|scale|^html$", selector)
        and not allowed.fullmatch(value)
    ]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_a_layout_changes_at_a_width_of_the_table_in_base_css(file):
    assert len(WIDTHS) == 4
    below = {f"{float(width) - 0.01:.2f}" for width in WIDTHS}
    assert set(re.findall(r"\(min-width: ([\d.]+)rem", file.read_text())) <= WIDTHS
    assert set(re.findall(r"\(max-width: ([\d.]+)rem", file.read_text())) <= below
    assert not re.findall(r"\((?:min|max)-width: [\d.]+(?!rem)[a-z]", file.read_text())


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_a_colour_stands_in_root_only(file):
    assert not [
        f"{selector} {{ {name}: {value} }}"
        for selector, name, value in declarations(file)
        # A backdrop inherits no token in a browser before 2024.
        if not re.search(":root|::backdrop", selector)
        and re.search(r"#[0-9a-f]{3,8}\b|\b(?:rgb|hsl)a?\(", value)
    ]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_no_colour_depends_on_the_size_of_the_screen(file):
    """So that axe needs to judge the colours of each scheme in one size only (tests/browser/looks.py)."""
    text = re.sub(r"/\*.*?\*/", "", file.read_text(), flags=re.DOTALL)
    sized = [body for condition, body in QUERY.findall(text) if re.search("width|height|ratio", condition)]
    assert not [colour for body in sized for colour in COLOUR.findall(body)]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_no_neighbour_is_given_a_distance_but_by_the_stack(file):
    patches = [s for s, name, _ in declarations(file) if "+" in s and DISTANCE.fullmatch(name)]
    assert [selector for selector in patches if ".stack > * + *" not in selector] == (
        [".crumbs li + li::before"] if file.name == "officer.css" else []
    )


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_every_name_in_a_style_is_in_a_page(file):
    found = {
        word for parts in PARTS_OF_MARKUP.findall(markup()) for word in re.findall(r"[\w-]+", " ".join(parts))
    }
    names = {name for selector, _ in rules(file) for name in re.findall(r"[.#]([a-zA-Z][\w-]*)", selector)}
    # `badge-a` is written as `badge-{{ grade|lower }}`.
    assert not {name for name in names if name not in found and re.sub(r"-[a-z\d]+$", "-", name) not in found}


@pytest.mark.parametrize("name", STYLES)
def test_every_token_that_a_bundle_uses_is_declared_there(name):
    style = content(name).decode()
    used = set(re.findall(r"var\((--[\w-]+)\)", style))
    assert used <= set(re.findall(r"[{;\s](--[\w-]+):", style))


def test_every_style_belongs_to_an_audience():
    assert {part for parts in STYLES.values() for part in parts} == {file.stem for file in FILES}
