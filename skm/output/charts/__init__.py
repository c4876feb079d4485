"""What do the figures look like? Shapes come in, a picture goes out, the same bytes every time.

Imports ikm and i18n; matplotlib only inside `style`, at the first picture.
Begin with `shapes`, then `elements` and `trend`.
"""
