"""Which spreadsheets does an office hand in for the year, every figure a formula that can be followed, or send to us?

Imports what output imports, xlsxwriter and openpyxl.
Begin with `yearly`, then `worksheet`, the official table of a unit; `foot` holds its formulas, `tables` reads what is
sent.
"""

from skm.output.workbook.method import method_workbook
from skm.output.workbook.yearly import yearly_workbook

__all__ = ["method_workbook", "yearly_workbook"]
