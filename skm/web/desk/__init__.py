"""The unit head's pages: how the unit does, and the QR of its counters.

Imports usecases and web's own parts.
Begin with `views`.
"""
