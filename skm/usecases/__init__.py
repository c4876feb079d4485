"""What does the service do? One function is one verb and one transaction.

Imports output, wording, figures, store and what lies below them; no request, no flask.
Begin with `deed`, then `answering` (a citizen), `closing` and `exchange` (Bagian Organisasi).
"""
