"""One file that holds a whole installation: a ZIP of its parts, and a manifest with the size and SHA-256 of each."""

import hashlib
import json
import os
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, BinaryIO

FORMAT = 1
MANIFEST = "manifest.json"
_PART = re.compile(r"skm\.sqlite|skm\.toml|secret\.key|files/[0-9a-f]{2}/[0-9a-f]{64}")
_BLOCK = 1 << 20

Said = Mapping[str, Any]


class DamagedBackup(Exception):
    """A file is no backup, or not the one that was written; the message says why, in Indonesian."""


def write(file: Path, parts: Mapping[str, Path], said: Said) -> None:
    """Writes the parts with what is `said` of them; the file has its name once it was read back and found whole.

    Raises OSError where it cannot be written, DamagedBackup where it reads otherwise than it was written.
    """
    sums = {name: {"size": path.stat().st_size, "sha256": _sum(path)} for name, path in parts.items()}
    draft = file.with_name(f".{file.name}.{os.getpid()}")
    try:
        draft.touch(mode=0o600)
        with zipfile.ZipFile(draft, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, path in parts.items():
                archive.write(path, name)
            manifest = {"format": FORMAT, **said, "parts": sums}
            archive.writestr(MANIFEST, json.dumps(manifest, indent=1, ensure_ascii=False, sort_keys=True))
        with zipfile.ZipFile(draft) as archive:
            for name in parts:
                for _ in _blocks(archive, name, sums[name]):
                    pass
        with draft.open("rb") as written:
            os.fsync(written.fileno())
        draft.replace(file)
    finally:
        draft.unlink(missing_ok=True)


def unpack(file: Path, folder: Path) -> Said:
    """Writes the parts into a folder, and returns what was said of them.

    Raises DamagedBackup, and OSError where the file cannot be read or the folder not be written.
    """
    try:
        with zipfile.ZipFile(file) as archive:
            said = _manifest(archive)
            parts: Mapping[str, Mapping[str, Any]] = said["parts"]
            if {*archive.namelist()} != {MANIFEST, *parts} or not all(map(_PART.fullmatch, parts)):
                raise DamagedBackup("isinya tidak seperti yang tertulis dalam daftarnya")
            for name, expected in parts.items():
                with _new(folder / name) as copy:
                    copy.writelines(_blocks(archive, name, expected))
    except (zipfile.BadZipFile, zipfile.LargeZipFile, EOFError, NotImplementedError, zlib.error) as error:
        raise DamagedBackup("ini bukan berkas cadangan, atau tidak utuh") from error
    return said


def _manifest(archive: zipfile.ZipFile) -> Said:
    try:
        said: Said = json.loads(archive.read(MANIFEST))
        if said["format"] > FORMAT:
            raise DamagedBackup("dibuat oleh versi SKM yang lebih baru")
        if not isinstance(said["parts"], dict):
            raise TypeError
    except (KeyError, TypeError, ValueError) as error:
        raise DamagedBackup("di dalamnya tidak ada daftar isi yang terbaca") from error
    return said


def _blocks(archive: zipfile.ZipFile, name: str, expected: Mapping[str, Any]) -> Iterator[bytes]:
    """A part, piece by piece; raises DamagedBackup at its end where it is not what was said of it."""
    if archive.getinfo(name).file_size != expected.get("size"):
        raise DamagedBackup(f"ukuran {name} tidak cocok")
    found = hashlib.sha256()
    with archive.open(name) as part:
        while block := part.read(_BLOCK):
            found.update(block)
            yield block
    if found.hexdigest() != expected.get("sha256"):
        raise DamagedBackup(f"isi {name} tidak cocok dengan sidiknya")


def _new(path: Path) -> BinaryIO:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")


def _sum(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
