"""What does the service do? One function = one verb = one transaction.

Imports store, output, survey, ikm, security and i18n; no request, no flask.
Begin with `answer` (a citizen), `figures` (a head of unit) and `export` (Bagian Organisasi).
"""
