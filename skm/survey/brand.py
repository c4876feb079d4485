"""How an installation presents itself (tampilan): a heading, where to turn with questions, a logo."""

import json
from dataclasses import asdict, dataclass
from functools import lru_cache


@dataclass(frozen=True)
class Logo:
    """A stored picture. `version` changes with it, so that browsers may cache it for good."""

    version: str
    width: int  # pixels
    height: int

    def width_at(self, height: int) -> int:
        """How wide it stands at a height, so that a page keeps room for it."""
        return max(1, round(self.width * height / self.height))


@dataclass(frozen=True)
class Brand:
    """What was chosen; "" and None where nothing was."""

    heading: str = ""
    contact: str = ""
    logo: Logo | None = None


def write_brand(brand: Brand) -> str:
    """The brand as text for the store."""
    return json.dumps(asdict(brand), ensure_ascii=False)


@lru_cache(8)  # every page asks
def read_brand(stored: str) -> Brand:
    """The reverse of `write_brand`; "" is a brand without anything chosen."""
    chosen = json.loads(stored or "{}")
    if not (logo := chosen.get("logo")):
        return Brand(**chosen)
    version = logo.get("version") or logo["mark"]  # older versions stored it as `mark`
    return Brand(**chosen | {"logo": Logo(version, logo["width"], logo["height"])})
