"""On which pages is a city set up? Its tree, services, counters, periods, questionnaires and spreadsheets.

Imports what city imports; no other audience.
Begin with `views`, the guide; every form is a `Question`.
"""
