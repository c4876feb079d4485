"""From an empty server to a working city: organisations, services, counters, periods, instruments, a spreadsheet.

Imports store, output, survey, security and i18n like every use case; each verb is one transaction and one entry in
the log. Begin with `guide`, then `organisations`; `spreadsheet` does many of them at once.
"""
