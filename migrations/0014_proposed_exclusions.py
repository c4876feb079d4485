"""Answers are excluded by two persons: what the first proposes is stored until the second agrees.

A proposal belongs to the decision that held the answer, `event`: any later decision on the answer ends it. So nothing
is ever changed here, and a proposal that was withdrawn is one more row.
"""

STATEMENTS = """
CREATE TABLE exclusion_proposals (
    number INTEGER PRIMARY KEY,
    response_id TEXT NOT NULL REFERENCES responses (id),
    event INTEGER NOT NULL REFERENCES response_events (number),
    state TEXT NOT NULL CHECK (state IN ('proposed', 'withdrawn')),
    at TEXT NOT NULL,
    officer_id TEXT REFERENCES officers (id),
    officer_name TEXT NOT NULL,
    why TEXT NOT NULL CHECK (why <> '')
);
CREATE INDEX proposals_of_response ON exclusion_proposals (response_id, number);

CREATE TRIGGER exclusion_proposals_are_never_changed BEFORE UPDATE ON exclusion_proposals
BEGIN SELECT RAISE(ABORT, 'a proposal is append-only'); END;
CREATE TRIGGER exclusion_proposals_are_never_deleted BEFORE DELETE ON exclusion_proposals
BEGIN SELECT RAISE(ABORT, 'a proposal is append-only'); END;
"""
