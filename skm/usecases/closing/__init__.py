"""A period is over: its figures are frozen, published, and verified.

Imports figures and store.
Begin with `freezing`.
"""
