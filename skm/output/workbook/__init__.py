"""Which file does an office hand in for the year, every figure of it a formula that can be followed?

Imports what output imports, and xlsxwriter.
Begin with `yearly`, then `worksheet`, the official table of a unit; `foot` holds its formulas.
"""

from skm.output.workbook.method import Method, method_workbook
from skm.output.workbook.yearly import yearly_workbook

__all__ = ["Method", "method_workbook", "yearly_workbook"]
