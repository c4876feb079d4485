"""The organisation tree, counters with their QR tokens, instruments, periods and the append-only answers.

Why so: DESIGN of the store in docs/decisions/0002-one-string-of-scores.md.
"""

STATEMENTS = """
CREATE TABLE organisations (
    id TEXT PRIMARY KEY,
    parent_id TEXT REFERENCES organisations (id),
    path TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL CHECK (kind IN ('government', 'agency', 'unit')),
    slug TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    address TEXT NOT NULL DEFAULT '',
    phone TEXT NOT NULL DEFAULT '',
    time_zone TEXT NOT NULL
);

CREATE TABLE services (
    id TEXT PRIMARY KEY,
    unit_id TEXT NOT NULL REFERENCES organisations (id),
    name TEXT NOT NULL,
    channel TEXT NOT NULL CHECK (channel IN ('face_to_face', 'online', 'hybrid')),
    free_of_charge INTEGER NOT NULL CHECK (free_of_charge IN (0, 1)),
    yearly_visitors INTEGER CHECK (yearly_visitors > 0)
);
CREATE INDEX services_of_unit ON services (unit_id);

CREATE TABLE counters (
    id TEXT PRIMARY KEY,
    unit_id TEXT NOT NULL REFERENCES organisations (id),
    name TEXT NOT NULL
);
CREATE INDEX counters_of_unit ON counters (unit_id);

CREATE TABLE counter_services (
    counter_id TEXT NOT NULL REFERENCES counters (id),
    service_id TEXT NOT NULL REFERENCES services (id),
    PRIMARY KEY (counter_id, service_id)
);

CREATE TABLE tokens (
    token TEXT PRIMARY KEY,
    counter_id TEXT NOT NULL REFERENCES counters (id),
    issued TEXT NOT NULL,
    revoked TEXT
);
CREATE UNIQUE INDEX one_live_token ON tokens (counter_id) WHERE revoked IS NULL;

CREATE TABLE instruments (
    id TEXT PRIMARY KEY,
    code TEXT NOT NULL,
    family TEXT NOT NULL,
    version INTEGER NOT NULL,
    source TEXT NOT NULL,
    UNIQUE (code, version)
);

CREATE TABLE instrument_items (
    instrument_id TEXT NOT NULL REFERENCES instruments (id),
    position INTEGER NOT NULL,
    item TEXT NOT NULL,
    element TEXT NOT NULL,
    PRIMARY KEY (instrument_id, position)
);

CREATE TABLE periods (
    id TEXT PRIMARY KEY,
    organisation_id TEXT NOT NULL REFERENCES organisations (id),
    name TEXT NOT NULL,
    opens TEXT NOT NULL,
    closes TEXT NOT NULL,
    instrument_id TEXT NOT NULL REFERENCES instruments (id),
    weights TEXT NOT NULL,
    aggregation TEXT NOT NULL CHECK (aggregation IN ('pooled', 'mean_of_units')),
    CHECK (opens <= closes)
);
CREATE INDEX periods_of_organisation ON periods (organisation_id, opens);

CREATE TABLE responses (
    id TEXT PRIMARY KEY,
    unit_id TEXT NOT NULL REFERENCES organisations (id),
    counter_id TEXT NOT NULL REFERENCES counters (id),
    service_id TEXT NOT NULL REFERENCES services (id),
    period_id TEXT NOT NULL REFERENCES periods (id),
    instrument_id TEXT NOT NULL REFERENCES instruments (id),
    received TEXT NOT NULL,
    local_date TEXT NOT NULL,
    local_hour INTEGER NOT NULL CHECK (local_hour BETWEEN 0 AND 23),
    local_month TEXT NOT NULL CHECK (local_month = substr(local_date, 1, 7)),
    channel TEXT NOT NULL CHECK (channel IN ('qr', 'kiosk', 'ticket', 'paper', 'import')),
    language TEXT NOT NULL,
    scores TEXT NOT NULL,
    profile TEXT NOT NULL,
    comment TEXT NOT NULL,
    receipt TEXT NOT NULL UNIQUE,
    flags TEXT NOT NULL
);
CREATE INDEX scores_by_unit_month ON responses (unit_id, local_month, instrument_id, service_id, scores);

CREATE TRIGGER responses_are_never_changed BEFORE UPDATE ON responses
BEGIN SELECT RAISE(ABORT, 'responses are append-only'); END;
CREATE TRIGGER responses_are_never_deleted BEFORE DELETE ON responses
BEGIN SELECT RAISE(ABORT, 'responses are append-only'); END;
CREATE TRIGGER instruments_are_never_changed BEFORE UPDATE ON instruments
BEGIN SELECT RAISE(ABORT, 'an instrument is frozen; a change is a new version'); END;

CREATE VIEW answers AS
SELECT r.id AS response_id, r.unit_id, r.local_date, i.item, i.element,
       CAST(substr(r.scores, i.position + 1, 1) AS INTEGER) AS score
FROM responses AS r JOIN instrument_items AS i ON i.instrument_id = r.instrument_id
WHERE substr(r.scores, i.position + 1, 1) <> '-';

CREATE TABLE facts (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
);
"""
