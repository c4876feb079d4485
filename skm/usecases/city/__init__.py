"""A city is set up and kept up: the tree, services, counters and their QR, periods, questionnaires, branding.

Imports answering, figures and output.
Begin with `guide`.
"""
