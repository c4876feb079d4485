"""What reading a file may take, for each kind of file."""

from dataclasses import dataclass

from skm.survey.problem import Problem

MB = 1_000_000
OUT_OF_MEMORY = 77  # the status with which the process ends that got no more


@dataclass(frozen=True)
class Limits:
    """Of a file and of the process that reads it. What exceeds one of them is refused with its reason."""

    sent: int  # bytes of the file
    seconds: int  # of processor time; by the clock a few times as many
    memory: int  # bytes of address space
    answer: int  # bytes of what was read
    unpacked: int = 0  # bytes of all parts of a ZIP
    rows: int = 0  # of a sheet that are not empty
    cells: int = 0  # of a sheet, to the last one of each row; as many different texts


TREE = Limits(
    sent=20 * MB,
    seconds=30,
    memory=400 * MB,
    answer=80 * MB,
    unpacked=200 * MB,
    rows=100_000,
    cells=1_500_000,
)
"""Organisations, services, counters, visitors: what a city sets up."""
ANSWERS = Limits(
    sent=100 * MB,
    seconds=120,
    memory=800 * MB,
    answer=80 * MB,
    unpacked=400 * MB,
    rows=250_000,
    cells=10_000_000,
)
"""A row per respondent."""
PICTURE = Limits(sent=MB, seconds=5, memory=300 * MB, answer=2 * MB)
QUESTIONNAIRE = Limits(sent=MB, seconds=2, memory=200 * MB, answer=MB)
"""A TOML file."""


def check_size(content: bytes, limits: Limits) -> None:
    """Raises Problem "import_too_large"."""
    if len(content) > limits.sent:
        raise Problem("import_too_large", megabytes=limits.sent // MB)
