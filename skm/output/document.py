"""The one shape of everything handed out."""

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class Document:
    """A file for a person: its name, its media type and its bytes, whole or as a stream."""

    name: str
    media_type: str
    content: bytes | Iterator[bytes]
