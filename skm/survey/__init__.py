"""What is a survey made of, and what is a valid answer?

Imports the standard library only; no clock, no database, no request.
Begin with `instrument`, then `response` and `period`.
"""
