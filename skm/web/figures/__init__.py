"""What does a reader of figures see? The index, its charts, how it was computed, respondents, samples, frozen periods.

Imports asking and frame; no audience.
Begin with `views`.
"""
