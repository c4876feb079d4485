"""What comes in from spreadsheets, and what goes out to them.

Imports city, figures and output.
Begin with `spreadsheet` for what comes in, with `export` for what goes out.
"""
