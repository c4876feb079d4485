"""Pages about one unit: its counters and their QR, visitors, improvements, papers.

Imports figures, asking and frame; no other audience.
Begin with `views`.
"""
