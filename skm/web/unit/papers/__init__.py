"""How are paper forms keyed and checked? The pages of batches and of single sheets.

Imports what unit imports; no other audience.
Begin with `batches`, then `sheets`.
"""
