"""Who is asking, and what do they see? The only folder that imports flask.

Imports usecases, and through them everything below. Inside, the audience decides: public, unit, city, sign_in.
Begin with `frame.guard` for the locks, then the audience's `views`.
"""
