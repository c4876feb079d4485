"""What must nobody guess, forge or link to a person? Keys, tokens, receipts, stamps and passwords.

Imports the standard library, itsdangerous, argon2, pyotp and zxcvbn only.
Begin with `codes`, then `stamps`; for officers `passwords`, then `one_time`.
"""
