"""What does a person take home? Values come in, a `Document` goes out.

Imports wording, figures, survey, ikm and i18n; owns matplotlib, openpyxl, xlsxwriter, typst, qrcode and PIL.
Begin with `document`, then `charts/`, `workbook` and `sheet`.
"""
