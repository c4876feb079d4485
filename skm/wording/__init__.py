"""How is a figure said to officers, in Indonesian?

Imports figures and what lies below. Values in, sentences out; no addresses, no HTML.
Begin with `index`.
"""
