"""What did officers do, and when?

Imports `deed` and what usecases imports; no other room.
Begin with `audit`.
"""
