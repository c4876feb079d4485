"""Figures that can be defended: fields, visitors of a period, the state of an answer, and snapshots of closed periods.

An answer is never edited: what is held back, released or excluded is an event beside it, and the last event is its
state. A snapshot names the last answer and the last event it knew (`last_response`, `last_event`), so that it can be
computed again whatever has arrived since: docs/decisions/0009-closing-a-period.md.
"""

STATEMENTS = """
ALTER TABLE organisations ADD COLUMN field TEXT NOT NULL DEFAULT '';

CREATE TABLE targets (
    period_id TEXT NOT NULL REFERENCES periods (id),
    service_id TEXT NOT NULL REFERENCES services (id),
    visitors INTEGER NOT NULL CHECK (visitors >= 0),
    PRIMARY KEY (period_id, service_id)
);

CREATE TABLE response_events (
    number INTEGER PRIMARY KEY,
    response_id TEXT NOT NULL REFERENCES responses (id),
    state TEXT NOT NULL CHECK (state IN ('held', 'released', 'excluded')),
    at TEXT NOT NULL,
    officer_id TEXT REFERENCES officers (id),
    officer_name TEXT NOT NULL,
    why TEXT NOT NULL CHECK (why <> '')
);
CREATE INDEX events_of_response ON response_events (response_id, number);

CREATE TRIGGER response_events_are_never_changed BEFORE UPDATE ON response_events
BEGIN SELECT RAISE(ABORT, 'the state of an answer is append-only'); END;
CREATE TRIGGER response_events_are_never_deleted BEFORE DELETE ON response_events
BEGIN SELECT RAISE(ABORT, 'the state of an answer is append-only'); END;

CREATE TABLE snapshots (
    id TEXT PRIMARY KEY,
    period_id TEXT NOT NULL REFERENCES periods (id),
    organisation_id TEXT NOT NULL REFERENCES organisations (id),
    revision INTEGER NOT NULL CHECK (revision >= 1),
    made TEXT NOT NULL,
    officer_id TEXT REFERENCES officers (id),
    officer_name TEXT NOT NULL,
    reason TEXT NOT NULL,
    last_response INTEGER NOT NULL,
    last_event INTEGER NOT NULL,
    content TEXT NOT NULL,
    digest TEXT NOT NULL,
    UNIQUE (period_id, organisation_id, revision)
);
CREATE INDEX snapshots_of_organisation ON snapshots (organisation_id, period_id, revision);

CREATE TRIGGER snapshots_are_never_changed BEFORE UPDATE ON snapshots
BEGIN SELECT RAISE(ABORT, 'a snapshot is frozen; a change is a new revision'); END;
CREATE TRIGGER snapshots_are_never_deleted BEFORE DELETE ON snapshots
BEGIN SELECT RAISE(ABORT, 'a snapshot is frozen; a change is a new revision'); END;
"""
