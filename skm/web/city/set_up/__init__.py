"""The pages on which a city is set up: its tree, services, counters, periods, questionnaires, and spreadsheets.

Imports usecases and web's own parts.
Begin with `views`, the guide; every form is a `Question`.
"""
