"""Who is asking, and what do they see? The only folder that imports flask.

Imports usecases and everything below. Rooms: frame, asking, figures, and the audiences public, unit, city, sign_in.
Begin with `frame.guard` for the locks, then the audience's `views`.
"""
