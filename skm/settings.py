"""What may differ between two installations. Read once, frozen; a wrong value stops the start and shows a right one.

A value is taken from the environment (`SKM_ADDRESS`), else from `instance/skm.toml` (`address`), else its default.
"""

import os
import secrets
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, urlsplit

ROOT = Path(__file__).resolve().parent.parent
INSTANCE = ROOT / "instance"


class SettingsError(Exception):
    """A setting is unknown or wrong; the message names it and shows a right one."""


@dataclass(frozen=True)
class Settings:
    """The settings of one installation; their meaning stands in the README's table."""

    database: Path = INSTANCE / "skm.sqlite"
    address: str = "http://127.0.0.1:8000"
    open_pages: bool = False
    proxies: int = 0
    secret_key: str = ""
    smtp: str = ""


def read_settings(environ: Mapping[str, str] = os.environ, instance: Path = INSTANCE) -> Settings:
    """The settings of this installation; raises SettingsError."""
    given: dict[str, object] = _from_file(instance / "skm.toml")
    names = {field.name for field in fields(Settings)}
    given |= {name: environ[f"SKM_{name.upper()}"] for name in names if f"SKM_{name.upper()}" in environ}
    if unknown := sorted(given.keys() - names):
        raise SettingsError(
            f"unknown setting {unknown[0]!r} in skm.toml; known are {', '.join(sorted(names))}"
        )
    checked: dict[str, Any] = {name: _CHECKS[name](value) for name, value in given.items()}
    secret = checked.pop("secret_key", None) or _secret_of(instance)
    return replace(Settings(database=instance / "skm.sqlite", secret_key=str(secret)), **checked)


def _from_file(path: Path) -> dict[str, object]:
    try:
        return tomllib.loads(path.read_text("utf-8")) if path.exists() else {}
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"{path.name}: {error}") from error


def _path(value: object) -> Path:
    if not isinstance(value, str) or not value:
        raise SettingsError(
            f'database = {value!r} is not a path; for example database = "/srv/skm/skm.sqlite"'
        )
    return (INSTANCE / value).resolve()


def _address(value: object) -> str:
    parts = urlsplit(str(value))
    if parts.scheme not in ("http", "https") or not parts.netloc or parts.query or parts.fragment:
        raise SettingsError(
            f'address = {value!r} is not a web address; for example address = "https://skm.denpasarkota.go.id"'
        )
    if parts.path.strip("/"):
        raise SettingsError(
            f"address = {value!r} has a path, {parts.path}, under which no page would be found; give the survey a name "
            f'of its own, for example address = "{parts.scheme}://{parts.netloc}"'
        )
    return str(value).rstrip("/")


def _flag(value: object) -> bool:
    if str(value).lower() not in ("true", "false"):
        raise SettingsError(
            f"open_pages = {value!r} is neither true nor false; for example open_pages = false"
        )
    return str(value).lower() == "true"


def _proxies(value: object) -> int:
    if str(value) not in "012345" or not str(value):
        raise SettingsError(f"proxies = {value!r} is not a number from 0 to 5; for example proxies = 1")
    return int(str(value))


def _smtp(value: object) -> str:
    parts = urlsplit(str(value))
    if value and (parts.scheme not in ("smtp", "smtps") or not parts.hostname or not _has_a_port(parts)):
        raise SettingsError(
            f'smtp = {value!r} is not a mail server; for example smtp = "smtp://127.0.0.1:25"'
        )
    return str(value)


def _has_a_port(parts: SplitResult) -> bool:
    """Whether the port is one; none means the usual one."""
    try:
        return parts.port != 0
    except ValueError:
        return False


def _secret(value: object) -> str:
    if len(str(value)) < 32:
        raise SettingsError("secret_key is shorter than 32 signs; leave it out and one is made for you")
    return str(value)


_CHECKS = {
    "database": _path,
    "address": _address,
    "open_pages": _flag,
    "proxies": _proxies,
    "secret_key": _secret,
    "smtp": _smtp,
}


def _secret_of(instance: Path) -> str:
    """The installation's own secret, made at the first start; several workers may start at once."""
    path = instance / "secret.key"
    instance.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = instance / f".secret.{os.getpid()}.{secrets.token_hex(4)}"
    if not path.exists():
        draft.touch(mode=0o600)
        draft.write_text(secrets.token_urlsafe(48))
        try:
            os.link(draft, path)  # link refuses to replace: the first worker wins and all read the same key
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return path.read_text().strip()
