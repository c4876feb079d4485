"""What is set up in a city? The tree, services, counters and their QR, periods, questionnaires, branding.

Imports answering, people, log and `deed`.
Begin with `guide`.
"""
