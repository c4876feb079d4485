"""What comes in from spreadsheets, and what goes out to them?

Imports every room but demo.
Begin with `spreadsheet` for what comes in, with `export` for what goes out.
"""
