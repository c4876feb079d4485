"""Published results and real answers, stored outside the repository: ../shared/golden or where SKM_GOLDEN points."""

import os
from pathlib import Path

import pytest

FOLDER = Path(os.environ.get("SKM_GOLDEN") or Path(__file__).parents[2] / "shared" / "golden")


def golden(name: str) -> Path:
    """The file, or a loud skip where it is not."""
    path = FOLDER / name
    if not path.exists():
        pytest.skip(f"REAL ANSWERS MISSING: {name} is not in {FOLDER}; set SKM_GOLDEN to its folder")
    return path
