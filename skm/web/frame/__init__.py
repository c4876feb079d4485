"""What every page stands in: locks, the connection, the officer, languages, errors, navigation, files.

Imports usecases and below; no other part of web.
Begin with `guard`.
"""
