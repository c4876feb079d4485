"""Files as real life brings them, stored outside the repository: ../shared/cases or where SKM_CASES points."""

import os
from pathlib import Path

import pytest

FOLDER = Path(os.environ.get("SKM_CASES") or Path(__file__).parents[2] / "shared" / "cases")


def case(name: str) -> bytes:
    """The content of the file, or a loud skip where it is not."""
    path = FOLDER / name
    if not path.exists():
        pytest.skip(f"REAL SHAPES MISSING: {name} is not in {FOLDER}; set SKM_CASES to its folder")
    return path.read_bytes()
