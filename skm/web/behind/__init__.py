"""What stands behind a figure, for whoever doubts it or has to act on it?

Imports what web imports.
Begin with `views`.
"""
