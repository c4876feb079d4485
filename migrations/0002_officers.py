"""Officers, their roles on subtrees, how they get in, and the log of what they did.

Links and sessions are kept as digests: who reads the database cannot use them.
"""

STATEMENTS = """
CREATE TABLE officers (
    id TEXT PRIMARY KEY,
    email TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    password TEXT,
    totp_secret TEXT,
    totp_step INTEGER NOT NULL DEFAULT 0,
    created TEXT NOT NULL,
    closed TEXT
);

CREATE TABLE recovery_codes (
    officer_id TEXT NOT NULL REFERENCES officers (id),
    digest TEXT NOT NULL,
    used TEXT,
    PRIMARY KEY (officer_id, digest)
);

CREATE TABLE memberships (
    id TEXT PRIMARY KEY,
    officer_id TEXT NOT NULL REFERENCES officers (id),
    role TEXT NOT NULL CHECK (role IN ('counter_staff', 'unit_head', 'organisasi', 'auditor', 'admin')),
    organisation_id TEXT NOT NULL REFERENCES organisations (id),
    granted TEXT NOT NULL,
    ended TEXT
);
CREATE INDEX memberships_of_officer ON memberships (officer_id);

CREATE TABLE links (
    digest TEXT PRIMARY KEY,
    purpose TEXT NOT NULL CHECK (purpose IN ('set_up', 'invitation', 'reset')),
    officer_id TEXT REFERENCES officers (id),
    issued TEXT NOT NULL,
    expires TEXT NOT NULL,
    used TEXT
);

CREATE TABLE sessions (
    digest TEXT PRIMARY KEY,
    officer_id TEXT NOT NULL REFERENCES officers (id),
    membership_id TEXT REFERENCES memberships (id),
    proven INTEGER NOT NULL CHECK (proven IN (0, 1)),
    started TEXT NOT NULL,
    seen TEXT NOT NULL,
    ended TEXT
);
CREATE INDEX sessions_of_officer ON sessions (officer_id);

CREATE TABLE attempts (
    id TEXT PRIMARY KEY,
    account TEXT NOT NULL,
    address TEXT NOT NULL,
    at TEXT NOT NULL
);
CREATE INDEX attempts_on_account ON attempts (account, at);
CREATE INDEX attempts_from_address ON attempts (address, at);

CREATE TABLE audit (
    id TEXT PRIMARY KEY,
    at TEXT NOT NULL,
    officer_id TEXT REFERENCES officers (id),
    officer_name TEXT NOT NULL,
    role TEXT NOT NULL,
    path TEXT NOT NULL,
    verb TEXT NOT NULL,
    subject TEXT NOT NULL,
    before TEXT NOT NULL,
    after TEXT NOT NULL
);
CREATE INDEX audit_of_subtree ON audit (path, id);

CREATE TRIGGER audit_is_never_changed BEFORE UPDATE ON audit
BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
CREATE TRIGGER audit_is_never_deleted BEFORE DELETE ON audit
BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
"""
