"""A kiosk is a device that an officer has registered at a counter, by a code that works once and for minutes.

What is stored of a device is a digest of the secret in its browser. `seen` is coarse, so that nobody can lay it beside
the answers. Answers of a device that is not registered are taken and held from now on; the page of each unit names the
counters that are concerned.
"""

NOTICE = """\
Sejak versi ini, jawaban dari mode kios hanya langsung dihitung bila perangkatnya sudah didaftarkan petugas.
Jawaban dari perangkat yang belum terdaftar tetap diterima, tetapi ditahan sampai diputuskan. Halaman setiap
unit menyebut loket yang perlu didaftarkan; caranya ada di docs/petunjuk/kios.md."""

STATEMENTS = """
CREATE TABLE devices (
    id TEXT PRIMARY KEY,
    counter_id TEXT NOT NULL REFERENCES counters (id),
    name TEXT NOT NULL,
    digest TEXT NOT NULL UNIQUE,
    registered TEXT NOT NULL,
    registered_by TEXT NOT NULL,
    ended TEXT,
    ended_by TEXT NOT NULL DEFAULT '',
    seen TEXT NOT NULL,
    version TEXT NOT NULL DEFAULT '',
    waiting INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX devices_of_counter ON devices (counter_id);

CREATE TABLE device_codes (
    counter_id TEXT PRIMARY KEY REFERENCES counters (id),
    digest TEXT NOT NULL,
    name TEXT NOT NULL,
    until TEXT NOT NULL,
    officer_id TEXT REFERENCES officers (id),
    officer_name TEXT NOT NULL,
    officer_role TEXT NOT NULL
);
"""
