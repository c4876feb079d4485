"""The pages of Bagian Organisasi: agencies, the city, the yearly export.

Imports usecases and web's own parts.
Begin with `views`.
"""
