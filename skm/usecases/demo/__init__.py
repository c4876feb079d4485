"""The demo city: Denpasar's tree with invented answers, the same from the same seed, marked DATA CONTOH everywhere.

Imports store, survey, security like every use case.
Begin with `build`.
"""
