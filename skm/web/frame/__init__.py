"""What does every page stand in? Locks, the connection, the officer, languages, errors, navigation, files.

Imports usecases and below; no other part of web.
Begin with `guard`.
"""
