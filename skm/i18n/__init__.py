"""Which words, numbers and dates does a reader expect?

Imports Babel and the standard library only.
Begin with `words.translations` for sentences and `formats` for numbers and dates.
"""
