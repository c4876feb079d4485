"""Which spreadsheets does an office hand in for the year, every figure a formula that can be followed?

Imports what output imports, and xlsxwriter.
Begin with `yearly`, then `worksheet`, the official table of a unit; `foot` holds its formulas, `tables` writes sheets
to fill in.
"""

from skm.output.workbook.method import method_workbook
from skm.output.workbook.yearly import yearly_workbook

__all__ = ["method_workbook", "yearly_workbook"]
