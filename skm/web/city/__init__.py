"""What do Bagian Organisasi, admins and auditors see? The city, agencies, setting up, people, freezing, the log.

Imports figures, asking and frame; no other audience.
Begin with `views`.
"""
