"""What citizens are told: periods whose figures were published, and what units changed because of earlier answers.

Closing a period freezes its figures; publishing is a deed of its own, and the last deed on a period counts
(docs/decisions/0014-publication.md). A follow-up is noted once it is done, and published by a deed of its own.
"""

STATEMENTS = """
CREATE TABLE publications (
    number INTEGER PRIMARY KEY,
    period_id TEXT NOT NULL REFERENCES periods (id),
    kind TEXT NOT NULL CHECK (kind IN ('published', 'withdrawn')),
    revision INTEGER NOT NULL CHECK (revision >= 1),
    at TEXT NOT NULL,
    officer_id TEXT REFERENCES officers (id),
    officer_name TEXT NOT NULL,
    reason TEXT NOT NULL CHECK (kind = 'published' OR reason <> '')
);
CREATE INDEX publications_of_period ON publications (period_id, number);

CREATE TRIGGER publications_are_never_changed BEFORE UPDATE ON publications
BEGIN SELECT RAISE(ABORT, 'publications are append-only'); END;
CREATE TRIGGER publications_are_never_deleted BEFORE DELETE ON publications
BEGIN SELECT RAISE(ABORT, 'publications are append-only'); END;

CREATE TABLE follow_ups (
    id TEXT PRIMARY KEY,
    unit_id TEXT NOT NULL REFERENCES organisations (id),
    element TEXT NOT NULL,
    sentence TEXT NOT NULL CHECK (sentence <> ''),
    done TEXT NOT NULL,
    created TEXT NOT NULL,
    published TEXT,
    withdrawn TEXT
);
CREATE INDEX follow_ups_of_unit ON follow_ups (unit_id, id);
CREATE INDEX follow_ups_told ON follow_ups (unit_id, done, id) WHERE published IS NOT NULL AND withdrawn IS NULL;

CREATE TRIGGER follow_ups_are_never_deleted BEFORE DELETE ON follow_ups
BEGIN SELECT RAISE(ABORT, 'a follow-up is withdrawn, never deleted'); END;
"""
