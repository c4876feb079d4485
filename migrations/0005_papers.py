"""Answers on paper: a batch of sheets is keyed, a second person checks a sample, and only then do they become answers.

Until then a sheet is a draft in a table of its own, so that nothing that counts answers has to know of drafts. Once
the batch is counted it is as fixed as the answers: docs/decisions/0013-papers.md.
"""

STATEMENTS = """
CREATE TABLE paper_batches (
    id TEXT PRIMARY KEY,
    unit_id TEXT NOT NULL REFERENCES organisations (id),
    number INTEGER NOT NULL,
    counter_id TEXT NOT NULL REFERENCES counters (id),
    service_id TEXT NOT NULL REFERENCES services (id),
    instrument_id TEXT NOT NULL REFERENCES instruments (id),
    survey_date TEXT NOT NULL,
    local_hour INTEGER NOT NULL CHECK (local_hour BETWEEN 0 AND 23),
    language TEXT NOT NULL,
    stack INTEGER NOT NULL CHECK (stack >= 1),
    opened TEXT NOT NULL,
    officer_id TEXT REFERENCES officers (id),
    officer_name TEXT NOT NULL,
    keyed TEXT,
    counted TEXT,
    discarded TEXT,
    why TEXT NOT NULL DEFAULT '',
    UNIQUE (unit_id, number)
);

CREATE TABLE paper_sheets (
    id TEXT PRIMARY KEY,
    batch_id TEXT NOT NULL REFERENCES paper_batches (id),
    number INTEGER NOT NULL,
    officer_id TEXT REFERENCES officers (id),
    officer_name TEXT NOT NULL,
    saved TEXT NOT NULL,
    scores TEXT NOT NULL,
    profile TEXT NOT NULL,
    comment TEXT NOT NULL,
    drawn INTEGER NOT NULL DEFAULT 0,
    removed TEXT
);
CREATE UNIQUE INDEX one_sheet_a_number ON paper_sheets (batch_id, number) WHERE removed IS NULL;

CREATE TABLE paper_keyers (
    batch_id TEXT NOT NULL REFERENCES paper_batches (id),
    officer_id TEXT NOT NULL REFERENCES officers (id),
    officer_name TEXT NOT NULL,
    PRIMARY KEY (batch_id, officer_id)
);

CREATE TABLE paper_checks (
    sheet_id TEXT PRIMARY KEY REFERENCES paper_sheets (id),
    batch_id TEXT NOT NULL REFERENCES paper_batches (id),
    officer_id TEXT REFERENCES officers (id),
    officer_name TEXT NOT NULL,
    at TEXT NOT NULL,
    fields INTEGER NOT NULL
);
CREATE INDEX checks_of_batch ON paper_checks (batch_id);

CREATE TABLE paper_differences (
    sheet_id TEXT NOT NULL REFERENCES paper_sheets (id),
    field TEXT NOT NULL,
    batch_id TEXT NOT NULL REFERENCES paper_batches (id),
    first TEXT NOT NULL,
    second TEXT NOT NULL,
    chosen TEXT CHECK (chosen IN (first, second)),
    officer_id TEXT REFERENCES officers (id),
    officer_name TEXT NOT NULL DEFAULT '',
    decided TEXT,
    PRIMARY KEY (sheet_id, field)
);
CREATE INDEX differences_of_batch ON paper_differences (batch_id);

CREATE TRIGGER batches_are_never_deleted BEFORE DELETE ON paper_batches
BEGIN SELECT RAISE(ABORT, 'a batch of papers is never deleted'); END;
CREATE TRIGGER sheets_are_never_deleted BEFORE DELETE ON paper_sheets
BEGIN SELECT RAISE(ABORT, 'a sheet is marked as removed, never deleted'); END;
CREATE TRIGGER counted_batches_are_never_changed BEFORE UPDATE ON paper_batches WHEN OLD.counted IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a counted batch is read-only'); END;
CREATE TRIGGER counted_sheets_are_never_changed BEFORE UPDATE ON paper_sheets
WHEN (SELECT counted FROM paper_batches WHERE id = OLD.batch_id) IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a counted batch is read-only'); END;
CREATE TRIGGER counted_batches_get_no_sheets BEFORE INSERT ON paper_sheets
WHEN (SELECT counted FROM paper_batches WHERE id = NEW.batch_id) IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a counted batch is read-only'); END;
CREATE TRIGGER differences_of_counted_batches_stay BEFORE DELETE ON paper_differences
WHEN (SELECT counted FROM paper_batches WHERE id = OLD.batch_id) IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a counted batch is read-only'); END;
"""
