"""One way to ask, for every audience: a question on its page, the questionnaire, fields, long lists.

Imports frame.
Begin with `question`.
"""
