"""What must nobody guess, forge or link to a person? Keys, tokens, receipts and stamps.

Imports the standard library and itsdangerous only.
Begin with `codes`, then `stamps`.
"""
