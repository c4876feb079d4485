"""Pages for whoever may read figures: the index, its charts, the way to it, respondents, samples, closed periods.

Imports frame and asking.
Begin with `views`.
"""
