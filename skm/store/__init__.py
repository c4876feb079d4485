"""What is remembered? All SQL lives here; its functions are questions and small changes.

Imports survey and security; owns sqlite_utils and sqlite3. Never commits: the use case opens the transaction.
Begin with `database`, then the noun you need.
"""
