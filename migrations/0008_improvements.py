"""What a unit has done is an improvement; "follow-up" (rencana tindak lanjut) is left for what is planned.

Only names change. SQLite renames the table inside its indexes and its trigger, but keeps their names, so they are made
once more under the new one.
"""

STATEMENTS = """
ALTER TABLE follow_ups RENAME TO improvements;

DROP INDEX follow_ups_of_unit;
DROP INDEX follow_ups_told;
DROP TRIGGER follow_ups_are_never_deleted;

CREATE INDEX improvements_of_unit ON improvements (unit_id, id);
CREATE INDEX improvements_published ON improvements (unit_id, done, id)
    WHERE published IS NOT NULL AND withdrawn IS NULL;

CREATE TRIGGER improvements_are_never_deleted BEFORE DELETE ON improvements
BEGIN SELECT RAISE(ABORT, 'an improvement is withdrawn, never deleted'); END;
"""
