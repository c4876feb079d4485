"""Officers come in and go out: password, second factor, one-time links, one's account.

Imports usecases and web's own parts.
Begin with `views`; `visitor` says who is asking.
"""
