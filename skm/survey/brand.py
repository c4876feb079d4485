"""How an installation presents itself (tampilan): a heading, where to turn with questions, a logo."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Logo:
    """A kept picture. `mark` changes with it, so that browsers may keep it for good."""

    mark: str
    width: int  # pixels
    height: int

    def width_at(self, height: int) -> int:
        """How wide it stands at a height, so that a page keeps room for it."""
        return max(1, round(self.width * height / self.height))

    def __str__(self) -> str:
        return f"{self.mark} {self.width}×{self.height}"


@dataclass(frozen=True)
class Brand:
    """What was chosen; "" and None where nothing was."""

    heading: str
    contact: str
    logo: Logo | None


def parse_logo(kept: str) -> Logo | None:
    """What `str` of a logo says; None for nothing."""
    if not kept:
        return None
    mark, _, size = kept.partition(" ")
    width, height = map(int, size.split("×"))
    return Logo(mark, width, height)
