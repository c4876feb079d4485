"""Answers get a number, and what a person may ask to erase stands apart from them: `responses` is rebuilt once.

`number` is the order in which answers were committed. It takes over from the rowid of SQLite, with the same values, so
that snapshots made before still name the answers that they counted. Comments and profiles have tables of their own; a
profile, JSON until now, is a string with a place for each field of the questionnaire. Room is made for what comes
later: how an answer was sent (the columns after `flags`), the channel `online`, and where an organisation stood on
which day (`placements`). Costs and reasons: docs/decisions/0016-one-migration-of-responses.md.
"""

import json
import tomllib
from collections.abc import Iterator

FREE_DISK = 2.2  # times the size of the database: `python -m bench migrate`
KEYS = "123456789abcdefghijklmnopqrstuvwxyz"
DIGITS = 3

TABLES = """
CREATE TABLE numbered_responses (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL,
    unit_id TEXT NOT NULL REFERENCES organisations (id),
    counter_id TEXT NOT NULL REFERENCES counters (id),
    service_id TEXT NOT NULL REFERENCES services (id),
    period_id TEXT NOT NULL REFERENCES periods (id),
    instrument_id TEXT NOT NULL REFERENCES instruments (id),
    received TEXT NOT NULL,
    local_date TEXT NOT NULL,
    local_hour INTEGER NOT NULL CHECK (local_hour BETWEEN 0 AND 23),
    local_month TEXT NOT NULL CHECK (local_month = substr(local_date, 1, 7)),
    channel TEXT NOT NULL CHECK (channel IN ('qr', 'kiosk', 'ticket', 'paper', 'online', 'import')),
    language TEXT NOT NULL,
    scores TEXT NOT NULL,
    receipt TEXT NOT NULL,
    flags TEXT NOT NULL,
    seconds INTEGER CHECK (seconds BETWEEN 0 AND 3600 AND seconds % 5 = 0),
    form_number INTEGER CHECK (form_number >= 1),
    form_turn INTEGER CHECK (form_turn >= 1),
    same_origin INTEGER CHECK (same_origin IN (1, 2, 3, 6)),
    same_site INTEGER CHECK (same_site IN (0, 1)),
    presence TEXT CHECK (presence <> ''),
    token_revoked INTEGER CHECK (token_revoked IN (0, 1)),
    clock_offset INTEGER CHECK (clock_offset BETWEEN -2678400 AND 2678400)
);
INSERT INTO numbered_responses (number, id, unit_id, counter_id, service_id, period_id, instrument_id, received,
    local_date, local_hour, local_month, channel, language, scores, receipt, flags)
SELECT rowid, id, unit_id, counter_id, service_id, period_id, instrument_id, received,
    local_date, local_hour, local_month, channel, language, scores, receipt, flags
FROM responses ORDER BY rowid;

CREATE TABLE profiles (
    number INTEGER PRIMARY KEY REFERENCES numbered_responses (number),
    profile TEXT NOT NULL CHECK (profile <> '')
);
CREATE TABLE comments (
    number INTEGER PRIMARY KEY REFERENCES numbered_responses (number),
    comment TEXT NOT NULL CHECK (comment <> '')
);
INSERT INTO comments (number, comment) SELECT rowid, comment FROM responses WHERE comment <> '' ORDER BY rowid;

DROP TRIGGER counted_sheets_are_never_changed;
"""

