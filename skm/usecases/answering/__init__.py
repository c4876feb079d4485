"""A citizen answers: the form behind a QR, the stored answer, its receipt, and decisions on single answers.

Imports figures and store.
Begin with `answer`.
"""
