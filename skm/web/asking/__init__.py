"""How is a person asked? A question on its page, the questionnaire, fields, long lists.

Imports frame, and usecases and below.
Begin with `question`.
"""
