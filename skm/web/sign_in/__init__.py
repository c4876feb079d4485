"""How do officers come in and go out? Password, second factor, one-time links, their account.

Imports figures, asking and frame; no other audience.
Begin with `views`, then `account`; `frame.officer` says who is signed in.
"""
