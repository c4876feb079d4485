"""How is a figure said to officers, in Indonesian?

Imports figures, i18n and what lies below. Values in, sentences out; no addresses, no HTML.
Begin with `figure_words` in `index`.
"""
