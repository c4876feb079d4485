"""What stands in a table that somebody sent?

May import `survey` and openpyxl. Begin with `tables.read_tables`, then `heads.find_heads`.
"""
