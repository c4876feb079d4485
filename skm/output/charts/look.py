"""What a chart is drawn for: paper, a desk or a phone; on a screen it follows day and night."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace


@dataclass(frozen=True)
class Colours:
    """`main` is what is measured, `marked` what is lowest: colours of Okabe–Ito, told apart by every kind of sight."""

    ink: str
    muted: str
    line: str
    paper: str
    rail: str
    main: str
    marked: str


DAY = Colours("#17202a", "#5b6773", "#d5dce3", "#ffffff", "#e9edf1", "#0072b2", "#d55e00")
NIGHT = Colours("#eef2f6", "#9fb0bf", "#2b3640", "#11161c", "#26313b", "#56b4e9", "#d55e00")


@dataclass(frozen=True)
class Look:
    """A sheet and its letters in points.

    `narrow`: what stands side by side on a desk stands below each other. `screen`: an SVG changes its colours at night.
    """

    width: int
    height: int
    margin: int
    title: float
    text: float
    small: float
    strong: float  # the value beside a bar
    narrow: bool = False
    screen: bool = True

    @property
    def edge(self) -> int:
        """Where the right margin begins."""
        return self.width - self.margin


DESK = Look(504, 288, 12, 17, 13.5, 12.5, 14.5)  # 7 by 4 inches
# A point is a pixel of a phone that is 360 wide; its smallest letters are 11 on one that is 320 wide.
PHONE = Look(328, 410, 8, 15.5, 13, 12.7, 14, narrow=True)
PAPER = replace(DESK, screen=False)
# By what an address calls them; without a name it is the file to take home.
LOOKS: Mapping[str, Look] = {"": PAPER, "desk": DESK, "phone": PHONE}


def _by_night() -> str:
    pairs = ((getattr(DAY, one.name), getattr(NIGHT, one.name)) for one in fields(Colours))
    rules = (
        f'[{part}="{day}"]{{{part}:{night}}}'
        for day, night in pairs
        if day != night
        for part in ("fill", "stroke")
    )
    return f"@media (prefers-color-scheme:dark){{{''.join(rules)}}}"


# The style of every SVG for a screen. Always the same text, so that a policy can allow it by its digest.
BY_NIGHT = _by_night()
