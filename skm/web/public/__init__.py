"""Citizens' pages: the questionnaire, the thank-you page, the front door. Anonymous; all work without JavaScript.

Imports usecases and web's own parts.
Begin with `views`.
"""
