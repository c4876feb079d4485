"""What do the answers say: about a counter, a unit, an agency, the city?

Imports store, ikm and survey. It reads and returns values; it never writes, never logs.
Begin with `figure`, the one shape, then `answers`, from which every figure is made.
"""
