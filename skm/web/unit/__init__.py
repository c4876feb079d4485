"""What does a unit see about itself? Its counters and their QR, visitors, improvements, papers.

Imports figures, asking and frame; no other audience.
Begin with `views`.
"""
