"""Who may sign in, with which role, and how they come in.

Imports security and store.
Begin with `people`.
"""
