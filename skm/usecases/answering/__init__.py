"""A citizen answers: the questionnaire that a QR opens, the stored answer, its receipt, decisions on an answer.

Imports figures and store.
Begin with `answer`.
"""
