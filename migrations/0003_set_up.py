"""A city is set up by its own people: what is closed keeps its history, former names are kept, uploads wait a day.

`closed` is the moment (UTC) from which nothing is taken any more; what was answered before stays.
"""

STATEMENTS = """
ALTER TABLE organisations ADD COLUMN closed TEXT;
ALTER TABLE organisations ADD COLUMN merged_into TEXT REFERENCES organisations (id);
ALTER TABLE services ADD COLUMN closed TEXT;
ALTER TABLE counters ADD COLUMN closed TEXT;

CREATE TABLE organisation_names (
    id TEXT PRIMARY KEY,
    organisation_id TEXT NOT NULL REFERENCES organisations (id),
    name TEXT NOT NULL,
    until TEXT NOT NULL
);
CREATE INDEX names_of_organisation ON organisation_names (organisation_id, id);

CREATE TABLE uploads (
    id TEXT PRIMARY KEY,
    officer_id TEXT REFERENCES officers (id),
    name TEXT NOT NULL,
    content TEXT NOT NULL,
    received TEXT NOT NULL
);
"""
