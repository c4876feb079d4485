"""What does a citizen see? The questionnaire, the thank-you page, the kiosk, the television. Anonymous.

Imports figures, asking and frame; no other audience.
Begin with `views`.
"""
