"""What does the service do? One function = one verb = one transaction.

Imports output, figures, store and below; no request, no flask.
Begin with `answering` (a citizen), `closing` and `exchange` (Bagian Organisasi).
"""
