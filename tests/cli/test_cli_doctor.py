"""`skm doctor` names what is not in order, each trouble by its part, with what to do."""

import os
import re
import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from skm.store import installation
from skm.store.database import Database, writing
from skm.usecases.upkeep import doctor, probes
from skm.wording import examination
from tests.cli.machine import Machine
from tests.officers import an_officer
from tests.ports import reserved_port
from tests.server import serving

SOUND = 'address = "https://skm.example.go.id"\nproxies = 1\n'


@pytest.fixture
def sound(here, db, city, monkeypatch) -> Machine:
    """An installation in which nothing is wrong, and that answers on the web."""
    monkeypatch.setattr(probes, "find_web_fault", lambda _: "")
    (here.folder / "skm.toml").write_text(SOUND)
    here.folder.chmod(0o700)
    for name in ("secret.key", "skm.toml", "skm.sqlite", "skm.sqlite-wal"):
        (here.folder / name).chmod(0o600)
    an_officer(db, "admin", city.government)
    here.run("backup", "--output", here.folder / "backups")
    return here


def test_a_sound_installation_is_sound(sound):
    words = sound.run("doctor")
    assert "Semuanya baik." in words
    assert "!" not in words


Plant = Callable[[Machine, Database, pytest.MonkeyPatch], object]


def changed(sql: str) -> Plant:
    def plant(_: Machine, db: Database, __: pytest.MonkeyPatch) -> None:
        with writing(db):
            db.execute("DROP TRIGGER IF EXISTS responses_are_never_changed")
            db.execute(sql)

    return plant


def written(name: str, text: str) -> Plant:
    return lambda here, *_: (here.folder / name).write_text(text)


def a_reference_to_nothing(here: Machine, *_: object) -> None:
    other = sqlite3.connect(here.folder / "skm.sqlite")
    other.execute("INSERT INTO profiles VALUES (99, 'x')")
    other.commit()
    other.close()


TROUBLES: dict[str, tuple[Plant, str]] = {
    "readable by others": (lambda here, *_: (here.folder / "secret.key").chmod(0o644), "secret.key"),
    "of another owner": (lambda here, *_: os.chown(here.folder / "skm.sqlite", 65_534, 65_534), "pemilik"),
    "full disk": (lambda _, __, patch: patch.setattr(doctor, "LEAST_FREE", 10**18), "Kosongkan cakram"),
    "large WAL": (lambda _, __, patch: patch.setattr(doctor, "LARGEST_WAL", -1), "tidak dipindahkan"),
    "clock behind": (changed("UPDATE responses SET received = '2099-01-01T00:00:00+00:00'"), "lebih awal"),
    "guessable secret": (written("secret.key", "rahasia" * 6), "mudah ditebak"),
    "address of this machine": (
        written("skm.toml", 'address = "http://127.0.0.1:8000"'),
        "hanya berlaku di mesin ini",
    ),
    "address without https": (written("skm.toml", 'address = "http://skm.example.go.id"'), "tanpa https"),
    "no proxy": (written("skm.toml", 'address = "https://skm.example.go.id"'), "proxies = 0"),
    "open pages": (written("skm.toml", f"{SOUND}open_pages = true"), "tanpa kata sandi"),
    "mail": (written("skm.toml", f'{SOUND}smtp = "smtp://127.0.0.1:1"'), "server surel tidak menerima"),
    "silent service": (
        lambda _, __, patch: patch.setattr(probes, "find_web_fault", lambda _: "tersesat"),
        "tidak menjawab di https://skm.example.go.id: tersesat",
    ),
    "older database": (changed("DELETE FROM _sqlite_migrations WHERE name LIKE '0012%'"), "skm migrate"),
    "newer database": (
        changed(
            "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('skm', '9999_x', '')"
        ),
        "versi SKM yang lebih baru (9999_x)",
    ),
    "stray reference": (a_reference_to_nothing, "rusak: profiles → responses"),
    "damaged file": (lambda here, *_: _spoil(here), "rusak"),
    "no database": (lambda here, *_: (here.folder / "skm.sqlite").unlink(), "belum ada basis data"),
    "no file of a database": (lambda here, *_: _no_database(here), "tidak dapat dibuka"),
    "no admin": (changed("UPDATE officers SET closed = '2026-01-01'"), "belum ada admin"),
    "no backup": (changed("DELETE FROM facts WHERE name = 'last_backup'"), "belum pernah dibuat"),
    "old backup": (
        lambda _, db, __: installation.change(db, "last_backup", "2026-01-01T00:00:00+00:00"),
        "terakhir 1 Januari 2026",
    ),
}


def _spoil(here: Machine) -> None:
    file = here.folder / "skm.sqlite"
    here.rows("PRAGMA wal_checkpoint(TRUNCATE)")
    content = bytearray(file.read_bytes())
    content[20_000:40_000] = bytes(20_000)
    file.write_bytes(content)


def _no_database(here: Machine) -> None:
    (here.folder / "skm.sqlite-wal").unlink()
    (here.folder / "skm.sqlite").write_bytes(b"no database at all" * 300)


@pytest.mark.parametrize("name", TROUBLES)
def test_a_planted_trouble_is_named_with_what_to_do(sound, db, monkeypatch, name):
    plant, words = TROUBLES[name]
    plant(sound, db, monkeypatch)
    said = sound.run("doctor", status=1).splitlines()
    named = [at for at, line in enumerate(said) if line.startswith("!")]
    assert words in " ".join(said)
    assert named
    assert all(said[at + 1].startswith("    ") for at in named)
    assert said[-1] == f"{len(named)} hal perlu dibetulkan."


def test_the_web_is_really_asked(tmp_path, db, city):
    with serving(tmp_path / "skm.sqlite", tmp_path / "log", workers=1) as address:
        assert probes.find_web_fault(address) == ""
    with reserved_port() as port:
        assert "refused" in probes.find_web_fault(f"http://127.0.0.1:{port}")


def test_another_service_at_the_address_is_no_answer_of_ours(here):
    """A web server of Python answers for whatever else may stand there."""
    served = partial(SimpleHTTPRequestHandler, directory=here.folder)
    (here.folder / "healthz").write_text("halo")
    with ThreadingHTTPServer(("127.0.0.1", 0), served) as server:
        Thread(target=server.serve_forever).start()
        fault = probes.find_web_fault(f"http://127.0.0.1:{server.server_port}")
        server.shutdown()
    assert fault == "yang menjawab bukan SKM"


def test_everything_that_can_be_found_has_its_words():
    written = set(re.findall(r'"(\w+_\w+)"', Path(doctor.__file__).read_text("utf-8")))
    assert examination.WORDS.keys() == {
        key for key in written if key.split("_")[0] in {*examination.PARTS, "admin"}
    }


def test_what_is_found_is_said_with_what_to_do():
    moment = datetime(2026, 1, 1, tzinfo=UTC)
    details = {
        "at": moment,
        "names": ["a"],
        "paths": ["b"],
        "why": "c",
        "free": 1,
        "needed": 2,
        "size": 3,
        "path": "d",
    }
    details |= {"answers": 4, "address": "e", "owner": "f", "faults": ["g"]}
    for key in examination.WORDS:
        told, to_do = examination.finding(key, details)
        assert told
        assert bool(to_do) != (key.endswith("_sound") or key == "mail_none")
