"""Who is asking, and what do they see? The only folder that imports flask.

Imports usecases, and through them everything below. Inside, the audience decides: public, desk, office.
Begin with `guard` for the locks, then the audience's `views`.
"""
