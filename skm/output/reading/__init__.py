"""What stands in a table that somebody sent?

May import `sandbox`, `survey`, `i18n` and openpyxl. Begin with `tables.read_tables`, then `heads.find_heads`.
"""
