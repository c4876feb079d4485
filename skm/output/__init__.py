"""What does a person take home? Values come in, a `Document` goes out.

Imports survey, ikm and i18n; owns matplotlib, xlsxwriter, typst and qrcode.
Begin with `document`, then `charts/`, `workbook` and `sheet`.
"""
