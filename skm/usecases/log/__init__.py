"""What did officers do, and when?

Imports store.
Begin with `audit`.
"""