ANSWERS = """
CREATE TEMPORARY TABLE former_events AS SELECT * FROM response_events;
DROP TABLE response_events;
DROP VIEW answers;
DROP TABLE responses;
ALTER TABLE numbered_responses RENAME TO responses;

CREATE UNIQUE INDEX response_by_id ON responses (id);
CREATE UNIQUE INDEX response_by_receipt ON responses (receipt);
CREATE INDEX scores_by_unit_month ON responses
    (unit_id, local_month, instrument_id, service_id, number, scores, counter_id, local_date, local_hour, channel);

CREATE TRIGGER responses_are_never_changed BEFORE UPDATE ON responses
BEGIN SELECT RAISE(ABORT, 'responses are append-only'); END;
CREATE TRIGGER responses_are_never_deleted BEFORE DELETE ON responses
BEGIN SELECT RAISE(ABORT, 'responses are append-only'); END;
CREATE TRIGGER profiles_are_never_changed BEFORE UPDATE ON profiles
BEGIN SELECT RAISE(ABORT, 'a profile can only be erased'); END;
CREATE TRIGGER comments_are_never_changed BEFORE UPDATE ON comments
BEGIN SELECT RAISE(ABORT, 'a comment can only be erased'); END;

CREATE VIEW answers AS
SELECT r.id AS response_id, r.unit_id, r.local_date, i.item, i.element,
       CAST(substr(r.scores, i.position + 1, 1) AS INTEGER) AS score
FROM responses AS r JOIN instrument_items AS i ON i.instrument_id = r.instrument_id
WHERE substr(r.scores, i.position + 1, 1) <> '-';

CREATE TABLE response_events (
    number INTEGER PRIMARY KEY,
    response_id TEXT NOT NULL REFERENCES responses (id),
    state TEXT NOT NULL CHECK (state IN ('held', 'released', 'excluded')),
    at TEXT NOT NULL,
    officer_id TEXT REFERENCES officers (id),
    officer_name TEXT NOT NULL,
    why TEXT NOT NULL CHECK (why <> '')
);
INSERT INTO response_events SELECT * FROM former_events ORDER BY number;
DROP TABLE former_events;
CREATE INDEX events_of_response ON response_events (response_id, number);

CREATE TRIGGER response_events_are_never_changed BEFORE UPDATE ON response_events
BEGIN SELECT RAISE(ABORT, 'the state of an answer is append-only'); END;
CREATE TRIGGER response_events_are_never_deleted BEFORE DELETE ON response_events
BEGIN SELECT RAISE(ABORT, 'the state of an answer is append-only'); END;

CREATE TRIGGER counted_sheets_are_never_changed BEFORE UPDATE ON paper_sheets
WHEN (SELECT counted FROM paper_batches WHERE id = OLD.batch_id) IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a counted batch is read-only'); END;
ALTER TABLE paper_keyers ADD COLUMN number INTEGER NOT NULL DEFAULT 0;
UPDATE paper_keyers SET number = rowid;
ALTER TABLE paper_differences ADD COLUMN number INTEGER NOT NULL DEFAULT 0;
UPDATE paper_differences SET number = rowid;

CREATE TABLE placements (
    organisation_id TEXT NOT NULL REFERENCES organisations (id),
    parent_id TEXT REFERENCES organisations (id),
    path TEXT NOT NULL,
    since TEXT NOT NULL,
    until TEXT NOT NULL,
    PRIMARY KEY (organisation_id, since),
    CHECK (since <= until)
);
CREATE INDEX placements_by_path ON placements (path, since);
INSERT INTO placements SELECT id, parent_id, path, '0001-01-01', '9999-12-31' FROM organisations;
"""


def pack_profiles(db) -> None:
    """Turns every profile from JSON into its string; one that its questionnaire cannot have stops the migration."""
    fields = {key: _fields(source) for key, source in db.execute("SELECT id, source FROM instruments")}
    packed: dict[tuple[str, str], str] = {}

    def pack(instrument: str, profile: str) -> str:
        if (instrument, profile) not in packed:
            packed[instrument, profile] = _packed(fields[instrument], json.loads(profile or "{}"))
        return packed[instrument, profile]

    def of_answers() -> Iterator[tuple[int, str]]:
        sql = "SELECT rowid, instrument_id, profile FROM responses WHERE profile <> '{}' ORDER BY rowid"
        for number, instrument, profile in db.execute(sql):
            if text := pack(instrument, profile):
                yield number, text

    db.conn.executemany("INSERT INTO profiles (number, profile) VALUES (?, ?)", of_answers())
    sql = "SELECT s.id, b.instrument_id, s.profile FROM paper_sheets AS s JOIN paper_batches AS b ON b.id = s.batch_id"
    sheets = [(pack(instrument, profile), key) for key, instrument, profile in db.execute(sql).fetchall()]
    db.conn.executemany("UPDATE paper_sheets SET profile = ? WHERE id = ?", sheets)


STATEMENTS = (TABLES, pack_profiles, ANSWERS)


def _fields(source: str) -> dict[str, tuple[str, ...]]:
    """Code -> the codes of its choices, none for a number; in the order of the questionnaire."""
    known = tomllib.loads(source).get("profile", [])
    return {field["code"]: tuple(choice["code"] for choice in field.get("choices", ())) for field in known}


def _packed(fields: dict[str, tuple[str, ...]], profile: dict[str, str | int | None]) -> str:
    if unknown := profile.keys() - fields.keys():
        raise ValueError(f"no profile field {', '.join(sorted(unknown))}")
    text = "".join(_stored(code, choices, profile.get(code)) for code, choices in fields.items())
    return text if text.strip("-") else ""


def _stored(code: str, choices: tuple[str, ...], value: str | int | None) -> str:
    narrow = 0 < len(choices) <= len(KEYS)
    if value is None or value == "":
        return "-" if narrow else "-" * DIGITS
    if choices and value in choices:
        return KEYS[choices.index(value)] if narrow else f"{choices.index(value) + 1:0{DIGITS}}"
    if not choices and 0 <= int(value) < 10**DIGITS:
        return f"{int(value):0{DIGITS}}"
    raise ValueError(f"{code} has no {value!r}")
