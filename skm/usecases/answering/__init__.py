"""How does a citizen answer? The questionnaire that a QR opens, the stored answer, its receipt, decisions on an answer.

Imports `deed` and what usecases imports; no other room.
Begin with `answer`.
"""
