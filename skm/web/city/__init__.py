"""Pages of Bagian Organisasi, admin and auditor: the city, agencies, setting up, people, closing, the log.

Imports figures, asking and frame; no other audience.
Begin with `views`.
"""
