"""Browsers in which an officer has come in: what others try on the account does not hold them up.

What is stored of one is a digest of a random secret in its cookie and when the officer last came in there. A failed
sign-in remembers by it where it came from, if that is such a browser.
"""

STATEMENTS = """
CREATE TABLE browsers (
    digest TEXT PRIMARY KEY,
    officer_id TEXT NOT NULL REFERENCES officers (id),
    seen TEXT NOT NULL
);
CREATE INDEX browsers_of_officer ON browsers (officer_id);

ALTER TABLE attempts ADD COLUMN browser TEXT NOT NULL DEFAULT '';
CREATE INDEX attempts_in_browser ON attempts (browser, at);
"""
