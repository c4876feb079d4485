"""Who may sign in, with which role, and how do they come in?

Imports `deed` and what usecases imports; no other room.
Begin with `people`.
"""
