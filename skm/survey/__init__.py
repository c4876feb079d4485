"""What is a survey made of, and what is a valid answer?

The standard library only; no clock, no database, no request.
Begin with `instrument`, then `response` and `period`.
"""
