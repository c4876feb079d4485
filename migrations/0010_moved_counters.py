"""A counter moves to another unit: where it stood before, under which name, and until when.

Its answers have their unit in their own rows, so nothing that was counted changes. What is sent late, though, is of the
unit in which the counter stood when its form was opened.
"""

STATEMENTS = """
CREATE TABLE former_units (
    counter_id TEXT NOT NULL REFERENCES counters (id),
    unit_id TEXT NOT NULL REFERENCES organisations (id),
    name TEXT NOT NULL,
    until TEXT NOT NULL,
    PRIMARY KEY (counter_id, until)
);
CREATE INDEX former_units_by_unit ON former_units (unit_id);
"""
