"""How large a table can be: what a spreadsheet itself allows, and what is more than any office has."""

LAST_ROW, LAST_COLUMN = 1_048_576, 16_384  # of a sheet, in Excel
LONGEST_CELL = 32_767  # signs, in Excel
SHEETS_LIMIT = 500
PARTS_LIMIT = 5_000  # of a workbook, which is a ZIP
PART_LIMIT = 10_000_000  # bytes of a part that is no sheet and no words: the list of sheets, styles
COLUMN_LIMIT = 512  # columns beyond are not read
HEAD_ROWS = 100  # titles, heads and remarks beside the rows that are counted
