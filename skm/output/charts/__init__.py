"""What do the figures look like? Shapes come in, a picture goes out, the same bytes every time.

Imports figures, wording and what lies below; matplotlib only inside `style`, at the first picture.
Begin with `from_figures` and `shapes`, then `elements` and `trend`.
"""
